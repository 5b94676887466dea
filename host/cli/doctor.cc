#include "cli/doctor.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/user.h"
#include "browser/native_manifest.h"
#include "browser/process.h"
#include "cli/doctor_browsers.h"
#include "cli/paths.h"
#include "evidence/identity.h"
#include "json/json.h"

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
  constexpr std::string_view kNotConfined = "not confined: ";
  if (const std::size_t at = ran->find(kNotConfined); at != std::string::npos) {
    const std::string why = ran->substr(at, ran->find('\n', at) - at);
    return {
        Health::kNote, "the recorder",
        host->string() + " runs, but could not give up the network for itself: " + why,
        "Nothing is recorded less well; a kernel with seccomp (CONFIG_SECCOMP_FILTER) mends it"};
  }
  return well("the recorder", host->string());
}

// The two halves are built together; a mixture of versions is named before it is puzzled over.
Check check_extension() {
  const auto dir = extension_dir();
  if (!dir) return ill("the extension", dir.error().message, "Build it: cmake --build BUILD");
  const fs::path file = *dir / "chromium" / "manifest.json";
  const auto text = read_file(file, 1U << 20U, "the cap of manifests");
  const auto manifest = text ? json::parse(*text, file.string()) : tl::unexpected(text.error());
  if (!manifest || !manifest->is_object())
    return ill("the extension",
               manifest ? file.string() + " is no manifest" : manifest.error().message,
               "Build or install affiant again");
  const std::string version = manifest->value("version", "");
  if (version != AFFIANT_VERSION)
    return ill("the extension",
               fmt::format("{} is version {}; this is affiant " AFFIANT_VERSION, dir->string(),
                           printable(version)),
               version.empty()
                   ? "Build or install affiant again"
                   : "Install both halves together, or take AFFIANT_EXTENSION_DIR away");
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
  if (!check_may_write_in(at))
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

}  // namespace

std::vector<Check> check_machine() {
  return {check_host(), check_extension(), check_identity(), check_cases(), check_certutil()};
}

std::vector<Check> check_installed_manifests() {
  const auto where = browser::where_from_environment();
  if (!where) return {ill("your browsers", where.error().message, "Set HOME")};
  const auto places = browser::places(*where);
  if (!places) return {ill("your browsers", places.error().message, "Set HOME")};
  return check_browsers(*places, *where);
}

}  // namespace affiant::cli
