// The rows of host/policy/data/cookie_tables.tsv. Internal to this layer. Immutable once loaded;
// thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace affiant::policy {

struct CookieWordRow {
  std::string_view value;
  std::vector<std::string_view> phrases;
};

struct CookieLexicon {
  // In the order of the file.
  std::vector<CookieWordRow> labels, categories, storages, lives;
  std::vector<std::string_view> elsewhere, cookie_words, placeholders, expires;
  std::unordered_map<std::string_view, std::int64_t> units;    // Seconds.
  std::unordered_map<std::string_view, std::int64_t> numbers;  // Thousandths.
  std::unordered_set<std::string_view> denied, big_numbers, sum_words, fillers, same, generic,
      joiners, nameless, negations, life_words,
      name_labels;  // life_words: of the phrases of `lives`.
};

const CookieLexicon& cookie_lexicon();

// Lower case of ASCII and Latin-1 ("DURÉE"), plain apostrophes.
std::string fold_latin(std::string_view text);
// The same with hyphens and runs of white space as one space.
std::string fold_label(std::string_view text);

bool is_word_letter(char c);  // 'a' to 'z' or a byte of a longer character.

// Where `phrase` begins a word in folded `text`; npos when nowhere. A phrase that ends in '$' ends
// a word too.
std::size_t phrase_at(std::string_view text, std::string_view phrase);

// The same, ending a word too.
std::size_t whole_phrase_at(std::string_view text, std::string_view phrase);

// Any of the phrases.
bool has_phrase(std::string_view text, const std::vector<std::string_view>& phrases);

// "1.5" as 1,500 thousandths; "1,000" and "1.000" as a thousand. False when it is no figure, or one
// of more digits than fit.
bool read_figure(std::string_view word, std::int64_t* thousandths);

}  // namespace affiant::policy
