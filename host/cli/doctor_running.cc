// Browsers that run with a profile folder of their own: they read manifests below that one.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "browser/native_manifest.h"
#include "cli/doctor_browsers.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using browser::Kind;
using browser::Place;

// The value of --user-data-dir on a browser's own command line; its children have a --type.
std::string user_data_dir(const fs::path& cmdline) {
  std::ifstream in(cmdline, std::ios::binary);
  std::string found;
  for (std::string word; std::getline(in, word, '\0');) {
    constexpr std::string_view kOption = "--user-data-dir=";
    if (word.starts_with("--type=")) return {};
    if (word.starts_with(kOption)) found = word.substr(kOption.size());
  }
  return found;
}

bool is_number(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<Check> check_running(const std::vector<Place>& places, const fs::path& proc) {
  std::vector<Check> checks;
  const auto name = browser::native_manifest_name();
  std::set<std::string> told;
  std::error_code error;
  for (fs::directory_iterator at(proc, error), last; !error && at != last; at.increment(error)) {
    const std::string pid = at->path().filename().string();
    if (!is_number(pid) || !name) continue;
    const std::string folder = user_data_dir(at->path() / "cmdline");
    if (!fs::path(folder).is_absolute() || !told.insert(folder).second) continue;
    // Ours to audit with: it has its own manifest. So has one that somebody has looked after.
    std::error_code ignored;
    if (fs::exists(fs::path(folder) / "NativeMessagingHosts" / *name, ignored)) continue;
    const bool usual = std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return place.kind == Kind::kChromium && place.user.parent_path() == fs::path(folder);
    });
    if (usual) continue;
    checks.push_back(
        {Health::kNote, fmt::format("the browser running as process {}", pid),
         fmt::format("its profile is {}, so it reads no manifest but {} and those for all users",
                     folder, (fs::path(folder) / "NativeMessagingHosts").string()),
         "To record in it: affiant install --system, or start it without --user-data-dir"});
  }
  return checks;
}

}  // namespace affiant::cli
