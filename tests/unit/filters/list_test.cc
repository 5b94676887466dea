#include "ask.h"
#include "base/limits.h"
#include "filters/host_name.h"
#include "filters/preprocessor.h"
#include "filters/regex.h"

namespace affiant::filters::test {
namespace {

const SkippedLine& first(const FilterList& list, Skip why) {
  return list.skipped()[static_cast<std::size_t>(why)].first.at(0);
}

TEST(List, CommentsAndRulesAboutPagesAreNoNetworkRules) {
  const FilterList list = read(
      "[Adblock Plus 2.0]\n! Title: x\n!\n# a comment\n#\n\n  \n"
      "##.banner\nshop.example##.ad\nshop.example#@#.ad\nshop.example#?#div:has(a)\n"
      "shop.example#$#body { }\nshop.example##+js(set, a, 1)\nshop.example#%#x()\n"
      "shop.example$$script[data-x]\n*##.everywhere\n||a.example^\n");
  EXPECT_EQ(list.rules(), 1U);
  EXPECT_EQ(list.lines(), 17U);
  EXPECT_EQ(skipped(list, Skip::kElementHiding), 9U);
  EXPECT_EQ(first(list, Skip::kElementHiding).line, 8U);
  EXPECT_EQ(first(list, Skip::kElementHiding).text, "##.banner");
}

TEST(List, HostsFilesAndPlainDomains) {
  const Engine rules = engine(
      "# hosts\n127.0.0.1 localhost\n::1 ip6-localhost\n0.0.0.0 a.example b.example # both\n"
      "0.0.0.0\tc.example\nd.example\nE.example # named\nnot a domain\n");
  EXPECT_EQ(rules.rules(), 5U);
  for (const char* host : {"a", "b", "c", "d", "e", "www.a"})
    EXPECT_TRUE(ask(rules, std::string("https://") + host + ".example/").matched) << host;
  EXPECT_FALSE(ask(rules, "https://localhost/").matched);
  EXPECT_FALSE(ask(rules, "https://x.example/?u=d.example").matched);
  EXPECT_EQ(ask(rules, "https://b.example/").rule, "0.0.0.0 a.example b.example # both");
  EXPECT_TRUE(blocks("ads.js\n_x.html", "https://x.example/ads.js"));
  EXPECT_TRUE(blocks("ads.js\n_x.html", "https://x.example/a_x.html"));
  // In a list that says it is one in this syntax, a name alone is a piece of any URL.
  EXPECT_TRUE(blocks("[Adblock Plus 2.0]\nd.example", "https://x.example/?u=d.example"));
}

TEST(List, ALineOfAHostsFileMayNameNobody) {
  const Engine rules = engine("127.0.0.1 # nobody\n||a.example^\n");
  EXPECT_EQ(rules.rules(), 1U);
  EXPECT_TRUE(ask(rules, "https://a.example/").matched);
}

TEST(List, LinesEndInAnyWayAndABomIsNoLetter) {
  const FilterList list =
      read("\xEF\xBB\xBF||a.example^\r\n||b.example^\r||c.example^\n\n||d.example^");
  EXPECT_EQ(list.rules(), 4U);
  EXPECT_EQ(list.lines(), 5U);
}

TEST(List, WhatIsNoTextIsRefusedWithItsPlace) {
  const auto nul = FilterList::parse("x.txt", std::string_view("||a.example^\n\0zip", 17));
  ASSERT_FALSE(nul.has_value());
  EXPECT_EQ(nul.error().code, Code::kMalformed);
  EXPECT_NE(nul.error().message.find("x.txt: offset 13"), std::string::npos);
  EXPECT_FALSE(FilterList::parse("x", "\xFF\xFE|").has_value());
  const FilterList latin = read("||a.example^\n/caf\xE9/x\n||b.example^\x01\n");
  EXPECT_EQ(latin.rules(), 1U);
  EXPECT_EQ(skipped(latin, Skip::kNotText), 2U);
  EXPECT_EQ(first(latin, Skip::kNotText).line, 2U);
  const FilterList page = read("<!doctype html>\n<html lang=\"en\">\n<p>Not found</p>\n");
  EXPECT_EQ(page.rules(), 0U);
}

TEST(List, LongLinesAreCountedAndDoNotStopTheOthers) {
  const FilterList list =
      read("||a.example^\n" + std::string(1'000'000, 'a') + "\n/" + std::string(5'000, 'b') +
           "\n/(" + std::string(3'000, 'c') + ")/\n||b.example^\n");
  EXPECT_EQ(list.rules(), 2U);
  EXPECT_EQ(skipped(list, Skip::kTooLong), 3U);
  EXPECT_LT(first(list, Skip::kTooLong).text.size(), 200U);
}

TEST(List, ExpressionsThatRe2CannotHaveAreCounted) {
  const FilterList list =
      read("/a(?=b)/\n/(?<!x)ads/\n/(a)\\1/\n/[unclosed/\n/((a{500}){500}){500}/\n/fine\\d+/\n");
  EXPECT_EQ(list.rules(), 1U);
  EXPECT_EQ(skipped(list, Skip::kRegex), 5U);
}

TEST(List, OnlySoManyExpressionsAreTriedWhetherRe2TakesThemOrNot) {
  std::string text;
  for (std::size_t i = 0; i < limits::kRegexesPerList + 10; ++i)
    text += i % 2 == 0 ? "/a(?=b)/\n" : "/ab+c/\n";
  const FilterList list = read(text);
  EXPECT_EQ(list.rules(), limits::kRegexesPerList / 2);
  EXPECT_EQ(skipped(list, Skip::kRegex), limits::kRegexesPerList / 2);
  EXPECT_EQ(skipped(list, Skip::kTooMany), 10U);
}

TEST(List, ConditionsChooseLines) {
  const FilterList list = read(
      "!#if ext_ublock\n||a.example^\n!#if "
      "env_firefox\n||b.example^\n!#else\n||c.example^\n!#endif\n"
      "!#endif\n!#if env_mobile || adguard\n||d.example^\n!#endif\n!#include "
      "more.txt\n||e.example^\n"
      "!#if false\n||f.example^\n##.x\n");
  EXPECT_EQ(list.rules(), 3U);
  EXPECT_EQ(skipped(list, Skip::kNotForUs), 4U);
  EXPECT_EQ(skipped(list, Skip::kInclude), 1U);
}

TEST(List, ConditionsAreReadWithTheirPrecedence) {
  EXPECT_TRUE(holds("true"));
  EXPECT_TRUE(holds("!false && true"));
  EXPECT_TRUE(holds("true || false && false"));
  EXPECT_FALSE(holds("(true || false) && false"));
  EXPECT_TRUE(holds("!(env_safari || !env_chromium)"));
  EXPECT_TRUE(holds("!!true"));
  for (const char* bad : {"", "()", "true true", "true &&", "&& true", "(true", "true)",
                          "true & true", "!", "true !", "a,b"})
    EXPECT_FALSE(holds(bad)) << bad;
  EXPECT_FALSE(holds(std::string(100'000, '(') + "true"));
}

TEST(List, BlocksDeeperThanTheCapAreLeftOut) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "!#if true\n";
  text += "||deep.example^\n";
  for (int i = 0; i < 200; ++i) text += "!#endif\n";
  const FilterList list = read(text + "||after.example^\n!#endif\n!#else\n||more.example^\n");
  EXPECT_EQ(list.rules(), 2U);
  EXPECT_EQ(skipped(list, Skip::kNotForUs), 1U);
}

TEST(List, TooLargeAListIsRefused) {
  const auto list = FilterList::parse("big.txt", std::string(limits::kListBytes + 1, '\n'));
  ASSERT_FALSE(list.has_value());
  EXPECT_EQ(list.error().code, Code::kTooLarge);
  EXPECT_NE(list.error().message.find("kListBytes"), std::string::npos);
}

TEST(HostName, EncodesWhatIsNotAscii) {
  EXPECT_EQ(ascii_host("WWW.Example"), "www.example");
  EXPECT_EQ(ascii_host("m\xC3\xBCnchen.example"), "xn--mnchen-3ya.example");
  EXPECT_EQ(ascii_host("M\xC3\x9CNCHEN.example"), "xn--mnchen-3ya.example");
  EXPECT_EQ(ascii_host("\xE4\xBE\x8B\xE5\xAD\x90\xE3\x80\x82\xE6\xB5\x8B\xE8\xAF\x95"),
            "xn--fsqu00a.xn--0zwm56d");
  EXPECT_FALSE(ascii_host("\xFF.example").has_value());
  std::string label;
  for (int i = 0; i < 64; ++i) label += "\xC3\xBC";
  EXPECT_FALSE(ascii_host(label).has_value());
}

TEST(Regex, WordsAreTakenOnlyWhereTheyMustStand) {
  EXPECT_EQ(regex_tokens(R"(\/track\/[0-9]+)").size(), 1U);
  EXPECT_EQ(regex_tokens(R"(^https?:\/\/www\.shop\.)").size(), 2U);
  EXPECT_TRUE(regex_tokens("track").empty());  // May stand inside a longer word.
  EXPECT_TRUE(regex_tokens(R"(\/track\/|\/px\/)").empty());
  EXPECT_TRUE(regex_tokens(R"((\/track\/)?x)").empty());
  EXPECT_TRUE(regex_tokens(R"(\/track?\.)").empty());
  EXPECT_TRUE(regex_tokens(R"(\/track\/?)").empty());
  EXPECT_TRUE(regex_tokens(R"([\/track\/])").empty());
  EXPECT_TRUE(regex_tokens(R"(\/[^]/track/]x)").empty());
}

}  // namespace
}  // namespace affiant::filters::test
