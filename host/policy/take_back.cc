#include "policy/take_back.h"

#include <algorithm>
#include <vector>

namespace affiant::policy {
namespace {

// Whether the clause ends in an auxiliary whose verb was said before: "our partners do".
bool is_elliptical(const Analysis& a, const Clause& clause) {
  std::size_t last = Analysis::npos;
  for (std::size_t i = clause.first; i < clause.last; ++i) {
    const bool small = a.tokens[i].punctuation || a.at(i, Tag::kBut) ||
                       one_of(a.tokens[i].word, {"so", "too", "also", "this", "that", "sometimes"});
    if (a.role[i] == Role::kMain && !small) last = i;
  }
  return last != Analysis::npos &&
         (a.at(last, Tag::kDo) || a.at(last, Tag::kMay) || a.at(last, Tag::kWill));
}

bool others_act(const Analysis& a, const Clause& clause, std::size_t index) {
  std::size_t verb = clause.last;
  bool acts = false;
  for (const Predicate& p : a.predicates) {
    if (p.clause != index || p.role != Role::kMain) continue;
    verb = std::min(verb, p.at);
    acts = acts || (p.polarity == Polarity::kPlain &&
                    (a.at(p.at, Tag::kUse) || a.at(p.at, Tag::kSet) || a.at(p.at, Tag::kTrack)));
  }
  const bool others = clause.subject == Subject::kThird ||
                      a.has(Tag::kContent, clause.first, verb) ||
                      a.has(Tag::kVendor, clause.first, verb);
  if (!others || a.has(Tag::kNot, clause.first, clause.last) ||
      a.has(Tag::kNo, clause.first, clause.last))
    return false;
  // "While other companies do" compares.
  for (std::size_t i = clause.first; i < std::min(clause.first + 3, clause.last); ++i)
    if (!acts && one_of(a.tokens[i].word, {"other", "most", "many", "as"})) return false;
  const bool things = a.has(Tag::kCookie, clause.first, clause.last) ||
                      a.has(Tag::kTracker, clause.first, clause.last) ||
                      a.has(Tag::kTrack, clause.first, clause.last);
  return is_elliptical(a, clause) || (acts && things);
}

}  // namespace

std::string done_by_others(const Analysis& a, const Predicate& denied, std::string_view document) {
  for (std::size_t c = denied.clause + 1; c < a.clauses.size(); ++c)
    if (others_act(a, a.clauses[c], c))
      return a.words(document, a.clauses[c].first, a.clauses[c].last);
  return {};
}

bool leaves_out(const Analysis& next) {
  if (!one_of(next.word(0), {"this", "that", "it"})) return false;
  if (next.word(1) == "excludes") return true;
  const bool denied = next.at(1, Tag::kDo) || next.at(1, Tag::kNot);
  constexpr std::size_t kNear = 5;
  for (std::size_t i = 2; denied && next.has(Tag::kNot, 1, kNear) && i < kNear; ++i)
    if (one_of(next.word(i), {"include", "cover", "apply", "concern"})) return true;
  return false;
}

bool takes_back(const Analysis& next) {
  constexpr std::size_t kNear = 4;
  if (next.question || next.clauses.empty()) return false;
  for (std::size_t i = 0; i < std::min(kNear, next.size()); ++i)
    if (one_of(next.tokens[i].word, {"exception", "exceptions"}))
      return !next.has(Tag::kNo, 0, i + 1) && !next.has(Tag::kWithout, 0, i + 1);
  return leaves_out(next) || others_act(next, next.clauses.front(), 0);
}

}  // namespace affiant::policy
