// Our extension as the profiles of a person's browser know it: there, switched on, of which
// version. Reads what browsers note on disk (Chromium's Preferences, Firefox's extensions.json) and
// changes nothing; a running browser may know more than it has written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "browser/native_manifest.h"

namespace affiant::browser {

struct InProfile {
  std::filesystem::path profile;
  std::string version;           // Empty: neither the browser nor the folder says it.
  std::filesystem::path folder;  // Where it is loaded from; empty: the browser keeps it itself.
  std::string off;               // Why it does not run, for people; empty: it is switched on.
};

struct InProfiles {
  std::vector<InProfile> found;
  std::size_t profiles = 0;             // That were looked at.
  std::vector<std::string> unreadable;  // Files, each with what is wrong.
};

// `folders`: Place::profiles. At most limits::kProfiles are looked at.
InProfiles extension_in_profiles(Kind kind, const std::vector<std::filesystem::path>& folders,
                                 const Ids& ids);

// Where a package of the system puts the extension for this browser (docs/adr/0015), if it is
// there.
std::filesystem::path packaged_extension(const Place& place, const Where& where, const Ids& ids);

}  // namespace affiant::browser
