// Statements of a document in a language that is read by its table. Internal to this layer. Pure.
#pragma once

#include <set>
#include <string_view>

#include "policy/declaration.h"
#include "policy/grammar/grammar.h"

namespace affiant::policy {

// Adds to `out`: statements, in order, and the units in which nothing is observable. `tables`:
// those that hold declared cookies. `called`: as own_names().
void read_statements(const Document& document, const Grammar& grammar, const std::set<int>& tables,
                     std::string_view called, Declaration* out);

// Whether the text speaks as policies do: kinds of cues (rows `cue` of the table) and how many.
struct Cues {
  std::size_t kinds = 0, count = 0;
  bool wall = false;  // Asks for a choice, as a notice does.
};
Cues cues_of(std::string_view text, const Grammar& grammar);

}  // namespace affiant::policy
