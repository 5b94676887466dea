// JavaScript as tokens, for finding one's way: what is a comment, a string or a regular expression,
// and where brackets open and close. Nothing is evaluated, and nothing is an error: code that is
// cut off or odd gives odd tokens. Internal to this layer.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace affiant::consent {

struct JsToken {
  enum class Kind : std::uint8_t {
    kEnd,
    kWord,      // An identifier, a keyword, or a number.
    kString,    // With its quotes.
    kTemplate,  // A stretch of one: up to its end or to the next "${".
    kRegex,     // With slashes and flags.
    kSign       // One character.
  };
  Kind kind = Kind::kEnd;
  std::size_t start = 0, end = 0;
};

class JsScanner {
 public:
  explicit JsScanner(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  JsToken next();
  std::size_t at() const { return at_; }
  std::string_view of(const JsToken& token) const {
    return text_.substr(token.start, token.end - token.start);
  }

 private:
  JsToken token(JsToken::Kind kind, std::size_t end);
  std::size_t string_end() const;
  std::size_t template_end();
  std::size_t regex_end();  // 0 when this slash divides.
  bool may_be_regex() const;

  std::string_view text_;
  std::size_t at_ = 0;
  JsToken last_;
  std::size_t braces_ = 0;
  std::size_t wasted_ = 0;  // Bytes looked through for the end of what was no regular expression.
  std::vector<std::size_t> templates_;  // For each open "${", how many braces were open before it.
};

// The offset of the first byte from `at` on that is neither white space nor in a comment.
std::size_t skip_trivia(std::string_view text, std::size_t at);

bool is_word_start(char c);  // Of an identifier; every byte of a character beyond ASCII counts.
bool is_word(char c);

}  // namespace affiant::consent
