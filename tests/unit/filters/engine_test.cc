#include <re2/re2.h>

#include <random>

#include "ask.h"
#include "filters/filters.h"

namespace affiant::filters::test {
namespace {

TEST(Engine, NamesTheRuleItsListAndItsLine) {
  std::vector<FilterList> lists;
  lists.push_back(read("! a comment\n||a.example^$third-party\n", "first.txt"));
  lists.push_back(
      read("[Adblock Plus 2.0]\r\n\r\n||b.example/x\r\n@@||b.example/x/ok\r\n", "second.txt"));
  const auto both = Engine::create(std::move(lists));
  const Answer a = ask(*both, "https://a.example/");
  EXPECT_EQ(a.rule, "||a.example^$third-party");
  EXPECT_EQ(a.list, "first.txt");
  EXPECT_EQ(a.line, 2U);
  const Answer b = ask(*both, "https://b.example/x/ok");
  EXPECT_FALSE(b.matched);
  EXPECT_EQ(b.rule, "||b.example/x");
  EXPECT_EQ(b.exception, "@@||b.example/x/ok");
  EXPECT_EQ(b.list, "second.txt");
  EXPECT_EQ(b.line, 3U);
}

TEST(Engine, AnExceptionCountsOnlyWhereARuleMatched) {
  const Answer none = ask(engine("@@||a.example^"), "https://a.example/");
  EXPECT_FALSE(none.matched);
  EXPECT_EQ(none.exception, "");
}

TEST(Engine, ImportantRulesStandAboveExceptions) {
  const Engine rules = engine("||a.example^\n||a.example/x$important\n@@||a.example^");
  EXPECT_FALSE(ask(rules, "https://a.example/").matched);
  const Answer above = ask(rules, "https://a.example/x");
  EXPECT_TRUE(above.matched);
  EXPECT_TRUE(above.important);
  EXPECT_EQ(above.rule, "||a.example/x$important");
  EXPECT_EQ(above.exception, "");
}

TEST(Engine, BadfilterTakesBackExactlyTheSameRule) {
  std::vector<FilterList> lists;
  lists.push_back(
      read("||a.example^$script,third-party,domain=p.example|q.example\n"
           "||a.example^$script\n||b.example/Path*$image\n0.0.0.0 c.example\n"));
  lists.push_back(
      read("||a.example^$domain=q.example|p.example,3p,badfilter,script\n"
           "||b.example/path$badfilter,image\n||c.example^$badfilter\n"
           "||a.example^$badfilter\n"));
  const auto both = Engine::create(std::move(lists));
  EXPECT_EQ(both->taken_back(), 3U);
  EXPECT_EQ(ask(*both, "https://a.example/", "script", "https://p.example/").rule,
            "||a.example^$script");
  EXPECT_FALSE(ask(*both, "https://b.example/path", "image").matched);
  EXPECT_FALSE(ask(*both, "https://c.example/").matched);
}

TEST(Engine, OnlyRequestsToTheNetworkMatch) {
  const Engine rules = engine("/x\n$image");
  const Page page("https://page.example/", sites());
  for (const char* url : {"data:image/gif;base64,/x", "blob:https://a.example/x", "about:blank/x",
                          "chrome-extension://abc/x", "file:///x"}) {
    const auto request = Request::create(url, page, "image", sites());
    EXPECT_FALSE(request && rules.match(*request).rule.has_value()) << url;
  }
  for (const char* url : {"", "x", "/x", "https:///x", "https://[::1", "://a"})
    EXPECT_FALSE(Request::create(url, page, "image", sites()).has_value()) << url;
  EXPECT_FALSE(
      Request::create("https://a.example/" + std::string(70'000, 'a'), page, "image", sites()));
}

TEST(Engine, NoListsAndEmptyListsMatchNothing) {
  EXPECT_FALSE(ask(*Engine::create({}), "https://a.example/").matched);
  EXPECT_FALSE(ask(engine(""), "https://a.example/").matched);
}

// The definition of the syntax (help.adblockplus.org, "How to write filters") as one expression.
std::string as_regex(std::string pattern) {
  std::string prefix;
  std::string suffix;
  if (pattern.starts_with("||")) {
    prefix = R"(^[a-z]+://([^/?#]*\.)?)";
    pattern.erase(0, 2);
  } else if (pattern.starts_with("|")) {
    prefix = "^";
    pattern.erase(0, 1);
  }
  if (pattern.ends_with("|")) {
    suffix = "$";
    pattern.pop_back();
  }
  std::string out;
  for (const char c : pattern) {
    if (c == '*')
      out += ".*";
    else if (c == '^')
      out += "([^a-z0-9_.%-]|$)";
    else
      out += RE2::QuoteMeta(std::string(1, c));
  }
  return prefix + out + suffix;
}

TEST(Engine, FindsWhatTheDefinitionFindsWhateverTheWordsItFilesRulesUnder) {
  std::mt19937 random(1);
  const auto pick = [&](auto const& from) { return from[random() % from.size()]; };
  const std::vector<std::string> parts = {"ad", "px", "x", "/", ".", "-",
                                          "?",  "=",  "^", "*", "1", "_"};
  const std::vector<std::string> words = {"ad", "px", "x", "1", "adpx", "ad1"};
  const std::vector<std::string> joins = {"/", ".", "-", "?", "=", "_", "%"};
  std::vector<std::string> patterns;
  while (patterns.size() < 400) {
    std::string pattern = std::vector<std::string>{"", "", "||", "|https://"}[random() % 4];
    if (pattern == "||")
      pattern += pick(words) + std::vector<std::string>{"^", "/", ".", "*"}[random() % 4];
    for (auto i = random() % 5 + 1; i > 0; --i) pattern += pick(parts);
    if (random() % 6 == 0) pattern += "|";
    // A bare host after "||" has a rule of its own, and slashes on both sides are another syntax.
    const bool bare =
        pattern.starts_with("||") && pattern.find_first_of("^/*?=%", 2) == std::string::npos;
    const bool regex = pattern.front() == '/' && pattern.back() == '/';
    const bool domain = pattern.find_first_not_of("adpx1.-_") == std::string::npos;
    if (!bare && !regex && !domain && read(pattern).rules() == 1) patterns.push_back(pattern);
  }
  std::string all;
  for (const std::string& pattern : patterns) all += pattern + "\n";
  const Engine together = engine(all);
  std::size_t hits = 0;
  for (int i = 0; i < 300; ++i) {
    std::string url = "https://" + pick(words);
    for (auto k = random() % 3; k > 0; --k) url += "." + pick(words);
    url += "/";
    for (auto k = random() % 6; k > 0; --k) url += pick(words) + pick(joins);
    bool any = false;
    for (const std::string& pattern : patterns) {
      const bool expected = RE2::PartialMatch(url, as_regex(pattern));
      any = any || expected;
      if (i < 60) {
        EXPECT_EQ(blocks(pattern, url), expected) << pattern << " on " << url;
      }
    }
    EXPECT_EQ(ask(together, url).matched, any) << url;
    hits += any ? 1U : 0U;
  }
  EXPECT_GT(hits, 50U);
}

}  // namespace
}  // namespace affiant::filters::test
