// What may be wrong with this machine, one check at a time.
#pragma once

#include <string>
#include <vector>

namespace affiant::cli {

enum class Health { kWell, kNote, kIll };  // kNote: worth knowing, nothing is broken.

struct Check {
  Health health = Health::kWell;
  std::string what;    // "the recorder"
  std::string detail;  // What was found.
  std::string mend;    // What to do; empty when well.
};

// The programs, folders and files that every recording needs. Starts affiant-host once and lets it
// go; changes nothing.
std::vector<Check> check_machine();

// The native-messaging manifests of the person's own browsers (`affiant install`).
std::vector<Check> check_installed_manifests();

}  // namespace affiant::cli
