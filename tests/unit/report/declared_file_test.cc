#include "report/declared_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "report/sources.h"

namespace affiant::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

policy::Declaration declared(std::string_view bytes, std::string_view name) {
  const auto said = declared_in_bytes(bytes, name, {});
  EXPECT_TRUE(said) << said.error().to_string();
  return said.value_or(policy::Declaration{});
}

std::vector<std::string> kinds(const policy::Declaration& said) {
  std::vector<std::string> out;
  for (const policy::Source& source : said.sources) out.push_back(source.kind);
  return out;
}

constexpr std::string_view kPage =
    "<html lang=\"en\"><head><title>Cookies</title><script>var klaroConfig = {services: [{name: "
    "'trackly', title: 'Trackly', purposes: ['analytics'], cookies: ['_tr', "
    "'both']}]};</script></head>"
    "<body><h1>Cookies</h1><p>We use cookies to keep you signed in. We do not use web beacons.</p>"
    "<table><tr><th>Cookie name</th><th>Purpose</th><th>Duration</th></tr>"
    "<tr><td>sid_1</td><td>Login</td><td>Session</td></tr>"
    "<tr><td>both</td><td>Counts</td><td>2 years</td></tr></table></body></html>";

TEST(DeclaredFile, ScriptsAndJsonGoToTheirManager) {
  const policy::Declaration script = declared(
      "CookieConsentDialog.cookieTableNecessary = [['sid_1', 'a.example', 'x', 'Session', 'HTTP', "
      "'1']];",
      "cc.js");
  EXPECT_THAT(kinds(script), ElementsAre("cookiebot"));
  EXPECT_EQ(script.cookies.size(), 1U);
  EXPECT_THAT(
      kinds(declared(R"([{"name": "a_b", "classification": "", "provider": ""}])", "x.json")),
      ElementsAre("osano"));
}

TEST(DeclaredFile, APageMayHoldAPolicyAndAManagersSettings) {
  const policy::Declaration said = declared(kPage, "cookies.html");
  EXPECT_THAT(kinds(said), ElementsAre("file", "klaro"));
  std::set<std::string> names;
  for (const policy::DeclaredCookie& c : said.cookies) {
    names.insert(c.pattern);
    const std::string& text = said.sources.at(static_cast<std::size_t>(c.source) - 1).text;
    EXPECT_EQ(c.quote, text.substr(c.start, c.end - c.start));
  }
  EXPECT_THAT(names, ElementsAre("_tr", "both", "sid_1"));
  bool named = false, cookies = false;
  for (const policy::Statement& s : said.statements) {
    named = named || (s.type == "named-third-party" && s.source == 2);
    cookies = cookies || (s.type == "uses-cookies" && s.source == 1);
    const std::string& text = said.sources.at(static_cast<std::size_t>(s.source) - 1).text;
    EXPECT_EQ(s.quote, text.substr(s.start, s.end - s.start));
  }
  EXPECT_TRUE(named && cookies);
}

TEST(DeclaredFile, WhatIsDeclaredTwiceAlikeCountsOnce) {
  constexpr std::string_view kTwice =
      "<html><head><script>_x = {_categories: [{slug: 'analytics', cookies: [{cookieID: 'seen_1', "
      "domain: "
      "'a.example', duration: '2 years'}, {cookieID: 'other_1', domain: 'a.example', duration: '1 "
      "day'}]}]}"
      "</script></head><body><h2>Analytics cookies</h2><table><tr><th>Cookie "
      "name</th><th>Duration</th></tr><tr><td>seen_1</td><td>2 years</td></tr>"
      "<tr><td>other_1</td><td>3 years</td></tr></table></body></html>";
  const policy::Declaration said = declared(kTwice, "p.html");
  std::map<std::string, int> rows;
  for (const policy::DeclaredCookie& c : said.cookies) ++rows[c.pattern];
  EXPECT_EQ(rows["seen_1"], 1);
  EXPECT_EQ(rows["other_1"], 2);  // Two lifetimes: that is for the reader to see.
}

TEST(DeclaredFile, SettingsOfAPageThatCannotBeReadAreToldAndCostNothingElse) {
  const policy::Declaration said = declared(
      "<html><body><p>We use cookies.</p><script>klaroConfig = {services: [{name: "
      "'x'</script></body></html>",
      "p.html");
  EXPECT_THAT(kinds(said), ElementsAre("file"));
  EXPECT_FALSE(said.statements.empty());
  EXPECT_THAT(said.unread, testing::Contains(HasSubstr("klaro")));
}

TEST(DeclaredFile, ATextThatShowsSettingsIsATextStill) {
  const policy::Declaration said = declared(
      "We use cookies.\n\n    var klaroConfig = {services: [{name: 'x', cookies: ['y_z']}]}\n",
      "policy.md");
  EXPECT_THAT(kinds(said), ElementsAre("file"));
}

TEST(DeclaredFile, ErrorsNameTheFile) {
  const auto said = declared_in_bytes("klaroConfig = {services: [", "k.js", {});
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().code, Code::kMalformed);
  EXPECT_THAT(said.error().message, HasSubstr("k.js: klaro: "));
}

TEST(DeclaredFile, SeveralFilesKeepTheirSourcesApart) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "affiant_declared_files";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "p.html") << kPage;
  std::ofstream(folder / "cc.js") << "CookieConsentDialog.cookieTableNecessary = [['last_1', "
                                     "'a.example', 'x', 'Session', 'HTTP', '1']];";
  const auto said = declared_in_files({folder / "p.html", folder / "cc.js"});
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(said) << said.error().to_string();
  EXPECT_THAT(kinds(*said), ElementsAre("file", "klaro", "cookiebot"));
  for (const policy::DeclaredCookie& c : said->cookies) {
    const int expected = c.pattern == "last_1" ? 3 : c.pattern == "_tr" ? 2 : c.source;
    EXPECT_EQ(c.source, expected) << c.pattern;
  }
}

}  // namespace
}  // namespace affiant::report
