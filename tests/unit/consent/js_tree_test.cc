#include "consent/js_tree.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace affiant::consent {
namespace {

Result<JsTree> read(std::string_view text) { return JsTree::read(text, 0, "test"); }

std::string error_of(std::string_view text) {
  const auto tree = read(text);
  return tree ? "none" : tree.error().to_string();
}

TEST(JsTree, ReadsWhatMinifiersAndPeopleWrite) {
  const auto tree = read(
      "/* settings */ {a: 1, 'b': \"two\", // three\n \"c\": [true, false, null, undefined, !0, "
      "!1, "
      "void 0,], $d_1: -2.5e3, e: 0x1F, f: +7, 8: `eight`,}");
  ASSERT_TRUE(tree) << tree.error().to_string();
  const JsValue root = tree->root();
  EXPECT_EQ(root["a"].number(), 1.0);
  EXPECT_EQ(root["b"].string(), "two");
  const std::vector<JsValue> c = items_of(root["c"]);
  ASSERT_EQ(c.size(), 7U);
  EXPECT_TRUE(c[0].yes());
  EXPECT_TRUE(c[1].is(JsKind::kFalse));
  EXPECT_TRUE(c[2].is(JsKind::kNull) && c[3].is(JsKind::kNull) && c[6].is(JsKind::kNull));
  EXPECT_TRUE(c[4].yes());
  EXPECT_TRUE(c[5].is(JsKind::kFalse));
  EXPECT_EQ(root["$d_1"].number(), -2500.0);
  EXPECT_EQ(root["e"].number(), 31.0);
  EXPECT_EQ(root["f"].number(), 7.0);
  EXPECT_EQ(root["8"].string(), "eight");
}

TEST(JsTree, DecodesEveryEscape) {
  const auto tree = read(R"(['\n\t\x41\u00e9\u{1F36A}\uD83C\uDF6A\'\"\/\\\q\0', 'a\
b', '\uD83Cx', "\u0041"])");
  ASSERT_TRUE(tree) << tree.error().to_string();
  const std::vector<JsValue> items = items_of(tree->root());
  EXPECT_EQ(items[0].string(),
            std::string("\n\tA\xC3\xA9\xF0\x9F\x8D\xAA\xF0\x9F\x8D\xAA'\"/\\q\0", 19));
  EXPECT_EQ(items[1].string(), "ab");
  EXPECT_EQ(items[2].string(), "\xEF\xBF\xBDx");
  EXPECT_EQ(items[3].string(), "A");
}

TEST(JsTree, RefusesEscapesThatMeanNothingWithTheirByte) {
  EXPECT_EQ(error_of(R"(['\xG1'])"), "malformed: test: byte 3: an escape that means no character");
  EXPECT_EQ(error_of(R"(['\u12'])"), "malformed: test: byte 3: an escape that means no character");
  EXPECT_EQ(error_of(R"(['\u{110000}'])"),
            "malformed: test: byte 3: an escape that means no character");
  EXPECT_EQ(error_of(R"(['\101'])"), "malformed: test: byte 3: an octal escape");
  EXPECT_EQ(error_of("['a\nb']"), "malformed: test: byte 3: a line ends within a string");
}

TEST(JsTree, KeepsWhatIsNoLiteralAsItsSpanAndGoesOnBehindIt) {
  const std::string_view text =
      "{before: 1, call: function (a, b) { return {x: '}', y: /[}\\]]/.test(a) ? `}${b}}` : [1]}; "
      "},"
      " arrow: (a) => { f(a, '}'); }, sum: 'a' + b, list: [1].concat(more), method() { return 1; },"
      " get it() { return {}; }, ...others, [computed]: 2, shorthand, neg: -x, after: 3}";
  const auto tree = read(text);
  ASSERT_TRUE(tree) << tree.error().to_string();
  const JsValue root = tree->root();
  EXPECT_EQ(root["before"].number(), 1.0);
  EXPECT_EQ(root["after"].number(), 3.0);
  for (const char* key : {"call", "arrow", "sum", "list", "neg"}) {
    EXPECT_TRUE(root[key].is(JsKind::kOther)) << key;
    EXPECT_TRUE(items_of(root[key]).empty()) << key;
  }
  EXPECT_EQ(root["sum"].raw(), "'a' + b");
  EXPECT_FALSE(root["method"]);
  EXPECT_FALSE(root["shorthand"]);
  EXPECT_EQ(root.end(), text.size());
}

TEST(JsTree, KnowsARegularExpressionFromADivision) {
  const auto tree = read("[/^_pk_[/\\]]*$/gi, a / b, 6 / 2, 'x']");
  ASSERT_TRUE(tree) << tree.error().to_string();
  const std::vector<JsValue> items = items_of(tree->root());
  ASSERT_EQ(items.size(), 4U);
  EXPECT_TRUE(items[0].is(JsKind::kRegex));
  EXPECT_EQ(items[0].raw(), "/^_pk_[/\\]]*$/gi");
  EXPECT_TRUE(items[1].is(JsKind::kOther));
  EXPECT_TRUE(items[2].is(JsKind::kOther));
  EXPECT_EQ(items[3].string(), "x");
}

TEST(JsTree, GivesEveryValueItsPlace) {
  const std::string_view text = "var x = {name: '_ga', days: 7};";
  const auto tree = JsTree::read(text, 7, "test");
  ASSERT_TRUE(tree);
  EXPECT_EQ(text.substr(tree->root().start(), tree->root().end() - tree->root().start()),
            "{name: '_ga', days: 7}");
  EXPECT_EQ(tree->root()["name"].raw(), "'_ga'");
}

TEST(JsTree, RefusesWhatIsCutOffAtEveryByte) {
  const std::string_view text =
      "{a: [1, 'b', /c/, {d: !0}], e: function () { return '}'; }, f: `g`}";
  ASSERT_TRUE(read(text));
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto tree = read(text.substr(0, size));
    ASSERT_FALSE(tree) << size;
    EXPECT_EQ(tree.error().code, Code::kMalformed) << size;
  }
}

TEST(JsTree, RefusesForgottenCommasAndStrayBrackets) {
  EXPECT_EQ(error_of("{a: 1 b: 2}"),
            "malformed: test: byte 6: a comma or a closing bracket is missing");
  EXPECT_EQ(error_of("[1}"), "malformed: test: byte 2: a comma or a closing bracket is missing");
  EXPECT_EQ(error_of("{a: }"), "malformed: test: byte 4: a value is missing");
  EXPECT_EQ(error_of("{: 1}"), "malformed: test: byte 1: the name of a member is missing");
  EXPECT_EQ(error_of("config"), "malformed: test: byte 0: no literal");
}

TEST(JsTree, OfTwoMembersOfANameTheLastCounts) {
  const auto tree = read("{a: 1, 'a': 2}");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->root()["a"].number(), 2.0);
}

TEST(JsTree, StopsAtItsDepthWithoutUsingTheStack) {
  EXPECT_TRUE(read(std::string(limits::kJsonDepth, '[') + std::string(limits::kJsonDepth, ']')));
  EXPECT_EQ(read(std::string(limits::kJsonDepth + 1, '[')).error().code, Code::kTooLarge);
  EXPECT_EQ(read(std::string(5'000'000, '[')).error().code, Code::kTooLarge);
  // What is skipped is only counted.
  EXPECT_TRUE(read("[f(" + std::string(2'000'000, '(') + std::string(2'000'000, ')') + "), 1]"));
}

TEST(JsTree, StopsAtItsNumberOfValues) {
  std::string text = "[";
  for (std::size_t i = 0; i < limits::kJsNodes; ++i) text += "1,";
  const auto tree = read(text + "]");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().code, Code::kTooLarge);
}

TEST(JsTree, NumbersAreReadWholeOrNotAtAll) {
  const auto tree = read("['400', '400 days', '', 1_000, 12n, 1e999, '-1']");
  ASSERT_TRUE(tree);
  const std::vector<JsValue> items = items_of(tree->root());
  EXPECT_EQ(items[0].number(), 400.0);
  EXPECT_FALSE(items[1].number());
  EXPECT_FALSE(items[2].number());
  EXPECT_FALSE(items[3].number());
  EXPECT_EQ(items[4].number(), 12.0);
  EXPECT_FALSE(items[5].number());
  EXPECT_EQ(items[6].number(), -1.0);
}

}  // namespace
}  // namespace affiant::consent
