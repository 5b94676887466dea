// The first pass of parse(): which words are main clauses, and which are conditions, exceptions,
// purposes, relative clauses and asides of them. Internal to this layer.
#pragma once

#include "policy/grammar/parser.h"

namespace affiant::policy {

class RolesPass {
 public:
  RolesPass(Parse* parse, const Grammar& grammar) : p_(*parse), a_(parse->a), grammar_(grammar) {}
  // Fills role, clause and clauses.
  void run();

 private:
  void mark(std::size_t i);
  bool opens(std::size_t i);
  void enter(Role role, std::size_t i);
  void new_clause(std::size_t i);
  bool starts_clause(std::size_t i) const;
  bool gives_own_reason(std::size_t i) const;
  bool resumes(std::size_t i) const;
  bool resumes_without_comma(std::size_t i) const;
  bool is_relative(std::size_t i) const;
  bool qualifies_thing(std::size_t i) const;
  bool closes_passive(std::size_t i) const;
  bool in_idiom(std::size_t i) const;
  bool is_subject(std::size_t i) const;
  bool is_finite(std::size_t i) const;
  bool object_since_verb(std::size_t i) const;
  bool is_sign(std::size_t i, std::string_view sign) const { return p_.word(i) == sign; }
  bool is_dash(std::size_t i) const;

  Parse& p_;
  Analysis& a_;
  const Grammar& grammar_;
  Role role_ = Role::kMain;
  int depth_ = 0;
  bool leading_ = false;    // The role was opened before the main clause had its verb.
  bool verb_seen_ = false;  // Of the main clause; an auxiliary is one.
  bool practice_seen_ = false;
  bool comma_open_ = false;  // The role was opened behind a comma.
  bool unless_ = false;      // An exception that is a clause.
  bool by_for_ = false;      // The role was opened by "for".
  int role_words_ = 0, role_verbs_ = 0;
  std::size_t last_verb_ = Analysis::npos;
};

}  // namespace affiant::policy
