#include "report/engines_ledger.h"
#include "report/html_parts.h"

namespace affiant::report {
namespace {

Json disagreements_json(const EnginesReport& set, const Comparison& comparison) {
  if (!comparison.compared) return nullptr;  // An empty list would read as agreement.
  const std::string& left = set.engines.front().engine;
  const std::string& right = set.engines.back().engine;
  Json out = Json::array();
  for (const Disagreement& d : comparison.disagreements)
    out.push_back({{"kind", d.kind},
                   {"what", d.what},
                   {left, d.left.words},
                   {right, d.right.words},
                   {"entries", {{left, d.left.entries}, {right, d.right.entries}}}});
  return out;
}

}  // namespace

Json engines_json(const EnginesReport& set) {
  const Comparison comparison = compare_members(set);
  Json engines = Json::array();
  std::optional<std::string> site;
  for (const EngineReport& engine : set.engines) {
    if (!site) site = site_url(engine.report);
    engines.push_back({{"browser", engine.engine},
                       {"case", engine.case_name},
                       {"report", report_json(engine.report)}});
  }
  Json missing = Json::array();
  for (const MissingEngine& engine : set.missing)
    missing.push_back({{"browser", engine.engine}, {"why", engine.why}});
  return {
      {"schema", "affiant.engines/1"},    {"site", or_null(site)},
      {"generated_at", set.generated_at}, {"engines", std::move(engines)},
      {"missing", std::move(missing)},    {"disagreements", disagreements_json(set, comparison)},
      {"limits", comparison.limits}};
}

std::string render_json(const EnginesReport& set) { return json_text(engines_json(set)); }

}  // namespace affiant::report
