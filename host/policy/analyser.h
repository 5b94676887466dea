// The passes of analyse(): roles and clauses, predicates, subjects, polarity. Internal to this
// layer.
#pragma once

#include <string_view>
#include <vector>

#include "policy/analysis.h"

namespace affiant::policy {

class Analyser {
 public:
  explicit Analyser(Analysis* analysis);
  void run();

 private:
  // Roles and clauses, left to right.
  void mark_roles();
  void mark(std::size_t i);
  bool opens_circumstance(std::size_t i) const;
  bool opens_late_subject(std::size_t i) const;
  bool open_role(std::size_t i);
  bool starts_clause(std::size_t i) const;
  bool said_of_us(std::size_t before) const;
  bool tells(std::size_t i) const;
  bool opens_reason(std::size_t i) const;
  bool gives_own_reason(std::size_t i) const;
  void new_clause(std::size_t i);
  void enter(Role role);
  bool closes_leading(std::size_t i) const;
  bool embeds_question(std::size_t we) const;
  bool opens_inverted(std::size_t i) const;
  bool is_infinitive(std::size_t i) const;
  bool is_purpose_for(std::size_t i) const;
  bool is_dash(std::size_t i) const;
  bool is_relative_that(std::size_t i) const;

  bool is_verb(std::size_t i) const;
  bool starts(std::size_t i, Tag tag) const {
    return i < starts_.size() && starts_[i].test(index_of(tag));
  }
  // "no cookies", not "No, ..." and not the answer "No".
  bool is_no(std::size_t i) const {
    return starts(i, Tag::kNo) && i + 1 < a_.tokens.size() && !a_.tokens[i + 1].punctuation;
  }
  std::string_view word(std::size_t i) const { return a_.word(i); }

  bool is_auxiliary_have(std::size_t i) const;
  void find_predicates();
  bool starts_verb_phrase(std::size_t i) const;
  void find_subjects();
  bool points_back(std::size_t c) const;
  Subject subject_of(const Clause& clause, std::size_t before, std::string_view* vendor) const;
  void set_polarity();
  Polarity polarity_of(const Predicate& p) const;

  Analysis& a_;
  std::vector<TagSet> starts_;  // By token: of the hits that begin there.

  Role role_ = Role::kMain, lead_role_ = Role::kMain;
  Role aside_ = Role::kAside;  // What the brackets that are open hold.
  bool leading_ = false, verb_seen_ = false, bounded_ = false, introduced_ = false;
  int depth_ = 0, relative_verbs_ = 0;
};

}  // namespace affiant::policy
