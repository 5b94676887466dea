#include "json/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <sstream>

#include "shared_data.h"

namespace affiant::json {
namespace {

std::string error_of(std::string_view text) {
  auto v = parse(text, "message");
  return v ? "accepted" : v.error().to_string();
}

TEST(Parse, DuplicateKeyIsRefusedAndNamed) {
  EXPECT_THAT(error_of(R"({"a":1,"a":2})"), testing::HasSubstr("duplicate key \"a\""));
}

TEST(Parse, HalfAMillionNestedArraysAreRefusedWithoutDamage) {
  EXPECT_THAT(error_of(std::string(500'000, '[')), testing::HasSubstr("nested deeper than 64"));
  std::string objects;
  for (int i = 0; i < 500'000; ++i) objects += "{\"a\":";
  EXPECT_THAT(error_of(objects), testing::HasSubstr("nested deeper than 64"));
}

TEST(Parse, DepthAtTheCapIsAccepted) {
  EXPECT_EQ(error_of(std::string(64, '[') + std::string(64, ']')), "accepted");
  EXPECT_NE(error_of(std::string(65, '[') + std::string(65, ']')), "accepted");
}

TEST(Parse, TextAfterTheValueAndInvalidUtf8AreRefusedWithTheirPlace) {
  EXPECT_THAT(error_of("{} x"), testing::HasSubstr("byte 4"));
  EXPECT_THAT(error_of("{\"a\":\"\xff\"}"), testing::HasSubstr("not UTF-8 at byte 6"));
}

TEST(Parse, LoneSurrogateIsRefusedOrReplacedAsAsked) {
  const std::string text = R"({"v":"a\ud800b","p":"\ud83d\ude02","e":"\\ud800"})";
  EXPECT_NE(error_of(text), "accepted");
  auto v = parse(text, "message", Surrogates::kReplace);
  ASSERT_TRUE(v) << v.error().message;
  EXPECT_EQ((*v)["v"],
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ((*v)["p"], "😂");
  EXPECT_EQ((*v)["e"], "\\ud800");
}

TEST(Reader, RefusesNegativeForUnsignedFractionForIntegerAndUnknownFields) {
  const Value v = *parse(R"({"n":-1,"f":1.9,"big":18446744073709551615,"s":"x","extra":1})", "m");
  auto r = *Reader::open(v, "b");
  EXPECT_FALSE(r.integer("n"));
  EXPECT_FALSE(r.integer("f"));
  EXPECT_FALSE(r.integer("big"));
  EXPECT_FALSE(r.integer("s"));
  EXPECT_TRUE(r.string("s"));
  EXPECT_FALSE(r.string("absent"));
  ASSERT_FALSE(r.finish());
  EXPECT_THAT(r.finish().error().message, testing::HasSubstr("unknown field \"extra\""));
}

TEST(Canonical, IntegersBeyondTheSafeRangeAreRefused) {
  EXPECT_TRUE(canonical(*parse("9007199254740991", "n")));
  EXPECT_FALSE(canonical(*parse("9007199254740992", "n")));
}

TEST(Canonical, PublishedPairsComeOutByteForByte) {
  AFFIANT_NEEDS_SHARED("vectors/jcs/testdata");
  const auto dir = test::shared_data("vectors/jcs/testdata");
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "input")) {
    const auto expected = test::read_file(dir / "output" / entry.path().filename());
    auto value = parse(test::read_file(entry.path()), entry.path().filename().string());
    ASSERT_TRUE(value) << value.error().message;
    auto out = canonical(*value);
    ASSERT_TRUE(out) << out.error().message;
    EXPECT_EQ(*out, expected) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0);
}

TEST(Canonical, TenThousandNumbersAreSpeltAsEcmaScriptSpellsThem) {
  AFFIANT_NEEDS_SHARED("vectors/jcs/es6numbers-10000.csv");
  std::istringstream lines(test::read_file(test::shared_data("vectors/jcs/es6numbers-10000.csv")));
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t comma = line.find(',');
    ASSERT_NE(comma, std::string::npos);
    std::uint64_t bits = 0;
    std::from_chars(line.data(), line.data() + comma, bits, 16);
    const auto number = std::bit_cast<double>(bits);
    EXPECT_EQ(canonical(Value(number)).value_or("refused"), line.substr(comma + 1)) << line;
    ++count;
  }
  EXPECT_EQ(count, 10'000);
}

}  // namespace
}  // namespace affiant::json
