#include "recorder/progress.h"

#include <utility>

namespace affiant::recorder {

Result<Progress> Progress::open(const std::filesystem::path& file) {
  Progress progress;
  auto made = system_fs().create(file);
  // Another host of this audit was here before, or is here now.
  if (!made && made.error().code == Code::kConflict) made = system_fs().append(file);
  if (!made) return tl::unexpected<Error>(made.error());
  progress.file_ = std::move(*made);
  return progress;
}

void Progress::tell(std::string_view at, json::Value fields) const {
  if (!file_) return;
  fields["at"] = at;
  const auto line = json::canonical(fields);
  if (!line) return;
  [[maybe_unused]] const Status written = file_->write(*line + "\n");
}

}  // namespace affiant::recorder
