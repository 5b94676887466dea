// The rows of host/policy/data/cookie_tables.tsv. Internal to this layer. Immutable once loaded;
// thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "policy/folded_text.h"

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
      joiners, nameless, negations, setters, life_words,
      name_labels;               // life_words: of the phrases of `lives`.
  Beginnings cookie_beginnings;  // Of cookie_words, each of three bytes or more.
};

const CookieLexicon& cookie_lexicon();

// "1.5" as 1,500 thousandths; "1,000" and "1.000" as a thousand. False when it is no figure, or one
// of more digits than fit.
bool read_figure(std::string_view word, std::int64_t* thousandths);

}  // namespace affiant::policy
