// F14: the site says that it honours Global Privacy Control, and with the signal on, trackers were
// seen all the same (OptOutCheck). Only sessions that sent the signal count. No session sends Do
// Not Track, so what a site says of that is not tried.
#include <algorithm>
#include <map>

#include "detect/category.h"
#include "findings/cookie_match.h"
#include "findings/denial.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

// What the words promise for a visitor who sends the signal.
struct Reach {
  bool measuring = false;  // They speak of tracking, analytics or cookies, so measuring is meant.
  bool sale_only = false;  // They speak of selling and sharing, which no browser sees.
};

Reach reach_of(const Statement& s) {
  std::string quote = folded(s.quote);
  for (const std::string_view name : {"do not track", "do-not-track"}) {
    for (std::size_t at = quote.find(name); at != std::string::npos; at = quote.find(name, at)) {
      // "We do not track you" is the promise, and no name.
      if (std::string_view(quote).substr(0, at).ends_with("we ")) {
        at += name.size();
      } else {
        quote.erase(at, name.size());
      }
    }
  }
  Reach reach;
  reach.measuring = has_word_start(quote, "track|analytic|cookie|statistic");
  reach.sale_only = !reach.measuring && has_word_start(quote, "sale|sell|sold|share|sharing");
  return reach;
}

// A promise is weighed as a denial is, and a hedge or a law's reach leaves it to a reader.
Binding weighed(const Statement& s, const Context& context) {
  Binding b = promise_binding(s, context);
  const auto needs_reading = [&](std::string why) {
    if (b.cap < Strength::kNote) b.why = std::move(why);
    b.cap = Strength::kNote;
  };
  if (s.hedged) needs_reading("the sentence hedges, so it needs reading");
  if (has_word_start(folded(s.quote) + " ",
                     "california|colorado|connecticut|virginia|utah|resident|jurisdiction|"
                     "applicable law|by law|state law|where required|where applicable|"
                     "to the extent|logged in|signed in"))
    needs_reading("the sentence speaks of some visitors or places only, so it needs reading");
  return b;
}

bool speaks_of_gpc(const Statement& s) {
  return std::find(s.data.begin(), s.data.end(), "gpc") != s.data.end();
}

struct Seen {
  std::string words, why;
  Strength strength = Strength::kContradicted;
  std::set<observe::Leaf> entries;
};

class Search {
 public:
  Search(const Context& context, const std::string& phase, Reach reach)
      : context_(context), phase_(phase), reach_(reach) {
    for (const observe::Session& s : context.done.seen.sessions)
      // Who accepts has spoken later, and for this site: that is no case of the signal.
      if (s.gpc && s.phase == phase && phase != "accept") with_signal_.insert(s.id);
  }

  std::vector<Seen> run() {
    if (with_signal_.empty()) return {};
    for (const ThirdParty& party : context_.parties) contacted(party);
    for (const detect::CookieFact* cookie : context_.stored) stored(*cookie);
    std::vector<Seen> out;
    for (auto& [words, seen] : found_) out.push_back(std::move(seen));
    return out;
  }

 private:
  void add(std::string words, Strength strength, std::string why,
           const std::set<observe::Leaf>& entries) {
    if (reach_.sale_only && strength == Strength::kContradicted) {
      strength = Strength::kVague;
      why = "the sentence speaks of selling or sharing, which a browser does not see";
    }
    const auto [at, fresh] = found_.try_emplace(words, Seen{words, why, strength, entries});
    if (!fresh) at->second.entries.insert(entries.begin(), entries.end());
  }

  // Known for following visitors; what an unknown party does shows in its cookies, of this session.
  void contacted(const ThirdParty& party) {
    if (party.phase != phase_ || party.own_name || !detect::is_tracking_category(party.category))
      return;
    std::set<observe::Leaf> entries;
    std::set<std::string> hosts;
    for (const detect::RequestFact* fact : party.requests) {
      if (!with_signal_.contains(fact->request->place.session)) continue;
      entries.insert(fact->request->entry);
      hosts.insert(fact->request->host);
    }
    if (entries.empty()) return;
    const std::string words = party.name() + " (" + count(entries.size(), "request") + " to " +
                              list({hosts.begin(), hosts.end()}, 3) + ")";
    if (party.category == "advertising" ||
        (reach_.measuring && (party.category == "analytics" || party.category == "session-replay")))
      add(words, Strength::kContradicted, "", entries);
    else
      add(words, Strength::kVague,
          party.category == "social" ? "a social network's part of a page may not be meant"
                                     : "it measures visits, which these words may not mean",
          entries);
  }

  void stored(const detect::CookieFact& cookie) {
    if (!with_signal_.contains(cookie.story.session)) return;
    const knowledge::KnownCookie* known =
        knowledge::find_cookie(cookie.story.name, cookie.story.domain);
    if (known != nullptr && keeps_opt_out(*known)) return;
    const std::string category(known == nullptr ? "" : known->category);
    const std::set<observe::Leaf> entries(cookie.story.entries.begin(), cookie.story.entries.end());
    const std::string words = "cookie " + cookie_words(cookie);
    const bool unknown_identifier = known == nullptr && cookie.category != "necessary" &&
                                    cookie.party == site::Party::kThird && cookie.identifier_like;
    if (category == "advertising" || unknown_identifier ||
        (category == "analytics" && reach_.measuring))
      add(words, Strength::kContradicted, "", entries);
    else if (category == "analytics")
      add(words, Strength::kVague, "it measures visits, which these words may not mean", entries);
  }

  const Context& context_;
  const std::string& phase_;
  Reach reach_;
  std::set<std::uint64_t> with_signal_;
  std::map<std::string, Seen> found_;
};

std::string title_of(Strength strength) {
  const std::string said = "The site says it honours Global Privacy Control";
  if (strength == Strength::kContradicted)
    return said + ", but with the signal on trackers were seen";
  return said + "; what was seen with the signal on " +
         (strength == Strength::kNote ? "needs reading beside it" : "sits ill with it");
}

}  // namespace

Drafts signal_ignored(const Context& context) {
  struct Promise {
    const Statement* statement;
    Binding binding;
  };
  std::vector<Promise> promises;
  const Statement* taken_back = nullptr;
  for (const Statement& s : context.said.statements) {
    if (s.type == "signal" && s.polarity == "does" && speaks_of_gpc(s)) {
      Binding binding = weighed(s, context);
      if (binding.applies) promises.push_back({&s, std::move(binding)});
    }
    if (s.type == "signal" && s.polarity == "does-not" && speaks_of_gpc(s)) taken_back = &s;
  }
  if (promises.empty()) return {};
  // The plainest of them is held against what was seen.
  std::stable_sort(promises.begin(), promises.end(), [](const Promise& a, const Promise& b) {
    return a.binding.cap < b.binding.cap;
  });
  Promise& plainest = promises.front();
  if (taken_back != nullptr) {
    plainest.binding.cap = Strength::kNote;
    plainest.binding.why = "the site also says that it does not respond to the signal";
  }
  Drafts out;
  for (const std::string& phase : context.phases) {
    std::map<Strength, std::vector<Seen>> by_strength;
    for (Seen& seen : Search(context, phase, reach_of(*plainest.statement)).run()) {
      if (plainest.binding.cap > seen.strength) {
        seen.strength = plainest.binding.cap;
        seen.why = plainest.binding.why;
      }
      by_strength[seen.strength].push_back(std::move(seen));
    }
    if (by_strength.empty()) continue;
    const auto& [strength, strongest] = *by_strength.begin();
    Finding f;
    f.strength = strength;
    f.title = title_of(strength);
    std::vector<std::string> words;
    std::set<observe::Leaf> entries;
    for (const Seen& seen : strongest) {
      words.push_back(seen.words);
      entries.insert(seen.entries.begin(), seen.entries.end());
    }
    f.explanation = "The site says " + quotation(plainest.statement->quote, 200) +
                    ". Seen while the browser sent the signal: " + list(words, 4) + ".";
    if (const std::string& why = strongest.front().why; !why.empty())
      f.explanation += std::string(" This is ") +
                       (strength == Strength::kNote ? "a note" : "graded vague") + " because " +
                       why + ".";
    f.phase = phase;
    for (const Promise& promise : promises)
      if (promise.binding.cap == plainest.binding.cap)
        f.statements.push_back(promise.statement->id);
    if (taken_back != nullptr) f.statements.push_back(taken_back->id);
    f.entries = sorted(entries);
    out.push_back({phase, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
