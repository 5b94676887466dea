#include "cli/doctor_browsers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/user.h"
#include "browser/native_manifest.h"
#include "browser/policies.h"
#include "browser/process.h"
#include "cli/paths.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using browser::Kind;
using browser::Manifest;
using browser::Place;
using browser::Sandbox;

constexpr std::int64_t kVersionMs = 10'000;

// The program that a manifest names: there, executable, and of this version.
std::optional<Check> check_program(const std::string& what, const fs::path& file,
                                   const fs::path& program, const std::string& mend) {
  std::error_code ignored;
  const auto ill = [&](std::string detail, std::string how) {
    return Check{Health::kIll, what, std::move(detail), std::move(how)};
  };
  if (!program.is_absolute())
    return ill(fmt::format("{} names {}, which is no absolute path: browsers then find no host",
                           file.string(), printable(program.string())),
               mend);
  if (!fs::exists(program, ignored))
    return ill(fmt::format("{} names {}, which is not there: moved, or removed without `affiant "
                           "uninstall`",
                           file.string(), program.string()),
               mend);
  if (!is_program(program))
    return ill(
        fmt::format("{} names {}, which cannot be executed", file.string(), program.string()),
        fmt::format("chmod +x '{}'", program.string()));
  browser::Command command;
  command.argv = {program.string(), "--version"};
  const auto said = browser::run_to_end(std::move(command), kVersionMs);
  if (!said)
    return ill(fmt::format("{} names {}, which does not say its version: {}", file.string(),
                           program.string(), said.error().message),
               mend);
  const std::string version = said->substr(0, said->find('\n'));
  if (version == "affiant-host " AFFIANT_VERSION) return std::nullopt;
  if (version.starts_with("affiant-host "))
    return ill(fmt::format("{} names {}, which is {}; this is affiant " AFFIANT_VERSION,
                           file.string(), program.string(), printable(version)),
               "Keep one of the two. To keep this one: " + mend);
  return ill(fmt::format("{} names {}, which is another program: asked for its version it says "
                         "\"{}\"",
                         file.string(), program.string(), printable(version)),
             mend);
}

std::optional<Check> check_allowed(const std::string& what, const fs::path& file,
                                   const Manifest& manifest, Kind kind, const std::string& mend) {
  const auto ids = browser::ids();
  if (!ids) return Check{Health::kIll, what, ids.error().message, "Build affiant again"};
  const std::string wanted =
      kind == Kind::kFirefox ? ids->firefox : "chrome-extension://" + ids->chromium + "/";
  if (std::find(manifest.allowed.begin(), manifest.allowed.end(), wanted) == manifest.allowed.end())
    return Check{
        Health::kIll, what,
        fmt::format(
            "{} does not allow our extension: its {} have no {}{}", file.string(),
            kind == Kind::kFirefox ? "allowed_extensions" : "allowed_origins", wanted,
            manifest.allowed.empty() ? "" : ", and allow " + printable(manifest.allowed.front())),
        mend};
  if (manifest.type != "stdio")
    return Check{Health::kIll, what,
                 fmt::format("{} has the type \"{}\" instead of stdio", file.string(),
                             printable(manifest.type)),
                 mend};
  return std::nullopt;
}

Check check_flatpak(const std::string& what, const Place& place, const browser::Where& where,
                    const Manifest& manifest, const fs::path& file) {
  if (!is_program(manifest.path))
    return {Health::kIll, what,
            fmt::format("{} names {}, which is not there or cannot be executed", file.string(),
                        manifest.path.string()),
            "affiant install"};
  if (!browser::flatpak_may_start_programs(place.app, where))
    return {Health::kNote, what,
            fmt::format("registered, but this Flatpak may start nothing outside its sandbox{}",
                        place.kind == Kind::kFirefox
                            ? " (Firefox 157 and later can, through xdg-native-messaging-proxy)"
                            : ""),
            fmt::format("flatpak override --user --talk-name=org.freedesktop.Flatpak {} (the "
                        "sandbox is none any more then)",
                        place.app)};
  return {Health::kWell, what, file.string(), ""};
}

// One manifest that this browser would take. Nothing when there is none.
std::optional<Check> check_manifest(const Place& place, const browser::Where& where,
                                    const fs::path& folder, bool system) {
  const std::string what = "host for " + place.browser;
  const std::string mend = system ? "affiant install --system" : "affiant install";
  const auto name = browser::native_manifest_name();
  if (!name) return Check{Health::kIll, what, name.error().message, "Build affiant again"};
  const fs::path file = folder / *name;
  const auto manifest = browser::read_manifest(place.kind, file);
  if (!manifest)
    return Check{Health::kIll, what, manifest.error().message,
                 fmt::format("Remove that file, then run: {}", mend)};
  if (!*manifest) return std::nullopt;
  const auto ids = browser::ids();
  if (ids && (*manifest)->name != ids->native_host)
    return Check{Health::kIll, what,
                 fmt::format("{} calls itself \"{}\", so browsers refuse it", file.string(),
                             printable((*manifest)->name)),
                 fmt::format("Remove that file, then run: {}", mend)};
  if (!browser::is_ours(**manifest))
    return Check{Health::kIll, what,
                 fmt::format("{} is another program's manifest under our name: it starts {}",
                             file.string(), printable((*manifest)->path.string())),
                 fmt::format("Find out whose it is; remove it, then run: {}", mend)};
  if (auto bad = check_allowed(what, file, **manifest, place.kind, mend)) return bad;
  if (place.sandbox == Sandbox::kFlatpak)
    return check_flatpak(what, place, where, **manifest, file);
  if (auto bad = check_program(what, file, (*manifest)->path, mend)) return bad;
  if (place.sandbox == Sandbox::kSnapPortal)
    return Check{Health::kNote, what,
                 file.string() + "; a snap takes it if the desktop portal has WebExtensions",
                 "If it does not, use a Firefox that is no snap"};
  return Check{Health::kWell, what, file.string(), ""};
}

void check_policies(const Place& place, bool system_only, std::vector<Check>* checks) {
  const auto ids = browser::ids();
  if (!ids) return;
  for (const browser::Forbidden& f : browser::forbidden_by_policy(place, *ids)) {
    if (f.user_level_only && system_only) continue;
    checks->push_back({Health::kIll, "policy for " + place.browser,
                       fmt::format("{} ({})", f.what, f.file.string()), f.mend});
  }
}

// Manifests of ours where this browser does not look.
void check_unread(const Place& place, std::vector<Check>* checks) {
  const auto name = browser::native_manifest_name();
  for (const fs::path& folder : place.unread) {
    std::error_code ignored;
    if (!name || !fs::exists(folder / *name, ignored)) continue;
    checks->push_back(
        {Health::kNote, "host for " + place.browser,
         fmt::format("{} lies where {} does not look", (folder / *name).string(), place.browser),
         fmt::format("Remove it; the place is {}", place.user.string())});
  }
}

}  // namespace

std::vector<Check> check_browsers(const std::vector<Place>& places, const browser::Where& where,
                                  const fs::path& proc) {
  std::vector<Check> checks;
  const fs::path extension = extension_dir().value_or("EXTENSION");
  for (const Place& place : places) {
    if (!place.present) continue;
    const std::string what = "host for " + place.browser;
    if (place.sandbox == Sandbox::kSnapForbidden) {
      checks.push_back({Health::kNote, what, "a snap of it may start no program of ours",
                        "Use one that is no snap, or Firefox, to record your own browsing"});
      continue;
    }
    // Browsers take a person's own manifest first, and do not go on when it is a bad one.
    const auto own = check_manifest(place, where, place.user, false);
    const auto all =
        place.system ? check_manifest(place, where, *place.system, true) : std::nullopt;
    if (own) checks.push_back(*own);
    if (all && (!own || all->health == Health::kIll)) checks.push_back(*all);
    if (!own && !all)
      checks.push_back({Health::kNote, what,
                        "not registered (only needed to record your own browsing)",
                        "affiant install"});
    check_policies(place, all && all->health == Health::kWell, &checks);
    check_unread(place, &checks);
    for (Check& check : check_extension_in(place, where, extension))
      checks.push_back(std::move(check));
  }
  for (Check& check : check_running(places, proc)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace affiant::cli
