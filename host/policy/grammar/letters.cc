#include "policy/grammar/letters.h"

#include <utility>

#include "policy/utf8.h"

namespace affiant::policy {
namespace {

// Pairs of capital and small letter that stand side by side.
bool alternates(std::uint32_t c) {
  return (c >= 0x100 && c <= 0x137 && c != 0x130 && c != 0x131) || (c >= 0x14A && c <= 0x177) ||
         (c >= 0x460 && c <= 0x481) || (c >= 0x1E00 && c <= 0x1E95);
}

std::uint32_t lower(std::uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c < 0xC0) return c;
  if (c <= 0xDE && c != 0xD7) return c + 32;
  if (c == 0x178) return 0xFF;
  if (c == 0x1E9E) return 0xDF;
  if (alternates(c)) return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1 ? c + 1 : c;
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

void append(std::string* out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t b) { *out += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

bool is_inverted_mark(std::uint32_t c) { return c == 0xBF || c == 0xA1; }

// A token's inverted marks as signs of their own, and the rest of it.
Token without_marks(Token token, std::vector<Token>* out) {
  while (token.word.starts_with("\xC2\xBF") || token.word.starts_with("\xC2\xA1")) {
    Token mark;
    mark.word = token.word.substr(0, 2);
    mark.start = token.start;
    mark.end = token.start + 2;
    mark.punctuation = true;
    out->push_back(std::move(mark));
    token.word.erase(0, 2);
    token.start += 2;
  }
  return token;
}

}  // namespace

std::string fold_letters(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const std::uint32_t c = next_code_point(text, &at);
    const std::uint32_t small = lower(c);
    if (small == c)
      out.append(text.substr(from, at - from));
    else
      append(&out, small);
  }
  return out;
}

std::vector<Token> words_of(std::string_view document, std::size_t start, std::size_t end,
                            const Elisions& elisions) {
  std::vector<Token> out;
  for (Token& whole : tokenize(document, start, end)) {
    if (whole.punctuation) {
      out.push_back(std::move(whole));
      continue;
    }
    Token token = without_marks(std::move(whole), &out);
    if (token.word.empty()) continue;
    std::size_t first = token.start;
    const std::uint32_t c = next_code_point(document, &first);
    token.capital = lower(c) != c && !is_inverted_mark(c);
    token.word = fold_letters(token.word);
    const std::size_t apostrophe = token.word.find('\'');
    const bool parts = apostrophe != std::string::npos && apostrophe + 1 < token.word.size() &&
                       elisions.contains(std::string_view(token.word).substr(0, apostrophe));
    if (!parts) {
      out.push_back(std::move(token));
      continue;
    }
    Token rest = token;
    rest.word.erase(0, apostrophe + 1);
    token.word.resize(apostrophe + 1);
    // In the document the apostrophe is one byte, or three when it is typographic.
    std::size_t at = token.start;
    while (at < rest.end && document[at] != '\'' && document[at] != '\xE2') ++at;
    token.end = rest.start = at + (document[at] == '\'' ? 1 : 3);
    std::size_t second = rest.start;
    const std::uint32_t next = next_code_point(document, &second);
    rest.capital = lower(next) != next;
    out.push_back(std::move(token));
    out.push_back(std::move(rest));
  }
  return out;
}

}  // namespace affiant::policy
