// What an administrator's policies forbid a browser that our extension and host need. Chromium's
// kin read every *.json in <folder>/managed and /recommended, Firefox one policies.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "browser/native_manifest.h"
#include "browser/places.h"

namespace affiant::browser {

struct Forbidden {
  std::filesystem::path file;  // Where it says so.
  std::string what;            // "NativeMessagingBlocklist names every host"
  std::string mend;
  // The person's own manifests are not read, the machine's are.
  bool user_level_only = false;
};

// Empty when nothing is forbidden. A file that cannot be read as JSON is passed over, as browsers
// do. Policies that come from elsewhere (a directory service, the cloud) are not seen.
std::vector<Forbidden> forbidden_by_policy(const Place& place, const Ids& ids);

}  // namespace affiant::browser
