// The jar's side of the stories: everything that the browser said about one cookie of one session.
// Used by stories.cc only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "observe/observations.h"

namespace affiant::observe {

// One jar cookie through one session: the identity that browsers use.
struct JarHistory {
  std::vector<const JarCookie*> sets;        // Changes that were no removal.
  std::vector<const JarCookie*> removals;    // Removals that no new value caused.
  std::vector<const JarCookie*> overwrites;  // Removals that a new value caused.
  std::vector<const JarCookie*> starts,
      finals;  // Rows of the snapshots: one each, unless two jars are recorded.
  std::unordered_map<std::string, std::int64_t> first_set_ms;  // By value.
  std::int64_t last_set_ms = INT64_MIN;
  bool value_withheld = false;

  const JarCookie* any() const;  // The latest word about it; nullptr when it is only what ran out.
  // Whether the jar shows that a value set at `time_ms` was taken. Firefox reports no change when
  // the value was there already.
  bool took(const std::string& value, std::int64_t time_ms) const;
  // The same where the value is not known: anything set since, or still there.
  bool took_something(std::int64_t time_ms) const;
  // Whether it was removed at about `time_ms`.
  bool dropped(std::int64_t time_ms) const;
};

// session, name, domain as the browser spells it, path, partition.
using JarKey = std::tuple<std::uint64_t, std::string, std::string, std::string, std::string>;
using JarIndex = std::map<JarKey, JarHistory>;

JarIndex index_jar(const Observations& seen);

// A change may bear a time before that of its cause, since pages and background read their clocks
// apart, and some time after it.
inline constexpr std::int64_t kClockSlackMs = 2'000;
inline constexpr std::int64_t kReportDelayMs = 10'000;

}  // namespace affiant::observe
