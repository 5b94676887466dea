#include "report/engines_lifetime.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace affiant::report {
namespace {

// A lifetime that is beyond any that a browser keeps: keeps sums of hostile ones from overflowing.
constexpr std::int64_t kLongest_s = 1'000'000'000'000;
// Rounding (5 s) and the time between a setting and the report of it (up to 10 s,
// docs/life-of-a-cookie.md).
constexpr std::int64_t kSlack_s = 15;

struct Expiry {
  std::int64_t earliest, latest;
};
std::optional<Expiry> expiry_of(const observe::CookieStory& story, std::int64_t lifetime_s,
                                const SettingTimes& times) {
  std::optional<Expiry> out;
  for (const observe::Leaf leaf : story.entries) {
    const auto it = times.find(leaf);
    if (it == times.end()) continue;
    const std::int64_t at = std::clamp(it->second, -kLongest_s, kLongest_s) + lifetime_s;
    if (!out) out = Expiry{at, at};
    out->earliest = std::min(out->earliest, at);
    out->latest = std::max(out->latest, at);
  }
  return out;
}

}  // namespace

SettingTimes setting_times(const Report& report) {
  SettingTimes out;
  for (const observe::CookieAttempt& a : report.facts.seen.attempts)
    out[a.entry] = a.place.time_ms / 1'000;
  for (const observe::JarCookie& c : report.facts.seen.changes) out[c.entry] = c.time_ms / 1'000;
  return out;
}

bool lifetimes_agree(const observe::CookieStory& a, const SettingTimes& a_times,
                     const observe::CookieStory& b, const SettingTimes& b_times) {
  if (a.session_cookie || b.session_cookie) return a.session_cookie == b.session_cookie;
  // Of a cookie that no setting was seen of, only what was left of its life is known.
  if (!a.lifetime_s || !b.lifetime_s || a.mechanism == "unknown" || b.mechanism == "unknown")
    return true;
  const std::int64_t a_s = std::clamp(*a.lifetime_s, -kLongest_s, kLongest_s);
  const std::int64_t b_s = std::clamp(*b.lifetime_s, -kLongest_s, kLongest_s);
  if (std::abs(a_s - b_s) <= kSlack_s) return true;
  // A fixed date: the recordings were made one after the other, so that less of it was left.
  const auto a_end = expiry_of(a, a_s, a_times);
  const auto b_end = expiry_of(b, b_s, b_times);
  return a_end && b_end && a_end->earliest <= b_end->latest + kSlack_s &&
         b_end->earliest <= a_end->latest + kSlack_s;
}

}  // namespace affiant::report
