// The parts of a denying clause: its object, what qualifies it, what restricts it, where it holds.
// Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "policy/rules.h"

namespace affiant::policy {

class DenialParts {
 public:
  using Range = std::pair<std::size_t, std::size_t>;  // Tokens; empty when first == second.

  explicit DenialParts(const Reading& r) : r_(r), a_(r.a) {}

  bool is(const Predicate& p, Tag tag) const { return a_.at(p.at, tag); }
  // "There are no ...", "No ... here".
  bool existential(const Predicate& p) const;
  // Of the token, folded; empty behind the last.
  std::string_view word(std::size_t i) const;
  // Tokens in which the direct object can stand: behind the verb, or, in the passive, the noun
  // before it.
  Range object_range(const Predicate& p) const;
  // Words that point back, outside of conditions and exceptions; Analysis::npos when none does.
  std::size_t anaphora(std::size_t from, std::size_t to) const;
  // First of the words that qualify the thing: back to the verb, a comma or a conjunction.
  std::size_t modifiers_of(std::size_t from, const Hit& hit) const;
  // "advertising" in "advertising or analytics services": a quality of what the list is about.
  bool qualifies(const Hit& hit) const;
  // The noun that "third-party" belongs to in "third-party analytics or tracking scripts";
  // Analysis::npos when the words end before one.
  std::size_t head_after(std::size_t from, std::size_t to) const;
  // Words that may stand behind the thing and leave it as it is: "and", "on", "whatsoever".
  bool may_follow(std::size_t i) const;
  // What restricts the denial behind the thing: its purpose or a relative clause.
  Range tail_of(const Predicate& p, std::size_t after) const;
  // "on our website", "through our affiliate links", "in the newsletter": where the denial holds.
  std::string scope_after(const Predicate& p, std::size_t after) const;
  // A statement that denies, with all that is the same for every type filled in.
  Statement denial(std::string_view type, const Predicate& p, std::size_t after) const;

 private:
  std::string part_spoken_of(const Predicate& p) const;
  std::string place_before(const Predicate& p) const;
  std::string excepted_aside(const Predicate& p) const;
  bool by_default() const;
  bool is_quality(std::size_t i) const;
  bool is_head(std::size_t i) const;
  bool is_preposition(std::size_t i) const;
  std::size_t next_statement(std::size_t from, std::size_t to) const;
  std::size_t passive_start(const Predicate& p) const;

  const Reading& r_;
  const Analysis& a_;
};

struct Thing {
  Hit hit;
  std::size_t modifiers = 0;  // First token of the words that belong to it.
};

// What cannot be, may perhaps not be, or is advised against is no promise: "each cookie cannot be
// used by anyone else", "our apps may not use cookies", "we recommend not sharing passwords".
bool promises_nothing(const Analysis& a, const Predicate& p);

// Adds it, or to the one of its type what it denies besides: "neither A, B nor C" is one denial.
void add_denied(Statements* out, Statement statement);

// What stands as the object of a denying verb: cookies, storage, pixels, trackers, advertisements,
// third parties, named vendors.
void read_denied_things(const Reading& r, const DenialParts& parts, const Predicate& p,
                        Statements* out);
void read_denied_cookies(const Reading& r, const DenialParts& parts, const Predicate& p,
                         const Thing& thing, Statements* out);

}  // namespace affiant::policy
