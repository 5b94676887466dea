#include "browser/site_data.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

// Below Default/ of Chromium's user data, by the beginning of their names.
constexpr std::array<std::string_view, 14> kChromium = {
    "Cookies",       "Network",           "Local Storage",  "Session Storage", "IndexedDB",
    "databases",     "File System",       "Service Worker", "WebStorage",      "Storage",
    "SharedStorage", "Shared Dictionary", "Shared Storage", "blob_storage"};
// In Firefox's profile. storage.sqlite only says how storage/ is laid out.
constexpr std::array<std::string_view, 4> kFirefox = {"cookies.sqlite", "webappsstore.sqlite",
                                                      "storage", "serviceworker.txt"};

bool begins_with_any(std::string_view name, const auto& beginnings) {
  for (const std::string_view beginning : beginnings)
    if (name.starts_with(beginning)) return true;
  return false;
}

}  // namespace

Status clear_site_data(const fs::path& profile, Kind kind) {
  const fs::path folder = kind == Kind::kChromium ? profile / "Default" : profile;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool of_site = kind == Kind::kChromium ? begins_with_any(name, kChromium)
                                                 : begins_with_any(name, kFirefox);
    if (!of_site || name == "storage.sqlite") continue;
    std::error_code failed;
    fs::remove_all(entry.path(), failed);
    if (failed)
      return fail(Code::kIo, "{}: cannot be removed: {}", entry.path().string(), failed.message());
  }
  if (error) return fail(Code::kIo, "{}: cannot be read: {}", folder.string(), error.message());
  return {};
}

}  // namespace affiant::browser
