// What a case says about the sessions recorded in it: where a new host has to go on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"

namespace affiant::recorder {

struct SessionState {
  std::uint64_t id = 0;
  std::string boot;            // Of the background that opened it or last went on with it.
  std::string browser;         // "chromium" or "firefox".
  std::uint64_t last_q = 0;    // All up to it are in the log, or in a gap that is.
  std::uint64_t received = 0;  // Entries with a q.
  std::int64_t last_ms = 0;    // Time of the last entry, UTC ms.
  bool closed = false;
};

struct CaseHistory {
  std::uint64_t last_session = 0;    // 0: none yet.
  std::optional<SessionState> last;  // The session of that number.
};

// Reads the log's lines without verifying them (CaseLog::open() does that). kMalformed, kIo.
Result<CaseHistory> read_history(const std::filesystem::path& case_dir);

}  // namespace affiant::recorder
