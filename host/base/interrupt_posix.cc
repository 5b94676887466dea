// The POSIX half of interrupt.h.
#include <signal.h>

#include <array>
#include <atomic>

#include "base/interrupt.h"

namespace affiant {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
std::atomic<bool> caught = false;
static_assert(std::atomic<bool>::is_always_lock_free);
std::array<struct sigaction, kSignals.size() + 1> before;
int living = 0;

void remember(int) { caught.store(true); }

}  // namespace

CatchInterrupts::CatchInterrupts() {
  if (living++ > 0) return;
  caught.store(false);
  struct sigaction action {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before[i]);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, &before.back());
}

CatchInterrupts::~CatchInterrupts() {
  if (--living > 0) return;
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
  sigaction(SIGPIPE, &before.back(), nullptr);
}

bool interrupted() { return caught.load(); }

}  // namespace affiant
