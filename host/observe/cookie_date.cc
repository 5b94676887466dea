#include "observe/cookie_date.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace affiant::observe {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
bool is_delimiter(char ch) {
  const auto c = static_cast<unsigned char>(ch);
  return c == 0x09 || (c >= 0x20 && c <= 0x2F) || (c >= 0x3B && c <= 0x40) ||
         (c >= 0x5B && c <= 0x60) || (c >= 0x7B && c <= 0x7E);
}

// Takes `least` to `most` digits off the front. False, with nothing taken, when there are fewer, or
// when another digit follows.
bool take_number(std::string_view* rest, std::size_t least, std::size_t most, int* number) {
  std::size_t n = 0;
  int value = 0;
  while (n < rest->size() && is_digit((*rest)[n])) {
    if (n == most) return false;
    value = value * 10 + ((*rest)[n] - '0');
    ++n;
  }
  if (n < least) return false;
  *number = value;
  rest->remove_prefix(n);
  return true;
}

struct Time {
  int hour = 0, minute = 0, second = 0;
};

// time = hms-time [ non-digit *OCTET ]
bool match_time(std::string_view token, Engine engine, Time* time) {
  Time t;
  // Departs from step 2.1: Chromium takes longer fields, and no time that something follows without
  // a space.
  const std::size_t most = engine == Engine::kChromium ? 9 : 2;
  if (!take_number(&token, 1, most, &t.hour) || token.empty() || token.front() != ':') return false;
  token.remove_prefix(1);
  if (!take_number(&token, 1, most, &t.minute) || token.empty() || token.front() != ':')
    return false;
  token.remove_prefix(1);
  if (!take_number(&token, 1, most, &t.second)) return false;
  if (engine == Engine::kChromium && !token.empty()) return false;
  *time = t;
  return true;
}

// month = ( "jan" / "feb" / … / "dec" ) *OCTET, in any letter case.
bool match_month(std::string_view token, int* month) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (token.size() < 3) return false;
  std::array<char, 3> low{};
  for (std::size_t i = 0; i < 3; ++i) {
    const char c = token[i];
    low[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  for (std::size_t m = 0; m < 12; ++m)
    if (kMonths.substr(m * 3, 3) == std::string_view(low.data(), 3)) {
      *month = static_cast<int>(m) + 1;
      return true;
    }
  return false;
}

std::optional<std::int64_t> utc_ms(int year, int month, int day, Time time) {
  namespace c = std::chrono;
  const c::year_month_day date{c::year(year), c::month(static_cast<unsigned>(month)),
                               c::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = c::sys_days(date).time_since_epoch().count();
  return (days * 86'400 + time.hour * 3'600 + time.minute * 60 + time.second) * 1'000;
}

void say(std::string* why, std::string text) {
  if (why != nullptr) *why = std::move(text);
}

}  // namespace

std::optional<std::int64_t> parse_cookie_date(std::string_view text, Engine engine,
                                              std::string* why) {
  bool found_time = false;
  bool found_day = false;
  bool found_month = false;
  bool found_year = false;
  Time time;
  int day = 0;
  int month = 0;
  int year = 0;
  // Departs from steps 2.2 and 2.4: in Chromium days and years are digits alone, and one digit
  // makes a year.
  const bool bare = engine == Engine::kChromium;
  // 1. Divide the cookie-date into date-tokens.
  std::size_t at = 0;
  while (at < text.size()) {
    if (is_delimiter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_delimiter(text[end])) ++end;
    const std::string_view token = text.substr(at, end - at);
    at = end;
    // 2. Process each date-token in the order they appear.
    std::string_view rest = token;
    int number = 0;
    // 2.1 The first token that is a time.
    if (!found_time && match_time(token, engine, &time)) {
      found_time = true;
      continue;
    }
    // 2.2 The first that is a day of the month: 1*2DIGIT [ non-digit *OCTET ].
    if (!found_day && take_number(&rest, 1, 2, &number) && (!bare || rest.empty())) {
      found_day = true;
      day = number;
      continue;
    }
    // 2.3 The first that is a month.
    if (!found_month && match_month(token, &month)) {
      found_month = true;
      continue;
    }
    // 2.4 The first that is a year: 2*4DIGIT [ non-digit *OCTET ].
    rest = token;
    if (!found_year && take_number(&rest, bare ? 1 : 2, 4, &number) && (!bare || rest.empty())) {
      found_year = true;
      year = number;
    }
  }
  // 3. and 4. Two-digit years.
  if (found_year && year >= 70 && year <= 99) year += 1'900;
  if (found_year && year >= 0 && year <= 69) year += 2'000;
  // 5. Abort if a part is missing or out of range.
  if (!found_day || !found_month || !found_year || !found_time) {
    say(why, fmt::format("step 5: it names no {}", !found_time    ? "time (hh:mm:ss)"
                                                   : !found_day   ? "day of the month"
                                                   : !found_month ? "month"
                                                                  : "year"));
    return std::nullopt;
  }
  if (engine == Engine::kChromium && year < 1601)
    return kEarliestMs;  // Departs from step 5: Chromium takes it for a date long past.
  if (day < 1 || day > 31 || year < 1601 || time.hour > 23 || time.minute > 59 ||
      time.second > 59) {
    say(why, fmt::format("step 5: day {}, year {}, time {:02}:{:02}:{:02} is out of range", day,
                         year, time.hour, time.minute, time.second));
    return std::nullopt;
  }
  // 6. The date with those parts, in UTC; if no such date exists, fail. 7. Return it.
  const auto date = utc_ms(year, month, day, time);
  if (!date)
    say(why, fmt::format("step 6: there is no day {} in month {} of {}", day, month, year));
  return date;
}

std::string rfc3339(std::int64_t time_ms) {
  namespace c = std::chrono;
  std::int64_t seconds = time_ms / 1'000;
  if (time_ms % 1'000 < 0) --seconds;
  std::int64_t days = seconds / 86'400;
  if (seconds % 86'400 < 0) --days;
  const c::year_month_day date{c::sys_days(c::days(days))};
  const std::int64_t rest = seconds - days * 86'400;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     rest / 3'600, rest / 60 % 60, rest % 60);
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  int part[6] = {};
  constexpr std::string_view kAfter = "--T::";
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t width = i == 0 ? 4 : 2;
    if (!take_number(&text, width, width, &part[i])) return std::nullopt;
    if (i == 5) break;
    const bool separator =
        !text.empty() &&
        (text.front() == kAfter[i] || (i == 2 && (text.front() == 't' || text.front() == ' ')));
    if (!separator) return std::nullopt;
    text.remove_prefix(1);
  }
  if (part[3] > 23 || part[4] > 59 || part[5] > 59) return std::nullopt;
  std::int64_t ms = 0;
  if (!text.empty() && text.front() == '.') {
    std::int64_t scale = 100;
    std::size_t n = 1;
    for (; n < text.size() && is_digit(text[n]); ++n, scale /= 10) ms += (text[n] - '0') * scale;
    if (n == 1) return std::nullopt;
    text.remove_prefix(n);
  }
  std::int64_t offset_minutes = 0;
  if (text.size() == 6 && (text.front() == '+' || text.front() == '-') && text[3] == ':') {
    const bool east = text.front() == '+';
    int hours = 0;
    int minutes = 0;
    text.remove_prefix(1);
    if (!take_number(&text, 2, 2, &hours)) return std::nullopt;
    text.remove_prefix(1);
    if (!take_number(&text, 2, 2, &minutes) || hours > 23 || minutes > 59) return std::nullopt;
    offset_minutes = (east ? 1 : -1) * (hours * 60 + minutes);
  } else if (text == "Z" || text == "z") {
    text = {};
  } else {
    return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  const auto date = utc_ms(part[0], part[1], part[2], {part[3], part[4], part[5]});
  if (!date) return std::nullopt;
  return *date + ms - offset_minutes * 60'000;
}

}  // namespace affiant::observe
