// Native-messaging manifests: the file that lets one extension, and nothing else, start our host.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/browser.h"
#include "browser/places.h"

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

// What a manifest on disk says, so far as browsers care.
struct Manifest {
  std::string text;
  std::string name, type;
  std::filesystem::path path;
  std::vector<std::string> allowed;  // allowed_origins or allowed_extensions.
};
// Nothing when there is no file. kMalformed when it cannot be read as a manifest or is a link that
// leads nowhere, kIo when it cannot be read at all.
Result<std::optional<Manifest>> read_manifest(Kind kind, const std::filesystem::path& file);

// Whether it is a manifest of some installation of affiant: our host's name, and a program named as
// ours is. Anything else under our name is another program's, and not ours to touch.
bool is_ours(const Manifest& manifest);

// What a browser in a Flatpak starts: a script that has `host` started outside the sandbox.
// kUnsupported for a path with a character that no shell takes.
Result<std::string> flatpak_wrapper(const std::filesystem::path& host);
// Whether `app` may talk to org.freedesktop.Flatpak, without which the script can do nothing. Only
// overrides are looked at: no browser's own manifest allows it.
bool flatpak_may_start_programs(const std::string& app, const Where& where);

}  // namespace affiant::browser
