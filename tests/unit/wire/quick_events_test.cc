// The short way through decode_message() against the long one, which a leading space makes a
// message take.
#include "wire/quick_events.h"

#include <gtest/gtest.h>

#include <string>

namespace affiant::wire {
namespace {

constexpr std::string_view kBatch =
    R"({"type":"events","events":[)"
    R"({"q":1,"k":"gap","t":5,"b":{"from":1,"to":2,"why":"é\n"}},)"
    R"({"q":7,"k":"request","t":1790000000000,"b":{"n":-3,"headers":{"a":"b","c":"d"},)"
    R"("stack":["x","y"],"none":null,"yes":true,"empty":{},"nothing":[]}},)"
    R"({"q":8,"k":"x","t":0,"b":{}}]})";

// What the short way takes, the long way takes, and both say the same.
void compare(const std::string& text) {
  auto quick = quick_events(text);
  if (!quick) return;
  auto slow = decode_message(" " + text);
  ASSERT_TRUE(slow) << text << "\n" << slow.error().message;
  auto& events = std::get<Events>(*slow).events;
  ASSERT_EQ(events.size(), quick->events.size()) << text;
  for (std::size_t n = 0; n < events.size(); ++n) {
    Event& a = quick->events[n];
    EXPECT_EQ(a.q, events[n].q) << text;
    EXPECT_EQ(a.kind, events[n].kind) << text;
    EXPECT_EQ(a.time_ms, events[n].time_ms) << text;
    ASSERT_TRUE(a.tree()) << text;
    EXPECT_EQ(a.body, events[n].body) << text;
    EXPECT_TRUE(a.text.empty());
  }
}

TEST(QuickEvents, ABatchAsTheExtensionSpellsItIsTakenWithItsBodiesAsTheyStand) {
  const auto batch = quick_events(kBatch);
  ASSERT_TRUE(batch);
  ASSERT_EQ(batch->events.size(), 3U);
  EXPECT_EQ(batch->events[1].text.substr(0, 8), "{\"n\":-3,");
  EXPECT_TRUE(batch->events[1].body.is_null());
  compare(std::string(kBatch));
}

TEST(QuickEvents, WhatWantsAWordFromTheLongWayIsLeftToIt) {
  for (
      const std::string_view text : {
          R"({"type":"events","events":[]})",
          R"({"type":"events","events":[{"q":0,"k":"x","t":0,"b":{}}]})",
          R"({"type":"events","events":[{"q":1,"k":"","t":0,"b":{}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":-1,"b":{}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":[]}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{"a":1,"a":2}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{"a":{"b":1,"b":2}}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{"a":{"b":{}}}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{"a":1.5}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{"a":"\ud800"}}]})",
          R"({"type":"events","events":[{"q":2,"k":"x","t":0,"b":{}},{"q":2,"k":"x","t":0,"b":{}}]})",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{},"x":{"type":"t","text":""}}]})",
          "{\"type\":\"events\",\"events\":[{\"q\":1,\"k\":\"x\",\"t\":0,\"b\":{\"a\":\"\xFF\"}}]}",
          R"({"type":"events","events":[{"q":1,"k":"x","t":0,"b":{}}]} )",
      })
    EXPECT_FALSE(quick_events(text)) << text;
}

TEST(QuickEvents, EveryChangeOfOneByteIsReadAsTheLongWayReadsItOrNotAtAll) {
  constexpr std::string_view kBytes = "\"\\{}[],:0123456789-.eEtfnu x\x01\x7F\xC3\xFF";
  for (std::size_t at = 0; at < kBatch.size(); ++at) {
    for (const char c : kBytes) {
      std::string text(kBatch);
      text[at] = c;
      compare(text);
      text.assign(kBatch).insert(at, 1, c);
      compare(text);
    }
    compare(std::string(kBatch).erase(at, 1));
    compare(std::string(kBatch.substr(0, at)));
  }
}

}  // namespace
}  // namespace affiant::wire
