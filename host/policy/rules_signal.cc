// T18: what the site does about Do Not Track and Global Privacy Control.
#include <algorithm>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

// "such signals", "these requests" in a section about them: the signal's name stands in the
// heading.
std::vector<std::string> signals_of(const Reading& r) {
  std::vector<std::string> named = r.a.values(Tag::kSignal);
  if (!named.empty()) return named;
  const bool meant = std::any_of(r.a.tokens.begin(), r.a.tokens.end(), [](const Token& t) {
    return t.word == "signal" || t.word == "signals" || t.word == "header" || t.word == "headers";
  });
  if (!meant) return named;
  if (r.signals != nullptr && !r.signals->empty()) return *r.signals;
  return r.heading == nullptr ? named : r.heading->values(Tag::kSignal);
}

bool by_site(const Analysis& a, const Predicate& p) {
  const Subject subject = a.clauses[p.clause].subject;
  return subject == Subject::kWe || p.passive;
}

struct Answer {
  const Predicate* predicate = nullptr;
  bool honours = false;
  bool found = false;
};

// "... about how third parties respond": not the site's answer.
bool of_others(const Analysis& a, const Predicate& p) {
  return a.has(Tag::kThird, p.at > 4 ? p.at - 4 : 0, p.at);
}

// "not set up to respond": the verb stands in the purpose of another.
bool denied_before(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first;) {
    if (a.at(i, Tag::kNot)) return true;
  }
  return false;
}

// "designed to recognize and honour", "configured to respond".
bool made_for_it(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= 6;) {
    if (one_of(a.tokens[i].word, {"designed", "configured", "programmed", "equipped", "able",
                                  "intended", "built", "set", "enabled"}))
      return true;
  }
  return false;
}

// Honouring verbs speak for themselves; altering ones deny by being denied; tracking ones answer
// only together with the signal as condition.
Answer answer_of(const Analysis& a) {
  const bool regardless =
      a.has(Tag::kRegardless) || std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
        return h.tag == Tag::kMask && a.tokens[h.first].word == "whether";
      });
  for (const Predicate& p : a.predicates) {
    if (p.polarity == Polarity::kUnclear || !by_site(a, p) || of_others(a, p)) continue;
    if (p.role == Role::kPurpose && a.at(p.at, Tag::kHonour) &&
        a.clauses[p.clause].subject == Subject::kWe && denied_before(a, p))
      return {&p, false, true};
    if (p.role == Role::kPurpose && a.at(p.at, Tag::kHonour) && made_for_it(a, p) &&
        a.clauses[p.clause].subject != Subject::kYou)
      return {&p, !denied_before(a, p), true};
    if (p.role != Role::kMain) continue;
    const bool denied = p.polarity == Polarity::kDenied;
    if (a.at(p.at, Tag::kAlter)) return {&p, !denied && !regardless, true};
    if (a.at(p.at, Tag::kHonour)) return {&p, !denied && !regardless, true};
  }
  for (const Predicate& p : a.predicates) {
    if (p.polarity == Polarity::kUnclear || !by_site(a, p) || p.role != Role::kMain) continue;
    const bool acts = a.at(p.at, Tag::kTrack) || a.at(p.at, Tag::kSet) || a.at(p.at, Tag::kUse) ||
                      a.at(p.at, Tag::kCollect) || a.at(p.at, Tag::kShare) ||
                      a.at(p.at, Tag::kEmbed);
    if (!acts || !a.has(Tag::kIf)) continue;
    if (p.polarity == Polarity::kDenied) return {&p, !regardless, true};
    if (regardless) return {&p, false, true};
  }
  // "... continue as described whether or not a signal is received".
  if (regardless && std::any_of(a.clauses.begin(), a.clauses.end(),
                                [](const Clause& c) { return c.subject == Subject::kWe; }))
    return {a.predicates.empty() ? nullptr : &a.predicates.front(), false, true};
  return {};
}

}  // namespace

void read_signal(const Reading& r, Statements* out) {
  if (r.a.has(Tag::kLegal) && !r.a.has(Tag::kWe)) return;  // What a law asks for.
  const std::vector<std::string> signals = signals_of(r);
  if (signals.empty()) return;
  const Answer answer = answer_of(r.a);
  if (!answer.found) return;
  Statement s = statement_of(r, "signal", answer.predicate);
  s.polarity = answer.honours ? "does" : "does-not";
  s.data = signals;
  s.purposes.clear();
  s.observable = "yes";
  // The signal itself is no condition: it is what is answered.
  const Analysis& a = r.a;
  std::size_t condition_signals = 0;
  for (const Hit& hit : a.hits) {
    if (hit.tag == Tag::kSignal && a.role[hit.first] == Role::kCondition) ++condition_signals;
  }
  if (condition_signals > 0) {
    s.condition.clear();
    if (s.modality == "if") s.modality = "does";
  }
  out->push_back(std::move(s));
}

}  // namespace affiant::policy
