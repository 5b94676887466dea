#include "policy/tokens.h"

#include <algorithm>
#include <array>

#include "policy/utf8.h"

namespace affiant::policy {
namespace {

// Letters, digits and the signs that names are made of.
constexpr std::array<bool, 256> kWordBytes = [] {
  std::array<bool, 256> set{};
  for (unsigned c = 'a'; c <= 'z'; ++c) set[c] = set[c - 32] = true;
  for (unsigned c = '0'; c <= '9'; ++c) set[c] = true;
  for (const char c : {'_', '*', '#', '+', '$', '%', '&'})
    set[static_cast<unsigned char>(c)] = true;
  return set;
}();

bool is_word_byte(unsigned char c) { return kWordBytes[c]; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Punctuation outside ASCII, as the sign it stands for; 0 when it is a letter.
char plain_sign(std::uint32_t c) {
  switch (c) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
      return '"';
    case 0x2018:
    case 0x2019:
    case 0x201A:
      return '\'';
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0xB7:
      return '-';
    case 0x2026:
      return '.';
    default:
      return c >= 0x2000 && c < 0x2070 ? '-' : '\0';
  }
}

bool joins(char c) { return c == '.' || c == '@' || c == '\''; }

class Scanner {
 public:
  Scanner(std::string_view document, std::size_t start, std::size_t end)
      : text_(document.substr(0, end)), at_(start) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      const std::size_t from = at_;
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == ' ' || byte == '\t') {
        ++at_;
      } else if (byte == '\n') {
        ++at_;
        punctuation(from, '\n');
      } else if (is_word_byte(byte)) {
        word(from);
      } else if (byte >= 0x80) {
        std::size_t next = at_;
        const char sign = plain_sign(next_code_point(text_, &next));
        if (sign == '\0') {
          word(from);
        } else {
          at_ = next;
          punctuation(from, sign);
        }
      } else {
        ++at_;
        punctuation(from, static_cast<char>(byte));
      }
    }
    return std::move(tokens_);
  }

 private:
  void punctuation(std::size_t from, char sign) {
    Token token;
    token.word.assign(1, sign);
    token.start = from;
    token.end = at_;
    token.punctuation = true;
    tokens_.push_back(std::move(token));
  }

  bool word_at(std::size_t at) const {
    if (at >= text_.size()) return false;
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (byte < 0x80) return is_word_byte(byte);
    std::size_t next = at;
    return plain_sign(next_code_point(text_, &next)) == '\0';
  }

  void word(std::size_t from) {
    Token token;
    token.start = from;
    token.capital = text_[from] >= 'A' && text_[from] <= 'Z';
    while (at_ < text_.size()) {
      std::size_t run = at_;
      while (run < text_.size() && is_word_byte(static_cast<unsigned char>(text_[run]))) ++run;
      if (run > at_) {
        const std::size_t size = token.word.size();
        token.word.append(text_.substr(at_, run - at_));
        for (std::size_t i = size; i < token.word.size(); ++i) token.word[i] = lower(token.word[i]);
        at_ = run;
        continue;
      }
      const auto byte = static_cast<unsigned char>(text_[at_]);
      std::size_t next = at_;
      const std::uint32_t c = next_code_point(text_, &next);
      const char sign = byte < 0x80 ? static_cast<char>(byte) : plain_sign(c);
      if (sign == '\0') {
        token.word.append(text_.substr(at_, next - at_));
        at_ = next;
      } else if (joins(sign) && word_at(next)) {
        token.word += sign;
        at_ = next;
      } else if (sign == ':' && text_.substr(at_).starts_with("://")) {
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '\n' && text_[at_] != ')')
          token.word += text_[at_++];
        break;
      } else {
        break;
      }
    }
    token.end = at_;
    tokens_.push_back(std::move(token));
  }

  std::string_view text_;
  std::size_t at_;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view document, std::size_t start, std::size_t end) {
  return Scanner(document, start, end).run();
}

std::string fold(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  std::size_t from = out.find('\xE2');
  if (from == std::string::npos) return out;
  std::size_t to = from;
  while (from < out.size()) {
    const std::string_view rest = std::string_view(out).substr(from, 3);
    if (rest == "\xE2\x80\x99" || rest == "\xE2\x80\x98") {
      out[to++] = '\'';
      from += 3;
    } else {
      out[to++] = out[from++];
    }
  }
  out.resize(to);
  return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  if (word.empty()) return false;
  // Most are told apart by their size and first letter, without a call.
  for (const std::string_view w : words)
    if (w.size() == word.size() && w[0] == word[0] && w == word) return true;
  return false;
}

}  // namespace affiant::policy
