// Whatever a site or a log says, the JSON report is valid against its schema, and the text report
// holds no character that could steer a terminal and no line wider than asked for.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "report/text_layout.h"
#include "unit/report/random_report.h"
#include "unit/report/schema_check.h"

namespace {

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  affiant::test::Choices choices({reinterpret_cast<const char*>(data), size});
  affiant::report::TextOptions options;
  options.columns = 60 + static_cast<int>(choices.number(64));
  options.case_name = choices.text();
  const affiant::report::Report report = affiant::test::random_report(choices);
  const std::string problems = affiant::test::schema_problems(affiant::report::render_json(report));
  if (!problems.empty()) stop(problems);
  const std::string text = affiant::report::render_text(report, options);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (affiant::printable(line, text.size()) != line) stop("not printable: " + std::string(line));
    if (affiant::report::display_width(line) > static_cast<std::size_t>(options.columns))
      stop("too wide: " + std::string(line));
  }
  return 0;
}
