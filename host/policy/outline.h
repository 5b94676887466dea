// A document as sentences and units, in order. Internal to this layer. Pure.
//
// A unit is what is counted when it is asked how much of a text a browser could check
// (docs/policy-reading.md): a sentence; a list with the paragraph that introduces it; a heading
// that states something by itself. A sentence is what statements are read from.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "policy/document.h"
#include "policy/lexicon.h"

namespace affiant::policy {

struct Sentence {
  std::size_t start = 0, end = 0;  // In Document::text; a lead-in reaches to the end of its items.
  std::size_t unit = 0;            // Index into Outline::units.
  std::size_t heading = npos;      // Block index of the nearest heading above.
  std::size_t block = 0;
  bool is_heading = false;
  bool first_of_block = false;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

struct Unit {
  std::size_t start = 0, end = 0;
};

struct Outline {
  std::vector<Sentence> sentences;
  std::vector<Unit> units;
};

// Tables in `cookie_tables` hold declared cookies, not sentences, and are left out.
Outline outline_of(const Document& document, const std::set<int>& cookie_tables,
                   const Lexicon& lexicon);

// Sentences of a stretch of text: spans without surrounding white space. `words`: of the language,
// for its abbreviations; may be null.
struct Span {
  std::size_t start = 0, end = 0;
};
std::vector<Span> split_sentences(std::string_view text, std::size_t start, std::size_t end,
                                  const Lexicon* words = nullptr);

}  // namespace affiant::policy
