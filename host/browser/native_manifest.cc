#include "browser/native_manifest.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "browser/embedded.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kManifestBytes = 64U << 10U;

#if defined(__APPLE__)
constexpr std::string_view kSystem = "macos";
#else
constexpr std::string_view kSystem = "linux";
#endif

fs::path expand(std::string text, const fs::path& home, const fs::path& config_home) {
  constexpr std::string_view kConfig = "${XDG_CONFIG_HOME}";
  if (text.starts_with(kConfig)) return config_home / text.substr(kConfig.size() + 1);
  if (text.starts_with("~/")) return home / text.substr(2);
  return text;
}

bool on_path(const json::Value& programs) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    for (const json::Value& name : programs)
      if (access((fs::path(folder) / name.get<std::string>()).c_str(), X_OK) == 0) return true;
  return false;
}

}  // namespace

Result<Ids> ids() {
  AFFIANT_TRY(const json::Value table, json::parse(kIdsJson, "manifests/ids.json"));
  const auto text = [&](const char* pointer) -> Result<std::string> {
    const json::Value::json_pointer at(pointer);
    if (table.contains(at) && table[at].is_string() &&
        !table[at].get_ref<const std::string&>().empty())
      return table[at].get<std::string>();
    return fail(Code::kInternal, "manifests/ids.json has no {}", pointer);
  };
  Ids result;
  AFFIANT_TRY(result.native_host, text("/native_host"));
  AFFIANT_TRY(result.chromium, text("/chromium/id"));
  AFFIANT_TRY(result.firefox, text("/firefox/id"));
  return result;
}

Result<std::string> native_manifest(Kind kind, const fs::path& host) {
  if (!host.is_absolute())
    return fail(Code::kInternal, "a native-messaging manifest needs an absolute path, not {}",
                host.string());
  AFFIANT_TRY(const Ids names, ids());
  json::Value manifest = {{"name", names.native_host},
                          {"description", "Affiant: writes what the extension saw to a signed log"},
                          {"path", host.string()},
                          {"type", "stdio"}};
  if (kind == Kind::kChromium)
    manifest["allowed_origins"] = {"chrome-extension://" + names.chromium + "/"};
  else
    manifest["allowed_extensions"] = {names.firefox};
  AFFIANT_TRY(std::string text, json::canonical(manifest));
  return text + "\n";
}

Result<std::string> native_manifest_name() {
  AFFIANT_TRY(const Ids names, ids());
  return names.native_host + ".json";
}

Result<std::optional<fs::path>> manifest_target(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(file, error))) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string text(kManifestBytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  AFFIANT_TRY(const json::Value manifest, json::parse(text, file.string()));
  AFFIANT_TRY(const Ids names, ids());
  if (!manifest.is_object() || manifest.value("name", json::Value()) != names.native_host ||
      !manifest.value("path", json::Value()).is_string())
    return fail(Code::kMalformed, "{} is not a manifest of affiant's", file.string());
  return fs::path(manifest["path"].get<std::string>());
}

Result<std::vector<Place>> places(const fs::path& home, const fs::path& config_home) {
  if (!home.is_absolute() || !config_home.is_absolute())
    return fail(Code::kUsage, "HOME is not an absolute path: no telling where browsers look");
  AFFIANT_TRY(const json::Value table, json::parse(kBrowsersJson, "manifests/browsers.json"));
  std::vector<Place> found;
  for (const json::Value& row : table.at("browsers")) {
    const json::Value& where = row.at(std::string(kSystem));
    Place place;
    place.browser = row.at("name").get<std::string>();
    place.kind = row.at("engine") == "firefox" ? Kind::kFirefox : Kind::kChromium;
    place.user = expand(where.at("user").get<std::string>(), home, config_home);
    if (where.at("system").is_string()) place.system = where.at("system").get<std::string>();
    std::error_code ignored;
    place.present = on_path(row.at("programs")) ||
                    fs::is_directory(
                        expand(where.at("profile").get<std::string>(), home, config_home), ignored);
    found.push_back(std::move(place));
  }
  return found;
}

}  // namespace affiant::browser
