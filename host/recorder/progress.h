// Milestones for `affiant audit`, one JSON line each (docs/protocol.md). Not evidence: a line that
// cannot be written is dropped.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "base/fs.h"
#include "json/json.h"

namespace affiant::recorder {

class Progress {
 public:
  Progress() = default;  // Tells nobody.
  static Result<Progress> open(const std::filesystem::path& file);
  // One write of {"at": at, ...fields}, so that lines of two hosts do not mix.
  void tell(std::string_view at, json::Value fields) const;

 private:
  std::unique_ptr<File> file_;
};

}  // namespace affiant::recorder
