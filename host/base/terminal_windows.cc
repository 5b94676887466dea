// The Windows half of terminal.h.
#include <io.h>

#include "base/streams.h"
#include "base/system_windows.h"
#include "base/terminal.h"

namespace affiant {
namespace {

HANDLE handle_of(int fd) {
  return ::GetStdHandle(fd == kStdin    ? STD_INPUT_HANDLE
                        : fd == kStdout ? STD_OUTPUT_HANDLE
                                        : STD_ERROR_HANDLE);
}

}  // namespace

// _isatty() is true of every device, NUL and printers among them.
bool is_terminal(int fd) {
  DWORD mode = 0;
  return ::_isatty(fd) != 0 && ::GetConsoleMode(handle_of(fd), &mode) != 0;
}

std::optional<int> terminal_columns() {
  CONSOLE_SCREEN_BUFFER_INFO info{};
  if (::GetConsoleScreenBufferInfo(handle_of(kStdout), &info) == 0) return std::nullopt;
  const int columns = info.srWindow.Right - info.srWindow.Left + 1;
  if (columns <= 0) return std::nullopt;
  return columns;
}

bool sequences_work(int fd) {
  DWORD mode = 0;
  const HANDLE console = handle_of(fd);
  return is_terminal(fd) && ::GetConsoleMode(console, &mode) != 0 &&
         ::SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

SilentInput::SilentInput() {
  DWORD mode = 0;
  if (!is_terminal(kStdin) || ::GetConsoleMode(handle_of(kStdin), &mode) == 0) return;
  before_ = mode;
  ::SetConsoleMode(handle_of(kStdin), mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
}

SilentInput::~SilentInput() {
  if (before_) ::SetConsoleMode(handle_of(kStdin), static_cast<DWORD>(*before_));
}

}  // namespace affiant
