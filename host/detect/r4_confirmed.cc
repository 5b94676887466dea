// R4: Englehardt and Narayanan 2016, section 4: a value is split at what is outside a-zA-Z0-9_-=; a
// part is an identifier if the cookie lives more than 90 days, the part has 8 to 100 characters, is
// constant within a profile, and differs between two profiles with a similarity below 66 %.
#include "detect/r4_confirmed.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace affiant::detect {
namespace {

using Parts = std::vector<std::string_view>;
using CookieKey = std::tuple<std::string, std::string, std::string>;  // Name, domain, path.

bool in_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '=';
}

Parts parts_of(std::string_view value) {
  Parts out;
  for (std::size_t at = 0; at < value.size();) {
    while (at < value.size() && !in_part(value[at])) ++at;
    const std::size_t from = at;
    while (at < value.size() && in_part(value[at])) ++at;
    if (at > from) out.push_back(value.substr(from, at - from));
  }
  return out;
}

// What one profile got: its parts, blank where a later value had another one.
struct Got {
  Parts parts;
  bool lives = true;  // Always for longer than the threshold.
  std::vector<std::size_t> cookies;
};

void take(const CookieFact& cookie, std::size_t index, Got* got) {
  Parts parts = parts_of(*cookie.story.value);
  if (got->cookies.empty()) {
    got->parts = std::move(parts);
  } else {
    got->parts.resize(std::min(got->parts.size(), parts.size()));
    for (std::size_t i = 0; i < got->parts.size(); ++i)
      if (got->parts[i] != parts[i]) got->parts[i] = {};
  }
  got->lives = got->lives && cookie.story.lifetime_s.value_or(0) > kConfirmedLifetimeS;
  got->cookies.push_back(index);
}

bool tells_apart(const Got& a, const Got& b) {
  if (!a.lives || !b.lives) return false;
  for (std::size_t i = 0; i < std::min(a.parts.size(), b.parts.size()); ++i) {
    const std::string_view x = a.parts[i], y = b.parts[i];
    const auto fits = [](std::string_view part) {
      return part.size() >= kConfirmedFewest && part.size() <= kConfirmedMost;
    };
    if (fits(x) && fits(y) && similarity(x, y) < kConfirmedSimilarity) return true;
  }
  return false;
}

}  // namespace

double similarity(std::string_view a, std::string_view b) {
  if (a.empty() && b.empty()) return 1;
  std::size_t matching = 0;
  std::vector<std::pair<std::string_view, std::string_view>> open = {{a, b}};
  std::vector<std::size_t> before, now;
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    // The longest common substring, the leftmost of several.
    std::size_t size = 0, at_x = 0, at_y = 0;
    before.assign(y.size() + 1, 0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      now.assign(y.size() + 1, 0);
      for (std::size_t j = 0; j < y.size(); ++j) {
        if (x[i] != y[j]) continue;
        now[j + 1] = before[j] + 1;
        if (now[j + 1] > size) {
          size = now[j + 1];
          at_x = i + 1 - size;
          at_y = j + 1 - size;
        }
      }
      before.swap(now);
    }
    if (size == 0) continue;
    matching += size;
    open.emplace_back(x.substr(0, at_x), y.substr(0, at_y));
    open.emplace_back(x.substr(at_x + size), y.substr(at_y + size));
  }
  return 2.0 * static_cast<double>(matching) / static_cast<double>(a.size() + b.size());
}

void confirm_identifiers(Facts* facts) {
  struct Condition {
    std::string phase;
    bool gpc = false, cleared = false;
    std::int64_t profile = 1;
  };
  std::map<std::uint64_t, Condition> sessions;
  std::map<std::pair<std::string, bool>, std::int64_t> first;  // Profile, by phase and signal.
  for (const observe::Session& s : facts->seen.sessions) {
    sessions[s.id] = {s.phase, s.gpc, s.cleared, s.profile};
    first.try_emplace({s.phase, s.gpc}, s.profile);
  }
  const auto later = [&](std::uint64_t session) {
    const Condition& c = sessions[session];
    return c.cleared || c.profile != first[{c.phase, c.gpc}];
  };
  using Where = std::tuple<std::string, bool, CookieKey>;
  std::map<Where, std::map<std::int64_t, Got>> got;
  std::set<Where> seen;
  for (std::size_t i = 0; i < facts->cookies.size(); ++i) {
    CookieFact& cookie = facts->cookies[i];
    const Condition& c = sessions[cookie.story.session];
    const Where where{c.phase, c.gpc, {cookie.story.name, cookie.story.domain, cookie.story.path}};
    if (later(cookie.story.session))
      cookie.repeats = seen.contains(where);
    else
      seen.insert(where);
    // A profile that was cleared is no third one, and its new values make the old ones no less
    // constant.
    if (cookie.story.value && !c.cleared) take(cookie, i, &got[where][c.profile]);
  }
  for (const auto& [where, by_profile] : got) {
    if (by_profile.size() < 2) continue;
    const Got& a = by_profile.begin()->second;
    const bool confirmed =
        std::all_of(std::next(by_profile.begin()), by_profile.end(),
                    [&](const auto& other) { return tells_apart(a, other.second); });
    for (const auto& [profile, of] : by_profile)
      for (const std::size_t i : of.cookies) facts->cookies[i].identifier_confirmed = confirmed;
  }
  std::set<std::string> hosts;
  for (RequestFact& r : facts->requests) {
    if (!later(r.request->place.session))
      hosts.insert(r.request->host);
    else
      r.repeats = hosts.contains(r.request->host);
  }
}

}  // namespace affiant::detect
