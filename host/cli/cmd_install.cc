// `affiant install` and `affiant uninstall`: the host, registered with the browsers that are here.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "cli/commands.h"
#include "cli/install.h"
#include "cli/paths.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  bool system = false, dry_run = false;
};

Result<InstallOptions> prepare(const Options& options, bool installing) {
  InstallOptions result;
  result.system = options.system;
  result.dry_run = options.dry_run;
  AFFIANT_TRY(const fs::path config, config_dir());
  // Two records: taking back what a person installed must not need root, and the other way round.
  result.record =
      config / (options.system ? "native-manifests-system.json" : "native-manifests.json");
  if (options.system && geteuid() != 0 && !options.dry_run)
    return fail(Code::kPermission, "--system writes to the machine's folders: run it as root");
  if (!installing) return result;
  AFFIANT_TRY(result.host, host_program());
  const char* home = std::getenv("HOME");
  const char* config_home = std::getenv("XDG_CONFIG_HOME");
  const fs::path home_path = home == nullptr ? "" : home;
  AFFIANT_TRY(result.places,
              browser::places(home_path, config_home != nullptr && *config_home == '/'
                                             ? fs::path(config_home)
                                             : home_path / ".config"));
  return result;
}

int print(const Result<std::vector<InstallStep>>& steps, bool dry_run, bool installing) {
  if (!steps) return report_error(steps.error());
  int code = kOk;
  for (const InstallStep& s : *steps) {
    std::string_view verb = "failed";
    switch (s.step) {
      case Step::kWritten:
        verb = dry_run ? "would write" : "written";
        break;
      case Step::kUnchanged:
        verb = "as it should be";
        break;
      case Step::kRemoved:
        verb = dry_run ? "would remove" : "removed";
        break;
      case Step::kGone:
        verb = "gone already";
        break;
      case Step::kNotOurs:
        verb = "left alone";
        break;
      case Step::kFailed:
        break;
    }
    fmt::print("{:<16} {}{}{}\n", verb, s.file.string(),
               s.browser.empty() ? "" : "  (" + s.browser + ")",
               s.detail.empty() ? "" : ": " + s.detail);
    if (s.step == Step::kFailed || (installing && s.step == Step::kNotOurs)) code = kUsageError;
  }
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
  install->callback([=] {
    *run = [=] {
      const auto prepared = prepare(*options, true);
      if (!prepared) return report_error(prepared.error());
      return print(install_manifests(*prepared), options->dry_run, true);
    };
  });
  CLI::App* uninstall =
      app.add_subcommand("uninstall", "Take back exactly what `affiant install` wrote");
  common(uninstall);
  uninstall->callback([=] {
    *run = [=] {
      const auto prepared = prepare(*options, false);
      if (!prepared) return report_error(prepared.error());
      return print(uninstall_manifests(*prepared), options->dry_run, false);
    };
  });
}

}  // namespace affiant::cli
