// Completeness: are all sequence numbers there that a sender used, and did each session end as it
// should? Reads the bodies of the few kinds that the host writes about the recording itself, and
// of `gap`; all others stay opaque.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "evidence/entry.h"
#include "evidence/verify.h"

namespace affiant::evidence {

class SessionBook {
 public:
  // kMalformed when the body of one of the kinds above is not as docs/protocol.md has it.
  Status add(const Entry& entry);
  // Fills sessions, gaps, notes and `complete` of the verdict (whose `sealed` must be set).
  void report(Verdict& verdict, bool case_key_present) const;

 private:
  struct Session {
    SessionCount count;
    bool closed_by_extension = false;
    std::uint64_t covered = 0;    // Every sequence number up to here is there or in a gap.
    std::uint64_t uncovered = 0;  // Numbers that are neither.
    std::uint64_t repeated = 0;
    std::int64_t last_mono_ns = -1;
    std::int64_t silence_ns = 0;  // Longest time without even a tick.
    std::string close_mismatch;
  };
  void number(Session& session, std::uint64_t seq);
  void pass_time(Session& session, const EntryHead& head);

  std::map<std::uint64_t, Session> sessions_;
};

}  // namespace affiant::evidence
