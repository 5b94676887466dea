// A stretch of a document as words and punctuation. Internal to this layer. Pure.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy {

struct Token {
  std::string word;  // Folded: ASCII lower case, typographic apostrophes made plain. Of
                     // punctuation, the sign itself.
  std::size_t start = 0, end = 0;  // In the document's text.
  bool punctuation = false;
  bool capital = false;  // Written with a capital first letter.
};

// Hyphens and slashes part words ("third-party" is two); a dot, '@' or apostrophe inside a word
// does not. Typographic quotation marks become '"', bullets and dashes '-'; a line break is a sign
// of its own.
std::vector<Token> tokenize(std::string_view document, std::size_t start, std::size_t end);

// ASCII lower case; U+2018 and U+2019 become "'".
std::string fold(std::string_view text);

bool one_of(std::string_view word, std::initializer_list<std::string_view> words);

}  // namespace affiant::policy
