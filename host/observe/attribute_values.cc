#include "observe/attribute_values.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "observe/cookie_date.h"

namespace affiant::observe {
namespace {

using Kind = Attribute::Kind;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string shown(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

// 5.6.1
void expires(Attribute* a, Engine engine, std::int64_t now_ms, Trace* trace) {
  // 1. Let the expiry-time be the result of parsing the attribute-value as cookie-date.
  std::string why;
  const auto date = parse_cookie_date(a->value, engine, trace == nullptr ? nullptr : &why);
  // 2. If it failed to parse, ignore the cookie-av.
  if (!date) {
    a->ignored = true;
    note(trace, "5.6.1 step 2", "ignored", "Expires {} is no date: 5.1.1 {}{}", shown(a->value),
         why,
         engine == Engine::kFirefox
             ? " (Firefox's own reader of dates is more lenient and may yet take it)"
             : "");
    return;
  }
  // 3. and 4. At most the cookie-age-limit from now.
  const std::int64_t limit = now_ms + limits::kCookieMaxAgeSeconds * 1'000;
  a->expiry_ms = std::min(*date, limit);
  if (*date > limit)
    note(trace, "5.6.1 step 4", "set", "Expires {} is more than 400 days away: cut to {}",
         rfc3339(*date), rfc3339(limit));
  else
    // 5. Earlier than the earliest representable date: cannot be, a year is at least 1601. 6.
    // Append.
    note(trace, "5.6.1 step 6", "set", "Expires is {}", rfc3339(*date));
}

// 5.6.2
void max_age(Attribute* a, Engine engine, std::int64_t now_ms, Trace* trace) {
  std::string_view digits = a->value;
  // 1. If the attribute-value is empty, ignore the cookie-av.
  if (digits.empty()) {
    a->ignored = true;
    note(trace, "5.6.2 step 1", "ignored", "Max-Age has no value");
    return;
  }
  // Departs from step 2: Chromium takes a leading "+"; for Firefox whatever starts with "-" is
  // below zero.
  if (engine == Engine::kChromium && digits.front() == '+') digits.remove_prefix(1);
  if (engine == Engine::kFirefox && digits.front() == '-') digits = "-1";
  // 2. If it starts with neither a DIGIT nor a "-" and a DIGIT, ignore it.
  const bool negative = !digits.empty() && digits.front() == '-';
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || !is_digit(digits.front())) {
    a->ignored = true;
    note(trace, "5.6.2 step 2", "ignored", "Max-Age {} does not start with a digit",
         shown(a->value));
    return;
  }
  // 3. If the remainder contains a non-DIGIT character, ignore it.
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
    a->ignored = true;
    note(trace, "5.6.2 step 3", "ignored", "Max-Age {} is not all digits", shown(a->value));
    return;
  }
  // 4. Let delta-seconds be the value as a base 10 integer. 5. and 6. At most the cookie-age-limit.
  std::int64_t delta = 0;
  for (const char c : digits) {
    delta = delta * 10 + (c - '0');
    if (delta > limits::kCookieMaxAgeSeconds) {
      delta = limits::kCookieMaxAgeSeconds + 1;  // Whatever follows, it is over the cap.
      break;
    }
  }
  const bool capped = !negative && delta > limits::kCookieMaxAgeSeconds;
  delta = std::min(delta, limits::kCookieMaxAgeSeconds);
  // 7. Zero or less: the earliest representable date and time; else now plus delta-seconds.
  if (negative || delta == 0) {
    a->expiry_ms = kEarliestMs;
    note(trace, "5.6.2 step 7", "set", "Max-Age {} is not above zero: expired at once",
         shown(a->value));
  } else {
    a->expiry_ms = now_ms + delta * 1'000;
    note(trace, capped ? "5.6.2 step 6" : "5.6.2 step 7", "set", "Max-Age {}{}: expires {}",
         shown(a->value), capped ? " is over 400 days and cut to them" : "", rfc3339(a->expiry_ms));
  }
  // 8. Append.
}

// 5.6.3
void domain(Attribute* a, Trace* trace) {
  // 1. Let cookie-domain be the attribute-value. 2. Without its leading ".", if it has one.
  std::string_view text = a->value;
  if (!text.empty() && text.front() == '.') text.remove_prefix(1);
  // 3. Convert it to lower case. 4. Append.
  a->meaning = lower(text);
  note(trace, "5.6.3 step 4", "set", "Domain is {}", shown(a->meaning));
}

// 5.6.4
void path(Attribute* a, Trace* trace) {
  // 1. Empty or not starting with "/": the default-path, which storing fills in. 2. Append.
  if (a->value.empty() || a->value.front() != '/') {
    note(trace, "5.6.4 step 1", "set", "Path {} does not start with \"/\": the default path",
         shown(a->value));
    return;
  }
  a->meaning = a->value;
  note(trace, "5.6.4 step 2", "set", "Path is {}", shown(a->meaning));
}

// 5.6.7
void same_site(Attribute* a, Trace* trace) {
  // 1. Let enforcement be "Default". 2. to 4. "None", "Strict", "Lax" in any letter case. 5.
  // Append.
  const std::string text = lower(a->value);
  a->meaning = text == "none"     ? "None"
               : text == "strict" ? "Strict"
               : text == "lax"    ? "Lax"
                                  : "Default";
  note(trace, "5.6.7 step 5", "set", "SameSite {} means {}", shown(a->value), a->meaning);
}

}  // namespace

Attribute::Kind attribute_kind(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Kind>, 8> kNames{{
      {"expires", Kind::kExpires},
      {"max-age", Kind::kMaxAge},
      {"domain", Kind::kDomain},
      {"path", Kind::kPath},
      {"secure", Kind::kSecure},
      {"httponly", Kind::kHttpOnly},
      {"samesite", Kind::kSameSite},
      {"partitioned", Kind::kPartitioned},
  }};
  const std::string low = lower(name.substr(0, 12));
  for (const auto& [known, kind] : kNames)
    if (low == known) return kind;
  return Kind::kUnknown;
}

void process_attribute(Attribute* a, Engine engine, std::int64_t now_ms, Trace* trace) {
  a->kind = attribute_kind(a->name);
  switch (a->kind) {
    case Kind::kExpires:
      return expires(a, engine, now_ms, trace);
    case Kind::kMaxAge:
      return max_age(a, engine, now_ms, trace);
    case Kind::kDomain:
      return domain(a, trace);
    case Kind::kPath:
      return path(a, trace);
    case Kind::kSecure:  // 5.6.5: append with an empty value, whatever was said.
      return note(trace, "5.6.5", "set", "Secure");
    case Kind::kHttpOnly:  // 5.6.6
      return note(trace, "5.6.6", "set", "HttpOnly");
    case Kind::kSameSite:
      return same_site(a, trace);
    case Kind::kPartitioned:  // The CHIPS draft, section 2.1; the storage model says who follows
                              // it.
      return note(trace, "CHIPS 2.1", "set", "Partitioned");
    case Kind::kUnknown:
      a->ignored = true;
      if (!a->name.empty() || !a->value.empty())
        note(trace, "5.6 attributes step 7", "ignored", "{} is no attribute that is known",
             shown(a->name));
  }
}

}  // namespace affiant::observe
