// Events of one session into the log: validated, split, numbered without holes.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "evidence/case_log.h"
#include "observe/vocabulary.h"
#include "wire/message.h"

namespace affiant::recorder {

// Appends an entry that the host itself writes (q = 0), checked against the vocabulary.
Status append_own(evidence::CaseLog& log, std::string_view kind, std::uint64_t session,
                  std::int64_t time_ms, const json::Value& body);

class EventWriter {
 public:
  EventWriter(std::uint64_t session, std::uint64_t last_q, std::uint64_t received)
      : session_(session), last_q_(last_q), received_(received) {}

  enum class Outcome {
    kWritten,
    kDuplicate,  // Already in the log: dropped.
    kRefused,    // Not as docs/protocol.md has it: a recorder.note says so under the same q.
  };
  // `first`: the event leads its batch, and may be a gap. kProtocol when its q leaves a hole that
  // it does not name; errors of the log as they are. A body that is too large is cut first.
  // The body of `event` may be changed to what was written.
  Result<Outcome> add(evidence::CaseLog& log, wire::Event& event, bool first);

  std::uint64_t session() const { return session_; }
  std::uint64_t last_q() const { return last_q_; }
  std::uint64_t received() const { return received_; }
  const std::string& refusal() const { return refusal_; }  // Why, after kRefused.

 private:
  Status check_number(wire::Event& event, bool first) const;
  Result<bool> add_quickly(evidence::CaseLog& log, const wire::Event& event,
                           const observe::Kind* kind);
  Result<Outcome> add_slowly(evidence::CaseLog& log, wire::Event& event, const observe::Kind* kind);
  void count(const wire::Event& event);
  Status append(evidence::CaseLog& log, const wire::Event& event, std::string_view kind,
                std::string_view bytes, std::vector<evidence::Disclosure> disclosures);
  Status append_refusal(evidence::CaseLog& log, const wire::Event& event, const Error& why);

  std::uint64_t session_;
  std::uint64_t last_q_;
  std::uint64_t received_;
  std::string refusal_;
};

}  // namespace affiant::recorder
