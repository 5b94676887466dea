// One jar cookie through its session, in order of time.
#include <algorithm>
#include <map>

#include "observe/story_book.h"

namespace affiant::observe {
namespace {

struct Event {
  enum class What : std::uint8_t { kAttempt, kDeletion, kUnseenSet, kOverwrite, kRemoval };
  std::int64_t time_ms;
  Leaf entry;
  What what;
  const MeantCookie* attempt = nullptr;
  const JarCookie* change = nullptr;  // Of an attempt: the change that answers it, if one does.
};

// Attempts by time, to find the one that a change answers.
class Attempts {
 public:
  void add(std::size_t event, std::int64_t time_ms) { times_.emplace_back(time_ms, event); }
  void sort() { std::sort(times_.begin(), times_.end()); }
  // The event nearest in time that a change at `time_ms` may answer.
  const std::size_t* nearest(std::int64_t time_ms) const {
    const auto after =
        std::lower_bound(times_.begin(), times_.end(), std::pair(time_ms, std::size_t{0}));
    const std::pair<std::int64_t, std::size_t>* best = nullptr;
    if (after != times_.begin() && time_ms - std::prev(after)->first <= kReportDelayMs)
      best = &*std::prev(after);
    if (after != times_.end() && after->first - time_ms <= kClockSlackMs &&
        (best == nullptr || after->first - time_ms < time_ms - best->first))
      best = &*after;
    return best == nullptr ? nullptr : &best->second;
  }

 private:
  std::vector<std::pair<std::int64_t, std::size_t>> times_;
};

// Each change that set the cookie answers an attempt with its value, or one whose value is not
// known, or none that was seen.
void match_changes(const JarHistory& history, std::vector<Event>* events) {
  std::map<std::string, Attempts> by_value;
  Attempts unknown;
  Attempts all;
  for (std::size_t i = 0; i < events->size(); ++i) {
    const Event& event = (*events)[i];
    if (event.what != Event::What::kAttempt) continue;
    all.add(i, event.time_ms);
    if (event.attempt->value_known)
      by_value[event.attempt->cookie.value].add(i, event.time_ms);
    else
      unknown.add(i, event.time_ms);
  }
  for (auto& [value, attempts] : by_value) attempts.sort();
  unknown.sort();
  all.sort();
  for (const JarCookie* change : history.sets) {
    const std::size_t* found = nullptr;
    if (!change->value) {
      found = all.nearest(change->time_ms);
    } else {
      if (const auto it = by_value.find(*change->value); it != by_value.end())
        found = it->second.nearest(change->time_ms);
      if (found == nullptr) found = unknown.nearest(change->time_ms);
    }
    if (found != nullptr && (*events)[*found].change == nullptr)
      (*events)[*found].change = change;
    else
      events->push_back({change->time_ms, change->entry,
                         found == nullptr ? Event::What::kUnseenSet : Event::What::kOverwrite,
                         nullptr, change});
  }
}

bool of_its_own_accord(const JarCookie& removal) {
  return removal.cause == "expired" || removal.cause == "evicted";
}

}  // namespace

void walk_history(const JarKey& key, const JarHistory& history,
                  const std::vector<const MeantCookie*>& attempts, StoryBook* book) {
  const std::string& partition = std::get<4>(key);
  std::vector<Event> events;
  for (const MeantCookie* meant : attempts)
    events.push_back({meant->attempt->place.time_ms, meant->attempt->entry,
                      meant->expired ? Event::What::kDeletion : Event::What::kAttempt, meant,
                      nullptr});
  match_changes(history, &events);
  for (const JarCookie* c : history.overwrites)
    events.push_back({c->time_ms, c->entry, Event::What::kOverwrite, nullptr, c});
  for (const JarCookie* c : history.removals)
    events.push_back({c->time_ms, c->entry, Event::What::kRemoval, nullptr, c});
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return std::pair(a.time_ms, a.entry) < std::pair(b.time_ms, b.entry);
  });

  CookieStory* holder = nullptr;  // Whose value is in the jar.
  CookieStory* gone = nullptr;    // Whose value was last removed.
  const auto take = [&](CookieStory* story) {
    if (holder != nullptr && holder != story) holder->outcome = "replaced";
    story->outcome = "stored";
    story->before_session = !history.starts.empty();
    holder = story;
    gone = nullptr;
  };
  const auto remove = [&](Leaf entry, bool expired_by_itself) {
    if (holder != nullptr) {
      if (!expired_by_itself) holder->outcome = "deleted";
      gone = holder;
      holder = nullptr;
    }
    if (gone != nullptr) gone->entries.push_back(entry);
    return gone != nullptr;
  };
  for (const Event& event : events) {
    switch (event.what) {
      case Event::What::kAttempt: {
        CookieStory* story = book->of_attempt(*event.attempt, partition, "");
        tell_attempt(story, *event.attempt);
        if (event.change != nullptr) tell_jar(story, *event.change, event.time_ms);
        take(story);
        break;
      }
      case Event::What::kUnseenSet: {
        CookieStory* story = book->of_jar(*event.change);
        tell_jar(story, *event.change, event.time_ms);
        take(story);
        break;
      }
      case Event::What::kOverwrite:
        if (holder != nullptr) holder->entries.push_back(event.entry);
        break;
      case Event::What::kRemoval:
        remove(event.entry, of_its_own_accord(*event.change));
        break;
      case Event::What::kDeletion:
        if (remove(event.entry, false)) break;
        gone = book->of_attempt(*event.attempt, partition, "deletion");
        tell_attempt(gone, *event.attempt);
        gone->outcome = "deleted";
        gone->before_session = !history.starts.empty();
        break;
    }
  }
  for (const JarCookie* row : history.finals) {
    if (holder == nullptr) {
      const bool untouched =
          std::any_of(history.starts.begin(), history.starts.end(),
                      [&](const JarCookie* c) { return c->value == row->value; });
      if (untouched) continue;  // It was there before, and nothing that was seen touched it.
      holder = book->of_jar(*row);
      holder->outcome = "stored";
      holder->before_session = !history.starts.empty();
    }
    // What a snapshot shows is no later than the setting: only for a cookie nobody saw being set is
    // it the measure.
    const bool told = !holder->entries.empty();
    if (!told)
      tell_jar(holder, *row, row->time_ms);
    else
      holder->entries.push_back(row->entry);
    holder->partition_key = row->partition_key;
  }
}

}  // namespace affiant::observe
