#include "machine/placed_json.h"

#include "declare.h"

namespace affiant::machine {
namespace {

constexpr std::string_view kText =
    R"( {"a" : [1, -2, 3.5, true, null, "x\"y"], "b{" : {"c":{}, "d" : "]"}, "\u0065": 12345678901234567890} )";

std::string at(Span span) { return std::string(kText.substr(span.start, span.end - span.start)); }

TEST(PlacedJson, EveryValueKnowsItsPlace) {
  const auto json = PlacedJson::parse(kText, "test");
  ASSERT_TRUE(json) << json.error().to_string();
  EXPECT_EQ(at(json->span(0)), trimmed(kText));
  const auto list = json->find(0, "a");
  EXPECT_EQ(at(json->member_span(list)), R"("a" : [1, -2, 3.5, true, null, "x\"y"])");
  const auto items = json->children(list);
  ASSERT_EQ(items.size(), 6U);
  EXPECT_EQ(json->integer(items[1]), -2);
  EXPECT_EQ(json->integer(items[2]), std::nullopt);
  EXPECT_EQ(json->boolean(items[3]), true);
  EXPECT_TRUE(json->is_null(items[4]));
  EXPECT_EQ(json->string(items[5]), "x\"y");
  EXPECT_EQ(at(json->span(items[5])), R"("x\"y")");
  const auto object = json->find(0, "b{");
  EXPECT_EQ(at(json->member_span(object)), R"("b{" : {"c":{}, "d" : "]"})");
  EXPECT_EQ(json->string(json->find(object, "d")), "]");
  EXPECT_TRUE(json->children(json->find(object, "c")).empty());
  const auto last = json->find(0, "e");
  EXPECT_EQ(at(json->member_span(last)), R"("\u0065": 12345678901234567890)");
  EXPECT_EQ(json->integer(last), std::nullopt);
}

TEST(PlacedJson, WhatIsNotThereIsNothing) {
  const auto json = PlacedJson::parse("[]", "test");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find(0, "a"), PlacedJson::kNone);
  EXPECT_EQ(json->find(PlacedJson::kNone, "a"), PlacedJson::kNone);
  EXPECT_EQ(json->string(PlacedJson::kNone), std::nullopt);
  EXPECT_FALSE(json->is_object(PlacedJson::kNone));
  EXPECT_TRUE(json->children(PlacedJson::kNone).empty());
}

}  // namespace
}  // namespace affiant::machine
