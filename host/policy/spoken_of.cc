#include "policy/spoken_of.h"

namespace affiant::policy {

void learn_names(const Analysis& a, SpokenOf* names) {
  constexpr std::size_t kShortest = 3;
  for (const Predicate& p : a.predicates) {
    if (p.role != Role::kMain || p.polarity != Polarity::kPlain || !a.at(p.at, Tag::kUse) ||
        a.clauses[p.clause].subject != Subject::kWe)
      continue;
    std::size_t i = p.end;
    while (i < a.size() && (a.at(i, Tag::kDet) || a.tokens[i].word == "the")) ++i;
    if (i < a.size() && a.tokens[i].capital && a.tags[i].none() &&
        a.tokens[i].word.size() >= kShortest)
      names->insert(a.tokens[i].word);
  }
}

void give_to_others(const SpokenOf& names, Analysis* a) {
  if (names.empty()) return;
  for (Clause& clause : a->clauses) {
    std::size_t i = clause.first;
    while (i < clause.last && (a->tokens[i].punctuation || a->at(i, Tag::kLeadin))) ++i;
    if (clause.subject == Subject::kWe && i < clause.last && a->tokens[i].capital &&
        a->tags[i].none() && names.contains(a->tokens[i].word))
      clause.subject = Subject::kThird;
  }
}

}  // namespace affiant::policy
