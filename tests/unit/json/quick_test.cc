// The hand-written readers against nlohmann's parser and canonical(): on texts that are made,
// changed by one byte, and of the standard's own traps.
#include <gtest/gtest.h>

#include <random>

#include "base/bytes.h"
#include "json/json.h"
#include "json/quick_parse.h"

namespace affiant::json {
namespace {

bool same(const Value& a, const Value& b) { return a == b && a.dump() == b.dump(); }

// What must hold of any text.
void compare(const std::string& text) {
  const bool utf8 = find_invalid_utf8(text) == std::string_view::npos;
  if (const auto quick = utf8 ? quick_parse(text) : std::nullopt) {
    const Value slow = Value::parse(text, nullptr, false);
    ASSERT_FALSE(slow.is_discarded()) << text;
    ASSERT_TRUE(same(*quick, slow)) << text;
  }
  const auto parsed = parse(text, "text");
  const auto spelled = parsed.and_then([](const Value& value) { return canonical(value); });
  ASSERT_EQ(is_canonical(text), spelled && *spelled == text) << text;
}

std::string random_string(std::mt19937& random) {
  static const char* const kPieces[] = {"a",
                                        "Z",
                                        "0",
                                        "/",
                                        "\"",
                                        "\\",
                                        "\n",
                                        "\b",
                                        "\x01",
                                        "\x7F",
                                        "\x1F",
                                        "é",
                                        "€",
                                        "😂",
                                        "\uFB33",
                                        "\t",
                                        "\f",
                                        "\r",
                                        "plain text of some length",
                                        "u0041",
                                        "\v"};
  std::string out;
  for (auto n = random() % 6; n > 0; --n) out += kPieces[random() % std::size(kPieces)];
  return out;
}

Value random_value(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 9 : 7)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return random() % 100;
    case 3:
      return -static_cast<std::int64_t>(random() % 100'000);
    case 4:
      return std::uint64_t{9'007'199'254'740'990} + random() % 3;
    case 5:
      return static_cast<double>(static_cast<int>(random() % 20'000) - 10'000) / 8;
    case 6:
      return random_string(random);
    case 7: {
      Value out = Value::array();
      for (auto n = random() % 4; n > 0; --n) out.push_back(random_value(random, depth - 1));
      return out;
    }
    default: {
      Value out = Value::object();
      for (auto n = random() % 5; n > 0; --n)
        out[random_string(random)] = random_value(random, depth - 1);
      return out;
    }
  }
}

TEST(Quick, SaysOfAnyTextWhatTheSlowWaySays) {
  std::mt19937 random(8785);
  int canonical_ones = 0;
  for (int n = 0; n < 20'000; ++n) {
    const Value value = random_value(random, 4);
    const auto spelled = canonical(value);
    if (!spelled) continue;  // Beyond 2^53-1.
    ASSERT_TRUE(is_canonical(*spelled)) << *spelled;
    canonical_ones += 1;
    compare(value.dump(random() % 3 == 0 ? 1 : -1));
    // Changed by one byte: taken out, put in, made another, or exchanged with its neighbour.
    static constexpr std::string_view kBytes = "\"\\{}[],:0123456789.eE+-tfnu \n\x01\x80\xC3\xFF/b";
    for (int m = 0; m < 5; ++m) {
      std::string text = *spelled;
      const std::size_t at = random() % text.size();
      const char byte = kBytes[random() % kBytes.size()];
      const unsigned change = static_cast<unsigned>(random() % 4);
      if (change == 0) text.erase(at, 1);
      if (change == 1) text.insert(at, 1, byte);
      if (change == 2) text[at] = byte;
      if (change == 3 && at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      compare(text);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(canonical_ones, 10'000);
}

TEST(Quick, SpellingsThatMeanTheSameHaveOneCanonicalForm) {
  for (const char* good :
       {R"({"a":1,"b":[true,false,null,-1,0]})", R"("\"\\\b\f\n\r\t/\u0000\u001f\u000b")", "[]",
        "{}", "9007199254740991", "-9007199254740991", "0.5", "1e+21", "1e-7", "333333333.3333333",
        "{\"😂\":1,\"\uFB33\":2}", R"({"":0,"\n":1,"a":2})", R"({"\\":1,"a":2})",
        "100000000000000000000"})
    EXPECT_TRUE(is_canonical(good)) << good;
  for (const char* bad : {"",
                          " {}",
                          "{} ",
                          R"({"b":1,"a":2})",
                          R"({"a":1,"a":1})",
                          R"("\/")",
                          R"("\u000a")",
                          R"("\u001F")",
                          R"("\u0041")",
                          R"("\ud83d\ude02")",
                          R"("\u007f")",
                          "-0",
                          "01",
                          "1.0",
                          "1E2",
                          "1e21",
                          "9007199254740992",
                          "+1",
                          "[1,]",
                          "[,1]",
                          "{\"a\"}",
                          "{\"a\":}",
                          "tru",
                          "nulll",
                          "{\"\uFB33\":1,\"😂\":2}",
                          R"({"a":2,"\n":1})",
                          "\"a",
                          "\"\t\"",
                          "[1 ,2]",
                          "NaN",
                          "\"\xC3\""})
    EXPECT_FALSE(is_canonical(bad)) << bad;
  EXPECT_TRUE(is_canonical(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(is_canonical(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(is_canonical(std::string(500'000, '[')));
}

TEST(Quick, WhatIsUnusualIsLeftToTheSlowWay) {
  for (const char* text : {"1.5", "1e3", "1234567890123456789", "\"\\ud800\"", "\"\\udc00\\ud800\"",
                           "{\"a\":1,\"a\":2}", "[1] 2", "\"\x01\"", "'a'", "\xEF\xBB\xBF{}"})
    EXPECT_FALSE(quick_parse(text)) << text;
  EXPECT_EQ(*quick_parse(R"( { "a" : [ 1 , -2 , "\u00e9\ud83d\ude02" ] } )"),
            Value({{"a", {1, -2, "é😂"}}}));
  EXPECT_TRUE(quick_parse("-0")->is_number_integer());
}

}  // namespace
}  // namespace affiant::json
