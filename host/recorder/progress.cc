#include "recorder/progress.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace affiant::recorder {

Result<Progress> Progress::open(const std::filesystem::path& file) {
  Progress progress;
  progress.fd_ = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (progress.fd_ >= 0) return progress;
  return fail(Code::kIo, "cannot open {}: {}", file.string(), std::strerror(errno));
}

Progress::Progress(Progress&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Progress& Progress::operator=(Progress&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Progress::~Progress() {
  if (fd_ >= 0) ::close(fd_);
}

void Progress::tell(std::string_view at, json::Value fields) const {
  if (fd_ < 0) return;
  fields["at"] = at;
  const auto line = json::canonical(fields);
  if (!line) return;
  const std::string bytes = *line + "\n";
  [[maybe_unused]] const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
}

}  // namespace affiant::recorder
