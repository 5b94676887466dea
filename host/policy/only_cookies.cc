#include "policy/only_cookies.h"

#include <algorithm>

#include "policy/denial_parts.h"

namespace affiant::policy {

bool acts(const Analysis& a, const Predicate& p) {
  if (p.polarity != Polarity::kPlain || disclaims(a, p.clause)) return false;
  const Subject subject = a.clauses[p.clause].subject;
  if (subject == Subject::kYou || (subject == Subject::kOther && !p.passive)) return false;
  if (p.role == Role::kMain) return true;
  // The purpose of something that is denied is denied with it.
  return p.role == Role::kPurpose &&
         std::none_of(a.predicates.begin(), a.predicates.end(), [&](const Predicate& main) {
           return main.clause == p.clause && main.role == Role::kMain &&
                  main.polarity != Polarity::kPlain;
         });
}

bool OnlyCookies::only_kind_is_necessary(const Hit& hit) {
  if (!a_.has(Tag::kOnly, hit.first > 2 ? hit.first - 2 : 0, hit.first) ||
      a_.has(Tag::kUnnecessary) || a_.has(Tag::kNot))
    return false;
  const std::size_t is = a_.find(Tag::kBe, hit.last);
  const std::size_t necessary = a_.find(Tag::kNecessary, hit.last);
  if (is == Analysis::npos || necessary == Analysis::npos || necessary < is) return false;
  if (a_.clause[necessary] != a_.clause[hit.first] || a_.role[necessary] != Role::kMain)
    return false;
  only_necessary_of(nullptr);
  return true;
}

void OnlyCookies::all_are_necessary(const Hit& hit) {
  if (hit.first > 3 || a_.has(Tag::kUnnecessary) || a_.has(Tag::kNot) || a_.has(Tag::kHedge) ||
      a_.has(Tag::kThird))
    return;
  const bool all = hit.first > 0 && one_of(word(0), {"all", "the", "our", "any"});
  const std::size_t is = a_.find(Tag::kBe, hit.last);
  if (!all || is == Analysis::npos || a_.role[is] != Role::kMain || is - hit.last > 5) return;
  const bool ours = a_.has(Tag::kOur, 0, hit.first) || a_.has(Tag::kWe, hit.last, is) ||
                    a_.has(Tag::kSite, hit.last, is);
  const std::size_t necessary = a_.find(Tag::kNecessary, is);
  if (!ours || necessary == Analysis::npos || necessary - is > 3) return;
  for (std::size_t i = necessary; i < a_.size(); ++i)
    if (word(i) == "or" || word(i) == "and") return;
  only_necessary_of(nullptr);
}

bool OnlyCookies::only_what_is_needed(const Predicate& p, const Hit& hit) {
  const Subject subject = a_.clauses[p.clause].subject;
  if (p.role != Role::kMain || subject != Subject::kWe || a_.has(Tag::kNot) ||
      !a_.has(Tag::kOnly, p.at > 2 ? p.at - 2 : 0, hit.first) || hit.first < p.at)
    return false;
  std::size_t i = hit.last;
  while (one_of(word(i), {"that", "which", "are", "is", "strictly", "absolutely", "technically"}))
    ++i;
  const bool needed = a_.at(i, Tag::kNecessary) || one_of(word(i), {"required", "needed"});
  const bool needs =
      (one_of(word(i), {"it", "we"}) || a_.at(i, Tag::kSite) || a_.at(i + 1, Tag::kSite)) &&
      (one_of(word(i + 1), {"need", "needs", "require", "requires"}) ||
       one_of(word(i + 2), {"needs", "requires"}));
  // "... or for which you have agreed".
  if (!(needed || needs) || a_.has(Tag::kConsent) || a_.has(Tag::kUnnecessary)) return false;
  for (; i < a_.size(); ++i)
    if (one_of(word(i), {"improve", "marketing", "advertising", "analytics", "statistics"}))
      return false;
  only_necessary_of(&p);
  return true;
}

void OnlyCookies::only_first_party(const Predicate& p, const Hit& hit) {
  if (!a_.at(hit.first - 1, Tag::kFirstparty) || a_.has(Tag::kNot) || a_.has(Tag::kThird) ||
      p.role != Role::kMain || a_.clauses[p.clause].subject != Subject::kWe ||
      !a_.has(Tag::kOnly, p.at > 2 ? p.at - 2 : 0, hit.first))
    return;
  Statement s = statement_of(r_, "third-party-denial", &p);
  s.polarity = "does-not";
  s.subject = "third-party";
  s.data = {"cookies"};
  s.purposes.clear();
  s.scope = section_place(r_);
  s.observable = "yes";
  add_once(out_, std::move(s));
}

void OnlyCookies::only_necessary_of(const Predicate* p) {
  Statement s = statement_of(r_, "only-necessary", p);
  const Statement bounds = p == nullptr ? s : DenialParts(r_).denial("only-necessary", *p, p->end);
  s.scope = bounds.scope;
  // "Without them the shop is kept from working": that is no place.
  for (const std::string_view way : {"from ", "by ", "through ", "via ", "across "})
    if (s.scope.starts_with(way)) s.scope.clear();
  if (s.scope.empty()) s.scope = section_place(r_);
  s.hedged = bounds.hedged;
  s.data = {"cookies"};
  s.purposes = {"necessary"};
  s.observable = "yes";
  add_once(out_, std::move(s));
}

// "Only essential cookies and Google Analytics", "... and, with your consent, others".
bool OnlyCookies::and_others(const Hit& hit, const Predicate& p) const {
  const std::size_t end = a_.clauses[p.clause].last;
  bool joined = false;
  for (std::size_t i = hit.last; i < end; ++i) {
    joined = joined || one_of(word(i), {"and", "or", "plus", "&"});
    if (!joined) continue;
    for (const Tag tag :
         {Tag::kCookie, Tag::kVendor, Tag::kTracker, Tag::kBeacon, Tag::kThird, Tag::kConsent})
      if (a_.at(i, tag)) return true;
    if (one_of(word(i), {"analytics", "statistics", "marketing", "advertising"})) return true;
  }
  return false;
}

bool OnlyCookies::only_necessary(const Predicate& near, const Hit& hit,
                                 const std::vector<std::string>& kinds) {
  // "Uses only essential cookies to run the shop": the verb in front, not that of the purpose.
  const Predicate* in_front = &near;
  for (const Predicate& p : a_.predicates)
    if (near.role != Role::kMain && p.clause == near.clause && p.at < hit.first && acts(a_, p) &&
        p.role == Role::kMain)
      in_front = &p;
  const Predicate& p = *in_front;
  if (!contains(kinds, "necessary") || kinds.size() > 1) return false;
  const std::size_t from = p.at > 3 ? p.at - 3 : 0;
  std::size_t only = Analysis::npos;
  for (const Hit& h : a_.hits) {
    if (h.tag == Tag::kOnly && h.first >= from && h.first < hit.first &&
        a_.clause[h.first] == p.clause && a_.role[h.first] == a_.role[hit.first])
      only = h.first;
  }
  // "essential cookies only", at the end of what is said.
  if (only == Analysis::npos && a_.at(hit.last, Tag::kOnly) &&
      (hit.last + 1 >= a_.size() || a_.tokens[hit.last + 1].punctuation))
    only = hit.last;
  if (only == Analysis::npos || p.role != Role::kMain || and_others(hit, p)) return false;
  const Subject subject = a_.clauses[p.clause].subject;
  if (subject != Subject::kWe && !(p.passive && subject != Subject::kThird)) return false;
  only_necessary_of(&p);
  return true;
}

}  // namespace affiant::policy
