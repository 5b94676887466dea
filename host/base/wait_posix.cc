// The POSIX half of wait.h.
#include <poll.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include "base/wait.h"

namespace affiant {
namespace {

constexpr std::array kEndings = {SIGTERM, SIGINT, SIGHUP};

// Set by the handler, which can run only inside ppoll(2): the signals are blocked elsewhere.
volatile std::sig_atomic_t ending = 0;
sigset_t unblocked;

void take_note(int signal) { ending = signal; }

}  // namespace

Status take_note_of_endings() {
  sigset_t endings;
  sigemptyset(&endings);
  for (const int signal : kEndings) sigaddset(&endings, signal);
  struct sigaction action {};
  action.sa_handler = take_note;
  bool good = ::sigprocmask(SIG_BLOCK, &endings, &unblocked) == 0;
  for (const int signal : kEndings) {
    sigdelset(&unblocked, signal);  // A parent may have had it blocked.
    good = good && ::sigaction(signal, &action, nullptr) == 0;
  }
  action.sa_handler = SIG_IGN;
  good = good && ::sigaction(SIGPIPE, &action, nullptr) == 0;
  if (good) return {};
  return fail(Code::kIo, "cannot set up signals: {}", std::strerror(errno));
}

Result<Wake> wait_for_input(int first_fd, int second_fd, std::int64_t timeout_ms) {
  std::array<pollfd, 2> inputs = {pollfd{first_fd, POLLIN, 0}, pollfd{second_fd, POLLIN, 0}};
  timespec timeout{};
  if (timeout_ms >= 0) {
    timeout.tv_sec = static_cast<std::time_t>(timeout_ms / 1000);
    timeout.tv_nsec = static_cast<long>(timeout_ms % 1000) * 1'000'000;
  }
  const int ready =
      ::ppoll(inputs.data(), inputs.size(), timeout_ms < 0 ? nullptr : &timeout, &unblocked);
  if (ending != 0) return Wake{false, false, static_cast<int>(ending)};
  if (ready < 0 && errno != EINTR) return fail(Code::kIo, "cannot wait: {}", std::strerror(errno));
  if (ready <= 0) return Wake{};
  return Wake{inputs[0].revents != 0, inputs[1].revents != 0, 0};
}

}  // namespace affiant
