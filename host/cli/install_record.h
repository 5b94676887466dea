// What `affiant install` wrote on this machine, so that `affiant uninstall` takes back that and
// nothing else: <config>/native-manifests.json.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::cli {

struct InstallRecord {
  std::map<std::string, std::string> files;  // Path to SHA-256 of what was written, in hex. Empty:
                                             // noted by a version that kept none.
  std::vector<std::string> folders;          // Made for them, outermost first.
  std::map<std::string, std::string> keys;   // Windows: registry key to the value it was given.

  bool empty() const { return files.empty() && folders.empty() && keys.empty(); }
};

// An absent file is an empty record. kMalformed, with what to do, when it is not one.
Result<InstallRecord> read_install_record(const std::filesystem::path& file);

// Durable. The folder must be there. An empty record is no file.
Status write_install_record(const std::filesystem::path& file, const InstallRecord& record);

}  // namespace affiant::cli
