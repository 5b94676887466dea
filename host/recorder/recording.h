// One session of one case while this host writes it. Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "evidence/case_log.h"
#include "recorder/case_history.h"
#include "recorder/event_writer.h"
#include "wire/message.h"

namespace affiant::recorder {

// The browser profile of a session, as docs/protocol.md "session.open" tells it.
struct Profile {
  std::int64_t number = 1;
  bool cleared = false;
};

class Recording {
 public:
  // A new session: writes session.open and signs, so that it is durable when this returns.
  // `host`: of open.url.
  static Result<Recording> begin(evidence::CaseLog log, std::uint64_t session,
                                 const wire::Hello& hello, const wire::Open& open,
                                 const std::string& host, const Profile& profile, Clock& clock);
  // A session found open. Nothing is written until resume() or close().
  Recording(evidence::CaseLog log, const SessionState& state, Clock& clock);

  // Someone goes on with a session found open: writes session.resume. Does nothing the second time.
  Status resume(const wire::Hello& hello);

  // Called with each event that was written as what it claims to be.
  using OnEvent = std::function<void(wire::Event&)>;
  // Called with the reason for each that was refused.
  using OnRefused = std::function<void(const std::string&)>;
  Status add(wire::Events& batch, const OnEvent& on_event, const OnRefused& on_refused);

  // The greatest q on disk, when it has grown since the last call or when something came twice.
  std::optional<std::uint64_t> take_acknowledgement();
  // Commits, signs and ticks when one of them is due. Returns ms until it must be called again.
  Result<std::int64_t> idle();
  // Commits and signs now; the session stays open.
  Status leave();
  // Writes session.close and signs. `by`: "extension" or "host".
  Status close(std::string_view reason, const std::optional<std::string>& detail,
               std::string_view by);

  evidence::CaseLog& log() { return log_; }
  const evidence::CaseLog& log() const { return log_; }
  evidence::CaseLog release() { return std::move(log_); }
  const EventWriter& writer() const { return writer_; }
  bool offered() const { return offered_.has_value(); }  // Found open, and not yet gone on with.

 private:
  Recording(evidence::CaseLog log, EventWriter writer, Clock& clock);

  evidence::CaseLog log_;
  EventWriter writer_;
  Clock* clock_;
  std::optional<SessionState> offered_;
  // Leaf index and q of what was appended but not acknowledged, oldest first.
  std::deque<std::pair<std::uint64_t, std::uint64_t>> pending_;
  std::uint64_t durable_q_ = 0;
  bool repeat_ = false;  // Something came twice: its acknowledgement may have been lost.
  std::int64_t next_tick_ns_ = 0;
};

}  // namespace affiant::recorder
