// Registering affiant-host with the browsers of this machine, and taking that back exactly.
//
// What is about to be written is noted first (install_record.h), so that nothing is left behind
// unknown should the program die in between. uninstall removes only what is noted there and is
// still as it was written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/registry.h"
#include "browser/native_manifest.h"
#include "browser/places.h"

namespace affiant::cli {

struct InstallOptions {
  std::filesystem::path record;  // <config>/native-manifests.json
  std::filesystem::path host;    // affiant-host, absolute. Unused by uninstall.
  browser::Where where;
  std::vector<browser::Place> places;
  Registry* registry = &system_registry();
  bool system = false;  // The machine's folders instead of the user's.
  bool dry_run = false;
};

enum class Step {
  kWritten,
  kUnchanged,
  kRemoved,
  kGone,
  kNotOurs,  // Another program's, or changed since: left as it is.
  kCannot,   // This browser can start no program of ours, or has no such folder.
  kFailed,
};

struct InstallStep {
  std::string browser;         // Empty in uninstall.
  std::filesystem::path file;  // The manifest; in uninstall also a folder, ending in a slash.
  Step step = Step::kFailed;
  std::string detail;              // Why; for a manifest that was replaced, what it said.
  std::vector<std::string> made;   // What else was (would be) made: folders, a script, a key.
  std::vector<std::string> notes;  // What is still to be done, or worth knowing.
};

// One step for each browser that is present. Never touches a file that is not a manifest of ours.
// Idempotent. What fails for one browser leaves nothing of itself behind and stops no other. An
// error only when nothing could be tried; then nothing was changed.
Result<std::vector<InstallStep>> install_manifests(const InstallOptions& options);

// One step for each file, key and folder noted, and for each manifest of ours that is not noted.
Result<std::vector<InstallStep>> uninstall_manifests(const InstallOptions& options);

}  // namespace affiant::cli
