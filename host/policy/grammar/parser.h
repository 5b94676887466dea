// A sentence of a language that is read by its table, taken apart: clauses, roles, who acts, what
// is denied, and whether every word of a clause is understood. Internal to this layer. Pure; linear
// in the sentence but for its number of clauses.
//
// No word of any language stands here or in the rules that use it: only tags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/analysis.h"
#include "policy/grammar/grammar.h"

namespace affiant::policy {

// What a main clause says, beside what Clause holds.
struct ClauseFacts {
  Polarity polarity = Polarity::kPlain;
  bool passive = false, may = false, hedged = false;
  bool avoids = false;                // By a verb that denies: "to do without".
  bool exists = false;                // "There is": things are or take place.
  bool only = false;                  // Limits what is done to what is named.
  bool understood = false;            // Every word of its main part has a meaning here.
  std::size_t verb = Analysis::npos;  // Its first practice verb, or what stands in for one.
};

struct Parse {
  bool too_long = false;  // Then nothing else is filled in.
  Analysis a;
  std::vector<ClauseFacts> facts;  // By clause.
  std::vector<bool> phrase;        // By token: in a phrase of place, means or agent.
  bool at(std::size_t i, Tag tag) const { return a.at(i, tag); }
  bool starts(std::size_t i, Tag tag) const {
    return i < first.size() && first[i].test(index_of(tag));
  }
  // Of a main clause, and not in a phrase that says where or by what.
  bool main(std::size_t i) const { return a.role[i] == Role::kMain && !phrase[i]; }
  std::string_view word(std::size_t i) const {
    return i < a.size() ? std::string_view(a.tokens[i].word) : std::string_view();
  }
  std::vector<TagSet> first;  // By token: of the hits that begin there.
};

// `own`: as analyse().
Parse parse(std::string_view document, std::size_t start, std::size_t end, const Grammar& grammar,
            const OwnNames& own);

// Verbs by which a site does something: as a tag, and as the word at `i` of a sentence.
bool is_verb(Tag tag);
bool is_practice(const Parse& p, std::size_t i);

}  // namespace affiant::policy
