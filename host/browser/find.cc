#include <array>
#include <charconv>
#include <span>
#include <sstream>

#include "base/bytes.h"
#include "base/paths.h"
#include "base/user.h"
#include "browser/browser.h"
#include "browser/process.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

// Google Chrome is not here: since version 137 it loads no unpacked extension from its command
// line. Builds of Firefox that insist on a signed extension come last.
constexpr std::array<std::string_view, 3> kChromiumNames = {"chromium", "chromium-browser",
                                                            "ungoogled-chromium"};
constexpr std::array<std::string_view, 4> kFirefoxNames = {
    "firefox-esr", "firefox-developer-edition", "firefox-nightly", "firefox"};

std::span<const std::string_view> names_of(Kind kind) {
  if (kind == Kind::kChromium) return kChromiumNames;
  return kFirefoxNames;
}

std::vector<fs::path> on_path(std::string_view name) {
  std::vector<fs::path> found;
  const std::string path = process_environment("PATH");
  for (const fs::path& folder : folders_in(path.empty() ? "/usr/local/bin:/usr/bin:/bin" : path)) {
    const fs::path candidate = folder / fmt::format("{}{}", name, kProgramEnding);
    if (is_program(candidate)) found.push_back(candidate);
  }
  return found;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kind == Kind::kChromium ? "chromium" : "firefox"; }

Result<Kind> kind_from_name(std::string_view name) {
  for (const Kind kind : {Kind::kChromium, Kind::kFirefox})
    if (name == kind_name(kind)) return kind;
  return fail(Code::kUsage, "there is no browser '{}' here: chromium or firefox", name);
}

Result<Browser> parse_version(std::string_view line, const fs::path& program) {
  Browser browser;
  browser.program = program;
  line = line.substr(0, line.find('\n'));
  std::string_view rest;
  for (const auto& [prefix, kind] :
       {std::pair{std::string_view("Chromium "), Kind::kChromium},
        std::pair{std::string_view("Google Chrome "), Kind::kChromium},
        std::pair{std::string_view("Mozilla Firefox "), Kind::kFirefox}}) {
    if (!line.starts_with(prefix)) continue;
    browser.kind = kind;
    rest = line.substr(prefix.size());
  }
  rest = rest.substr(0, rest.find(' '));
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), browser.major);
  if (rest.empty() || error != std::errc())
    return fail(Code::kBrowser,
                "{} is neither Chromium nor Firefox: asked for its version it says \"{}\"",
                program.string(), printable(line, 80));
  browser.version = rest;
  if (line.starts_with("Google Chrome ") && browser.major >= 137)
    return fail(Code::kBrowser,
                "{} is Google Chrome {}, which since version 137 loads no extension from its "
                "command line. Use Chromium: apt-get install chromium",
                program.string(), browser.version);
  const int oldest = browser.kind == Kind::kChromium ? kOldestChromium : kOldestFirefox;
  if (browser.major < oldest)
    return fail(Code::kBrowser, "{} is version {}, too old to record with: at least {} is needed",
                program.string(), browser.version, oldest);
  return browser;
}

Result<Browser> identify(const fs::path& program) {
  std::error_code error;
  const fs::path absolute = fs::absolute(program, error);
  if (error || !fs::exists(absolute, error))
    return fail(Code::kBrowser, "there is no browser at {}", program.string());
  if (!is_program(absolute))
    return fail(Code::kBrowser, "{} cannot be executed: it is no program, or not executable by you",
                program.string());
  Command command;
  command.argv = {absolute.string(), "--version"};
  auto output = run_to_end(std::move(command), 10'000);
  if (!output)
    return fail(Code::kBrowser, "{} does not say which version it is: {}", program.string(),
                output.error().message);
  // A wrapper script may complain before the version line.
  std::istringstream lines(*output);
  std::string first, line;
  while (std::getline(lines, line)) {
    if (first.empty()) first = line;
    if (line.starts_with("Chromium ") || line.starts_with("Google Chrome ") ||
        line.starts_with("Mozilla Firefox "))
      return parse_version(line, absolute);
  }
  return parse_version(first, absolute);
}

Result<Browser> find(Kind kind) {
  std::string refused;
  for (const std::string_view name : names_of(kind)) {
    for (const fs::path& candidate : on_path(name)) {
      auto browser = identify(candidate);
      if (browser && browser->kind == kind) return browser;
      if (!browser && refused.empty()) refused = browser.error().message;
    }
  }
  if (!refused.empty()) return fail(Code::kBrowser, "{}", refused);
  const bool chromium = kind == Kind::kChromium;
  return fail(Code::kBrowser,
              "{} is not installed. Install it (Debian: apt-get install {}), or name it with "
              "--browser-path",
              chromium ? "Chromium" : "Firefox ESR", chromium ? "chromium" : "firefox-esr");
}

std::vector<Browser> find_all() {
  std::vector<Browser> found;
  for (const Kind kind : {Kind::kChromium, Kind::kFirefox})
    if (auto browser = find(kind)) found.push_back(std::move(*browser));
  return found;
}

}  // namespace affiant::browser
