// The native messaging host: what a browser starts when the extension asks for "app.affiant.host".
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/confine.h"
#include "base/paths.h"
#include "base/streams.h"
#include "base/terminal.h"
#include "base/wait.h"
#include "bin/extension_ids.h"
#include "recorder/caller.h"
#include "recorder/recorder.h"
#include "recorder/serve.h"
#include "wire/frame.h"

namespace {

using namespace affiant;

constexpr int kUsageExit = 2;
constexpr int kErrorExit = 1;

constexpr std::string_view kExplanation =
    R"(affiant-host writes what the Affiant extension sees into a signed log. A browser
starts it and speaks to it on standard input; there is nothing to do by hand.

  affiant install    tells the browsers of this machine where it is
  affiant doctor     says whether browser, extension and host work together
  affiant audit URL  records a site in a fresh browser profile
)";

// Standard output belongs to the frame writer alone.
Result<int> take_streams() {
  AFFIANT_CHECK(make_stdin_binary());
  return take_stdout();
}

struct Prepared {
  recorder::Workplace place;
  recorder::Progress progress;
};

Result<Prepared> prepare(const recorder::Caller& caller) {
  AFFIANT_CHECK(take_note_of_endings());
  AFFIANT_TRY(recorder::Workplace place, recorder::find_workplace(process_environment));
  recorder::Progress progress;
  if (!place.progress_file.empty()) {
    AFFIANT_TRY(progress, recorder::Progress::open(place.progress_file));
  }
  const Status allowed =
      recorder::check_caller(caller, built_in_extension_ids(), place.extension_ids);
  if (!allowed) {
    progress.tell(
        "error", {{"code", code_name(allowed.error().code)}, {"message", allowed.error().message}});
    return tl::unexpected<Error>(allowed.error());
  }
  return Prepared{std::move(place), std::move(progress)};
}

int record(const recorder::Caller& caller) {
  const auto out = take_streams();
  if (!out) {
    fmt::print(stderr, "affiant-host: {}\n", out.error().to_string());
    return kErrorExit;
  }
  wire::FrameWriter writer(*out);
  const auto send = [&writer](const wire::HostMessage& message) -> Status {
    AFFIANT_TRY(const std::string bytes, wire::encode_message(message));
    return writer.write(bytes);
  };
  spdlog::logger logger("affiant-host", std::make_shared<spdlog::sinks::stderr_sink_st>());
  // Recording goes on without it: an old kernel must not cost the evidence. `affiant doctor` tells.
  if (const Status given_up = give_up_network_and_privileges(); !given_up)
    logger.warn("not confined: {}", given_up.error().to_string());
  auto prepared = prepare(caller);
  if (!prepared) {
    const Error& error = prepared.error();
    logger.error("{}", error.to_string());
    [[maybe_unused]] const Status sent = send(wire::ErrorMessage{error.code, error.message, true});
    return kErrorExit;
  }
  logger.info("affiant-host {} for {} in {}", AFFIANT_VERSION, caller.extension_id, caller.browser);
  recorder::Surroundings around{std::move(prepared->place),
                                caller.browser,
                                prepared->progress,
                                system_clock(),
                                system_random(),
                                logger};
  around.reader = recorder::reader_beside_host();
  recorder::Recorder recorder(std::move(around), send);
  return recorder::serve(kStdin, recorder, logger);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    [[maybe_unused]] const Status closed = close_inherited_descriptors();  // At worst they stay.
    const std::vector<std::string> arguments = program_arguments(argc, argv);
    if (arguments.size() == 1 && arguments[0] == "--version") {
      fmt::print("affiant-host {}\n", AFFIANT_VERSION);
      return 0;
    }
    if (arguments.size() == 1 && (arguments[0] == "--help" || arguments[0] == "-h")) {
      fmt::print("{}", kExplanation);
      return 0;
    }
    const auto caller = recorder::identify_caller(arguments);
    if (!caller || is_terminal(kStdin)) {
      fmt::print(stderr, "{}", kExplanation);
      return kUsageExit;
    }
    return record(*caller);
  } catch (const std::exception& error) {  // Memory may run out.
    std::fprintf(stderr, "affiant-host: internal: %s\n", error.what());
    return kErrorExit;
  }
}
