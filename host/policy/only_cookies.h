// What a site says that its cookies are without exception: necessary, or of its own (T5).
// Internal to this layer. Pure.
#pragma once

#include <string>
#include <vector>

#include "policy/rules.h"

namespace affiant::policy {

// Predicates by which the site or somebody on it does something, plainly.
bool acts(const Analysis& a, const Predicate& p);

class OnlyCookies {
 public:
  OnlyCookies(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  // "The only cookies we use are essential". The functions below say whether one was read.
  bool only_kind_is_necessary(const Hit& hit);
  // "The cookies we use are strictly necessary", "all our cookies are essential".
  void all_are_necessary(const Hit& hit);
  // "We only use cookies (that are) required for ...", "uses only the cookies it needs".
  bool only_what_is_needed(const Predicate& p, const Hit& hit);
  // "We only use first-party cookies".
  void only_first_party(const Predicate& p, const Hit& hit);
  // "Uses only strictly necessary cookies". `kinds`: what the words before "cookies" call them.
  bool only_necessary(const Predicate& near, const Hit& hit, const std::vector<std::string>& kinds);
  void only_necessary_of(const Predicate* p);

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }
  bool and_others(const Hit& hit, const Predicate& p) const;

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace affiant::policy
