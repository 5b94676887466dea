#include "report/json_items.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "detect/choice.h"
#include "knowledge/layer.h"
#include "report/text_layout.h"
#include "report/words.h"

namespace affiant::report {
namespace {

// A word of a closed list, or null: a log may hold a word that this version does not know.
Json word(const std::string& value, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), value) == known.end() ? Json(nullptr) : Json(value);
}
Json phase(const std::string& value) { return word(value, {"no-choice", "reject", "accept"}); }
Json party(site::Party p) { return p == site::Party::kFirst ? "first" : "third"; }

Json optional_integer(const std::optional<std::int64_t>& n) { return n ? Json(*n) : Json(nullptr); }

Json set_by(const std::string& mechanism, const std::optional<std::string>& url,
            const std::string& host, const std::optional<std::string>& frame,
            const std::vector<std::string>& stack) {
  return {{"mechanism", mechanism},
          {"url", or_null(url)},
          {"host", or_null(host)},
          {"frame", or_null(frame)},
          {"stack", stack}};
}

Json completeness(const Report& report, const observe::Session& session) {
  const observe::Observations& seen = report.facts.seen;
  Json gaps = Json::array();
  for (const observe::Gap& gap : seen.gaps)
    if (gap.session == session.id)
      gaps.push_back({{"from", gap.from},
                      {"to", gap.to},
                      {"dropped", gap.dropped},
                      {"why", gap.why},
                      {"entries", {gap.entry}}});
  std::uint64_t received = 0;
  std::int64_t down_ms = 0;
  for (const evidence::SessionCount& count : seen.verdict.sessions)
    if (count.session == session.id) {
      received = count.received;
      down_ms = count.down_ms;
    }
  return {{"received", received}, {"gaps", std::move(gaps)}, {"recorder_down_ms", down_ms}};
}

}  // namespace

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json or_null(const std::optional<std::string>& text) {
  return text ? or_null(*text) : Json(nullptr);
}

Json knowledge_json(const Report& report) {
  Json out = Json::array();
  const auto add = [&](const std::vector<knowledge::Provenance>& all, bool only_cited) {
    for (const knowledge::Provenance& p : all) {
      out.push_back({{"source", p.source},
                     {"version", p.version},
                     {"sha256", or_null(p.sha256)},
                     {"licence", p.licence}});
      if (only_cited) out.back()["only_cited"] = true;
    }
  };
  add(knowledge::provenance(), false);
  add(knowledge::layer_provenance(), true);
  add(report.lists, true);
  out.push_back({{"source", "Public Suffix List"},
                 {"version", report.site_list},
                 {"sha256", nullptr},
                 {"licence", "MPL-2.0"}});
  return out;
}

Json case_json(const Report& report) {
  const evidence::Verdict& v = report.facts.seen.verdict;
  return {{"id", report.case_id},
          {"origin", v.origin},
          {"tree_size", v.tree_size},
          {"root", v.root_base64},
          {"withheld_fields", report.facts.seen.withheld_fields},
          {"verdict",
           {{"integrity", integrity_word(v.integrity)},
            {"key", key_word(v.key)},
            {"complete", completeness_word(v.complete)},
            {"time", v.time},
            {"witnesses", v.witnesses}}}};
}

// How the consent choice of a session was made, or why it was not; null where there was none to
// make.
Json choice_json(const observe::Session& s, const detect::Choices& choices) {
  if (s.phase != "reject" && s.phase != "accept") return nullptr;
  const detect::Choice* made = choices.of(s.id);
  const auto* told = choices.told(s.id);
  const std::uint64_t entry = made != nullptr ? made->entry : told != nullptr ? told->first : 0;
  return {{"made", made != nullptr},
          {"detail", told != nullptr ? Json(told->second) : Json(nullptr)},
          {"entries", entry > 0 ? Json::array({entry}) : Json::array()}};
}

Json sessions_json(const Report& report) {
  const detect::Choices choices(report.facts.seen);
  Json out = Json::array();
  for (const observe::Session& s : report.facts.seen.sessions) {
    Json pages = Json::array();
    Json failed = Json::array();
    for (const observe::Page& page : report.facts.seen.pages) {
      if (page.session != s.id) continue;
      if (page.result == "failed")
        failed.push_back({{"url", or_null(page.url)},
                          {"error", or_null(page.error)},
                          {"entries", page.entries}});
      else
        pages.push_back(or_null(page.url));
    }
    out.push_back({{"id", s.id},
                   {"phase", phase(s.phase)},
                   {"gpc", s.gpc},
                   {"profile", s.profile},
                   {"choice", choice_json(s, choices)},
                   {"browser",
                    {{"name", s.browser},
                     {"version", s.browser_version},
                     {"third_party_cookies",
                      word(s.third_party_cookies, {"blocked", "partitioned", "allowed"})}}},
                   {"opened_at", rfc3339(s.opened_ms)},
                   {"closed_at", s.closed_ms ? Json(rfc3339(*s.closed_ms)) : Json(nullptr)},
                   {"pages", std::move(pages)},
                   {"failed_pages", std::move(failed)},
                   {"completeness", completeness(report, s)}});
  }
  return out;
}

namespace {

Json seen_json(const SeenIn& seen) { return {{"runs", seen.runs}, {"of", seen.of}}; }

Json standing_json(const Standing& standing) {
  return {{"expected_by", standing.expected_by}, {"expired", standing.expired}};
}

}  // namespace

Json gate_json(const Gate& gate) {
  Json expectations = Json::array();
  for (const Expectation& e : gate.expectations)
    expectations.push_back({{"table", e.table},
                            {"what", e.what},
                            {"reason", e.reason},
                            {"expires", e.expires},
                            {"line", e.line},
                            {"expired", e.expired},
                            {"matched", e.matched},
                            {"note", or_null(e.note)}});
  return {{"file", gate.file}, {"today", gate.today}, {"expectations", std::move(expectations)}};
}

Json cookies_json(const Report& report) {
  const ConsentIndex consent(report);
  const detect::Choices choices(report.facts.seen);
  Json out = Json::array();
  for (const detect::CookieFact& fact : report.facts.cookies) {
    const observe::CookieStory& c = fact.story;
    const Json same_site = word(c.same_site, {"lax", "strict", "none", "unset"});
    out.push_back(
        {{"name", c.name},
         {"domain", c.domain},
         {"host_only", c.host_only},
         {"path", c.path},
         {"partition_key", or_null(c.partition_key)},
         {"secure", c.secure},
         {"http_only", c.http_only},
         {"same_site", same_site.is_null() ? Json("unset") : same_site},
         {"session_cookie", c.session_cookie},
         {"lifetime_s", optional_integer(c.lifetime_s)},
         {"party", party(fact.party)},
         {"owner", or_null(fact.owner)},
         {"category", or_null(fact.category)},
         {"identifier_like", fact.identifier_like},
         {"identifier_confirmed",
          fact.identifier_confirmed ? Json(*fact.identifier_confirmed) : Json(nullptr)},
         {"by_third_party_script", fact.by_third_party_script},
         {"repeats", fact.repeats},
         {"set_by", set_by(c.mechanism, c.set_by_url, c.set_by_host, c.frame_url, c.stack)},
         {"outcome", c.outcome},
         {"reason", or_null(c.reason)},
         {"phase", phase(fact.phase)},
         {"after_choice", !c.entries.empty() && choices.after(c.session, c.entries.front())},
         {"consent", consent.before(c.entries, c.session, c.top_host)},
         {"session", c.session},
         {"entries", c.entries}});
    if (!report.repeats.cookies.empty())
      out.back()["seen_in"] = seen_json(report.repeats.cookies[out.size() - 1]);
  }
  return out;
}

Json storage_json(const Report& report) {
  const ConsentIndex consent(report);
  Json out = Json::array();
  for (const StorageRow& row : storage_rows(report)) {
    const observe::StorageItem& item = *row.fact->item;
    out.push_back(
        {{"kind", word(item.area, {"localStorage", "sessionStorage", "indexedDB", "cacheStorage",
                                   "opfs", "serviceWorker"})},
         {"origin", item.origin},
         {"key", item.key ? Json(*item.key) : Json(nullptr)},
         {"party", party(row.fact->party)},
         {"set_by",
          set_by(item.via, item.script_url, item.script_host, item.place.frame_url, item.stack)},
         {"phase", phase(row.fact->phase)},
         {"consent", consent.before(row.entries, item.place.session, item.place.top_host)},
         {"entries", row.entries}});
  }
  return out;
}

Json requests_json(const Report& report) {
  const RequestIndex index(report);
  const AddressIndex addresses(report);
  const ConsentIndex consent(report);
  Json out = Json::array();
  for (const detect::RequestFact& fact : report.facts.requests) {
    const observe::Request& r = *fact.request;
    Json tracker = nullptr;
    if (!fact.tracker_by.empty()) tracker = {{"by", fact.tracker_by}, {"rule", or_null(fact.rule)}};
    out.push_back({{"url", or_null(r.url)},
                   {"host", r.host},
                   {"site", fact.site},
                   {"party", party(fact.party)},
                   {"same_owner", fact.same_owner},
                   {"type", r.type},
                   {"method", r.method},
                   {"status", optional_integer(r.status)},
                   {"failure", or_null(r.failure)},
                   {"initiator", index.initiators(r)},
                   {"frame", or_null(r.place.frame_url ? r.place.frame_url : r.document_url)},
                   {"redirected_from", or_null(index.redirected_from(r))},
                   {"owner", or_null(fact.owner)},
                   {"category", or_null(fact.category)},
                   {"tracker", std::move(tracker)},
                   {"remote_address", or_null(addresses.of(r))},
                   {"headers", r.headers},
                   {"phase", phase(fact.phase)},
                   {"consent", consent.before({r.entry}, r.place.session, r.place.top_host)},
                   {"entries", {r.entry}}});
    const auto& parties = report.repeats.third_parties;
    const auto seen = parties.find(fact.owner.empty() ? fact.site : fact.owner);
    if (fact.party == site::Party::kThird && seen != parties.end())
      out.back()["party_seen_in"] = seen_json(seen->second);
  }
  return out;
}

Json techniques_json(const Report& report) {
  Json out = Json::array();
  for (const detect::TechniqueFact& t : report.facts.techniques)
    out.push_back({{"technique", t.technique},
                   {"script", or_null(t.script_url ? *t.script_url : t.script_host)},
                   {"frame", or_null(t.frame_url)},
                   {"detail", t.detail},
                   {"entries", t.entries}});
  return out;
}

Json consent_json(const Report& report) {
  Json out = Json::array();
  for (const observe::ConsentState& c : report.facts.seen.consent)
    out.push_back({{"source", c.source},
                   {"status", or_null(c.status)},
                   {"value", or_null(c.value)},
                   {"host", or_null(c.place.frame_host)},
                   {"session", c.place.session},
                   {"entries", {c.entry}}});
  return out;
}

Json findings_json(const Report& report) {
  Json out = Json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const findings::Finding& f = report.findings[i];
    out.push_back({{"id", f.id},
                   {"rule", f.rule},
                   {"strength", findings::strength_name(f.strength)},
                   {"title", f.title},
                   {"explanation", f.explanation},
                   {"phase", phase(f.phase)},
                   {"statements", f.statements},
                   {"declared_cookies", f.declared_cookies},
                   {"entries", f.entries}});
    if (const SeenIn seen = seen_in(report, i); seen.of > 0)
      out.back()["seen_in"] = seen_json(seen);
    if (const Standing* standing = standing_of(report, i))
      out.back()["gate"] = standing_json(*standing);
  }
  return out;
}

}  // namespace affiant::report
