// Sentences that look like claims and are none.
#include <algorithm>

#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {
namespace {

constexpr std::size_t kHeadingTokens = 14;
constexpr std::size_t kDefined = 10;  // Tokens before which a definition names what it defines.

bool any_subject(const Analysis& a, Subject subject) {
  return std::any_of(a.clauses.begin(), a.clauses.end(),
                     [&](const Clause& c) { return c.subject == subject; });
}

// "Cookies are small files ...": what is defined stands before the verb.
bool defines(const Analysis& a) {
  const std::size_t at = a.find(Tag::kDefinition);
  if (at == Analysis::npos || at > kDefined) return false;
  return a.find(Tag::kWe, 0, at) == Analysis::npos;
}

bool we_act(const Parse& p) {
  for (std::size_t c = 0; c < p.a.clauses.size(); ++c) {
    if (p.a.clauses[c].subject == Subject::kWe && p.facts[c].verb != Analysis::npos) return true;
  }
  return false;
}

}  // namespace

NonClaim non_claim_of(const Reading& r, const Parse& p) {
  const Analysis& a = r.a;
  if (a.question) return NonClaim::kQuestion;
  if (a.clauses.empty()) return NonClaim::kNone;
  // A heading that was not marked as one: "How we use cookies".
  if (p.starts(0, Tag::kAsking) && !a.tokens.back().punctuation && a.size() <= kHeadingTokens)
    return NonClaim::kQuestion;
  if (defines(a)) return NonClaim::kDefinition;
  if (a.has(Tag::kChildren) && !a.has(Tag::kCookie)) return NonClaim::kChildren;
  bool all_disclaim = a.has(Tag::kControl);
  for (const Predicate& q : a.predicates)
    if (q.role == Role::kMain && !disclaims(a, q.clause)) all_disclaim = false;
  if (all_disclaim) return NonClaim::kControl;
  if ((a.has(Tag::kChoice) || a.has(Tag::kOptout)) &&
      (any_subject(a, Subject::kYou) || !we_act(p))) {
    // "If you refuse, no such cookies are set" says what the site then does.
    const bool effect =
        a.has(Tag::kRejected) && a.has(Tag::kIf) && a.clauses.front().subject != Subject::kYou;
    if (!effect) return NonClaim::kChoice;
  }
  if (a.has(Tag::kRight) && (any_subject(a, Subject::kYou) || !we_act(p))) return NonClaim::kRight;
  if (a.has(Tag::kLegal) && !a.has(Tag::kWe) && !a.has(Tag::kOur) && !a.has(Tag::kSite))
    return NonClaim::kLegal;
  return NonClaim::kNone;
}

}  // namespace affiant::policy::grammar
