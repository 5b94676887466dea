// What changed between two recordings, and what did not.
#include "report/diff.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/bytes.h"
#include "engine_pair.h"
#include "random_report.h"
#include "report/text_layout.h"
#include "schema_check.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using report::Change;
using report::Diff;
using report::diff_reports;
using report::Difference;
using report::Report;
using test::cookie_named;
using test::diff_schema_problems;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// A recording that is whole, with a policy that was read whole.
Report recording() {
  Report r = test::engine_report("chromium");
  r.facts.seen.policies.clear();
  r.findings.pop_back();  // On the policy page that could not be read.
  r.facts.seen.techniques.resize(1);
  r.facts.seen.techniques[0].entry = 18;
  r.facts.seen.techniques[0].place.session = 1;
  return r;
}

std::string lines(const std::vector<Difference>& all) {
  std::string out;
  for (const Difference& d : all)
    out += std::string(report::change_name(d.change)) + " " + d.kind + "|" + d.what + "|" +
           d.before.words + "|" + d.after.words + "\n";
  return out;
}

class DiffOf : public testing::Test {
 protected:
  Diff diff() const {
    auto made = diff_reports(before_, after_);
    EXPECT_TRUE(made) << made.error().to_string();
    return made ? std::move(*made) : Diff();
  }
  policy::Statement& denial() { return after_.declaration.statements[0]; }
  policy::DeclaredCookie& row() { return after_.declaration.cookies[0]; }
  Report before_ = recording(), after_ = recording();
};
using DiffSaid = DiffOf;
using DiffDone = DiffOf;
using DiffFindings = DiffOf;
using DiffSilence = DiffOf;
using DiffRendered = DiffOf;

TEST_F(DiffOf, TwoAlikeButForEntriesValuesAndTimesIsEmpty) {
  for (detect::CookieFact& fact : after_.facts.cookies) {
    fact.story.value = "another one";
    for (observe::Leaf& leaf : fact.story.entries) leaf += 100;
  }
  for (observe::Session& s : after_.facts.seen.sessions) s.opened_ms += 86'400'000;
  after_.facts.requests.push_back(after_.facts.requests[2]);
  const Diff d = diff();
  EXPECT_TRUE(d.empty()) << lines(d.said) << lines(d.done) << lines(d.findings);
  EXPECT_THAT(d.limits, IsEmpty());
}

TEST_F(DiffOf, TwoSitesAreRefusedAndSoIsWhatObservedNothing) {
  after_.facts.site = "other.example";
  auto made = diff_reports(before_, after_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Code::kUsage);
  EXPECT_THAT(made.error().message, HasSubstr("shop.example and other.example"));
  Report dead = recording();
  for (observe::Page& page : dead.facts.seen.pages) page.result = "failed";
  made = diff_reports(before_, dead);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Code::kNetwork);
  EXPECT_THAT(made.error().message, HasSubstr("second"));
}

TEST_F(DiffSaid, AStatementThatCameAndOneThatWentAreToldWithTheirWords) {
  denial().data = {"cookies", "storage"};
  denial().quote = "No advertiser keeps anything here.";
  const Diff d = diff();
  EXPECT_EQ(lines(d.said),
            "new statement|denies that third parties take part: cookies, storage, for advertising "
            "(of third parties)|not said|plainly\n"
            "gone statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|no longer said\n");
  ASSERT_THAT(d.said[0].after.quotes, SizeIs(1));
  const report::Quote& quote = d.said[0].after.quotes[0];
  EXPECT_EQ(quote.text, "No advertiser keeps anything here.");
  EXPECT_EQ(quote.statement, "S1");
  EXPECT_EQ(quote.source, "https://shop.example/privacy");
  EXPECT_EQ(quote.start, 210U);
}

TEST_F(DiffSaid, OtherWordsForTheSameAreListedApart) {
  denial().quote = "Advertisers set no cookies here.";
  denial().id = "S7";
  EXPECT_EQ(lines(diff().said),
            "wording statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|plainly\n");
  denial().quote = "no advertiser sets a  COOKIE here";
  EXPECT_THAT(diff().said, IsEmpty()) << "case and white space are no words";
}

TEST_F(DiffSaid, EachPartOfTheMeaningCounts) {
  const auto changes = [&](auto&& change) {
    after_ = recording();
    change(denial());
    return diff().said.size();
  };
  using S = policy::Statement;
  EXPECT_EQ(changes([](S&) {}), 0U);
  EXPECT_EQ(changes([](S& s) { s.type = "no-cookies"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.polarity = "does"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.subject = "we"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.parties = {"Ads Ltd"}; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.purposes.clear(); }), 2U);
  EXPECT_EQ(changes([](S& s) { s.data = {"COOKIES"}; }), 0U);
}

TEST_F(DiffSaid, APromiseThatIsNowBoundedHasChanged) {
  denial().quote = "No advertiser sets a cookie here, except our partners.";
  denial().exception = "except our partners";
  denial().hedged = true;
  EXPECT_EQ(lines(diff().said),
            "changed statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|hedged, exception \"except our partners\"\n");
}

TEST_F(DiffSaid, ARowThatCameWentOrChanged) {
  row().lifetime_s = 63'072'000;
  EXPECT_EQ(lines(diff().said),
            "changed declared-cookie|cookie _st|analytics, 90 days, of Stats Inc|analytics, 2 "
            "years, of Stats Inc\n");
  EXPECT_EQ(diff().said[0].after.quotes.at(0).declared_cookie, 0);
  row() = before_.declaration.cookies[0];
  row().purpose = "Counts people";
  EXPECT_EQ(diff().said.at(0).change, Change::kWording);
  row().pattern = "_su";
  EXPECT_EQ(
      lines(diff().said),
      "new declared-cookie|cookie _su|not declared|analytics, 90 days, of Stats Inc\n"
      "gone declared-cookie|cookie _st|analytics, 90 days, of Stats Inc|no longer declared\n");
}

TEST_F(DiffSaid, OneNameOfTwoProvidersIsTwoRows) {
  policy::DeclaredCookie other = before_.declaration.cookies[0];
  other.provider = "Ads Ltd";
  for (Report* r : {&before_, &after_}) r->declaration.cookies.push_back(other);
  EXPECT_THAT(diff().said, IsEmpty());
  after_.declaration.cookies.pop_back();
  ASSERT_THAT(diff().said, SizeIs(1));
  EXPECT_EQ(diff().said[0].change, Change::kGone);
}

TEST_F(DiffDone, CookiesAreMatchedByNameDomainAndParty) {
  cookie_named(&after_, "_st").story.name = "_su";
  EXPECT_EQ(lines(diff().done),
            "new cookie|cookie _su of .shop.example (first party)|not seen|stored; 2 years, by a "
            "script of stats.example, Stats Inc\n"
            "gone cookie|cookie _st of .shop.example (first party)|stored; 2 years, by a script of "
            "stats.example, Stats Inc|no longer seen\n");
  EXPECT_THAT(diff().done[1].before.entries, ElementsAre(6, 7, 18));
  EXPECT_THAT(diff().done[1].after.entries, IsEmpty());
}

TEST_F(DiffDone, ACookieKeptLongerOrStoredWhereItWasKeptOffHasChanged) {
  cookie_named(&after_, "_st").story.lifetime_s = 31'536'000;
  observe::CookieStory& uid = cookie_named(&after_, "uid").story;
  uid.outcome = "stored";
  uid.reason.clear();
  const Diff d = diff();
  ASSERT_THAT(d.done, SizeIs(2)) << lines(d.done);
  EXPECT_EQ(d.done[0].change, Change::kChanged);
  EXPECT_THAT(d.done[0].before.words, HasSubstr("2 years"));
  EXPECT_THAT(d.done[0].after.words, HasSubstr("1 year"));
  EXPECT_THAT(d.done[1].before.words, HasSubstr("blocked: third-party cookies are blocked"));
  EXPECT_THAT(d.done[1].after.words, HasSubstr("stored"));
}

TEST_F(DiffDone, ThirdPartiesAreToldByOwnerThenByHost) {
  after_.facts.seen.requests[1].host = "eu.stats.example";
  EXPECT_EQ(lines(diff().done),
            "new third-party-host|host eu.stats.example of Stats Inc|not seen|contacted\n"
            "gone third-party-host|host stats.example of Stats Inc|contacted|no longer seen\n");
  after_.facts.requests[1].owner = "Counters plc";
  const Diff d = diff();
  EXPECT_EQ(lines(d.done),
            "new third-party|third party Counters plc|not seen|contacted: eu.stats.example "
            "(analytics)\n"
            "gone third-party|third party Stats Inc|contacted: stats.example (analytics)|no longer "
            "seen\n");
  EXPECT_THAT(d.done[0].after.entries, ElementsAre(5));
}

TEST_F(DiffDone, ARequestWithoutAnAnswerIsNoContact) {
  after_.facts.seen.requests[1].failure = "net::ERR_BLOCKED_BY_CLIENT";
  ASSERT_THAT(diff().done, SizeIs(1));
  EXPECT_EQ(diff().done[0].change, Change::kGone);
}

TEST_F(DiffDone, StorageIsMatchedWhateverThePortAndTechniquesByTheScriptsHost) {
  for (observe::StorageItem& item : after_.facts.seen.storage)
    item.origin = "https://shop.example:8443";
  EXPECT_THAT(diff().done, IsEmpty());
  after_.facts.seen.storage[2].key = "other-db";
  after_.facts.techniques[0].script_host = "cdn.example";
  const Diff d = diff();
  ASSERT_THAT(d.done, SizeIs(4)) << lines(d.done);
  EXPECT_EQ(d.done[0].what, "indexedDB key other-db of shop.example");
  EXPECT_EQ(d.done[1].what, "technique canvas of cdn.example");
}

TEST_F(DiffDone, WhatOnlyOneRecordingTriedIsNotComparedAndSaid) {
  observe::Session signal = after_.facts.seen.sessions[0];
  signal.id = 2;
  signal.gpc = true;
  after_.facts.seen.sessions.push_back(signal);
  detect::CookieFact extra;
  extra.story = cookie_named(&after_, "uid").story;
  extra.story.name = "only_with_signal";
  extra.story.session = 2;
  extra.phase = "no-choice";
  after_.facts.cookies.push_back(std::move(extra));
  const Diff d = diff();
  EXPECT_THAT(d.done, IsEmpty()) << lines(d.done);
  EXPECT_THAT(d.limits, Contains(HasSubstr("second recording has a session of phase no-choice "
                                           "with Global Privacy Control")));
}

TEST_F(DiffFindings, OneThatCameWentOrIsOfAnotherStrength) {
  after_.findings[0].strength = findings::Strength::kUndeclared;
  after_.findings[2].title = "another cookie lives too long";
  const Diff d = diff();
  EXPECT_EQ(lines(d.findings),
            "new finding|lifetime-exceeds: another cookie lives too long|not found|contradicted, "
            "F7-1\n"
            "gone finding|lifetime-exceeds: _st lives for 2 years, declared are 90 days|"
            "contradicted, F7-1|no longer found\n"
            "changed finding|vague-disclosure: Ads Ltd is covered by general words only|vague, "
            "F6-1|undeclared, F6-1\n");
  EXPECT_EQ(d.findings[0].after.quotes.at(0).text, "_st | Stats Inc | Counts visits | 90 days");
}

TEST_F(DiffFindings, ADenialInOtherWordsIsTheSameFinding) {
  denial().quote = "Advertisers set no cookies here.";
  EXPECT_THAT(diff().findings, IsEmpty());
}

TEST_F(DiffSilence, OfARecordingThatLostEventsNothingIsGone) {
  after_.facts.cookies.pop_back();
  EXPECT_THAT(diff().done, SizeIs(1));
  after_.facts.seen.gaps.resize(1);
  const Diff d = diff();
  EXPECT_THAT(d.done, IsEmpty());
  EXPECT_THAT(d.limits, Contains(HasSubstr("second recording may lack something")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("1 difference left out")));
  const auto turned = diff_reports(after_, before_);
  ASSERT_TRUE(turned);
  EXPECT_THAT(turned->done, IsEmpty()) << "nor is anything new beside its silence";
}

TEST_F(DiffSilence, OfAPolicyThatWasNotReadWholeNothingIsNoLongerSaid) {
  after_.declaration.statements.clear();
  EXPECT_THAT(diff().said, SizeIs(1));
  after_.declaration.unread = {"the text is in Dutch"};
  EXPECT_THAT(diff().said, IsEmpty());
  EXPECT_THAT(diff().limits, Contains(HasSubstr("in Dutch")));
  after_.declaration.unread.clear();
  after_.declaration.is_policy = false;
  EXPECT_THAT(diff().said, IsEmpty());
}

TEST_F(DiffSilence, AnotherBrowserPageOrDocumentIsSaid) {
  after_.facts.seen.sessions[0].third_party_cookies = "blocked";
  after_.facts.seen.pages[0].url = "https://shop.example/sale";
  after_.declaration.sources[0].url = "https://shop.example/privacy-2";
  const Diff d = diff();
  EXPECT_THAT(d.limits, Contains(HasSubstr("may be the browser's doing")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("Pages in the second recording only")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("Documents of the policy in the first recording")));
}

report::DiffReport told(const Report& before, const Report& after) {
  report::DiffReport out;
  out.generated_at = "2026-10-01T12:00:00Z";
  out.before_name = "march";
  out.after_name = "last";
  out.before = &before;
  out.after = &after;
  out.diff = std::move(*diff_reports(before, after));
  return out;
}

TEST_F(DiffRendered, TheTextShowsBothVerdictsAndCitesWordsAndEntries) {
  denial().data.clear();
  cookie_named(&after_, "_st").story.name = "_su";
  after_.facts.seen.verdict.key = evidence::KeyVerdict::kPinned;
  const std::string text = report::render_text(told(before_, after_), {});
  EXPECT_THAT(text, HasSubstr("Before  2026-09-21 14:13 UTC with chromium 156.0.1; record intact, "
                              "unpinned,"));
  EXPECT_THAT(text, HasSubstr("record intact, pinned,"));
  EXPECT_THAT(text, HasSubstr("THE SITE NO LONGER SAYS (1)"));
  EXPECT_THAT(text, HasSubstr("\"No advertiser sets a cookie here.\""));
  EXPECT_THAT(text, HasSubstr("S1, https://shop.example/privacy, bytes 210 to 243"));
  EXPECT_THAT(text, HasSubstr("NO LONGER SEEN (1)"));
  EXPECT_THAT(text, HasSubstr("log entries 6, 7, 18"));
  EXPECT_THAT(text, HasSubstr("affiant verify march"));
  EXPECT_THAT(text, Not(HasSubstr("removed")));
  const std::string same = report::render_text(told(before_, before_), {});
  EXPECT_THAT(same, HasSubstr("Nothing changed: "));
  EXPECT_THAT(same, HasSubstr("WHAT THIS COMPARISON DOES NOT SHOW"));
}

TEST_F(DiffRendered, TheJsonIsAsItsSchemaSays) {
  denial().data.clear();
  row().lifetime_s.reset();
  after_.facts.cookies.pop_back();
  after_.findings.pop_back();
  const std::string text = report::render_json(told(before_, after_));
  EXPECT_EQ(diff_schema_problems(text), "");
  const Json good = Json::parse(text);
  EXPECT_EQ(good["changed"], true);
  EXPECT_EQ(good["before"]["case"]["verdict"]["integrity"], "intact");
  EXPECT_EQ(good["before"]["name"], "march");
  EXPECT_EQ(good["done"][0]["change"], "gone");
  EXPECT_EQ(good["done"][0]["before"]["entries"], Json::array({10}));
  const auto refused = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    EXPECT_NE(diff_schema_problems(bad), "") << pointer << " = " << value;
  };
  refused("/schema", "affiant.report/1");
  refused("/done/0/change", "removed");
  refused("/done/0/kind", "made-up");
  refused("/done/0/undescribed", true);
  refused("/said/0/before/quotes", Json::array({"words"}));
  refused("/before/case/verdict/integrity", "fine");
  refused("/undescribed", true);
  for (const auto& [name, value] : good.items()) {
    Json bad = good;
    bad.erase(name);
    EXPECT_NE(diff_schema_problems(bad), "") << "without " << name;
  }
  const Json same = Json::parse(report::render_json(told(before_, before_)));
  EXPECT_EQ(same["changed"], false);
}

TEST(DiffProperty, WhateverASiteSaysTheJsonIsValidAndTheTextFitsAndIsSafe) {
  std::mt19937 engine(20261126);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(8'000, '\0');
    for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
    test::Choices choices(bytes);
    Report before = test::random_report(choices);
    Report after = test::random_report(choices);
    after.facts.site = before.facts.site;
    for (Report* r : {&before, &after}) {
      if (r->facts.seen.pages.empty()) r->facts.seen.pages.resize(1);
      r->facts.seen.pages[0].role = "site";
      r->facts.seen.pages[0].result = "loaded";
      r->declaration.is_policy = true;
      r->declaration.unread.clear();
      r->facts.seen.policies.clear();
      r->facts.seen.gaps.clear();
      for (observe::Session& s : r->facts.seen.sessions) s.close_reason = "plan-done";
      r->facts.seen.verdict.complete = evidence::Completeness::kComplete;
      r->facts.seen.withheld_fields = 0;
    }
    const auto once = diff_reports(before, after);
    const auto turned = diff_reports(after, before);
    ASSERT_TRUE(once && turned);
    const auto count = [](const Diff& d, Change change) {
      std::size_t n = 0;
      for (const auto* part : {&d.said, &d.done, &d.findings})
        for (const Difference& x : *part) n += x.change == change ? 1 : 0;
      return n;
    };
    ASSERT_EQ(count(*once, Change::kNew), count(*turned, Change::kGone)) << "round " << i;
    ASSERT_EQ(count(*once, Change::kChanged), count(*turned, Change::kChanged)) << "round " << i;
    ASSERT_TRUE(diff_reports(before, before)->empty()) << "round " << i;
    const report::DiffReport whole = told(before, after);
    const std::string json = report::render_json(whole);
    ASSERT_EQ(diff_schema_problems(json), "") << "round " << i << "\n" << json;
    report::TextOptions options;
    options.columns = 60 + i % 60;
    std::istringstream rendered(report::render_text(whole, options));
    for (std::string line; std::getline(rendered, line);) {
      ASSERT_EQ(printable(line, 100'000), line) << "round " << i;
      ASSERT_LE(report::display_width(line), static_cast<std::size_t>(options.columns))
          << "round " << i << ": " << line;
    }
  }
}

}  // namespace
}  // namespace affiant
