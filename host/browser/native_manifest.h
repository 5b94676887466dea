// Native-messaging manifests: the file that lets one extension, and nothing else, start our host.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/browser.h"

namespace affiant::browser {

// The fixed names of manifests/ids.json, built in.
struct Ids {
  std::string native_host;  // The host's name: [a-z0-9_.]+
  std::string chromium;     // 32 letters a to p.
  std::string firefox;      // browser_specific_settings.gecko.id
};
Result<Ids> ids();

// The manifest's bytes. `host` must be absolute: browsers resolve no relative path on Linux.
Result<std::string> native_manifest(Kind kind, const std::filesystem::path& host);
// <native host name>.json
Result<std::string> native_manifest_name();

// The "path" of a manifest of ours. Nothing when the file is not there; kMalformed when it is not a
// manifest under our host's name, and so not ours to touch.
Result<std::optional<std::filesystem::path>> manifest_target(const std::filesystem::path& file);

// One browser of manifests/browsers.json, places resolved for this user and system.
struct Place {
  std::string browser;  // "Google Chrome"
  Kind kind = Kind::kChromium;
  std::filesystem::path user;  // Folder of manifests.
  std::optional<std::filesystem::path> system;
  bool present = false;  // Its program is on $PATH or its profile is there.
};
// `home` and `config_home` as the environment has them; kUsage when they are not absolute.
Result<std::vector<Place>> places(const std::filesystem::path& home,
                                  const std::filesystem::path& config_home);

}  // namespace affiant::browser
