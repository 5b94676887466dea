#include "recorder/serve.h"

#include <poll.h>
#include <spdlog/logger.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <limits>

namespace affiant::recorder {
namespace {

constexpr std::array kEndings = {SIGTERM, SIGINT, SIGHUP};

// Set by the handler, which can run only inside ppoll(2): the signals are blocked elsewhere.
volatile std::sig_atomic_t ending = 0;
sigset_t unblocked;

void take_note(int signal) { ending = signal; }

struct Wake {
  bool input = false;  // From the browser.
  bool view = false;   // From what reads a case for the extension to show.
  bool signal = false;
};

// A descriptor below 0 is not waited for, a time below 0 has no end.
Result<Wake> wait_for(int input_fd, int view_fd, std::int64_t timeout_ms) {
  std::array<pollfd, 2> inputs = {pollfd{input_fd, POLLIN, 0}, pollfd{view_fd, POLLIN, 0}};
  timespec timeout{};
  if (timeout_ms >= 0) {
    timeout.tv_sec = static_cast<std::time_t>(timeout_ms / 1000);
    timeout.tv_nsec = static_cast<long>(timeout_ms % 1000) * 1'000'000;
  }
  const int ready =
      ::ppoll(inputs.data(), inputs.size(), timeout_ms < 0 ? nullptr : &timeout, &unblocked);
  if (ending != 0) return Wake{false, false, true};
  if (ready < 0 && errno != EINTR)
    return fail(Code::kIo, "cannot wait for the browser: {}", std::strerror(errno));
  if (ready <= 0) return Wake{};
  return Wake{inputs[0].revents != 0, inputs[1].revents != 0, false};
}

std::int64_t sooner(std::int64_t a, std::int64_t b) {
  return a < 0 ? b : b < 0 ? a : std::min(a, b);
}

Status handle_frames(wire::FrameReader& reader, Recorder& recorder) {
  for (;;) {
    AFFIANT_TRY(const auto frame, reader.next());
    if (!frame) return {};
    AFFIANT_TRY(wire::ExtensionMessage message, wire::decode_message(*frame));
    AFFIANT_CHECK(recorder.handle(message));
  }
}

// Success: an orderly end.
Status run(int in_fd, Recorder& recorder, spdlog::logger& logger) {
  wire::FrameReader reader(in_fd);
  for (;;) {
    AFFIANT_TRY(const std::int64_t idle_ms, recorder.idle());
    Viewings& viewings = recorder.viewings();
    AFFIANT_TRY(const Wake wake,
                wait_for(in_fd, viewings.output(), sooner(idle_ms, viewings.wait_ms())));
    if (wake.signal) {
      logger.info("signal {}", static_cast<int>(ending));
      return {};
    }
    AFFIANT_CHECK(viewings.pass_on(wake.view));
    if (!wake.input) continue;
    AFFIANT_TRY(const bool more, reader.fill());
    AFFIANT_CHECK(handle_frames(reader, recorder));
    if (!more) {
      logger.info("end of input");
      return {};
    }
  }
}

}  // namespace

Status prepare_signals() {
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

int serve(int in_fd, Recorder& recorder, spdlog::logger& logger) {
  const Status served = run(in_fd, recorder, logger);
  const Status left = recorder.leave();  // Even after an error: what is there must not be lost.
  if (!served) {
    recorder.give_up(served.error());
    return 1;
  }
  if (!left) {
    recorder.give_up(left.error());
    return 1;
  }
  return 0;
}

}  // namespace affiant::recorder
