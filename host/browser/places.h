// Where the browsers of this machine look for native-messaging manifests: manifests/browsers.json,
// read for one person and one system. Looks at the disk, changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/browser.h"

namespace affiant::browser {

enum class System : std::uint8_t { kLinux, kMacos, kWindows };
#if defined(_WIN32)
inline constexpr System kThisSystem = System::kWindows;
#elif defined(__APPLE__)
inline constexpr System kThisSystem = System::kMacos;
#else
inline constexpr System kThisSystem = System::kLinux;
#endif

// What a browser's packaging keeps it from.
enum class Sandbox : std::uint8_t {
  kNone,
  kFlatpak,        // Starts nothing outside, unless it may talk to org.freedesktop.Flatpak.
  kSnapForbidden,  // Starts nothing outside, whatever one does.
  kSnapPortal,     // Asks the desktop portal to start the host outside.
};

// One browser, in one kind of packaging.
struct Place {
  std::string browser;  // "Google Chrome", "Firefox (Flatpak)"
  Kind kind = Kind::kChromium;
  std::filesystem::path user;                   // Folder of manifests.
  std::optional<std::filesystem::path> system;  // The same for all users, where there is one.
  bool present = false;  // Its program is on $PATH, its package is installed or it has a profile.
  Sandbox sandbox = Sandbox::kNone;
  std::string app;  // The Flatpak's id or the snap's name.
  std::string note;
  std::vector<std::filesystem::path> profiles;  // Those that are there.
  std::vector<std::filesystem::path> policies;  // Folders of *.json, or files (Firefox).
  std::vector<std::filesystem::path> unread;    // Folders in which a manifest is of no use.
  // Windows: the keys below which a key named like our host holds a manifest's path.
  std::string user_key, system_key;
};

struct Where {
  std::filesystem::path home, config_home, data_home;
  std::string path;                  // $PATH
  std::filesystem::path root = "/";  // Of the machine's own folders; a test has its own.
  System system = kThisSystem;
};

// From HOME, XDG_CONFIG_HOME, XDG_DATA_HOME and PATH. kUsage when HOME is no absolute path.
Result<Where> where_from_environment();

// In the order of the table; each packaging after the browser itself, and only where it is
// installed. kUsage when a path of `where` is not absolute.
Result<std::vector<Place>> places(const Where& where);

}  // namespace affiant::browser
