#include "cli/doctor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "browser/native_manifest.h"
#include "browser/process.h"
#include "cli/paths.h"
#include "evidence/identity.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

Check well(std::string what, std::string detail) {
  return {Health::kWell, std::move(what), std::move(detail), ""};
}
Check ill(std::string what, std::string detail, std::string mend) {
  return {Health::kIll, std::move(what), std::move(detail), std::move(mend)};
}

// Called as Chromium calls it, but with its input at an end, it must go by itself: a browser that
// dies leaves it just so.
Check check_host() {
  const auto host = host_program();
  if (!host) return ill("the recorder", host.error().message, "Build or install affiant again");
  const auto names = browser::ids();
  if (!names) return ill("the recorder", names.error().message, "Build affiant again");
  browser::Command command;
  command.argv = {host->string(), "chrome-extension://" + names->chromium + "/"};
  command.unset = {"AFFIANT_RUN"};
  const auto ran = browser::run_to_end(std::move(command), 10'000);
  if (!ran)
    return ill("the recorder", ran.error().message,
               "Run it in a shell to see what it lacks: ldd " + host->string());
  return well("the recorder", host->string());
}

Check check_extension() {
  const auto dir = extension_dir();
  if (!dir) return ill("the extension", dir.error().message, "Build it: cmake --build BUILD");
  return well("the extension", dir->string());
}

Check check_identity() {
  const auto dir = identity_dir();
  if (!dir) return ill("your key", dir.error().message, "Set HOME or AFFIANT_HOME");
  std::error_code ignored;
  if (!fs::exists(*dir / "identity.key", ignored))
    return {Health::kNote, "your key",
            "none yet: the first recording makes one in " + dir->string(), ""};
  const auto identity = evidence::Identity::load_or_create(*dir);
  if (!identity)
    return ill("your key", identity.error().message,
               "Restore it from a backup, or move it away: a new one is made then");
  return well("your key", identity->name());
}

// The nearest folder above that exists is what a new one would be made in.
Check check_cases() {
  const auto dir = cases_dir();
  if (!dir) return ill("place for cases", dir.error().message, "Set HOME or AFFIANT_HOME");
  std::error_code error;
  fs::path at = *dir;
  while (!fs::exists(at, error) && at.has_relative_path()) at = at.parent_path();
  if (access(at.c_str(), W_OK | X_OK) != 0)
    return ill("place for cases", at.string() + " cannot be written",
               "Make it yours, or set AFFIANT_HOME to a folder that is");
  const fs::space_info room = fs::space(at, error);
  constexpr std::uintmax_t kLittle = 200'000'000;
  if (!error && room.available < kLittle)
    return ill("place for cases",
               fmt::format("{} has {} MB left", at.string(), room.available / 1'000'000),
               "Make room: a profile and a case take up to 200 MB");
  return well("place for cases", dir->string());
}

Check check_certutil() {
  browser::Command command;
  command.argv = {"/usr/bin/env", "certutil", "--help"};
  const auto ran = browser::run_to_end(std::move(command), 10'000);
  if (!ran && ran.error().message.find("status 127") != std::string::npos)
    return {Health::kNote, "certutil", "not installed: --ca will not work",
            "apt-get install libnss3-tools"};
  return well("certutil", "for --ca");
}

Check check_manifest(const browser::Place& place, const fs::path& file) {
  const std::string what = "host for " + place.browser;
  const auto target = browser::manifest_target(file);
  if (!target)
    return ill(what, target.error().message, "Remove that file, then run: affiant install");
  if (!*target)
    return {Health::kNote, what, "not registered (only needed to record your own browsing)",
            "affiant install"};
  if (access((*target)->c_str(), X_OK) != 0)
    return ill(
        what,
        fmt::format("{} names {}, which cannot be executed", file.string(), (*target)->string()),
        "affiant install");
  return well(what, file.string());
}

}  // namespace

std::vector<Check> check_machine() {
  return {check_host(), check_extension(), check_identity(), check_cases(), check_certutil()};
}

std::vector<Check> check_installed_manifests() {
  std::vector<Check> checks;
  const char* home = std::getenv("HOME");
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const fs::path home_path = home == nullptr ? "" : home;
  const auto places = browser::places(
      home_path, config != nullptr && *config == '/' ? fs::path(config) : home_path / ".config");
  const auto name = browser::native_manifest_name();
  if (!places || !name) return {ill("your browsers", "HOME is not set", "Set HOME")};
  for (const browser::Place& place : *places)
    if (place.present) checks.push_back(check_manifest(place, place.user / *name));
  return checks;
}

}  // namespace affiant::cli
