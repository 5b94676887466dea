// The Windows half of streams.h.
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/streams.h"
#include "base/system_windows.h"

namespace affiant {
namespace {

constexpr std::size_t kPiece = 1U << 30U;  // The C library counts in 32 bits.
constexpr unsigned kPipeBytes = 64U << 10U;

}  // namespace

Result<std::optional<std::size_t>> read_some(int fd, char* out, std::size_t size,
                                             std::string_view whom) {
  const int n = ::_read(fd, out, static_cast<unsigned>(std::min(size, kPiece)));
  if (n >= 0) return static_cast<std::size_t>(n);
  if (errno == EPIPE) return std::size_t{0};  // The writer has gone: the end.
  return fail(Code::kIo, "cannot read from {}: {}", whom, std::strerror(errno));
}

Status write_all(int fd, std::string_view bytes, std::string_view whom) {
  while (!bytes.empty()) {
    const int n = ::_write(fd, bytes.data(), static_cast<unsigned>(std::min(bytes.size(), kPiece)));
    if (n <= 0)
      return fail(errno == ENOSPC ? Code::kNoSpace : Code::kIo, "cannot write to {}: {}", whom,
                  std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

void close_descriptor(int fd) {
  if (fd >= 0) ::_close(fd);
}

Result<std::array<int, 2>> make_pipe() {
  std::array<int, 2> ends{};
  if (::_pipe(ends.data(), kPipeBytes, _O_BINARY | _O_NOINHERIT) != 0)
    return fail(Code::kIo, "cannot make a pipe: {}", std::strerror(errno));
  return ends;
}

Result<int> take_stdout() {
  // A program without a console has no standard error; the C library then knows it as -2.
  if (::_get_osfhandle(kStderr) < 0) {
    const int nowhere = ::_open("NUL", _O_WRONLY | _O_BINARY);
    if (nowhere < 0 || (nowhere != kStderr && ::_dup2(nowhere, kStderr) != 0))
      return fail(Code::kIo, "no standard error: {}", std::strerror(errno));
  }
  const int copy = ::_dup(kStdout);
  if (copy < 0 || ::_setmode(copy, _O_BINARY) < 0)
    return fail(Code::kIo, "no standard output: {}", std::strerror(errno));
  ::SetHandleInformation(reinterpret_cast<HANDLE>(::_get_osfhandle(copy)), HANDLE_FLAG_INHERIT, 0);
  if (::_dup2(kStderr, kStdout) != 0)
    return fail(Code::kIo, "cannot move standard output: {}", std::strerror(errno));
  return copy;
}

Status make_stdin_binary() {
  if (::_setmode(kStdin, _O_BINARY) < 0)
    return fail(Code::kIo, "no standard input: {}", std::strerror(errno));
  return {};
}

}  // namespace affiant
