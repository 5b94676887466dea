// Whether a party that a sentence speaks of takes part in what it says, or gives, owns or is only
// mentioned. Internal to this layer. Pure.
#pragma once

#include <string_view>

#include "policy/rules.h"

namespace affiant::policy {

class PartyRole {
 public:
  explicit PartyRole(const Reading& r) : a_(r.a) {}

  // The predicate whose word it is whether the name takes part: the nearest before it in its
  // clause, else the first behind it.
  const Predicate* governing(const Hit& hit) const;
  // "We may receive data about you from partners": who gives, not who gets.
  bool is_source(const Hit& hit) const;
  // "Links to Facebook and Twitter": where a visitor may go.
  bool is_linked(const Hit& hit, std::string_view until = "") const;
  // "News about our partners", "offers from advertisers", "on behalf of sponsors", "our advertising
  // services", "the rights of third parties": what is written of them, or ourselves.
  bool is_topic(const Hit& hit) const;
  // "Example acts as a service provider", "Example, with its affiliates (collectively "we"), ...":
  // the party is the site itself.
  bool is_self(const Hit& hit) const;
  // "It is for this only and is not shared with third parties", "not accessible to partners".
  bool is_denied(const Hit& hit) const;
  // Any of these, for a kind of party.
  bool takes_no_part(const Hit& hit) const;
  // "It is provided by a third party", "as managed by the council": nobody gets anything.
  bool only_names_giver(const Predicate& p) const;

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }
  bool is_predicate(std::size_t i) const;
  bool in_other_item(std::size_t verb, std::size_t name) const;
  bool belongs_to(const Hit& hit) const;
  bool is_bound(const Hit& hit) const;
  bool is_kept_out(const Hit& hit) const;
  bool gives_us(const Hit& hit) const;
  bool speaks_of_data(std::size_t before) const;
  bool comes_from(std::size_t from) const;

  const Analysis& a_;
};

}  // namespace affiant::policy
