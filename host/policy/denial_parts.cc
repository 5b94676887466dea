#include "policy/denial_parts.h"

#include <algorithm>

namespace affiant::policy {

bool DenialParts::existential(const Predicate& p) const {
  return p.at > 0 && a_.tokens[p.at - 1].word == "there";
}

std::string_view DenialParts::word(std::size_t i) const {
  return i < a_.size() ? std::string_view(a_.tokens[i].word) : std::string_view();
}

bool DenialParts::is_preposition(std::size_t i) const {
  return !a_.at(i, Tag::kThird) &&
         one_of(word(i),
                {"through", "via", "from", "by", "with", "in", "on", "about", "into", "using",
                 "against", "at", "under", "within", "across", "regarding", "for", "as"});
}

DenialParts::Range DenialParts::object_range(const Predicate& p) const {
  const Clause& clause = a_.clauses[p.clause];
  std::size_t from = p.passive ? passive_start(p) : p.end;
  std::size_t to = p.passive ? p.at : clause.last;
  while (p.passive && from < to && a_.role[from] != Role::kMain) ++from;
  // "On this site no cookies are set".
  if (p.passive && is_preposition(from)) {
    std::size_t i = from;
    while (i < to && word(i) != "," && !a_.at(i, Tag::kNo)) ++i;
    if (i < to) from = i;
  }
  for (std::size_t i = from; i < to; ++i) {
    // "any information through cookies": the cookies are not what is denied.
    if (a_.role[i] != Role::kMain ? !p.passive : is_preposition(i)) to = i;
  }
  return {from, to};
}

// Behind whatever the sentence said before with a verb of its own.
std::size_t DenialParts::passive_start(const Predicate& p) const {
  const std::size_t first = a_.clauses[p.clause].first;
  std::size_t i = p.at;
  bool noun = false;
  while (i > first) {
    const bool auxiliary = a_.at(i - 1, Tag::kBe) || a_.at(i - 1, Tag::kDo) ||
                           a_.at(i - 1, Tag::kWill) || a_.at(i - 1, Tag::kMay);
    if (noun && (auxiliary || one_of(word(i - 1), {"as", "because", "since", "that"}))) break;
    if (!auxiliary && !a_.at(i - 1, Tag::kNot)) noun = true;
    --i;
  }
  return i;
}

std::size_t DenialParts::anaphora(std::size_t from, std::size_t to) const {
  for (const Hit& hit : a_.hits) {
    const Role role = a_.role[hit.first];
    if (hit.tag == Tag::kAnaphora && hit.first >= from && hit.first < to &&
        role != Role::kException && role != Role::kCondition)
      return hit.first;
  }
  return Analysis::npos;
}

std::size_t DenialParts::modifiers_of(std::size_t from, const Hit& hit) const {
  std::size_t first = hit.first;
  while (first > from && hit.first - first < 6) {
    const std::string_view before = word(first - 1);
    if (a_.tokens[first - 1].punctuation && before != "-") break;
    if (one_of(before, {"and", "or", "nor"}) && !a_.at(first, Tag::kThird) &&
        !(first >= 2 && (a_.at(first - 2, Tag::kFirstparty) || a_.at(first - 2, Tag::kPersistent) ||
                         a_.at(first - 2, Tag::kPurpose) || a_.at(first - 2, Tag::kThird))))
      break;
    --first;
  }
  return first;
}

DenialParts::Range DenialParts::tail_of(const Predicate& p, std::size_t after) const {
  std::size_t from = Analysis::npos, to = 0;
  for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
    if (a_.role[i] != Role::kPurpose && a_.role[i] != Role::kRelative) continue;
    from = std::min(from, i);
    to = i + 1;
  }
  return from == Analysis::npos ? std::pair{std::size_t{0}, std::size_t{0}} : std::pair{from, to};
}

std::string DenialParts::scope_after(const Predicate& p, std::size_t after) const {
  for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
    if (a_.role[i] != Role::kMain) break;
    if (!one_of(word(i),
                {"on", "in", "within", "through", "via", "from", "at", "across", "inside"}) &&
        !(word(i) == "by" && (p.passive || existential(p))))
      continue;
    std::size_t end = i + 1;
    while (end < a_.clauses[p.clause].last && end - i < 9 && a_.role[end] == Role::kMain &&
           !(a_.tokens[end].punctuation && word(end) != "-"))
      ++end;
    // "on Example": the site by its name.
    if (end == i + 2 && a_.tokens[i + 1].capital) return {};
    return a_.words(r_.document.text, i, end);
  }
  return {};
}

Statement DenialParts::denial(std::string_view type, const Predicate& p, std::size_t after) const {
  Statement s = statement_of(r_, type, &p);
  s.polarity = "does-not";
  s.observable = "yes";
  s.subject = "we";
  s.purposes.clear();
  s.scope = scope_after(p, after);
  return s;
}

}  // namespace affiant::policy
