// The Windows half of wait.h. A browser's pipes are made without overlapping reads, so that nothing
// can wait for two of them: they are looked at in turn.
#include <io.h>

#include <algorithm>
#include <atomic>

#include "base/text_windows.h"
#include "base/wait.h"

namespace affiant {
namespace {

constexpr std::int64_t kLookMs = 5;
constexpr DWORD kTimeToEndMs = 4'000;  // The system ends a program 5 s after it was told.

std::atomic<int> ending = 0;

// In a thread of the system's. After a closed console the program lives until this returns.
BOOL WINAPI take_note(DWORD event) {
  ending.store(static_cast<int>(event) + 1);
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) ::Sleep(kTimeToEndMs);
  return TRUE;
}

Result<bool> is_ready(int fd) {
  if (fd < 0) return false;
  const auto handle = reinterpret_cast<HANDLE>(::_get_osfhandle(fd));
  if (handle == INVALID_HANDLE_VALUE) return fail(Code::kIo, "cannot wait: no such descriptor");
  if (::GetFileType(handle) != FILE_TYPE_PIPE) return true;
  DWORD there = 0;
  if (::PeekNamedPipe(handle, nullptr, 0, nullptr, &there, nullptr) != 0) return there > 0;
  const DWORD error = ::GetLastError();
  if (error == ERROR_BROKEN_PIPE || error == ERROR_PIPE_NOT_CONNECTED) return true;  // Its end.
  return fail(Code::kIo, "cannot wait: {}", windows::words_for(error));
}

}  // namespace

Status take_note_of_endings() {
  if (::SetConsoleCtrlHandler(take_note, TRUE) != 0) return {};
  return fail(Code::kIo, "cannot be told of Ctrl-C: {}", windows::words_for(::GetLastError()));
}

Result<Wake> wait_for_input(int first_fd, int second_fd, std::int64_t timeout_ms) {
  const ULONGLONG begin = ::GetTickCount64();
  for (;;) {
    if (const int told = ending.load(); told != 0) return Wake{false, false, told};
    AFFIANT_TRY(const bool first, is_ready(first_fd));
    AFFIANT_TRY(const bool second, is_ready(second_fd));
    if (first || second) return Wake{first, second, 0};
    const auto passed = static_cast<std::int64_t>(::GetTickCount64() - begin);
    if (timeout_ms >= 0 && passed >= timeout_ms) return Wake{};
    const std::int64_t rest = timeout_ms < 0 ? kLookMs : timeout_ms - passed;
    ::Sleep(static_cast<DWORD>(std::min(rest, kLookMs)));
  }
}

}  // namespace affiant
