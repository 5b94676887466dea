#include "shop_report.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "shared_data.h"

namespace affiant::test {
namespace {

constexpr std::int64_t kStart = 1'790'000'000'000;  // 2026-09-21T14:13:20Z

observe::Place on_page(std::int64_t at_ms) {
  observe::Place place;
  place.session = 1;
  place.time_ms = kStart + at_ms;
  place.tab = 1;
  place.top_url = place.frame_url = "https://shop.example/";
  place.top_host = place.frame_host = "shop.example";
  return place;
}

observe::Request request(observe::Leaf entry, const std::string& rid, const std::string& host,
                         const std::string& path, const std::string& type) {
  observe::Request r;
  r.entry = entry;
  r.place = on_page(static_cast<std::int64_t>(entry) * 10);
  r.rid = rid;
  r.scheme = "https";
  r.host = host;
  r.url = "https://" + host + path;
  r.method = "GET";
  r.type = type;
  r.initiator = type == "main_frame" ? "" : "https://shop.example";
  r.status = 200;
  return r;
}

void seen(observe::Observations& o) {
  o.verdict.integrity = evidence::Integrity::kIntact;
  o.verdict.key = evidence::KeyVerdict::kUnpinned;
  o.verdict.complete = evidence::Completeness::kComplete;
  o.verdict.origin =
      "affiant.invalid/log/39f713d0a644253f04529421b9f51b9b08979d08295959c4f3990ee617f5139f";
  o.verdict.tree_size = 31;
  o.verdict.root_base64 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";
  o.verdict.sealed = true;
  o.verdict.sessions = {{1, 26, 26, 0, true, true, 0}};
  observe::Session session;
  session.id = 1;
  session.phase = "no-choice";
  session.browser = "chromium";
  session.browser_version = "156.0.1";
  session.third_party_cookies = "partitioned";
  session.host = "shop.example";
  session.url = "https://shop.example/";
  session.opened_ms = kStart;
  session.closed_ms = kStart + 9'000;
  o.sessions = {session};
  observe::Page page;
  page.session = 1;
  page.role = "site";
  page.result = "loaded";
  page.host = "shop.example";
  page.url = "https://shop.example/";
  page.status = 200;
  page.entries = {2, 20};
  o.pages = {page, page};
  o.pages[1].role = "policy";
  o.pages[1].url = "https://shop.example/privacy";
  o.requests = {request(3, "1", "shop.example", "/", "main_frame"),
                request(5, "2", "stats.example", "/collect.js", "script"),
                request(8, "3", "ads.example", "/pixel.gif", "image"),
                request(9, "3", "sync.example", "/pixel.gif", "image"),
                request(12, "4", "cdn.shop-static.example", "/logo.png", "image")};
  o.requests[2].redirect = o.requests[3].url;
  o.requests[2].status = 302;
  o.requests[3].hop = 1;
  observe::StorageItem item;
  item.entry = 14;
  item.place = on_page(140);
  item.area = "localStorage";
  item.op = "set";
  item.origin = "https://shop.example";
  item.key = "basket";
  item.via = "setItem";
  item.script_host = "shop.example";
  item.script_url = "https://shop.example/app.js";
  item.stack = {"https://shop.example/app.js:10:5"};
  o.storage = {item, item, item};
  o.storage[1].entry = 15;
  observe::StorageItem& found = o.storage[2];
  found.entry = 16;
  found.area = "indexedDB";
  found.op = "present";
  found.key = "worker-db";
  found.via = "snapshot";
  found.script_host.clear();
  found.script_url.reset();
  found.stack.clear();
  o.consent.push_back({13, on_page(135), "tcf", "useractioncomplete", "CPXxRfAPXxRfAAfKABENB"});
  o.addresses.push_back({17, 1, "shop.example", "", "192.0.2.44"});
  observe::PolicyCapture policy;
  policy.entry = 22;
  policy.session = 1;
  policy.host = "shop.example";
  policy.kind = "cookie-policy";
  policy.result = "error-status";
  policy.status = 404;
  policy.url = "https://shop.example/cookies";
  o.policies = {policy};
  o.notes = {{4, "third-party-cookies-mode: partitioned"}};
}

detect::CookieFact cookie(const std::string& name, const std::string& domain,
                          std::optional<std::int64_t> lifetime_s,
                          std::vector<observe::Leaf> entries) {
  detect::CookieFact f;
  f.story.name = name;
  f.story.domain = domain;
  f.story.same_site = "lax";
  f.story.session_cookie = !lifetime_s;
  f.story.lifetime_s = lifetime_s;
  f.story.mechanism = "http";
  f.story.set_by_url = "https://shop.example/";
  f.story.set_by_host = "shop.example";
  f.story.frame_url = "https://shop.example/";
  f.story.outcome = "stored";
  f.story.session = 1;
  f.story.entries = std::move(entries);
  f.phase = "no-choice";
  return f;
}

void facts(detect::Facts& f) {
  seen(f.seen);
  f.site_host = f.site = "shop.example";
  f.cookies = {cookie("sid", "shop.example", std::nullopt, {4, 17}),
               cookie("_st", ".shop.example", 63'072'000, {6, 7, 18}),
               cookie("uid", ".ads.example", 31'536'000, {10})};
  f.cookies[0].story.host_only = f.cookies[0].story.http_only = f.cookies[0].story.secure = true;
  detect::CookieFact& stats = f.cookies[1];
  stats.story.mechanism = "document.cookie";
  stats.story.set_by_url = "https://stats.example/collect.js";
  stats.story.set_by_host = "stats.example";
  stats.story.stack = {"https://stats.example/collect.js:1:20"};
  stats.owner = "Stats Inc";
  stats.category = "analytics";
  stats.identifier_like = true;
  stats.by_third_party_script = true;
  detect::CookieFact& ad = f.cookies[2];
  ad.party = site::Party::kThird;
  ad.story.set_by_url = "https://ads.example/pixel.gif";
  ad.story.set_by_host = "ads.example";
  ad.story.outcome = "blocked";
  ad.story.reason = "third-party cookies are blocked";
  ad.owner = "Ads Ltd";
  ad.category = "advertising";
  for (const observe::Request& r : f.seen.requests) {
    detect::RequestFact fact;
    fact.request = &r;
    fact.site = r.host == "cdn.shop-static.example" ? "shop-static.example" : r.host;
    fact.party = r.host == "shop.example" ? site::Party::kFirst : site::Party::kThird;
    fact.phase = "no-choice";
    f.requests.push_back(fact);
  }
  f.requests[1].owner = "Stats Inc";
  f.requests[1].category = "analytics";
  f.requests[1].tracker_by = {"owner"};
  for (const std::size_t i : {2U, 3U}) {
    f.requests[i].owner = "Ads Ltd";
    f.requests[i].category = "advertising";
    f.requests[i].tracker_by = {"owner", "behaviour"};
  }
  f.requests[4].same_owner = true;
  for (const observe::StorageItem& item : f.seen.storage)
    f.storage.push_back({&item, site::Party::kFirst, "no-choice"});
  f.techniques.push_back({"canvas",
                          "https://stats.example/fp.js",
                          "stats.example",
                          "https://shop.example/",
                          "wrote 42 different characters in 2 colours on a canvas of 300 x 60 "
                          "pixels and read it back",
                          {18, 21}});
}

void said(policy::Declaration& d) {
  policy::Source source;
  source.url = "https://shop.example/privacy";
  source.kind = "privacy-policy";
  source.language = "en";
  source.sha256 = std::string(64, 'c');
  source.captured_at = "2026-09-21T14:13:26.000Z";
  d.sources = {source};
  policy::Statement denial;
  denial.id = "S1";
  denial.type = "third-party-denial";
  denial.polarity = "does-not";
  denial.subject = "third-party";
  denial.data = {"cookies"};
  denial.purposes = {"advertising"};
  denial.observable = "yes";
  denial.quote = "No advertiser sets a cookie here.";
  denial.start = 210;
  denial.end = 243;
  d.statements = {denial};
  policy::DeclaredCookie row;
  row.pattern = "_st";
  row.provider = "Stats Inc";
  row.purpose = "Counts visits";
  row.category = "analytics";
  row.lifetime_s = 7'776'000;
  row.quote = "_st | Stats Inc | Counts visits | 90 days";
  row.start = 600;
  row.end = 641;
  d.cookies = {row};
  d.not_observable = 5;
  d.is_policy = true;
}

std::vector<findings::Finding> found() {
  using findings::Strength;
  return {{"F6-1",
           "vague-disclosure",
           Strength::kVague,
           "Ads Ltd is covered by general words only",
           "The policy speaks of partners; Ads Ltd was contacted.",
           "no-choice",
           {},
           {},
           {8, 9}},
          {"F1-1",
           "contradicted-denial",
           Strength::kContradicted,
           "An advertising cookie, although the policy says there is none",
           "The policy denies cookies of advertisers. ads.example tried to set one on the first "
           "page; the browser did not store it.",
           "no-choice",
           {"S1"},
           {},
           {8, 10}},
          {"F7-1",
           "lifetime-exceeds",
           Strength::kContradicted,
           "_st lives for 2 years, declared are 90 days",
           "A lifetime of 63072000 s was set; 7776000 s are declared.",
           "no-choice",
           {},
           {0},
           {6, 7, 18}},
          {"F20-1",
           "policy-missing",
           Strength::kUndeclared,
           "The cookie policy could not be read",
           "The link to it leads to an error page.",
           "no-choice",
           {},
           {},
           {22}}};
}

}  // namespace

report::Report shop_report() {
  report::Report r;
  r.case_id = "20260921-141320-000-shop.example";
  r.generated_at = "2026-09-21T15:00:00Z";
  r.site_list = "a list of the day";
  facts(r.facts);
  said(r.declaration);
  r.findings = found();
  return r;
}

report::Report withheld(report::Report report) {
  observe::Observations& o = report.facts.seen;
  for (observe::Session& s : o.sessions) s.url.reset();
  for (observe::Page& p : o.pages) p.url.reset();
  for (observe::Request& r : o.requests)
    r.url = r.redirect = r.place.top_url = r.place.frame_url = std::nullopt;
  for (observe::StorageItem& s : o.storage)
    s.script_url = s.place.top_url = s.place.frame_url = std::nullopt;
  for (observe::PolicyCapture& p : o.policies) p.url.reset();
  for (detect::CookieFact& c : report.facts.cookies)
    c.story.set_by_url = c.story.frame_url = std::nullopt;
  for (detect::TechniqueFact& t : report.facts.techniques)
    t.script_url = t.frame_url = std::nullopt;
  o.withheld_fields = 23;
  return report;
}

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(AFFIANT_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("AFFIANT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(read_file(path), text)
      << path
      << " differs; when it should, run again with AFFIANT_UPDATE_GOLDEN=1 and read the diff";
}

}  // namespace affiant::test
