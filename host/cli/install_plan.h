// What `affiant install` is to do for one browser: decided before anything is written, so that
// --dry-run can say the same and what is written can be noted first.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/install.h"
#include "cli/install_record.h"

namespace affiant::cli {

struct PlannedFile {
  std::filesystem::path path;
  std::string bytes;
  bool program = false;  // 0755 instead of 0644.
};

struct InstallPlan {
  InstallStep step;                            // Its kind is final unless it is kWritten.
  std::vector<std::filesystem::path> folders;  // To be made, outermost first.
  std::vector<PlannedFile> files;              // In the order in which they must appear.
  std::string key, value;                      // Windows.
};

// `record`: what is noted already. Reads, writes nothing.
InstallPlan plan_install(const browser::Place& place, const InstallOptions& options,
                         const InstallRecord& record);

// The folders that are missing on the way to `folder`, outermost first.
std::vector<std::filesystem::path> missing_folders(const std::filesystem::path& folder);

}  // namespace affiant::cli
