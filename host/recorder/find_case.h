// The case that a host goes on with, or a new one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "evidence/case_log.h"
#include "recorder/case_history.h"
#include "recorder/workplace.h"
#include "wire/message.h"

namespace affiant::recorder {

// A case open for writing, and what was recorded in it before.
struct OpenCase {
  evidence::CaseLog log;
  CaseHistory history;
};

// Opens a case that exists. A host that is just dying may still hold it: tries for wait_ms before
// kConflict. Other errors as CaseLog::open().
Result<OpenCase> open_case(const std::filesystem::path& dir, std::int64_t wait_ms);

// Whether there is a case at `dir`.
bool case_exists(const std::filesystem::path& dir);

// A new case at `dir`, with the identity under place.identity_dir (made when there is none).
Result<OpenCase> create_case(const Workplace& place, const std::filesystem::path& dir,
                             const std::string& host);

// Among the newest visits, the one whose session this browser left open, if there is one that no
// other host holds. Waits for the lock only when the background itself is still the same, so that
// its old host must be dying. Cases that cannot be opened are passed over: nobody needs them now.
std::optional<OpenCase> find_left_open(const Workplace& place, const wire::Hello& hello,
                                       std::int64_t wait_ms);

}  // namespace affiant::recorder
