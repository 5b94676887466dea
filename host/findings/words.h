// The words of findings: figures, lists and quotations as a visitor reads them. English,
// deterministic.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::findings {

// 90 -> "90 seconds", 172800 -> "2 days", 63072000 -> "730 days (2 years)". Whole units, rounded
// down.
std::string duration(std::int64_t seconds);
// "1 request", "3 requests".
std::string count(std::size_t number, std::string_view noun);
// "a", "a and b", "a, b and c"; beyond `most` "a, b and 4 more".
std::string list(const std::vector<std::string>& items, std::size_t most = 4);
// White space collapsed, cut at a character boundary, in quotation marks.
std::string quotation(std::string_view text, std::size_t max_bytes = 160);
// A quotation that ends a sentence: with a full stop, unless the quoted words bring their own.
std::string sentence(std::string quotation);
// ASCII lower case, white space collapsed, punctuation at both ends left out.
std::string folded(std::string_view text);
// Whether `text` holds `phrase` as whole words; both folded already.
bool has_phrase(std::string_view text, std::string_view phrase);
// Whether any of the '|'-separated word beginnings occurs at a word's start in `text` (folded).
bool has_word_start(std::string_view text, std::string_view beginnings);

}  // namespace affiant::findings
