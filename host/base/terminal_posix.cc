// The POSIX half of terminal.h.
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "base/terminal.h"

namespace affiant {

bool is_terminal(int fd) { return ::isatty(fd) != 0; }

std::optional<int> terminal_columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

bool sequences_work(int fd) {
  const char* term = std::getenv("TERM");
  return is_terminal(fd) && term != nullptr && std::string_view(term) != "dumb";
}

SilentInput::SilentInput() {
  termios now{};
  if (!is_terminal(STDIN_FILENO) || ::tcgetattr(STDIN_FILENO, &now) != 0) return;
  before_ = now.c_lflag;
  now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
}

SilentInput::~SilentInput() {
  termios now{};
  if (!before_ || ::tcgetattr(STDIN_FILENO, &now) != 0) return;
  now.c_lflag = static_cast<tcflag_t>(*before_);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &now);
}

}  // namespace affiant
