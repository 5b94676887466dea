#include "observe/stories.h"

#include <set>

#include "observe/story_book.h"

namespace affiant::observe {
namespace {

// How many jar cookies of one name are looked at for one attempt: a page can make any number, and
// the usual one is the first.
constexpr std::size_t kCandidates = 256;

class Joiner {
 public:
  Joiner(const Observations& seen, const site::SiteTable& sites)
      : seen_(seen), sites_(sites), jar_(index_jar(seen)) {
    for (const Session& session : seen.sessions) sessions_[session.id] = &session;
    for (const JarSnapshot& snapshot : seen.snapshots)
      if (snapshot.when == "final") finished_.insert(snapshot.session);
  }

  std::vector<CookieStory> run() {
    std::vector<MeantCookie> meant;
    meant.reserve(seen_.attempts.size());
    for (const CookieAttempt& attempt : seen_.attempts)
      meant.push_back(meaning_of(attempt, engine_of(session(attempt.place.session)), sites_));
    std::map<const JarHistory*, std::vector<const MeantCookie*>> taken;
    for (MeantCookie& m : meant) {
      if (const JarIndex::value_type* home = find_home(&m); home != nullptr)
        taken[&home->second].push_back(&m);
      else
        tell_rejected(m);
    }
    for (const auto& [key, history] : jar_) walk_history(key, history, taken[&history], &book_);
    return book_.finish();
  }

 private:
  const Session* session(std::uint64_t id) const {
    const auto it = sessions_.find(id);
    return it == sessions_.end() ? nullptr : it->second;
  }

  // Whether an attempt on that page can have reached the jar of that top-level site.
  bool same_jar(const MeantCookie& m, const std::string& partition) const {
    const std::string& top = m.attempt->place.top_host;
    if (partition.empty() || top.empty()) return true;
    const auto url = site::parse_url(partition);
    return sites_.party(url ? url->host : partition, top) == site::Party::kFirst;
  }

  // Calls `look` for each jar cookie of the attempt's name, domain and path until it returns true.
  template <typename Look>
  const JarIndex::value_type* first_of(const MeantCookie& m, Look look) const {
    const std::uint64_t id = m.attempt->place.session;
    const std::string domain = m.cookie.browser_domain();
    const std::string path = m.path_known ? m.cookie.path : "";
    std::size_t looked = 0;
    for (auto it = jar_.lower_bound({id, m.cookie.name, domain, path, ""});
         it != jar_.end() && looked < kCandidates; ++it, ++looked) {
      const auto& [s, name, d, p, partition] = it->first;
      if (s != id || name != m.cookie.name || d != domain || (m.path_known && p != path)) break;
      if (same_jar(m, partition) && look(*it)) return &*it;
    }
    return nullptr;
  }

  // The jar cookie that took the attempt, or nullptr. A path that was not known becomes that of the
  // jar.
  const JarIndex::value_type* find_home(MeantCookie* m) {
    if (!m->located) return nullptr;
    const std::int64_t time_ms = m->attempt->place.time_ms;
    const auto took = [&](const JarIndex::value_type& item) {
      const JarHistory& history = item.second;
      if (m->expired) return history.dropped(time_ms);
      return m->value_known ? history.took(m->cookie.value, time_ms)
                            : history.took_something(time_ms);
    };
    // A browser that keeps jars apart puts a third party's cookie into the page's own partition.
    const JarIndex::value_type* home = nullptr;
    if (m->third_party || m->cookie.partitioned)
      home = first_of(
          *m, [&](const auto& item) { return !std::get<4>(item.first).empty() && took(item); });
    if (home == nullptr) home = first_of(*m, took);
    if (home != nullptr) m->cookie.path = std::get<3>(home->first);
    return home;
  }

  void tell_rejected(const MeantCookie& m) {
    const auto [outcome, reason] = fate_of(m);
    CookieStory* story = book_.of_attempt(m, "", outcome + reason);
    tell_attempt(story, m);
    story->outcome = outcome;
    story->reason = reason;
  }

  std::pair<std::string, std::string> fate_of(const MeantCookie& m) const {
    const CookieAttempt& a = *m.attempt;
    const Session* s = session(a.place.session);
    if (m.refusal != Refusal::kNone) return {"refused", std::string(refusal_text(m.refusal))};
    if (!m.located) return {"blocked", "the record does not say which host or name it was set for"};
    bool is_there = false;
    bool http_only = false;
    bool secure = false;
    first_of(m, [&](const JarIndex::value_type& item) {
      const JarCookie* c = item.second.any();
      if (c == nullptr) return false;
      is_there = is_there || !item.second.finals.empty();
      http_only = http_only || c->http_only;
      secure = secure || c->secure;
      return false;
    });
    if (!a.by_header && http_only)
      return {"refused", std::string(refusal_text(Refusal::kOverHttpOnly))};
    if (m.insecure && secure && !m.cookie.secure)
      return {"refused", std::string(refusal_text(Refusal::kOverSecure))};
    if (m.expired && !is_there)
      return {"deleted", ""};  // Nothing of that name, domain and path is left.
    if (m.third_party && s != nullptr && s->third_party_cookies == "blocked" &&
        !m.cookie.partitioned)
      return {"blocked", "third-party cookies are blocked in this session"};
    if (m.expired) return {"blocked", "not deleted; the reason could not be worked out"};
    if (!finished_.contains(a.place.session))
      return {"blocked", "not seen in the jar; the record has no final state of the jar"};
    return {"blocked", "not stored; the reason could not be worked out"};
  }

  const Observations& seen_;
  const site::SiteTable& sites_;
  JarIndex jar_;
  std::map<std::uint64_t, const Session*> sessions_;
  std::set<std::uint64_t> finished_;  // Sessions whose final jar was recorded whole.
  StoryBook book_;
};

}  // namespace

std::vector<CookieStory> cookie_stories(const Observations& seen, const site::SiteTable& sites) {
  return Joiner(seen, sites).run();
}

}  // namespace affiant::observe
