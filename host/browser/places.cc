#include "browser/places.h"

#include <fstream>

#include "base/paths.h"
#include "base/user.h"
#include "browser/embedded.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kScriptBytes = 4096;

std::string_view key_of(System system) {
  switch (system) {
    case System::kMacos:
      return "macos";
    case System::kWindows:
      return "windows";
    case System::kLinux:
      break;
  }
  return "linux";
}

fs::path expand(const std::string& text, const Where& where) {
  constexpr std::string_view kConfig = "${XDG_CONFIG_HOME}/", kData = "${XDG_DATA_HOME}/";
  if (text.starts_with(kConfig)) return where.config_home / text.substr(kConfig.size());
  if (text.starts_with(kData)) return where.data_home / text.substr(kData.size());
  if (text.starts_with("~/")) return where.home / text.substr(2);
  return where.root / fs::path(text).relative_path();
}

std::vector<fs::path> expand_all(const json::Value& row, const char* key, const Where& where) {
  std::vector<fs::path> all;
  if (row.contains(key))
    for (const json::Value& text : row[key]) all.push_back(expand(text.get<std::string>(), where));
  return all;
}

// A command that snapd put there, or Ubuntu's script that hands on to one: not the browser itself.
bool is_snap(const fs::path& program) {
  if (program.parent_path().string().ends_with("/snap/bin")) return true;
  std::ifstream in(program, std::ios::binary);
  std::string head(kScriptBytes, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head.starts_with("#!") && head.find("/snap/bin/") != std::string::npos;
}

bool on_path(const json::Value& programs, const std::string& path) {
  for (const fs::path& folder : folders_in(path))
    for (const json::Value& name : programs) {
      const fs::path program = folder / (name.get<std::string>() + std::string(kProgramEnding));
      if (is_program(program) && !is_snap(program)) return true;
    }
  return false;
}

bool any_directory(const std::vector<fs::path>& candidates) {
  std::error_code ignored;
  for (const fs::path& at : candidates)
    if (fs::is_directory(at, ignored)) return true;
  return false;
}

Place plain(const json::Value& row, const Where& where) {
  const json::Value& here = row.at(std::string(key_of(where.system)));
  Place place;
  place.browser = row.at("name").get<std::string>();
  place.kind = row.at("engine") == "firefox" ? Kind::kFirefox : Kind::kChromium;
  place.note = row.value("note", "");
  if (where.system == System::kWindows) {
    // The manifests themselves may lie anywhere; two of the same kind are the same file.
    const fs::path folder = "native-manifests";
    place.user = where.data_home / "affiant" / folder / kind_name(place.kind);
    place.user_key = here.at("user").get<std::string>();
    place.system_key = here.at("system").get<std::string>();
    place.system = where.root / "ProgramData" / "affiant" / folder / kind_name(place.kind);
    place.present = true;  // A key for a browser that is not there does no harm.
    return place;
  }
  place.user = expand(here.at("user").get<std::string>(), where);
  if (here.at("system").is_string())
    place.system = expand(here.at("system").get<std::string>(), where);
  std::error_code ignored;
  for (const fs::path& profile : expand_all(here, "profiles", where))
    if (fs::is_directory(profile, ignored)) place.profiles.push_back(profile);
  place.policies = expand_all(here, "policies", where);
  place.unread = expand_all(here, "unread", where);
  place.present = !place.profiles.empty() || on_path(row.at("programs"), where.path);
  return place;
}

std::optional<Place> in_flatpak(const json::Value& row, const Place& like, const Where& where) {
  if (!row.contains("flatpak")) return std::nullopt;
  const std::string app = row["flatpak"].at("app").get<std::string>();
  if (!any_directory(
          {where.data_home / "flatpak/app" / app, where.root / "var/lib/flatpak/app" / app}))
    return std::nullopt;
  Place place;
  place.browser = like.browser + " (Flatpak)";
  place.kind = like.kind;
  place.note = like.note;
  place.sandbox = Sandbox::kFlatpak;
  place.app = app;
  place.user = where.home / ".var/app" / app / row["flatpak"].at("folder").get<std::string>();
  place.present = true;
  return place;
}

std::optional<Place> in_snap(const json::Value& row, const Place& like, const Where& where) {
  if (!row.contains("snap")) return std::nullopt;
  const std::string name = row["snap"].at("name").get<std::string>();
  if (!any_directory({where.root / "snap" / name, where.root / "var/lib/snapd/snap" / name}))
    return std::nullopt;
  Place place = like;
  place.browser = like.browser + " (Snap)";
  place.sandbox =
      row["snap"].at("how") == "portal" ? Sandbox::kSnapPortal : Sandbox::kSnapForbidden;
  place.app = name;
  place.present = true;
  place.profiles.clear();
  place.unread.clear();
  return place;
}

}  // namespace

Result<Where> where_from_environment() {
  const auto read = [](const char* name) { return from_utf8(process_environment(name)); };
  Where where;
  where.home = home_folder(process_environment);
  if (!where.home.is_absolute())
    return fail(Code::kUsage, "HOME is not an absolute path: no telling where browsers look");
  // The XDG Base Directory Specification has relative values ignored.
  const fs::path config = read("XDG_CONFIG_HOME"), data = read("XDG_DATA_HOME");
  where.config_home = config.is_absolute() ? config : where.home / ".config";
  where.data_home = data.is_absolute() ? data : where.home / ".local/share";
  where.path = process_environment("PATH");
  if (where.path.empty()) where.path = "/usr/local/bin:/usr/bin:/bin";
  return where;
}

Result<std::vector<Place>> places(const Where& where) {
  for (const fs::path* path : {&where.home, &where.config_home, &where.data_home})
    if (!path->is_absolute())
      return fail(Code::kUsage, "HOME is not an absolute path: no telling where browsers look");
  AFFIANT_TRY(const json::Value table, json::parse(kBrowsersJson, "manifests/browsers.json"));
  std::vector<Place> found;
  for (const json::Value& row : table.at("browsers")) {
    Place place = plain(row, where);
    std::optional<Place> flatpak, snap;
    if (where.system == System::kLinux) {
      flatpak = in_flatpak(row, place, where);
      snap = in_snap(row, place, where);
    }
    found.push_back(std::move(place));
    if (flatpak) found.push_back(std::move(*flatpak));
    if (snap) found.push_back(std::move(*snap));
  }
  return found;
}

}  // namespace affiant::browser
