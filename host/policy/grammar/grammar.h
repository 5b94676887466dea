// A language that is read by its table alone: host/policy/data/<code>.tsv, of which
// docs/policy-reading.md ("Another language") tells what each row means. Internal to this layer.
// Immutable after loading; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "policy/grammar/letters.h"
#include "policy/lexicon.h"

namespace affiant::policy {

struct Grammar {
  std::string code;
  Lexicon lexicon;
  Elisions elisions;
  // Traits, from the rows of that name.
  bool bare_nouns = false;     // Nouns stand without an article: a capital at the start of a
                               // sentence tells no name.
  bool capital_nouns = false;  // Nouns are written with a capital, verbs are not.
  bool concord = false;        // A second negation strengthens the first.
  bool halved = false;         // Negations have two halves, of which `ne` is the first.

  static Result<Grammar> parse(std::string_view code, std::string_view table,
                               std::string_view vendors);

  std::vector<Token> words(std::string_view text, std::size_t start, std::size_t end) const {
    return words_of(text, start, end, elisions);
  }
};

// Of a language code, or nullptr when there is no table for it. A defect of a compiled-in table is
// an error here, and a test's failure.
const Result<Grammar>* grammar_of(std::string_view code);

// Codes of all languages with a table, in the order of host/policy/CMakeLists.txt.
std::vector<std::string_view> grammar_codes();

}  // namespace affiant::policy
