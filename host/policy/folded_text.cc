#include "policy/folded_text.h"

#include <algorithm>

#include "policy/tokens.h"

namespace affiant::policy {
namespace {

std::size_t start_of(char first, char second) {
  return (static_cast<unsigned char>(first) * 37U + static_cast<unsigned char>(second)) & 1023U;
}

// Of three bytes as they are written. Of a byte outside ASCII only that it is one: it may be
// folded.
std::size_t beginning_of(const char* at) {
  std::size_t key = 0;
  for (int i = 0; i < 3; ++i) {
    const auto c = static_cast<unsigned char>(at[i]);
    key = key * 37U + (c >= 0x80 ? 0x80U : c >= 'A' && c <= 'Z' ? c + 32U : c);
  }
  return key & 4095U;
}

}  // namespace

std::string fold_latin(std::string_view text) {
  std::string out = fold(text);
  for (std::size_t i = 0; i + 1 < out.size(); ++i) {
    // U+00C0 to U+00DE, without the multiplication sign.
    const auto second = static_cast<unsigned char>(out[i + 1]);
    if (static_cast<unsigned char>(out[i]) == 0xC3 && second >= 0x80 && second <= 0x9E &&
        second != 0x97)
      out[i + 1] = static_cast<char>(second + 0x20);
  }
  return out;
}

std::string fold_label(std::string_view text) {
  std::string out;
  for (const char c : fold_latin(text)) {
    const bool space = c == ' ' || c == '\n' || c == '-';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

FoldedText::FoldedText(std::string text) : text_(std::move(text)) {
  for (std::size_t i = 0; i + 1 < text_.size(); ++i)
    if (i == 0 || !is_word_letter(text_[i - 1])) starts_.set(start_of(text_[i], text_[i + 1]));
}

std::size_t FoldedText::find(std::string_view phrase) const {
  const bool whole = phrase.ends_with('$');
  if (whole) phrase.remove_suffix(1);
  return find(phrase, whole);
}

std::size_t FoldedText::find(std::string_view phrase, bool whole) const {
  if (phrase.size() > 1 && !starts_.test(start_of(phrase[0], phrase[1]))) return std::string::npos;
  for (std::size_t at = text_.find(phrase); at != std::string::npos;
       at = text_.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || !is_word_letter(text_[at - 1])) &&
        (!whole || end >= text_.size() || !is_word_letter(text_[end])))
      return at;
  }
  return std::string::npos;
}

void Beginnings::add(std::string_view phrase) { starts_.set(beginning_of(phrase.data())); }

bool Beginnings::may_begin_in(std::string_view text) const {
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (starts_.test(beginning_of(text.data() + i))) return true;
  return false;
}

bool FoldedText::has_any(const std::vector<std::string_view>& phrases) const {
  return std::any_of(phrases.begin(), phrases.end(),
                     [this](std::string_view phrase) { return find(phrase) != std::string::npos; });
}

}  // namespace affiant::policy
