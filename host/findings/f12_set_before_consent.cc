// F12: cookies for analytics or advertising are set before any choice, where the site says that it
// asks first, or has a consent manager that asks (CookieBlock's rule 7). Which cookies these are is
// told by what their vendors document, never by a guess.
#include <algorithm>

#include "findings/denial.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

bool asks_first(const policy::Statement& s) {
  // "By using this site you agree": consent that is taken asks for nothing. "May ask" promises
  // nothing.
  return s.type == "consent" && s.polarity == "does" && s.subject != "user" &&
         s.modality != "may" && s.observable == "yes";
}

struct Promise {
  const policy::Statement* statement = nullptr;
  Strength strength = Strength::kUndeclared;
  std::string why;
};

// The condition of such a sentence is the consent itself, and binds all the same.
Promise weighed(const policy::Statement& s) {
  Promise p{&s, Strength::kUndeclared, ""};
  if (!s.exception.empty() && !is_necessary_exception(s.exception))
    return {&s, Strength::kNote,
            " This is a note because the sentence makes an exception, " +
                quotation(s.exception, 80) + ", and needs reading."};
  if (s.hedged || !s.scope.empty())
    return {&s, Strength::kVague, " This is graded vague because the sentence is bounded."};
  return p;
}

// In an audit nobody but the recorder acts. In a person's own browser a choice may have been made
// before, or on the way.
bool nothing_was_chosen(const Context& context, std::uint64_t session) {
  return std::any_of(
      context.done.seen.sessions.begin(), context.done.seen.sessions.end(),
      [&](const observe::Session& s) { return s.id == session && s.purpose == "audit"; });
}

}  // namespace

Drafts set_before_consent(const Context& context) {
  constexpr std::string_view kPhase = "no-choice";
  Finding f;
  Promise promise;
  for (const policy::Statement& s : context.said.statements) {
    if (!context.said.is_policy || !asks_first(s)) continue;
    // A plain sentence counts before one that is bounded.
    Promise next = weighed(s);
    if (promise.statement == nullptr || next.strength < promise.strength) promise = std::move(next);
  }
  std::set<observe::Leaf> entries;
  if (promise.statement != nullptr) {
    f.statements = {promise.statement->id};
    f.explanation = "The site says " + sentence(quotation(promise.statement->quote));
  } else {
    for (const ThirdParty& party : context.parties) {
      if (party.category != "consent-manager" || party.phase != kPhase) continue;
      f.explanation = "The site uses a consent manager (" + party.name() + "), which asks.";
      if (!party.entries.empty()) entries.insert(*party.entries.begin());
      break;
    }
    if (f.explanation.empty()) return {};
  }
  std::set<std::string> names;
  for (const detect::CookieFact* cookie : context.stored) {
    if (cookie->phase != kPhase || !nothing_was_chosen(context, cookie->story.session)) continue;
    const knowledge::KnownCookie* known =
        knowledge::find_cookie(cookie->story.name, cookie->story.domain);
    if (known == nullptr || (known->category != "analytics" && known->category != "advertising"))
      continue;
    names.insert("\"" + cookie->story.name + "\" (" + std::string(known->owner) + ", " +
                 std::string(known->category) + ")");
    entries.insert(cookie->story.entries.begin(), cookie->story.entries.end());
  }
  if (names.empty()) return {};
  const std::vector<std::string> all(names.begin(), names.end());
  f.strength = promise.strength;
  f.title = count(all.size(), "cookie") + " for analytics or advertising " +
            (all.size() == 1 ? "is" : "are") + " set before any choice";
  f.explanation += " Set while nothing had been chosen: " + list(all, 6) + "." + promise.why;
  f.phase = kPhase;
  f.entries = sorted(entries);
  return {{"cookies", std::move(f)}};
}

}  // namespace affiant::findings
