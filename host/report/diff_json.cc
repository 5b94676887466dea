#include "report/html_parts.h"

namespace affiant::report {
namespace {

Json quotes_json(const std::vector<Quote>& quotes) {
  Json out = Json::array();
  for (const Quote& q : quotes)
    out.push_back(
        {{"statement", or_null(q.statement)},
         {"declared_cookie", q.declared_cookie < 0 ? Json(nullptr) : Json(q.declared_cookie)},
         {"text", q.text},
         {"source", q.source},
         {"start", q.start},
         {"end", q.end}});
  return out;
}

Json side_json(const DiffSide& side) {
  return {{"words", side.words}, {"quotes", quotes_json(side.quotes)}, {"entries", side.entries}};
}

Json differences_json(const std::vector<Difference>& all) {
  Json out = Json::array();
  for (const Difference& d : all) {
    out.push_back({{"change", change_name(d.change)},
                   {"kind", d.kind},
                   {"what", d.what},
                   {"news", d.is_news()},
                   {"before", side_json(d.before)},
                   {"after", side_json(d.after)}});
    if (d.is_expected()) out.back()["expected"] = d.after.expected;
  }
  return out;
}

Json recording_json(const Report& report, const std::string& name) {
  Json sessions = sessions_json(report);
  return {{"name", name},
          {"site", or_null(site_url(report))},
          {"case", case_json(report)},
          {"sessions", std::move(sessions)}};
}

}  // namespace

Json diff_json(const DiffReport& report) {
  return {{"schema", "affiant.diff/1"},
          {"site", report.after->facts.site},
          {"generated_at", report.generated_at},
          {"before", recording_json(*report.before, report.before_name)},
          {"after", recording_json(*report.after, report.after_name)},
          {"changed", !report.diff.empty()},
          {"news", report.diff.news()},
          {"said", differences_json(report.diff.said)},
          {"done", differences_json(report.diff.done)},
          {"findings", differences_json(report.diff.findings)},
          {"limits", report.diff.limits}};
}

std::string render_json(const DiffReport& report) { return json_text(diff_json(report)); }

}  // namespace affiant::report
