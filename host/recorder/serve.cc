#include "recorder/serve.h"

#include <spdlog/logger.h>

#include <algorithm>

#include "base/wait.h"

namespace affiant::recorder {
namespace {

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
                wait_for_input(in_fd, viewings.output(), sooner(idle_ms, viewings.wait_ms())));
    if (wake.ending != 0) {
      logger.info("signal {}", wake.ending);
      return {};
    }
    AFFIANT_CHECK(viewings.pass_on(wake.second));
    if (!wake.first) continue;
    AFFIANT_TRY(const bool more, reader.fill());
    AFFIANT_CHECK(handle_frames(reader, recorder));
    if (!more) {
      logger.info("end of input");
      return {};
    }
  }
}

}  // namespace

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
