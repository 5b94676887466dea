// Registering affiant-host with the browsers of this machine, and taking that back exactly.
//
// What install writes it also notes in <config>/native-manifests.json (files, and folders it had to
// make), and uninstall removes nothing that is not noted there and still ours.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/native_manifest.h"

namespace affiant::cli {

struct InstallOptions {
  std::filesystem::path record;  // <config>/native-manifests.json
  std::filesystem::path host;    // affiant-host, absolute. Unused by uninstall.
  std::vector<browser::Place> places;
  bool system = false;  // The machine's folders instead of the user's.
  bool dry_run = false;
};

enum class Step { kWritten, kUnchanged, kRemoved, kGone, kNotOurs, kFailed };

struct InstallStep {
  std::string browser;
  std::filesystem::path file;
  Step step = Step::kFailed;
  std::string detail;  // For kNotOurs and kFailed.
};

// One step for each browser that is present. Never touches a file that is not a manifest of ours.
// Idempotent. An error only when nothing could be tried.
Result<std::vector<InstallStep>> install_manifests(const InstallOptions& options);
Result<std::vector<InstallStep>> uninstall_manifests(const InstallOptions& options);

}  // namespace affiant::cli
