#include "browser/print_pdf.h"

#include "base/bytes.h"
#include "base/fs.h"
#include "base/user.h"
#include "browser/browser.h"
#include "browser/process.h"
#include "browser/profile.h"
#include "browser/temp_dir.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kPrintMs = 60'000;
constexpr std::size_t kPdfBytes = 512U << 20U;

Command print_command(const Browser& browser, const fs::path& dir, bool sandbox) {
  Command command;
  command.argv = {browser.program.string(),
                  "--headless=new",
                  "--user-data-dir=" + (dir / "profile").string(),
                  "--no-pdf-header-footer",
                  "--print-to-pdf=" + (dir / "report.pdf").string(),
                  "--no-first-run",
                  "--no-default-browser-check",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-default-apps",
                  "--disable-extensions",
                  "--disable-sync",
                  "--disable-breakpad",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--host-resolver-rules=MAP * ~NOTFOUND",
                  "--password-store=basic"};
  if (!sandbox) command.argv.emplace_back("--no-sandbox");
  command.argv.push_back("file://" + (dir / "report.html").string());
  command.set = {{"HOME", dir.string()}};
  command.unset = {"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"};
  command.directory = dir;
  return command;
}

}  // namespace

Result<std::string> print_pdf(std::string_view html) {
  const auto browser = find(Kind::kChromium);
  if (!browser)
    return fail(Code::kBrowser,
                "a PDF is printed by Chromium, and there is none to use: {}. Or take --format html "
                "and print it from any browser",
                browser.error().message);
  AFFIANT_TRY(const TempDir dir, TempDir::create("affiant-print"));
  AFFIANT_CHECK(write_file(dir.path() / "report.html", html));
  const fs::path pdf = dir.path() / "report.pdf";
  const bool root = is_administrator();  // Chromium's sandbox refuses to start for root.
  auto printed = run_to_end(print_command(*browser, dir.path(), !root), kPrintMs);
  std::error_code ignored;
  // The sandbox cannot start in many containers; the page is ours and runs nothing of the site's.
  if (!printed && !root && !fs::exists(pdf, ignored) && printed.error().code != Code::kTimeout)
    printed = run_to_end(print_command(*browser, dir.path(), false), kPrintMs);
  if (!printed && printed.error().code == Code::kTimeout)
    return fail(Code::kTimeout, "{} did not print the report within {} s",
                browser->program.string(), kPrintMs / 1'000);
  if (!fs::exists(pdf, ignored))
    return fail(Code::kBrowser, "{} could not print the report: {}", browser->program.string(),
                printable(printed ? *printed : printed.error().message, 600));
  return read_file(pdf, kPdfBytes, "the cap of a printed report");
}

}  // namespace affiant::browser
