// The cookie-date of RFC 6265bis section 5.1.1, which is no HTTP date: tokens in any order, the
// first of each kind counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "observe/engine.h"

namespace affiant::observe {

// UTC ms, or nothing when the text is no date; then `why` (if given) says which step failed.
// Chromium departs from the standard as it was measured to. Firefox reads dates with an older and
// more lenient reader of its own, which is not transcribed: here it has the standard's.
std::optional<std::int64_t> parse_cookie_date(std::string_view text, Engine engine,
                                              std::string* why = nullptr);

// Far enough in the past for any clock: "the earliest representable date and time" (section 5.6.2
// step 7).
inline constexpr std::int64_t kEarliestMs = -62'135'596'800'000;

// "2026-11-23T22:18:19Z", for any year from 1601 to 9999. Rounds down to the second.
std::string rfc3339(std::int64_t time_ms);
// The reverse, strict: "2026-11-23T22:18:19Z", with optional fraction (cut to ms) and "+02:00"
// offsets (RFC 3339 section 5.6).
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace affiant::observe
