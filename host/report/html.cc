// The report as one HTML file that needs no network: the viewer's page with the report in it, and
// beside it the texts that are quoted and the entries that are cited.
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

}  // namespace

std::string render_html(const Report& report) {
  const std::array<std::pair<std::string_view, Json (*)(const Report&)>, 3> parts{
      {{"@REPORT@", report_json}, {"@TEXTS@", texts_json}, {"@PROOFS@", proofs_json}}};
  std::string_view rest = kPage;
  std::string out;
  for (const auto& [place, json] : parts) {
    const std::size_t at = rest.find(place);
    out += rest.substr(0, at);
    append_json(json(report), &out);
    rest.remove_prefix(at + place.size());
  }
  return out.append(rest);
}

}  // namespace affiant::report
