// Where the parts of compare_engines() write what they find. Internal to host/report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/engines.h"

namespace affiant::report {

// The kinds of disagreement, in the order they are told in.
struct EngineKind {
  std::string_view name, sentence;
};
const std::vector<EngineKind>& engine_kinds();

// "chromium": of the first session; "unknown engine" when there is none.
std::string engine_of(const Report& report);

// Why a recording may lack what happened, e.g. "it was cut short: failed"; empty when nothing says
// so. Only of a recording that is whole may its silence be told.
std::string why_it_may_lack(const Report& report);

class Ledger {
 public:
  Ledger(const Report& left, const Report& right);

  const Report& left() const { return left_; }
  const Report& right() const { return right_; }
  bool left_whole() const { return left_lack_.empty(); }
  bool right_whole() const { return right_lack_.empty(); }

  // Something that only one of them shows. Left out, and counted, when the other may lack it.
  void only_left(std::string kind, std::string what, Side seen);
  void only_right(std::string kind, std::string what, Side seen);
  void differ(std::string kind, std::string what, Side left, Side right);
  // Left out because the silence that it rests on is not to be relied on.
  void leave_out() { ++left_out_; }

  Comparison take();

 private:
  const Report& left_;
  const Report& right_;
  std::string left_name_, right_name_, left_lack_, right_lack_;
  std::size_t left_out_ = 0;
  Comparison result_;
};

// Sorts, and takes out what stands twice.
std::vector<observe::Leaf> sorted_entries(std::vector<observe::Leaf> entries);
// ", in phase accept": added to a thing that was seen in another phase than the usual one.
std::string phase_words(const std::string& phase);

// Walks two maps in the order of their keys: one(key, value, in_left) for a key that only one of
// them has, both(key, left, right) for the others.
template <typename Map, typename One, typename Both>
void walk_both(const Map& left, const Map& right, One one, Both both) {
  auto l = left.begin();
  auto r = right.begin();
  while (l != left.end() || r != right.end()) {
    if (r == right.end() || (l != left.end() && left.key_comp()(l->first, r->first))) {
      one(l->first, l->second, true);
      ++l;
    } else if (l == left.end() || left.key_comp()(r->first, l->first)) {
      one(r->first, r->second, false);
      ++r;
    } else {
      both(l->first, l->second, r->second);
      ++l;
      ++r;
    }
  }
}

// The parts, a file each where they are long.
void compare_modes(Ledger* ledger);
void compare_pages(Ledger* ledger);
void compare_cookies(Ledger* ledger);
void compare_storage(Ledger* ledger);
void compare_third_parties(Ledger* ledger);
void compare_techniques(Ledger* ledger);
void compare_consent(Ledger* ledger);
void compare_findings(Ledger* ledger);

// The findings that both make, at the same strength, gravest first.
struct SharedFinding {
  const findings::Finding* left;
  const findings::Finding* right;
};
std::vector<SharedFinding> shared_findings(const Report& left, const Report& right);

}  // namespace affiant::report
