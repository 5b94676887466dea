#include "report/text_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "base/bytes.h"

namespace affiant::report {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15 East Asian Width W and F, in the blocks that policies and cookie names come in.
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},
    Range{0x25FD, 0x25FE},   Range{0x2614, 0x2615},   Range{0x2648, 0x2653},
    Range{0x26AA, 0x26AB},   Range{0x26BD, 0x26BE},   Range{0x2705, 0x2705},
    Range{0x274C, 0x274C},   Range{0x2753, 0x2755},   Range{0x2795, 0x2797},
    Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},
    Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x16FE0, 0x18DFF},
    Range{0x1B000, 0x1B2FF}, Range{0x1F004, 0x1F004}, Range{0x1F0CF, 0x1F0CF},
    Range{0x1F18E, 0x1F19A}, Range{0x1F200, 0x1F320}, Range{0x1F32D, 0x1F64F},
    Range{0x1F680, 0x1F6FF}, Range{0x1F7E0, 0x1F7EB}, Range{0x1F90C, 0x1FAFF},
    Range{0x20000, 0x3FFFD}};

// Combining marks and variation selectors.
constexpr std::array kZero = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD},  Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A},  Range{0x0E47, 0x0E4E},
    Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF},  Range{0x3099, 0x309A},
    Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xE0100, 0xE01EF}};

template <std::size_t N>
bool in(const std::array<Range, N>& table, char32_t c) {
  const auto it = std::upper_bound(table.begin(), table.end(), c,
                                   [](char32_t x, const Range& r) { return x < r.first; });
  return it != table.begin() && c <= std::prev(it)->last;
}

// Bytes and columns of the character at the start of `text` (not empty). Bytes that are not UTF-8
// count one column each.
std::pair<std::size_t, std::size_t> first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t bytes = 1;
  if (lead >= 0xF0)
    bytes = 4;
  else if (lead >= 0xE0)
    bytes = 3;
  else if (lead >= 0xC0)
    bytes = 2;
  if (bytes == 1 || bytes > text.size()) return {1, 1};
  char32_t c = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i)
    c = c << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  if (in(kZero, c)) return {bytes, 0};
  return {bytes, in(kWide, c) ? 2 : 1};
}

// Longest prefix of at most `columns` columns; at least one character so that a caller makes
// progress.
std::size_t prefix_bytes(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const auto [bytes, width] = first_character(text.substr(at));
    if (used + width > columns && at > 0) break;
    used += width;
    at += bytes;
  }
  return at;
}

using Days = std::chrono::sys_days;
struct Moment {
  int year;
  unsigned month, day;
  std::int64_t hour, minute, second, ms;
};
Moment moment(std::int64_t unix_ms) {
  constexpr std::int64_t kLast = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
  const std::int64_t t = std::clamp<std::int64_t>(unix_ms, 0, kLast);
  const std::int64_t days = t / 86'400'000;
  const std::int64_t rest = t % 86'400'000;
  const std::chrono::year_month_day date{Days{std::chrono::days{static_cast<int>(days)}}};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          rest / 3'600'000,
          rest / 60'000 % 60,
          rest / 1'000 % 60,
          rest % 1'000};
}

}  // namespace

std::string safe(std::string_view text, std::size_t max_bytes) {
  std::string line(text);
  for (char& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return printable(line, max_bytes);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [bytes, columns] = first_character(text.substr(at));
    width += columns;
    at += bytes;
  }
  return width;
}

std::string fit(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns <= 1) return columns == 1 ? "…" : "";
  std::string cut(text.substr(0, prefix_bytes(text, columns - 1)));
  if (display_width(cut) > columns - 1)
    cut.clear();  // A wide character alone was already too much.
  return cut + "…";
}

std::string pad(std::string_view text, std::size_t columns) {
  std::string out = fit(text, columns);
  out.append(columns - display_width(out), ' ');
  return out;
}

std::string wrap(std::string_view text, std::size_t columns, std::string_view first) {
  const std::size_t indent = display_width(first);
  const std::size_t room = columns > indent + 10 ? columns - indent : 10;
  std::string out;
  std::string line;
  const auto flush = [&] {
    out += out.empty() ? std::string(first) : std::string(indent, ' ');
    out += line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t start = text.find_first_not_of(" \n");
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    std::string_view word = text.substr(0, std::min(text.find_first_of(" \n"), text.size()));
    text.remove_prefix(word.size());
    if (!line.empty() && display_width(line) + 1 + display_width(word) > room) flush();
    if (!line.empty()) line += ' ';
    while (display_width(word) > room) {
      const std::size_t bytes = prefix_bytes(word, room);
      line += word.substr(0, bytes);
      word.remove_prefix(bytes);
      flush();
    }
    line += word;
  }
  if (!line.empty()) flush();
  return out;
}

std::string count_of(std::size_t n, std::string_view singular, std::string_view plural) {
  if (n == 1) return fmt::format("1 {}", singular);
  return plural.empty() ? fmt::format("{} {}s", n, singular) : fmt::format("{} {}", n, plural);
}

std::string entries_words(const std::vector<std::uint64_t>& entries) {
  constexpr std::size_t kShown = 12;
  if (entries.empty()) return {};
  std::string out = entries.size() == 1 ? "log entry " : "log entries ";
  for (std::size_t i = 0; i < std::min(entries.size(), kShown); ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(entries[i]);
  if (entries.size() > kShown) out += " and " + std::to_string(entries.size() - kShown) + " more";
  return out;
}

std::string lifetime_text(std::int64_t seconds) {
  constexpr std::int64_t kDay = 86'400;
  constexpr std::int64_t kYear = 365 * kDay;
  if (seconds < 0) return "already over";
  if (seconds > 9'999 * kYear) return "over 9999 years";
  const auto unit = [&](std::int64_t size, std::string_view name) {
    return count_of(static_cast<std::size_t>((seconds + size / 2) / size), name);
  };
  // Declared figures are whole days or years; a set one may miss them by the seconds of its
  // journey.
  if (seconds >= kYear - kDay && (seconds + kDay) % kYear <= 2 * kDay) return unit(kYear, "year");
  if (seconds < 120) return unit(1, "second");
  if (seconds < 120 * 60) return unit(60, "minute");
  if (seconds < 2 * kDay) return unit(3'600, "hour");
  return seconds < 3 * kYear ? unit(kDay, "day") : unit(kYear, "year");
}

std::string rfc3339(std::int64_t unix_ms) {
  const Moment m = moment(unix_ms);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", m.year, m.month, m.day, m.hour,
                     m.minute, m.second, m.ms);
}

std::string minute_text(std::int64_t unix_ms) {
  const Moment m = moment(unix_ms);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", m.year, m.month, m.day, m.hour, m.minute);
}

}  // namespace affiant::report
