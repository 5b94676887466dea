// The loop of affiant-host: waits for input, for deadlines and for signals, and ends the connection
// as docs/protocol.md says.
#pragma once

#include "recorder/recorder.h"
#include "wire/frame.h"

namespace spdlog {
class logger;
}

namespace affiant::recorder {

// Reads frames from in_fd until it ends, a signal comes (base/wait.h) or an error is fatal. Returns
// the exit code: 0 after an orderly end, in which all that was received is committed and signed; 1
// otherwise.
int serve(int in_fd, Recorder& recorder, spdlog::logger& logger);

}  // namespace affiant::recorder
