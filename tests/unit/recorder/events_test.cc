// Events: numbered without holes, validated, never silently lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connection.h"

namespace affiant::recorder {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(RecorderTest, EventsComeOnceWhateverIsSentAgain) {
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(notes(1, 10)));
  ASSERT_TRUE(c.say(notes(4, 12)));
  ASSERT_TRUE(c.recorder().leave());
  const auto read = test::read_case(place_.case_dir);
  EXPECT_THAT(read.numbers(1), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
}

TEST_F(RecorderTest, AcknowledgementIsRepeatedForWhatCameTwice) {
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(notes(1, 3)));
  ASSERT_TRUE(c.recorder().leave());
  ASSERT_TRUE(c.recorder().idle());
  EXPECT_EQ(c.answer().at("durable"), 3);
  ASSERT_TRUE(c.recorder().idle());
  EXPECT_TRUE(c.take_heard().empty());
  ASSERT_TRUE(c.say(notes(1, 3)));
  ASSERT_TRUE(c.recorder().idle());
  EXPECT_EQ(c.answer().at("durable"), 3);
}

TEST_F(RecorderTest, NumberThatJumpsIsRefusedUnlessAGapLeadsAndNamesTheHole) {
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(notes(1, 3)));
  EXPECT_THAT(c.error_of(notes(5, 5)), HasSubstr("q 5 follows 3"));
  EXPECT_THAT(c.error_of(wire::Events{{gap(8, 5, 7)}}), HasSubstr("names 4 to 7"));
  EXPECT_THAT(c.error_of(wire::Events{{gap(8, 4, 9)}}), HasSubstr("names 4 to 7"));
  EXPECT_THAT(c.error_of(wire::Events{{note(4), gap(8, 5, 7)}}), HasSubstr("q 8 follows 4"));
  ASSERT_TRUE(c.say(wire::Events{{gap(8, 5, 7), note(9)}}));
  // It may name numbers that did come: they had not been acknowledged when they were given up.
  ASSERT_TRUE(c.say(wire::Events{{gap(12, 8, 11)}}));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 12}));
  const auto read = test::read_case(place_.case_dir);
  EXPECT_THAT(read.numbers(1), ElementsAre(1, 2, 3, 4, 8, 9, 12));
  EXPECT_EQ(read.verdict.complete, evidence::Completeness::kGaps);
  EXPECT_EQ(read.verdict.sessions.at(0).missing, 7U) << "what they say was dropped";
  EXPECT_TRUE(read.verdict.notes.empty()) << read.verdict.notes.at(0);
}

TEST_F(RecorderTest, EventThatIsNotAsTheVocabularyHasItIsNotedUnderItsOwnNumber) {
  Connection c(place_, clock_);
  begin(c);
  wire::Event forged_exhibit = event(
      6, "policy.page",
      R"({"url":"https://a.example/","host":"a.example","kind":"unknown","result":"captured","exhibit":"00"})");
  wire::Event stray_exhibit = note(7);
  stray_exhibit.exhibit = wire::Exhibit{"text/plain", "x"};
  ASSERT_TRUE(c.say(wire::Events{{
      event(1, "no.such.kind", "{}"),
      event(2, "session.close", R"({"session":1})"),
      event(3, "page.start", R"({"page":-1,"role":"site","url":"u","host":"h"})"),
      event(4, "recorder.note", R"({"code":"c","detail":"d","extra":1})"),
      event(5, "recorder.note", R"({"code":"c"})"),
      forged_exhibit,
      stray_exhibit,
      gap(8, 9, 12),
      note(9),
  }}));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 9}));
  const auto read = test::read_case(place_.case_dir);
  EXPECT_EQ(read.verdict.complete, evidence::Completeness::kComplete);
  EXPECT_EQ(read.verdict.exhibits, 0U);
  std::vector<std::string> details;
  for (const auto& entry : read.of_kind("recorder.note")) {
    if (entry.q < 9) {
      EXPECT_EQ(entry.body.at("code"), "event-refused") << entry.q;
      details.push_back(entry.body.at("detail"));
    }
  }
  EXPECT_THAT(details, ElementsAre(HasSubstr("event 1 (no.such.kind): affiant-host"),
                                   HasSubstr("event 2 (session.close): this kind is written"),
                                   HasSubstr("event 3 (page.start).page: -1"),
                                   HasSubstr("unknown field \"extra\""),
                                   HasSubstr("field \"detail\" of a recorder.note is missing"),
                                   HasSubstr("event 6 (policy.page).exhibit: this field"),
                                   HasSubstr("event 7 (recorder.note): this kind carries no"),
                                   HasSubstr("event 8 (gap): a gap names from")));
}

TEST_F(RecorderTest, ExhibitIsStoredBesideTheLogAndCited) {
  Connection c(place_, clock_);
  begin(c);
  wire::Event page = event(1, "policy.page",
                           R"({"url":"https://shop.example/privacy","host":"shop.example",
      "kind":"privacy-policy","result":"captured","status":200,"title":"Privacy"})");
  const std::string text = R"({"v":1,"url":"https://shop.example/privacy","blocks":[]})";
  page.exhibit = wire::Exhibit{"application/vnd.affiant.blocks+json", text};
  ASSERT_TRUE(c.say(wire::Events{{page}}));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", "all seen", 1}));
  const auto read = test::read_case(place_.case_dir);
  const auto body = read.of_kind("policy.page").at(0).body;
  EXPECT_EQ(body.at("exhibit_type"), "application/vnd.affiant.blocks+json");
  EXPECT_EQ(body.at("exhibit_size"), text.size());
  EXPECT_EQ(*evidence::read_exhibit(place_.case_dir, body.at("exhibit").get<std::string>()), text);
  EXPECT_EQ(read.of_kind("session.close").at(0).body.at("detail"), "all seen");
}

TEST_F(RecorderTest, BodyTooLargeForAnEntryIsCutAndSaysWhere) {
  Connection c(place_, clock_);
  begin(c);
  const json::Value place = {{"tab", 1}, {"frame", 0}};
  json::Value body = {{"rid", "1"},
                      {"hop", 0},
                      {"n", 0},
                      {"url", "https://shop.example/"},
                      {"scheme", "https"},
                      {"host", "shop.example"},
                      {"head", "n="},
                      {"value", std::string(40'000, 'v')},
                      {"tail", "; Path=/" + std::string(70'000, '\x01')},
                      {"bytes", "utf-8"},
                      {"type", "script"}};
  body.update(place);
  ASSERT_TRUE(c.say(wire::Events{{wire::Event{1, "cookie.header", 5, body, {}}, note(2)}}));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 2}));
  const auto read = test::read_case(place_.case_dir);
  ASSERT_EQ(read.of_kind("cookie.header").size(), 1U) << read.of_kind("recorder.note").at(0).body;
  const auto written = read.of_kind("cookie.header").at(0).body;
  EXPECT_EQ(written.at("cut"), (json::Value{"value", "tail"}));
  EXPECT_EQ(written.at("value").get<std::string>(), std::string(limits::kFieldBytes, 'v'));
  EXPECT_TRUE(written.at("tail").get<std::string>().starts_with("; Path=/\x01"));
}

TEST_F(RecorderTest, CloseThatCountsOtherEventsThanTheHostIsRefused) {
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(notes(1, 3)));
  EXPECT_THAT(c.error_of(wire::Close{"plan-done", {}, 4}), HasSubstr("q 4 was the last"));
}

}  // namespace
}  // namespace affiant::recorder
