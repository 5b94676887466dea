// Whether a person sits at the other end of a stream, and how wide the window is.
#pragma once

#include <optional>

namespace affiant {

bool is_terminal(int fd);

// Of the terminal that standard output is, if it is one that tells.
std::optional<int> terminal_columns();

// Whether standard output or error (kStdout, kStderr) shows colours and moves its cursor when it is
// told to by escape sequences. False where TERM is not set or "dumb"; a
// console of Windows is asked
// to obey them, and those before Windows 10 do not. NO_COLOR is not looked at.
bool sequences_work(int fd);

// While it lives, what is typed is not shown, if standard input is a terminal.
class SilentInput {
 public:
  SilentInput();
  SilentInput(const SilentInput&) = delete;
  SilentInput& operator=(const SilentInput&) = delete;
  ~SilentInput();

 private:
  std::optional<unsigned long> before_;  // The terminal's flags.
};

}  // namespace affiant
