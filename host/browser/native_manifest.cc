#include "browser/native_manifest.h"

#include <fstream>

#include "base/bytes.h"
#include "base/fs.h"
#include "browser/embedded.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kManifestBytes = 64U << 10U;

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

Result<std::optional<Manifest>> read_manifest(Kind kind, const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(file, error);
  if (!fs::exists(status)) return std::nullopt;
  if (fs::is_symlink(status) && !fs::exists(file, error))
    return fail(Code::kMalformed, "{} is a link to {}, which is not there", file.string(),
                fs::read_symlink(file, error).string());
  Manifest manifest;
  // Packages put links here; read_file() follows none.
  const fs::path real = fs::canonical(file, error);
  if (error) return fail(Code::kIo, "cannot read {}: {}", file.string(), error.message());
  AFFIANT_TRY(manifest.text, read_file(real, kManifestBytes, "the cap of manifests"));
  AFFIANT_TRY(const json::Value value, json::parse(manifest.text, file.string()));
  if (!value.is_object()) return fail(Code::kMalformed, "{} is no manifest", file.string());
  const auto text = [&](const char* key) {
    return value.contains(key) && value[key].is_string() ? value[key].get<std::string>() : "";
  };
  manifest.name = text("name");
  manifest.type = text("type");
  manifest.path = text("path");
  const char* list = kind == Kind::kFirefox ? "allowed_extensions" : "allowed_origins";
  if (value.contains(list) && value[list].is_array())
    for (const json::Value& id : value[list])
      if (id.is_string()) manifest.allowed.push_back(id.get<std::string>());
  return manifest;
}

bool is_ours(const Manifest& manifest) {
  const auto names = ids();
  const std::string program = manifest.path.filename().string();
  return names && manifest.name == names->native_host &&
         (program == "affiant-host" || program == "affiant-host.exe");
}

Result<std::string> flatpak_wrapper(const fs::path& host) {
  std::string quoted;
  for (const char c : host.string()) {
    if (c == '\n' || c == '\0')
      return fail(Code::kUnsupported, "the path of affiant-host has a line break in it: {}",
                  printable(host.string()));
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return "#!/bin/sh\n# Written by `affiant install`: has the host started outside this sandbox.\n"
         "exec flatpak-spawn --host '" +
         quoted + "' \"$@\"\n";
}

bool flatpak_may_start_programs(const std::string& app, const Where& where) {
  for (const fs::path& folder :
       {where.data_home / "flatpak/overrides", where.root / "var/lib/flatpak/overrides"})
    for (const char* name : {app.c_str(), "global"}) {
      std::ifstream in(folder / name);
      bool bus = false;
      for (std::string line; std::getline(in, line);) {
        if (line.starts_with('[')) bus = line == "[Session Bus Policy]";
        if (bus &&
            (line == "org.freedesktop.Flatpak=talk" || line == "org.freedesktop.Flatpak=own"))
          return true;
      }
    }
  return false;
}

}  // namespace affiant::browser
