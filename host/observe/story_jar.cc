#include "observe/story_jar.h"

namespace affiant::observe {

const JarCookie* JarHistory::any() const {
  if (!finals.empty()) return finals.back();
  if (!sets.empty()) return sets.back();
  if (!starts.empty()) return starts.back();
  if (!removals.empty()) return removals.back();
  return overwrites.empty() ? nullptr : overwrites.back();
}

bool JarHistory::took(const std::string& value, std::int64_t time_ms) const {
  if (value_withheld) return took_something(time_ms);
  if (const auto it = first_set_ms.find(value); it != first_set_ms.end())
    return it->second <= time_ms + kReportDelayMs;
  const auto same = [&](const JarCookie* c) { return c->value == value; };
  return std::any_of(starts.begin(), starts.end(), same) ||
         std::any_of(finals.begin(), finals.end(), same);
}

bool JarHistory::took_something(std::int64_t time_ms) const {
  return last_set_ms >= time_ms - kClockSlackMs || !finals.empty() || !starts.empty();
}

bool JarHistory::dropped(std::int64_t time_ms) const {
  // Removals come in the order of their times but for the slack of clocks.
  const auto it =
      std::lower_bound(removals.begin(), removals.end(), time_ms - kClockSlackMs,
                       [](const JarCookie* c, std::int64_t at) { return c->time_ms < at; });
  return it != removals.end() && (*it)->time_ms <= time_ms + kReportDelayMs;
}

JarIndex index_jar(const Observations& seen) {
  JarIndex index;
  const auto add = [&](const JarCookie& c) {
    JarHistory& history =
        index[{c.session, c.name, c.domain, c.path, c.partition_key.value_or("")}];
    if (!c.value) history.value_withheld = true;
    // Firefox can show a cookie that ran out as it was set (Max-Age=0) until it next looks.
    const bool over = c.expires_ms && *c.expires_ms <= c.time_ms;
    if (c.snapshot == "start") {
      history.starts.push_back(&c);
    } else if (c.snapshot == "final") {
      if (!over) history.finals.push_back(&c);
    } else if (c.removed || over) {
      (c.cause == "overwrite" ? history.overwrites : history.removals).push_back(&c);
    } else {
      history.sets.push_back(&c);
      history.last_set_ms = std::max(history.last_set_ms, c.time_ms);
      if (!c.value) return;
      const auto [it, fresh] = history.first_set_ms.emplace(*c.value, c.time_ms);
      if (!fresh) it->second = std::min(it->second, c.time_ms);
    }
  };
  for (const JarCookie& c : seen.changes) add(c);
  for (const JarCookie& c : seen.jar) add(c);
  return index;
}

}  // namespace affiant::observe
