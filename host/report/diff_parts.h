// The parts of diff_reports(), and what they share. Internal to host/report.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "report/diff.h"
#include "report/finding_key.h"

namespace affiant::report {

// One phase, with Global Privacy Control on or off: only what both recordings tried is compared.
using Condition = std::pair<std::string, bool>;
using Conditions = std::set<Condition>;
std::map<std::uint64_t, Condition> conditions_of(const Report& report);  // By session.
Conditions shared_conditions(const Report& before, const Report& after);
// ", in phase accept, with Global Privacy Control on"; empty for the usual.
std::string condition_words(const Condition& condition);

// Why the policy as it was read may lack words that are there, or empty.
std::string why_words_may_lack(const Report& report);

// A statement's meaning: equal for two that say the same in other words.
std::string meaning_of(const policy::Statement& statement);
// "denies that third parties take part: cookies, for advertising"
std::string statement_words(const policy::Statement& statement);
Quote quote_of(const policy::Statement& statement, const policy::Declaration& of);
Quote quote_of(const policy::DeclaredCookie& row, const policy::Declaration& of);

// Collects the differences of one part; what rests on a silence that is not to be relied on is
// counted instead.
class Differences {
 public:
  // Whether the silence of each of the two can be relied on.
  Differences(bool before_whole, bool after_whole)
      : before_whole_(before_whole), after_whole_(after_whole) {}

  void only_before(std::string kind, std::string what, DiffSide before, std::string after_words);
  void only_after(std::string kind, std::string what, DiffSide after, std::string before_words);
  void both(Change change, std::string kind, std::string what, DiffSide before, DiffSide after);

  std::size_t left_out() const { return left_out_; }
  std::vector<Difference> take();  // Sorted.

 private:
  bool before_whole_, after_whole_;
  std::size_t left_out_ = 0;
  std::vector<Difference> all_;
};

void diff_said(const Report& before, const Report& after, Differences* out);
void diff_done(const Report& before, const Report& after, const Conditions& shared,
               Differences* out);
void diff_findings(const Report& before, const Report& after, const Conditions& shared,
                   Differences* out);

}  // namespace affiant::report
