// Descriptors: pipes, and the three streams that every program has. On Windows they are those of
// its C library and stand in binary mode, since a line end that is translated tears a frame.
//
// `whom` is for messages: "cannot read from the browser: Bad file descriptor".
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace affiant {

inline constexpr int kStdin = 0;
inline constexpr int kStdout = 1;
inline constexpr int kStderr = 2;

// One read(2), up to `size` bytes: how many came, 0 at the end. Blocks unless there is something,
// and is nothing where the descriptor does not block and there is not.
Result<std::optional<std::size_t>> read_some(int fd, char* out, std::size_t size,
                                             std::string_view whom);
// All of `bytes`, blocking. kNoSpace, kIo; a reader that has gone is kIo where SIGPIPE is ignored
// (wait.h).
Status write_all(int fd, std::string_view bytes, std::string_view whom);
void close_descriptor(int fd);  // None is below 0.

// What to read from and what to write to; nothing that is started inherits them.
Result<std::array<int, 2>> make_pipe();

// Standard output as a descriptor of the caller's own, which nothing that is started inherits.
// Whatever a library might print goes to standard error from now on. Call it once, before anything
// is printed.
Result<int> take_stdout();

// Call it before anything is read. Only Windows has another mode.
Status make_stdin_binary();

}  // namespace affiant
