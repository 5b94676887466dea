#include "cli/install_plan.h"

#include <algorithm>

#include "base/fs.h"
#include "base/user.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using browser::Place;
using browser::Sandbox;

constexpr std::size_t kFileBytes = 64U << 10U;

void end(InstallPlan* plan, Step step, std::string detail) {
  plan->step.step = step;
  plan->step.detail = std::move(detail);
}

// What a person has yet to do, or should know.
std::vector<std::string> notes_for(const Place& place, const browser::Where& where) {
  std::vector<std::string> notes;
  if (place.sandbox == Sandbox::kFlatpak) {
    if (!browser::flatpak_may_start_programs(place.app, where))
      notes.push_back(fmt::format(
          "this Flatpak may start no program outside its sandbox. Allow it, and know that it then "
          "is one no more: flatpak override --user --talk-name=org.freedesktop.Flatpak {}",
          place.app));
    if (place.kind == browser::Kind::kFirefox)
      notes.push_back(
          "from Firefox 157 on, a machine with xdg-native-messaging-proxy needs no such "
          "permission: the manifest of a Firefox without Flatpak is used");
  }
  if (place.sandbox == Sandbox::kSnapPortal)
    notes.push_back(
        "a snap asks the desktop to start the host, and you are asked once. It takes a desktop "
        "portal with WebExtensions (Ubuntu 22.04 and later): busctl --user introspect "
        "org.freedesktop.portal.Desktop /org/freedesktop/portal/desktop "
        "org.freedesktop.portal.WebExtensions");
  if (!place.note.empty()) notes.push_back(place.note);
  return notes;
}

// The manifest that is there already. False when the plan has come to its end with it.
bool look_at_present(const Place& place, const InstallOptions& options, const InstallRecord& record,
                     InstallPlan* plan) {
  const fs::path& file = plan->step.file;
  const auto present = browser::read_manifest(place.kind, file);
  if (!present) {
    end(plan, Step::kNotOurs, present.error().message + ". Move it away, then run this again");
    return false;
  }
  if (!*present) return true;
  if (!browser::is_ours(**present)) {
    end(plan, Step::kNotOurs,
        fmt::format("another program's manifest has our name ({}): it starts {}. Remove it if it "
                    "should not be there, then run this again",
                    file.string(), (*present)->path.string()));
    return false;
  }
  // In the machine's folders a package may have put it there, which then also removes it.
  std::error_code ignored;
  const fs::path target = (*present)->path;
  if (options.system && !record.files.contains(file.string()) && fs::exists(target, ignored)) {
    const bool same = (*present)->text == plan->files.back().bytes;
    end(plan, same ? Step::kUnchanged : Step::kNotOurs,
        same ? ""
             : fmt::format("another installation of affiant put it there, for {}. Remove that "
                           "one first",
                           target.string()));
    return false;
  }
  if (target != options.host && place.sandbox != Sandbox::kFlatpak)
    plan->step.detail = fmt::format("before, it named {}{}", target.string(),
                                    fs::exists(target, ignored) ? "" : ", which is not there");
  return true;
}

bool is_there(const PlannedFile& file) {
  const auto text = read_file(file.path, kFileBytes, "the cap of manifests");
  return text && *text == file.bytes && (!file.program || is_program(file.path));
}

// As far as can be told without trying.
Status writable(const fs::path& folder) {
  std::error_code ignored;
  fs::path at = folder;
  while (!fs::exists(fs::symlink_status(at, ignored)) && at.has_relative_path())
    at = at.parent_path();
  if (!fs::is_directory(at, ignored))
    return fail(Code::kIo, "cannot make {}: {} is no folder", folder.string(), at.string());
  const Status may = check_may_write_in(at);
  if (may) return {};
  return fail(may.error().code == Code::kPermission ? Code::kPermission : Code::kIo,
              "cannot write in {}: {}. Nothing was written there. Make it writable by you, or "
              "install for all users: affiant install --system",
              at.string(), may.error().message);
}

}  // namespace

std::vector<fs::path> missing_folders(const fs::path& folder) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (fs::path at = folder; !fs::exists(at, ignored) && at.has_relative_path();
       at = at.parent_path())
    missing.push_back(at);
  std::reverse(missing.begin(), missing.end());
  return missing;
}

InstallPlan plan_install(const Place& place, const InstallOptions& options,
                         const InstallRecord& record) {
  InstallPlan plan;
  plan.step.browser = place.browser;
  if (place.sandbox == Sandbox::kSnapForbidden) {
    end(&plan, Step::kCannot,
        fmt::format("the {} snap may start no program outside its sandbox, and nothing mends that. "
                    "Use a {} that is no snap (a .deb, or the Flatpak), or Firefox",
                    place.app, place.kind == browser::Kind::kChromium ? "Chromium" : "browser"));
    return plan;
  }
  if (options.system && (!place.system || place.sandbox != Sandbox::kNone)) {
    end(&plan, Step::kCannot,
        "it reads no folder for all users that we know of. Run affiant install as each user");
    return plan;
  }
  const fs::path folder = options.system ? *place.system : place.user;
  const auto name = browser::native_manifest_name();
  const auto ids = browser::ids();
  fs::path program = options.host;
  if (place.sandbox == Sandbox::kFlatpak) {
    program = options.where.home / ".var/app" / place.app / "data/affiant/affiant-host";
    auto script = browser::flatpak_wrapper(options.host);
    if (script) plan.files.push_back({program, std::move(*script), true});
    if (!script) end(&plan, Step::kFailed, script.error().message);
    if (!script) return plan;
  }
  const auto wanted = browser::native_manifest(place.kind, program);
  if (!name || !ids || !wanted) {
    end(&plan, Step::kFailed,
        !name  ? name.error().message
        : !ids ? ids.error().message
               : wanted.error().message);
    return plan;
  }
  plan.step.file = folder / *name;
  plan.files.push_back({plan.step.file, *wanted, false});
  if (!place.user_key.empty()) {
    plan.key = (options.system ? place.system_key : place.user_key) + "\\" + ids->native_host;
    plan.value = plan.step.file.string();
  }
  if (!look_at_present(place, options, record, &plan)) return plan;
  plan.step.notes = notes_for(place, options.where);
  const bool key_there =
      plan.key.empty() || options.registry->get(plan.key).value_or(std::nullopt) == plan.value;
  plan.step.step = Step::kUnchanged;
  if (key_there && std::all_of(plan.files.begin(), plan.files.end(), is_there)) return plan;
  plan.step.step = Step::kWritten;
  for (const PlannedFile& file : plan.files) {
    if (const Status can = writable(file.path.parent_path()); !can) {
      end(&plan, Step::kFailed, can.error().message);
      return plan;
    }
    for (const fs::path& missing : missing_folders(file.path.parent_path()))
      if (std::find(plan.folders.begin(), plan.folders.end(), missing) == plan.folders.end())
        plan.folders.push_back(missing);
  }
  return plan;
}

}  // namespace affiant::cli
