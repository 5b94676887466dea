#include "report/repeats.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "report/diff_parts.h"
#include "report/views.h"

namespace affiant::report {
namespace {

using Run = std::int64_t;  // The number of its profile.
using Seen = std::map<Condition, std::set<Run>>;

class Runs {
 public:
  explicit Runs(const Report& report) : conditions_(conditions_of(report)) {
    for (const observe::Session& s : report.facts.seen.sessions) {
      runs_[conditions_.at(s.id)].insert(s.profile);
      profiles_[s.id] = s.profile;
    }
    // The policy is asked for once, so that what only its pages do cannot repeat.
    for (const observe::Page& p : report.facts.seen.pages)
      if (p.role == "policy" && !p.entries.empty())
        policy_pages_.emplace_back(p.entries.front(), p.entries.back());
  }

  const std::map<Condition, std::set<Run>>& by_condition() const { return runs_; }
  bool several() const {
    return std::any_of(runs_.begin(), runs_.end(),
                       [](const auto& runs) { return runs.second.size() > 1; });
  }
  std::set<std::uint64_t> sessions(const Condition& condition, Run run) const {
    std::set<std::uint64_t> out;
    for (const auto& [session, profile] : profiles_)
      if (profile == run && conditions_.at(session) == condition) out.insert(session);
    return out;
  }
  void add(std::uint64_t session, Seen* seen) const {
    const auto found = profiles_.find(session);
    if (found != profiles_.end()) (*seen)[conditions_.at(session)].insert(found->second);
  }

  // Of several conditions, the one in which it repeats best. `first`: the entry that shows it
  // first, if one does.
  SeenIn best(const Seen& seen, std::optional<observe::Leaf> first) const {
    SeenIn out;
    for (const auto& [condition, in] : seen) {
      const std::size_t of = runs_.at(condition).size();
      if (out.of == 0 || in.size() * out.of > out.runs * of) out = {in.size(), of};
    }
    if (out.runs == 1 && first && on_policy_page(*first)) out.of = 1;
    return out;
  }

 private:
  bool on_policy_page(observe::Leaf entry) const {
    return std::any_of(policy_pages_.begin(), policy_pages_.end(), [&](const auto& page) {
      return page.first <= entry && entry <= page.second;
    });
  }

  std::map<std::uint64_t, Condition> conditions_;
  std::map<std::uint64_t, Run> profiles_;
  std::map<Condition, std::set<Run>> runs_;
  std::vector<std::pair<observe::Leaf, observe::Leaf>> policy_pages_;
};

// What these sessions saw; of the policy, all that any session read of it.
observe::Observations only(const observe::Observations& all,
                           const std::set<std::uint64_t>& sessions) {
  observe::Observations o = all;
  const auto placed_elsewhere = [&](const auto& x) { return !sessions.contains(x.place.session); };
  const auto elsewhere = [&](const auto& x) { return !sessions.contains(x.session); };
  std::erase_if(o.sessions, [&](const observe::Session& s) { return !sessions.contains(s.id); });
  std::erase_if(o.pages, elsewhere);
  std::erase_if(o.requests, placed_elsewhere);
  std::erase_if(o.bodies, placed_elsewhere);
  std::erase_if(o.canaries, elsewhere);
  std::erase_if(o.attempts, placed_elsewhere);
  std::erase_if(o.changes, elsewhere);
  std::erase_if(o.jar, elsewhere);
  std::erase_if(o.snapshots, elsewhere);
  std::erase_if(o.storage, placed_elsewhere);
  std::erase_if(o.techniques, placed_elsewhere);
  std::erase_if(o.consent, placed_elsewhere);
  std::erase_if(o.addresses, elsewhere);
  std::erase_if(o.gaps, elsewhere);
  return o;
}

std::vector<SeenIn> of_findings(const Report& report, const Runs& runs,
                                const site::SiteTable& sites, const filters::Engine* lists) {
  std::map<std::string, Seen> by_key;
  for (const auto& [condition, profiles] : runs.by_condition())
    for (const Run run : profiles) {
      const detect::Facts facts =
          detect::detect(only(report.facts.seen, runs.sessions(condition, run)), sites, lists);
      for (const findings::Finding& f : findings::compare(report.declaration, facts, sites))
        by_key[finding_key(f, report.declaration)][condition].insert(run);
    }
  std::vector<SeenIn> out;
  for (const findings::Finding& f : report.findings) {
    const auto found = by_key.find(finding_key(f, report.declaration));
    // What only all runs together show was seen in no run alone: it is not a matter of chance.
    if (found == by_key.end())
      out.emplace_back();
    else
      out.push_back(runs.best(found->second,
                              f.entries.empty() ? std::nullopt : std::optional(f.entries.front())));
  }
  return out;
}

std::vector<SeenIn> of_cookies(const Report& report, const Runs& runs) {
  const auto key = [](const detect::CookieFact& c) {
    return std::tuple(c.story.name, c.story.domain, c.party);
  };
  std::map<decltype(key(report.facts.cookies.front())), Seen> by_key;
  for (const detect::CookieFact& c : report.facts.cookies)
    runs.add(c.story.session, &by_key[key(c)]);
  std::vector<SeenIn> out;
  for (const detect::CookieFact& c : report.facts.cookies)
    out.push_back(runs.best(by_key[key(c)], c.story.entries.empty()
                                                ? std::nullopt
                                                : std::optional(c.story.entries.front())));
  return out;
}

std::map<std::string, SeenIn> of_third_parties(const Report& report, const Runs& runs) {
  std::map<std::string, std::pair<Seen, observe::Leaf>> by_name;
  for (const detect::RequestFact& fact : report.facts.requests) {
    if (fact.party != site::Party::kThird) continue;
    const auto [at, fresh] = by_name.try_emplace(fact.owner.empty() ? fact.site : fact.owner);
    if (fresh) at->second.second = fact.request->entry;
    runs.add(fact.request->place.session, &at->second.first);
  }
  std::map<std::string, SeenIn> out;
  for (const auto& [name, seen] : by_name) out[name] = runs.best(seen.first, seen.second);
  return out;
}

}  // namespace

Repeats count_repeats(const Report& report, const site::SiteTable& sites,
                      const filters::Engine* lists) {
  const Runs runs(report);
  if (!runs.several()) return {};
  return {of_findings(report, runs, sites, lists), of_cookies(report, runs),
          of_third_parties(report, runs)};
}

}  // namespace affiant::report
