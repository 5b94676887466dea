// Laying out text for a terminal: widths in columns, wrapping, padding. Everything that comes from
// a site goes through safe() first; nothing else here looks at control characters. Pure;
// thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::report {

// What a site said, as one line that is safe for a terminal: breaks become spaces, the rest is
// affiant::printable, cut to `max_bytes`.
std::string safe(std::string_view text, std::size_t max_bytes = 300);

// Columns that a terminal gives to `text` (printable UTF-8): 2 for wide East Asian characters and
// emoji, 0 for combining marks, 1 for the rest. Terminals differ on the newest emoji; tables may
// then be a column off.
std::size_t display_width(std::string_view text);

// Cuts to at most `columns`, with an ellipsis when something was cut.
std::string fit(std::string_view text, std::size_t columns);
// fit(), then filled with spaces to exactly `columns`.
std::string pad(std::string_view text, std::size_t columns);

// `text` as lines of at most `columns` columns. The first line starts with `first`, the others with
// as many spaces. Breaks at spaces; a word longer than a line is broken anywhere. Ends in a newline
// unless `text` is empty.
std::string wrap(std::string_view text, std::size_t columns, std::string_view first = "");

// "3 cookies", "1 cookie"; `plural` only where an s is not enough.
std::string count_of(std::size_t n, std::string_view singular, std::string_view plural = "");

// "log entry 7", "log entries 7, 9 and 3 more": the first dozen; empty of none.
std::string entries_words(const std::vector<std::uint64_t>& entries);

// "30 minutes", "400 days", "2 years": a lifetime in seconds as a person says it, to the nearest
// unit.
std::string lifetime_text(std::int64_t seconds);

// RFC 3339 in UTC with milliseconds, e.g. "2026-09-21T14:13:20.750Z". Out of years 1970 to 9999:
// the nearest there.
std::string rfc3339(std::int64_t unix_ms);
// "2026-09-21 14:13 UTC"
std::string minute_text(std::int64_t unix_ms);

}  // namespace affiant::report
