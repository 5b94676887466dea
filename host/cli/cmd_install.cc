// `affiant install` and `affiant uninstall`: the host, registered with the browsers that are here.
#include <fmt/format.h>

#include <cctype>
#include <memory>

#include "base/user.h"
#include "cli/commands.h"
#include "cli/install.h"
#include "cli/paths.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  bool system = false, dry_run = false;
  std::string browser;
};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// A person's files made by root would be in that person's way.
Status check_home(const fs::path& home) {
  std::error_code error;
  if (!fs::exists(home, error))
    return fail(Code::kNotFound,
                "the home {} cannot be looked at: {}. Set HOME to a folder of yours", home.string(),
                error ? error.message() : "it is not there");
  if (is_mine(home)) return {};
  return fail(Code::kPermission,
              "the home {} belongs to another user, whose browsers would find files there that are "
              "not theirs. Run this as that user, or with --system for all users. Nothing was "
              "changed",
              home.string());
}

Status choose(const std::string& wanted, std::vector<browser::Place>* places) {
  if (wanted.empty()) return {};
  std::string names;
  for (const browser::Place& place : *places)
    if (place.sandbox == browser::Sandbox::kNone)
      names += (names.empty() ? "" : ", ") + place.browser;
  std::erase_if(*places, [&](const browser::Place& place) {
    return lower(place.browser).find(lower(wanted)) == std::string::npos;
  });
  if (!places->empty()) return {};
  return fail(Code::kUsage, "no browser is called {}. Known: {}", wanted, names);
}

Result<InstallOptions> prepare(const Options& options, bool installing) {
  InstallOptions result;
  result.system = options.system;
  result.dry_run = options.dry_run;
  AFFIANT_TRY(const fs::path config, config_dir());
  // Two records: taking back what a person installed must not need root, and the other way round.
  result.record =
      config / (options.system ? "native-manifests-system.json" : "native-manifests.json");
  if (options.system && !is_administrator() && !options.dry_run)
    return fail(Code::kPermission, "--system writes to the machine's folders: run it as root");
  AFFIANT_TRY(result.where, browser::where_from_environment());
  if (!options.system) AFFIANT_CHECK(check_home(result.where.home));
  AFFIANT_TRY(result.places, browser::places(result.where));
  if (!installing) return result;
  AFFIANT_CHECK(choose(options.browser, &result.places));
  AFFIANT_TRY(result.host, host_program());
  return result;
}

std::string_view verb_of(Step step, bool dry_run) {
  switch (step) {
    case Step::kWritten:
      return dry_run ? "would write" : "written";
    case Step::kUnchanged:
      return "as it should be";
    case Step::kRemoved:
      return dry_run ? "would remove" : "removed";
    case Step::kGone:
      return "gone already";
    case Step::kNotOurs:
      return "left alone";
    case Step::kCannot:
      return "cannot";
    case Step::kFailed:
      break;
  }
  return "failed";
}

void print(const InstallStep& s, const InstallOptions& options) {
  const std::string what = s.file.empty() ? s.browser
                           : s.browser.empty()
                               ? s.file.string()
                               : fmt::format("{}  ({})", s.file.string(), s.browser);
  fmt::print("{:<16} {}{}\n", verb_of(s.step, options.dry_run), what,
             s.detail.empty() ? "" : ": " + s.detail);
  for (const std::string& made : s.made)
    fmt::print("{:<16} {}\n", options.dry_run ? "  would make" : "  made", made);
  for (const std::string& note : s.notes) fmt::print("{:<16} {}\n", "  note", note);
}

int print_all(const Result<std::vector<InstallStep>>& steps, const InstallOptions& options,
              bool installing) {
  if (!steps) return report_error(steps.error());
  int code = kOk;
  for (const InstallStep& s : *steps) {
    print(s, options);
    if (s.step == Step::kFailed || (installing && s.step == Step::kNotOurs)) code = kUsageError;
  }
  if (installing && !steps->empty())
    fmt::print("{:<16} {}\n", "the program", options.host.string());
  if (steps->empty())
    fmt::print(stderr, "affiant: {}\n",
               installing
                   ? "no browser found to register with. Install one: apt-get install chromium"
                   : "nothing is installed");
  return code;
}

}  // namespace

void add_install(CLI::App& app, Run* run) {
  auto options = std::make_shared<Options>();
  const auto common = [&](CLI::App* command) {
    command->add_flag("--system", options->system,
                      "The machine's folders, for all users (as root)");
    command->add_flag("--dry-run", options->dry_run, "Only say what would be done");
  };
  CLI::App* install = app.add_subcommand(
      "install", "Register affiant-host with every browser found, for recording your own browsing");
  common(install);
  install->add_option("--browser", options->browser,
                      "Only browsers whose name has this in it, e.g. vivaldi");
  install->footer(
      "Exit code 0: done, or nothing to do; 2: some browser could not be registered with (the "
      "others "
      "are).\nA browser that is not here yet is registered with by running this again later.\n");
  install->callback([=] {
    *run = [=] {
      const auto prepared = prepare(*options, true);
      if (!prepared) return report_error(prepared.error());
      return print_all(install_manifests(*prepared), *prepared, true);
    };
  });
  CLI::App* uninstall =
      app.add_subcommand("uninstall", "Take back exactly what `affiant install` wrote");
  common(uninstall);
  uninstall->callback([=] {
    *run = [=] {
      const auto prepared = prepare(*options, false);
      if (!prepared) return report_error(prepared.error());
      return print_all(uninstall_manifests(*prepared), *prepared, false);
    };
  });
}

}  // namespace affiant::cli
