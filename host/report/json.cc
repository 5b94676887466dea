#include "policy/declaration_json.h"
#include "report/json_items.h"

namespace affiant::report {

Json report_json(const Report& report) {
  Json out = {{"schema", "affiant.report/1"},
              {"site", or_null(site_url(report))},
              {"generated_at", report.generated_at},
              {"tool", {{"name", "affiant"}, {"version", AFFIANT_VERSION}}},
              {"knowledge", knowledge_json(report)},
              {"case", case_json(report)},
              {"sessions", sessions_json(report)},
              {"cookies", cookies_json(report)},
              {"storage", storage_json(report)},
              {"requests", requests_json(report)},
              {"techniques", techniques_json(report)},
              {"consent_states", consent_json(report)},
              {"declaration", policy::declaration_json(report.declaration)},
              {"findings", findings_json(report)},
              {"not_observable", report.declaration.not_observable}};
  if (report.gate) out["gate"] = gate_json(*report.gate);
  return out;
}

std::string json_text(const Json& value) {
  // Bytes that are not UTF-8 become U+FFFD: whatever a site says, the report is JSON.
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string render_json(const Report& report) { return json_text(report_json(report)); }

}  // namespace affiant::report
