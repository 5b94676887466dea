// The words of one language, from the tables of host/policy/data that are compiled in. Internal to
// this layer. Immutable after loading; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "policy/tags.h"
#include "policy/tokens.h"

namespace affiant::policy {

// A phrase found in a list of tokens: [first, last).
struct Hit {
  Tag tag = Tag::kWe;
  std::uint32_t first = 0, last = 0;
  std::string_view value;  // Second column of the table: a purpose, a kind of data, of vendor.
                           // Lives as the lexicon.
};

class Lexicon {
 public:
  // `table`: rows of tag, value, phrases. `vendors`: rows of kind, names. The error names row and
  // file.
  static Result<Lexicon> parse(std::string_view table, std::string_view vendors,
                               std::string_view what);

  // Every phrase at every place, in order of its first token, longer before shorter. Words covered
  // by a phrase that hides them (signals such as "do not track", and the `mask` rows) give nothing
  // else.
  std::vector<Hit> find(const std::vector<Token>& tokens) const;

  std::size_t size() const { return phrases_.size(); }

 private:
  struct Word {
    std::string head, tail;  // Exact when !wild, else what precedes and follows the '*'.
    bool wild = false;
    bool capital = false;  // Of a cased phrase: must be written with one.
    bool matches(std::string_view word) const;
  };
  struct Phrase {
    Tag tag;
    std::uint32_t value;  // Index into values_.
    std::vector<Word> words;
    bool cased = false;  // Its first word, and others as the table writes them, need a capital.
  };
  // How a phrase is found by its first word, and told to be another by the start of its second.
  struct Entry {
    std::uint32_t phrase = 0;  // Index into phrases_.
    std::uint32_t second = 0;  // Two letters; 0 when it has no second word, or a shorter one.
  };
  using Entries = std::vector<Entry>;
  void add(Tag tag, std::uint32_t value, std::string_view phrase);
  bool names_a_signal(const std::vector<Token>& tokens, const Hit& hit,
                      const std::vector<Hit>& before) const;
  void candidates_at(const std::vector<Token>& tokens, std::size_t at, std::vector<Hit>* out) const;

  std::vector<std::string> values_;
  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, Entries> by_word_;     // First word, exact.
  std::unordered_map<std::uint32_t, Entries> by_start_;  // 2 to 4 first letters of a wild one.
  std::unordered_map<std::uint32_t, Entries> by_end_;    // 3 last letters of one behind its '*'.
};

// English. A defect of the compiled-in tables is an error here, and a test's failure.
const Result<Lexicon>& english();

}  // namespace affiant::policy
