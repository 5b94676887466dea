// The POSIX half of streams.h.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/streams.h"

namespace affiant {

Result<std::optional<std::size_t>> read_some(int fd, char* out, std::size_t size,
                                             std::string_view whom) {
  for (;;) {
    const ssize_t n = ::read(fd, out, size);
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR)
      return fail(Code::kIo, "cannot read from {}: {}", whom, std::strerror(errno));
  }
}

Status write_all(int fd, std::string_view bytes, std::string_view whom) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(n));
    else if (errno != EINTR)
      return fail(errno == ENOSPC || errno == EDQUOT ? Code::kNoSpace : Code::kIo,
                  "cannot write to {}: {}", whom, std::strerror(errno));
  }
  return {};
}

void close_descriptor(int fd) {
  if (fd >= 0) ::close(fd);
}

Result<std::array<int, 2>> make_pipe() {
  std::array<int, 2> ends{};
#ifdef __APPLE__  // Has no pipe2(2). Never compiled so far.
  const bool made = ::pipe(ends.data()) == 0 && ::fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
                    ::fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
#else
  const bool made = ::pipe2(ends.data(), O_CLOEXEC) == 0;
#endif
  if (!made) return fail(Code::kIo, "cannot make a pipe: {}", std::strerror(errno));
  return ends;
}

Result<int> take_stdout() {
  if (::fcntl(kStderr, F_GETFD) < 0 && ::open("/dev/null", O_WRONLY) < 0)
    return fail(Code::kIo, "no standard error: {}", std::strerror(errno));
  const int out = ::fcntl(kStdout, F_DUPFD_CLOEXEC, kStderr + 1);
  if (out < 0) return fail(Code::kIo, "no standard output: {}", std::strerror(errno));
  if (::dup2(kStderr, kStdout) < 0)
    return fail(Code::kIo, "cannot move standard output: {}", std::strerror(errno));
  return out;
}

Status make_stdin_binary() { return {}; }

}  // namespace affiant
