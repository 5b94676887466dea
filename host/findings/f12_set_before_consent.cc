// F12: cookies for analytics or advertising are set before any choice, where the site says that it
// asks first, or has a consent manager that asks (CookieBlock's rule 7). Which cookies these are is
// told by what their vendors document, never by a guess.
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

bool asks_first(const policy::Statement& s) {
  // "By using this site you agree": consent that is taken asks for nothing.
  return s.type == "consent" && s.polarity == "does" && s.subject != "user" &&
         s.observable == "yes";
}

}  // namespace

Drafts set_before_consent(const Context& context) {
  constexpr std::string_view kPhase = "no-choice";
  Finding f;
  bool hedged = false;
  for (const policy::Statement& s : context.said.statements) {
    if (!context.said.is_policy || !asks_first(s)) continue;
    // A plain sentence counts before one that is bounded.
    const bool bounded = s.hedged || !s.scope.empty();
    if (f.statements.empty() || (hedged && !bounded)) {
      f.statements = {s.id};
      f.explanation = "The site says " + quotation(s.quote) + ".";
      hedged = bounded;
    }
  }
  std::set<observe::Leaf> entries;
  if (f.statements.empty()) {
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
    if (cookie->phase != kPhase) continue;
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
  f.strength = hedged ? Strength::kVague : Strength::kUndeclared;
  f.title = count(all.size(), "cookie") + " for analytics or advertising " +
            (all.size() == 1 ? "is" : "are") + " set before any choice";
  f.explanation += " Set while nothing had been chosen: " + list(all, 6) + ".";
  f.phase = kPhase;
  f.entries = sorted(entries);
  return {{"cookies", std::move(f)}};
}

}  // namespace affiant::findings
