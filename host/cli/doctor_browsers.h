// What keeps a person's own browsers from reaching affiant-host: manifests, programs, packaging,
// policies, profiles in other places.
#pragma once

#include <filesystem>
#include <vector>

#include "browser/places.h"
#include "cli/doctor.h"

namespace affiant::cli {

// One check or more for each browser that is present. Asks each host that a manifest names for its
// version; changes nothing. `proc`: /proc, or a test's own.
std::vector<Check> check_browsers(const std::vector<browser::Place>& places,
                                  const browser::Where& where,
                                  const std::filesystem::path& proc = "/proc");

// Whether our extension is in the browser's profiles, switched on and of this version. Nothing
// where there is no profile to look at. `extension`: the folder of the built extension, for the
// mend.
std::vector<Check> check_extension_in(const browser::Place& place, const browser::Where& where,
                                      const std::filesystem::path& extension);

// Running browsers whose --user-data-dir is not where they look for the person's own manifests.
std::vector<Check> check_running(const std::vector<browser::Place>& places,
                                 const std::filesystem::path& proc);

}  // namespace affiant::cli
