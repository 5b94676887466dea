#include "browser/policies.h"

#include <algorithm>

#include "base/fs.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kPolicyBytes = 4U << 20U;

bool names(const json::Value& policies, const char* key, const std::string& wanted) {
  if (!policies.contains(key) || !policies[key].is_array()) return false;
  return std::any_of(policies[key].begin(), policies[key].end(),
                     [&](const json::Value& entry) { return entry == wanted; });
}

// "is named", "all are named" or nothing.
std::string listed(const json::Value& policies, const char* key, const std::string& wanted,
                   const char* all) {
  if (names(policies, key, wanted)) return fmt::format("{} names {}", key, wanted);
  if (names(policies, key, "*")) return fmt::format("{} names {}", key, all);
  return {};
}

// How an extension may be there: the setting of its own, else that of all.
std::string installation_mode(const json::Value& policies, const std::string& id) {
  if (!policies.contains("ExtensionSettings") || !policies["ExtensionSettings"].is_object())
    return {};
  const json::Value& settings = policies["ExtensionSettings"];
  for (const std::string& who : {id, std::string("*")})
    if (settings.contains(who) && settings[who].is_object() &&
        settings[who].contains("installation_mode") &&
        settings[who]["installation_mode"].is_string())
      return settings[who]["installation_mode"].get<std::string>();
  return {};
}

void look_at_extensions(const json::Value& policies, const fs::path& file, const std::string& id,
                        std::vector<Forbidden>* found) {
  const std::string mode = installation_mode(policies, id);
  if (mode == "blocked" || mode == "removed")
    found->push_back(
        {file, fmt::format("ExtensionSettings: the extension {} is {}", id, mode),
         fmt::format("ask who administers this machine to set installation_mode of {} to allowed",
                     id)});
}

void look_at_chromium(const json::Value& policies, const fs::path& file, const Ids& ids,
                      std::vector<Forbidden>* found) {
  const std::string host =
      listed(policies, "NativeMessagingBlocklist", ids.native_host, "every host");
  if (!host.empty() && !names(policies, "NativeMessagingAllowlist", ids.native_host))
    found->push_back(
        {file, host,
         fmt::format("ask who administers this machine to put {} on NativeMessagingAllowlist",
                     ids.native_host)});
  if (policies.value("NativeMessagingUserLevelHosts", json::Value()) == false)
    found->push_back({file, "NativeMessagingUserLevelHosts: only hosts for all users are read",
                      "affiant install --system", true});
  const std::string extension =
      listed(policies, "ExtensionInstallBlocklist", ids.chromium, "every extension");
  if (!extension.empty() && !names(policies, "ExtensionInstallAllowlist", ids.chromium))
    found->push_back(
        {file, extension,
         fmt::format("ask who administers this machine to put {} on ExtensionInstallAllowlist",
                     ids.chromium)});
  look_at_extensions(policies, file, ids.chromium, found);
}

std::vector<fs::path> files_of(const Place& place) {
  std::vector<fs::path> files;
  for (const fs::path& at : place.policies) {
    if (at.extension() == ".json") files.push_back(at);
    if (at.extension() == ".json") continue;
    for (const char* level : {"managed", "recommended"})
      if (const auto entries = list_dir(at / level))
        for (const std::string& name : *entries)
          if (name.ends_with(".json")) files.push_back(at / level / name);
  }
  return files;
}

}  // namespace

std::vector<Forbidden> forbidden_by_policy(const Place& place, const Ids& ids) {
  std::vector<Forbidden> found;
  for (const fs::path& file : files_of(place)) {
    std::error_code error;
    const fs::path real = fs::canonical(file, error);
    if (error) continue;
    const auto text = read_file(real, kPolicyBytes, "the cap of policies");
    if (!text) continue;
    const auto value = json::parse(*text, file.string());
    if (!value || !value->is_object()) continue;
    if (place.kind == Kind::kChromium) {
      look_at_chromium(*value, file, ids, &found);
    } else if (value->contains("policies") && (*value)["policies"].is_object()) {
      look_at_extensions((*value)["policies"], file, ids.firefox, &found);
    }
  }
  return found;
}

}  // namespace affiant::browser
