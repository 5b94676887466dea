// The parts of a clause that denies, and the statement that it makes: what bounds it, where it
// holds. Internal to this layer. Pure.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {

// Whether data of these kinds tells who a visitor is.
bool is_personal(const std::vector<std::string>& data);

class DenialParts {
 public:
  using Words = std::pair<std::size_t, std::size_t>;  // Tokens; empty when first == second.

  DenialParts(const Reading& r, const Parse& p, Statements* out)
      : r_(r), p_(p), a_(p.a), out_(out) {}

  // One statement a type; what it denies adds up.
  void add(Statement s);

  // Of clause c: whether its verb has one of the tags; whether a tag stands in its main part, or in
  // one of these roles; the values of a tag in these roles.
  bool verb(std::size_t c, std::initializer_list<Tag> tags) const;
  bool in_clause(std::size_t c, Tag tag) const;
  bool in_roles(Tag tag, std::size_t c, std::initializer_list<Role> roles) const;
  std::vector<std::string> values_in(Tag tag, std::size_t c,
                                     std::initializer_list<Role> roles) const;

  // The words of a clause's purpose and relative clauses: what they say bounds the denial.
  Words tail(std::size_t c) const;
  // A phrase of place or agent that says more than "on this site".
  std::string scope(std::size_t c) const;
  // A statement that denies, with all that is the same for every type filled in; an opt-out-effect
  // when it is what happens after a refusal.
  Statement denial(std::string_view type, std::size_t c) const;
  // A denial with a purpose denies only that; one whose purpose is not understood denies nothing.
  void bounded(Statement s, std::size_t c);

 private:
  // "with ad networks": no place, but what the verb is about.
  bool governs(std::size_t i) const;

  bool is_device(std::size_t i) const;
  bool is_site(std::size_t i) const;
  std::string part_of_site(std::size_t c) const;

  const Reading& r_;
  const Parse& p_;
  const Analysis& a_;
  Statements* out_;
};

// What stands as a denied thing: cookies, storage, pixels, trackers, advertisements, third parties,
// named vendors.
void read_denied(const Reading& r, const Parse& p, const NounPhrase& n, std::size_t clause,
                 DenialParts* parts);

}  // namespace affiant::policy::grammar
