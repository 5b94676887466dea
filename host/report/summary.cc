#include "report/summary.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "report/cited.h"
#include "report/html_parts.h"
#include "report/json_items.h"
#include "report/views.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kFindings = 3;
constexpr std::size_t kTitleBytes = 300;
constexpr std::size_t kExplanationBytes = 1'000;
constexpr std::size_t kNameBytes = 80;

using findings::Strength;
constexpr std::array kStrengths = {Strength::kContradicted, Strength::kUndeclared, Strength::kVague,
                                   Strength::kNote};

// Chromium's and Firefox's words for a request that the browser or another extension stopped.
bool stopped_by_browser(const std::string& failure) {
  return failure.find("BLOCKED") != std::string::npos ||
         failure.find("NS_ERROR_TRACKING_URI") != std::string::npos;
}

// The strongest first; within a strength one of each rule before a second of any, so that three
// lines say three things.
std::vector<const findings::Finding*> strongest(const Report& report) {
  std::vector<const findings::Finding*> out;
  for (const Strength strength : kStrengths) {
    std::vector<const findings::Finding*> again;
    std::set<std::string> rules;
    for (const findings::Finding& f : report.findings) {
      if (f.strength != strength) continue;
      (rules.insert(f.rule).second ? out : again).push_back(&f);
    }
    out.insert(out.end(), again.begin(), again.end());
    if (out.size() >= kFindings) break;
  }
  out.resize(std::min(out.size(), kFindings));
  return out;
}

Json findings_in_short(const Report& report) {
  Json out = Json::array();
  if (report.findings.empty()) return out;
  const CitedIndex cited(report);
  for (const findings::Finding* f : strongest(report)) {
    const About it = about(report, cited, *f);
    out.push_back({{"id", f->id},
                   {"rule", f->rule},
                   {"strength", findings::strength_name(f->strength)},
                   {"title", printable(f->title, kTitleBytes)},
                   {"explanation", printable(f->explanation, kExplanationBytes)},
                   {"about", {{"names", it.names}, {"more", it.more}, {"quote", it.quote}}}});
  }
  return out;
}

Json strengths_json(const Report& report) {
  Json out = Json::object();
  for (const Strength strength : kStrengths)
    out[std::string(findings::strength_name(strength))] = count_of_strength(report, strength).all;
  return out;
}

Json said_json(const Report& report) {
  if (!report.declaration.is_policy) return nullptr;
  Said said = said_in_short(report);
  for (std::string& name : said.names) name = printable(name, kNameBytes);
  return {{"uses", said.uses},
          {"names", said.names},
          {"denies", said.denies},
          {"bounded", said.bounded},
          {"silent", said.silent}};
}

std::string line_of(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

SummaryCounts summary_counts(const Report& report) {
  SummaryCounts out;
  for (const detect::CookieFact& c : report.facts.cookies) {
    if (c.repeats) continue;
    const bool kept_off = c.story.outcome == "blocked" || c.story.outcome == "refused";
    ++(kept_off ? out.blocked : out.cookies);
  }
  std::set<std::string> sites, trackers;
  for (const detect::RequestFact& r : report.facts.requests) {
    if (r.repeats) continue;
    if (stopped_by_browser(r.request->failure)) ++out.blocked;
    if (r.party != site::Party::kThird || r.same_owner) continue;
    sites.insert(r.site);
    if (!r.tracker_by.empty()) trackers.insert(r.site);
  }
  out.third_parties = sites.size();
  out.trackers = trackers.size();
  return out;
}

std::string render_summary(const Report& report) {
  const SummaryCounts counts = summary_counts(report);
  const evidence::Verdict& verdict = report.facts.seen.verdict;
  const Json out = {{"schema", "affiant.summary/1"},
                    {"case", report.case_id},
                    {"observed", anything_observed(report)},
                    {"integrity", integrity_word(verdict.integrity)},
                    {"complete", completeness_word(verdict.complete)},
                    {"cookies", counts.cookies},
                    {"third_parties", counts.third_parties},
                    {"trackers", counts.trackers},
                    {"blocked", counts.blocked},
                    {"strengths", strengths_json(report)},
                    {"findings", findings_in_short(report)},
                    {"policy_captured", !report.declaration.sources.empty()},
                    {"said", said_json(report)}};
  return line_of(out);
}

std::string render_parts(const Report& report) {
  return line_of(report_json(report)) + line_of(texts_json(report)) + line_of(proofs_json(report));
}

}  // namespace affiant::report
