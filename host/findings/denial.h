// What a denial promises, and what was seen that breaks it. Internal to this layer.
#pragma once

#include <string>
#include <vector>

#include "findings/context.h"

namespace affiant::findings {

// How far the words bind: a finding on this statement is never stronger than `cap`, and `why` says
// what holds it back.
struct Binding {
  bool applies = false;
  Strength cap = Strength::kContradicted;
  std::string why;
  bool except_necessary = false;  // Its exception is the necessary cookies, and nothing else.
};
Binding binding_of(const policy::Statement& statement, const Context& context);
// The same for a sentence that promises something and is no denial of F1.
Binding promise_binding(const policy::Statement& statement, const Context& context);

// "except for essential cookies": the one exception that knowledge of cookies can judge.
bool is_necessary_exception(std::string_view exception);

// One thing seen that a denial denies. `strength` is what it amounts to before the statement's own
// cap.
struct Breach {
  Strength strength = Strength::kContradicted;
  std::string words;       // "cookie "_ga" of .shop.example, kept 730 days"
  std::string why;         // Why it is less than a contradiction; empty when it is one.
  bool is_cookie = false;  // Else a third party.
  std::set<observe::Leaf> entries;
  std::vector<const policy::Statement*>
      permitted_by;  // Statements of the same policy that allow the very thing.
};

// What breaks the denial of a technique or of storage, of one phase. Part of breaches_of().
void add_other_means(const policy::Statement& statement, const Binding& binding,
                     const Context& context, const std::string& phase, std::vector<Breach>* out);

// Of one phase, in a fixed order.
std::vector<Breach> breaches_of(const policy::Statement& statement, const Binding& binding,
                                const Context& context, const std::string& phase);

}  // namespace affiant::findings
