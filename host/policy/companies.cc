#include "policy/companies.h"

#include <algorithm>
#include <array>

namespace affiant::policy {
namespace {

constexpr std::size_t kLongestName = 5;  // Words.

// Legal forms as the tokenizer leaves them. What is also an everyday word or a pair of initials
// counts only when written like a name.
bool is_legal_form(const Token& token) {
  return token.capital &&
         one_of(token.word,
                {"inc",   "llc", "llp",   "gmbh", "ltd",  "limited", "corp",  "corporation", "plc",
                 "ag",    "kg",  "se",    "sas",  "sarl", "s.a",     "s.a.s", "s.a.r.l",     "b.v",
                 "bv",    "n.v", "nv",    "ab",   "oy",   "aps",     "a/s",   "pty",         "pte",
                 "s.r.l", "srl", "s.p.a", "spa",  "s.l",  "sl",      "kk",    "ug",          "co"});
}

// Words that stand before a name and are no part of it, when a sentence begins with them.
bool is_leading_word(std::string_view word) {
  return one_of(word, {"the",  "our",  "by",   "with", "from",  "and",   "or",      "in",     "at",
                       "on",   "for",  "to",   "of",   "via",   "these", "this",    "your",   "its",
                       "both", "also", "when", "if",   "since", "while", "besides", "company"});
}

bool joins(std::string_view word) { return one_of(word, {"&", "of", "-", "+", "."}); }

}  // namespace

bool may_name_companies(std::string_view text) {
  static constexpr auto kForms = std::to_array<std::string_view>(
      {"Inc", "LLC",   "GmbH",  "Ltd", "LTD", "Limited", "Corp", " AG", " SE",
       " AB", "S.A",   "B.V",   "BV",  " Oy", "ApS",     "Pty",  "Pte", "PLC",
       "plc", "S.r.l", "S.p.A", "SAS", "N.V", "KG",      "UG"});
  return std::any_of(kForms.begin(), kForms.end(), [&](std::string_view form) {
    return text.find(form) != std::string_view::npos;
  });
}

std::vector<Hit> companies(const std::vector<Token>& tokens, const std::vector<Hit>& known) {
  std::vector<Hit> out;
  for (std::size_t form = 1; form < tokens.size(); ++form) {
    if (!is_legal_form(tokens[form])) continue;
    std::size_t last = form;
    if (tokens[last - 1].word == "," && last > 1) --last;
    if (!tokens[last - 1].capital || is_legal_form(tokens[last - 1])) continue;
    std::size_t first = last - 1;
    for (std::size_t words = 1; first > 0 && words < kLongestName; ++words) {
      const Token& before = tokens[first - 1];
      if (before.capital && !before.punctuation) {
        --first;
      } else if (joins(before.word) && first > 1 && tokens[first - 2].capital) {
        first -= 2;
      } else {
        break;
      }
    }
    while (first + 1 < last && is_leading_word(tokens[first].word)) ++first;
    if (is_leading_word(tokens[first].word)) continue;
    const bool named = std::any_of(known.begin(), known.end(), [&](const Hit& hit) {
      return hit.tag == Tag::kVendor && hit.first < last && hit.last > first;
    });
    const bool again = !out.empty() && out.back().last > first;
    if (!named && !again)
      out.push_back({Tag::kVendor, static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(last), "other"});
  }
  return out;
}

}  // namespace affiant::policy
