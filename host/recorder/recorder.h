// One connection: messages of docs/protocol.md in, entries and acknowledgements out.
//
// hello → welcome → (open → opened → events/ack … → close → closed)*, and at any time after the
// welcome summary → summary, report → report.part*. Not thread-safe: one loop (serve.h) hands in
// the messages and calls idle() in time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "recorder/find_case.h"
#include "recorder/progress.h"
#include "recorder/recording.h"
#include "recorder/viewings.h"
#include "recorder/workplace.h"
#include "wire/message.h"

namespace spdlog {
class logger;
}

namespace affiant::recorder {

// What a recorder stands on. The references must outlive it.
struct Surroundings {
  Workplace place;
  std::string caller_browser;  // "chromium", "firefox", or empty when it is not known.
  Progress& progress;
  Clock& clock;
  Random& random;
  spdlog::logger& logger;                // Never told what a page said or where it was.
  std::int64_t conflict_wait_ms = 3000;  // For a host that is just dying.
  std::filesystem::path reader;          // The program that reads cases (viewings.h).
};

class Recorder {
 public:
  // Sends one message to the extension. An error ends the connection.
  using Send = std::function<Status(const wire::HostMessage&)>;

  Recorder(Surroundings around, Send send);
  ~Recorder();

  // Answers the message. An error is fatal: the caller passes it to give_up() and stops.
  Status handle(wire::ExtensionMessage& message);
  // Does what time demands and sends the acknowledgement that is due; also to be called after each
  // handful of messages. Returns ms until it must be called again, or -1.
  Result<std::int64_t> idle();
  // What is being read for the extension to show: wait for its output(), then pass_on().
  Viewings& viewings() { return viewings_; }
  // The connection ends (end of input, SIGTERM): commits and signs; the case stays open.
  Status leave();
  // Tells the extension, the audit and the log of a fatal error. Never fails.
  void give_up(const Error& error);

 private:
  Status on_hello(const wire::Hello& hello);
  Status on_open(const wire::Open& open);
  Status on_events(wire::Events& batch);
  Status on_close(const wire::Close& close);
  Status on_show(const wire::Show& show);

  Status check_open(const wire::Open& open) const;
  Result<OpenCase> case_for(const std::string& host);
  Result<std::filesystem::path> case_named(const std::string& name) const;
  Status end_offered();
  Status send_acknowledgement();
  void tell_event(wire::Event& event);
  void tell_count(bool now);
  std::string case_name() const;

  Surroundings around_;
  Send send_;
  Viewings viewings_;
  std::optional<wire::Hello> hello_;
  std::optional<OpenCase> waiting_;  // Audit: held from hello on, with no session in it yet.
  std::optional<Recording> recording_;
  std::int64_t counted_at_ns_ = 0;
  bool count_due_ = false;
};

}  // namespace affiant::recorder
