#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>

#include "base/digest.h"
#include "findings/catalogue.h"
#include "report/cited.h"
#include "report/exports.h"
#include "report/finding_key.h"
#include "report/json_items.h"
#include "report/text_layout.h"
#include "report/views.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kRelated = 100;  // Entries of a finding that are told; all are numbered.

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// Section 3.11.6: what stands in brackets may be a link.
std::string message_text(std::string_view text) {
  std::string out;
  for (const char c : safe(text, 4'000)) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}
Json message(std::string_view text) { return {{"text", message_text(text)}}; }

// A site's URL as RFC 3986 lets it be written: what it does not allow is percent-encoded. Nothing
// for what is no URL of the web.
std::optional<std::string> uri(std::string_view url) {
  constexpr std::string_view kAllowed = "-._~:/?@!$&'()*+,;=";
  if (!url.starts_with("http://") && !url.starts_with("https://")) return std::nullopt;
  const std::size_t host = url.find("://") + 3;
  const std::size_t path = std::min(url.find_first_of("/?#", host), url.size());
  const auto hex = [&](std::size_t at) {
    return at < url.size() && std::isxdigit(static_cast<unsigned char>(url[at])) != 0;
  };
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    const auto byte = static_cast<unsigned char>(c);
    const bool hash = c == '#' && !fragment;
    fragment = fragment || c == '#';
    if ((byte < 0x80 && std::isalnum(byte) != 0) || hash ||
        kAllowed.find(c) != std::string_view::npos || (c == '%' && hex(i + 1) && hex(i + 2)) ||
        ((c == '[' || c == ']') && i >= host && i < path))
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  return out;
}

// A place on the web, or nothing.
void place(Json* location, const std::optional<std::string>& url) {
  if (!url) return;
  if (const auto at = uri(*url))
    (*location)["physicalLocation"] = {{"artifactLocation", {{"uri", *at}}}};
}

std::string_view level_of(findings::Strength strength) {
  if (strength == findings::Strength::kContradicted) return "error";
  return strength == findings::Strength::kUndeclared ? "warning" : "note";
}

double rank_of(findings::Strength strength) {
  constexpr std::array kRanks = {90.0, 60.0, 30.0, 10.0};
  return kRanks[static_cast<std::size_t>(strength)];
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string source_uri(const policy::Source& source) {
  if (const auto url = uri(source.url)) return *url;
  return source.sha256.empty() ? fmt::format("urn:affiant:source:{}", source.id)
                               : "urn:affiant:exhibit:" + source.sha256;
}

Json rules_json() {
  Json out = Json::array();
  for (const findings::RuleInfo& rule : findings::catalogue())
    out.push_back(
        {{"id", rule.name},
         {"shortDescription", {{"text", fmt::format("F{}: {}", rule.number, rule.sentence)}}},
         {"properties", {{"number", fmt::format("F{}", rule.number)}}}});
  return out;
}

std::size_t rule_index(std::string_view name) {
  const auto all = findings::catalogue();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const findings::RuleInfo& r) { return r.name == name; });
  return static_cast<std::size_t>(found - all.begin());
}

Json artifacts_json(const Report& report) {
  Json out = Json::array();
  for (const policy::Source& s : report.declaration.sources) {
    Json artifact = {
        {"location", {{"uri", source_uri(s)}}},
        {"description",
         {{"text",
           fmt::format("Source {}, {}. Regions count in its text as it was read, without markup",
                       out.size() + 1, safe(s.kind, 40))}}}};
    if (!s.sha256.empty()) artifact["hashes"] = {{"sha-256", s.sha256}};
    out.push_back(std::move(artifact));
  }
  return out;
}

Json region_json(const CitedWords& words, const policy::Source& source) {
  const std::size_t length = words.end - std::min(words.start, words.end);
  Json region = {{"byteOffset", words.start}, {"byteLength", length}};
  const std::string_view text = source.text;
  if (words.start <= words.end && words.end <= text.size()) {
    region["charOffset"] = code_points(text.substr(0, words.start));
    region["charLength"] = code_points(text.substr(words.start, words.end - words.start));
  }
  region["snippet"] = {{"text", safe(words.quote, 4'000)}};
  return region;
}

Json logical_json(const Shown& shown) {
  Json out = Json::array();
  const auto add = [&](Json one) {  // SARIF: no two of a list are alike.
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
  };
  for (const detect::CookieFact* c : shown.cookies)
    add({{"name", safe(c->story.name)},
         {"fullyQualifiedName", safe(c->story.domain) + "/" + safe(c->story.name)},
         {"kind", "cookie"}});
  for (const detect::RequestFact* r : shown.requests)
    add({{"name", safe(r->request->host)},
         {"fullyQualifiedName",
          (r->owner.empty() ? "" : safe(r->owner) + "/") + safe(r->request->host)},
         {"kind", "host"}});
  for (const detect::StorageFact* s : shown.storage)
    add({{"name", safe(s->item->key.value_or("(withheld)"))},
         {"fullyQualifiedName", safe(s->item->origin) + "/" + safe(s->item->area)},
         {"kind", "storage"}});
  return out;
}

Json logical_locations(const findings::Finding& finding, const CitedIndex& cited) {
  Json out = Json::array();
  for (const observe::Leaf leaf : finding.entries)
    for (Json& one : logical_json(cited.at(leaf)))
      if (out.size() < kRelated && std::find(out.begin(), out.end(), one) == out.end())
        out.push_back(std::move(one));
  return out;
}

// Where the site says it; where it says nothing of the kind, the page that was visited.
Json locations_json(const findings::Finding& finding, const Report& report,
                    const CitedIndex& cited) {
  Json out = Json::array();
  const auto& sources = report.declaration.sources;
  for (const CitedWords& words : cited_words(finding, report.declaration))
    for (std::size_t i = 0; i < sources.size(); ++i)
      if (sources[i].id == words.source)
        out.push_back(
            {{"physicalLocation",
              {{"artifactLocation", {{"uri", source_uri(sources[i])}, {"index", i}}},
               {"region", region_json(words, sources[i])}}},
             {"message",
              {{"text", words.statement != nullptr
                            ? "statement " + safe(words.statement->id, 20)
                            : "declared cookie " + message_text(words.cookie->pattern)}}}});
  if (out.empty()) {
    Json site = Json::object();
    place(&site, site_url(report));
    out.push_back(std::move(site));
  }
  Json logical = logical_locations(finding, cited);
  if (!logical.empty()) out.front()["logicalLocations"] = std::move(logical);
  return out;
}

Json related_json(const findings::Finding& finding, const CitedIndex& cited) {
  Json out = Json::array();
  for (const observe::Leaf leaf : std::set(finding.entries.begin(), finding.entries.end())) {
    if (out.size() == kRelated) break;
    const Shown& shown = cited.at(leaf);
    Json one = {{"id", leaf}};
    for (const detect::RequestFact* r : shown.requests) place(&one, r->request->url);
    for (const detect::CookieFact* c : shown.cookies) place(&one, c->story.set_by_url);
    Json logical = logical_json(shown);
    if (!logical.empty()) one["logicalLocations"] = std::move(logical);
    findings::Finding alone;
    alone.entries = {leaf};
    const std::vector<std::string> lines = cited.lines(alone);
    one["message"] =
        message(fmt::format("log entry {}{}", leaf, lines.empty() ? "" : ": " + lines.front()));
    one["properties"] = {{"entry", leaf}};
    out.push_back(std::move(one));
  }
  return out;
}

Json suppressions_json(const Report& report, std::size_t finding) {
  Json out = Json::array();
  if (const Standing* standing = standing_of(report, finding))
    for (const std::size_t i : standing->expected_by) {
      const Expectation& e = report.gate->expectations[i];
      out.push_back({{"kind", "external"},
                     {"status", "accepted"},
                     {"justification", safe(e.reason, 1'000) + " (until " + e.expires + ")"}});
    }
  const SeenIn seen = seen_in(report, finding);
  if (!seen.in_all())
    out.push_back({{"kind", "external"},
                   {"status", "underReview"},
                   {"justification", seen_in_words(seen) + ": it does not repeat"}});
  return out;
}

Json result_json(const Report& report, std::size_t index, const CitedIndex& cited) {
  const findings::Finding& f = report.findings[index];
  Json properties = {{"finding", f.id},
                     {"strength", findings::strength_name(f.strength)},
                     {"phase", safe(f.phase, 40)},
                     {"entries", f.entries}};
  if (const SeenIn seen = seen_in(report, index); seen.of > 0)
    properties["seen_in"] = {{"runs", seen.runs}, {"of", seen.of}};
  Json out = {{"ruleId", f.rule},
              {"level", level_of(f.strength)},
              {"rank", rank_of(f.strength)},
              {"message", message(f.title + ". " + f.explanation)},
              {"locations", locations_json(f, report, cited)},
              {"relatedLocations", related_json(f, cited)},
              {"partialFingerprints",
               {{"affiantFinding/v1",
                 hex_digest(Digest::kSha256,
                            report.facts.site + "\n" + finding_key(f, report.declaration))}}}};
  if (const std::size_t rule = rule_index(f.rule); rule < findings::catalogue().size())
    out["ruleIndex"] = rule;
  if (Json all = suppressions_json(report, index); !all.empty())
    out["suppressions"] = std::move(all);
  out["properties"] = std::move(properties);
  return out;
}

Json run_json(const Part& part) {
  const Report& report = *part.report;
  const CitedIndex cited(report);
  Json results = Json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    results.push_back(result_json(report, i, cited));
  Json invocation = {{"executionSuccessful", anything_observed(report)}};
  if (!report.generated_at.empty()) invocation["endTimeUtc"] = report.generated_at;
  Json notes = Json::array();
  const auto note = [&](std::string_view level, std::string_view text) {
    notes.push_back({{"level", level}, {"message", message(text)}});
  };
  if (!anything_observed(report))
    note("error", "Not observed: no page of the site loaded. It is no sign that all is well.");
  if (report.gate)
    for (const std::string& warning : gate_warnings(*report.gate)) note("warning", warning);
  if (!notes.empty()) invocation["toolExecutionNotifications"] = std::move(notes);
  const evidence::Verdict& v = report.facts.seen.verdict;
  return {
      {"tool",
       {{"driver", {{"name", "affiant"}, {"version", AFFIANT_VERSION}, {"rules", rules_json()}}}}},
      {"automationDetails", {{"id", "affiant/" + safe(report.facts.site) + "/"}}},
      {"invocations", Json::array({std::move(invocation)})},
      {"artifacts", artifacts_json(report)},
      {"results", std::move(results)},
      {"columnKind", "unicodeCodePoints"},
      {"properties",
       {{"case", safe(part.case_name.empty() ? report.case_id : part.case_name, 1'000)},
        {"root", v.root_base64},
        {"tree_size", v.tree_size},
        {"integrity", integrity_word(v.integrity)}}}};
}

}  // namespace

std::string render_sarif(const Parts& parts) {
  Json runs = Json::array();
  for (const Part& part : parts) runs.push_back(run_json(part));
  return json_text({{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", std::move(runs)}});
}

}  // namespace affiant::report
