// The report as one HTML file that needs no network: the viewer's page with the JSON report in it.
#include "report/page.h"
#include "report/report.h"

namespace affiant::report {

std::string render_html(const Report& report) {
  constexpr std::string_view kData = "@DATA@";
  const std::size_t at = kPage.find(kData);
  std::string out(kPage.substr(0, at));
  // As JSON the same, and no end of the element, whatever a site wrote.
  for (const char c : render_json(report))
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  return out.append(kPage.substr(at + kData.size()));
}

}  // namespace affiant::report
