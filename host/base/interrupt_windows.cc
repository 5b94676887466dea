// The Windows half of interrupt.h.
#include <atomic>

#include "base/interrupt.h"
#include "base/system_windows.h"

namespace affiant {
namespace {

constexpr DWORD kTimeToEndMs = 4'000;  // The system ends a program 5 s after its console.

std::atomic<bool> caught = false;
int living = 0;

// In a thread of the system's. After a closed console the program lives until this returns.
BOOL WINAPI remember(DWORD event) {
  caught.store(true);
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) ::Sleep(kTimeToEndMs);
  return TRUE;
}

}  // namespace

CatchInterrupts::CatchInterrupts() {
  if (living++ > 0) return;
  caught.store(false);
  ::SetConsoleCtrlHandler(remember, TRUE);
}

CatchInterrupts::~CatchInterrupts() {
  if (--living == 0) ::SetConsoleCtrlHandler(remember, FALSE);
}

bool interrupted() { return caught.load(); }

}  // namespace affiant
