// A report, a diff or a case set as one HTML file that needs no network: the viewer's page with the
// JSON in it, and beside it the texts that are quoted and the entries that are cited.
#include <array>
#include <utility>

#include "report/html_parts.h"
#include "report/page.h"
#include "report/report.h"

namespace affiant::report {
namespace {

// As JSON the same, and no end of the element, whatever a site wrote.
void append_json(const Json& value, std::string* out) {
  // Not indented: the page is for a browser. Bytes that are not UTF-8 become U+FFFD.
  for (const char c : value.dump(-1, ' ', false, Json::error_handler_t::replace))
    if (c == '<')
      *out += "\\u003c";
    else
      *out += c;
}

std::string filled(const Json& report, const Json& texts, const Json& proofs) {
  const std::array<std::pair<std::string_view, const Json*>, 3> parts{
      {{"@REPORT@", &report}, {"@TEXTS@", &texts}, {"@PROOFS@", &proofs}}};
  std::string_view rest = kPage;
  std::string out;
  for (const auto& [place, json] : parts) {
    const std::size_t at = rest.find(place);
    out += rest.substr(0, at);
    append_json(*json, &out);
    rest.remove_prefix(at + place.size());
  }
  return out.append(rest);
}

}  // namespace

std::string render_html(const Report& report) {
  return filled(report_json(report), texts_json(report), proofs_json(report));
}

std::string render_html(const DiffReport& diff) {
  return filled(diff_json(diff), nullptr, nullptr);
}

std::string render_html(const EnginesReport& set) {
  Json texts = Json::array(), proofs = Json::array();
  for (const EngineReport& engine : set.engines) {
    texts.push_back(texts_json(engine.report));
    proofs.push_back(proofs_json(engine.report));
  }
  return filled(engines_json(set), texts, proofs);
}

}  // namespace affiant::report
