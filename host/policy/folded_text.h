// Text made ready for looking up phrases in it. Internal to this layer. Pure.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy {

// Lower case of ASCII and Latin-1 ("DURÉE"), plain apostrophes.
std::string fold_latin(std::string_view text);
// The same with hyphens and runs of white space as one space.
std::string fold_label(std::string_view text);

bool is_word_letter(char c);  // 'a' to 'z' or a byte of a longer character.

// A folded text, with a sketch of how its words begin: most of the hundreds of phrases that are
// looked for in a sentence are told to be absent by it alone. Immutable.
class FoldedText {
 public:
  explicit FoldedText(std::string text);

  std::string_view text() const { return text_; }
  // Where `phrase` begins a word; npos when nowhere. A phrase that ends in '$' ends a word too.
  std::size_t find(std::string_view phrase) const;
  // The same, ending a word too.
  std::size_t find_whole(std::string_view phrase) const { return find(phrase, true); }
  bool has_any(const std::vector<std::string_view>& phrases) const;

 private:
  std::size_t find(std::string_view phrase, bool whole) const;

  std::string text_;
  std::bitset<1024> starts_;  // Of the first two bytes of words, hashed.
};

// How phrases begin: told of a text that is not folded yet, since most texts hold none of them.
class Beginnings {
 public:
  void add(std::string_view phrase);  // Of three bytes or more.
  // Whether one of the phrases may begin somewhere in `text`; false is certain.
  bool may_begin_in(std::string_view text) const;

 private:
  std::bitset<4096> starts_;  // Of the first three bytes, hashed.
};

}  // namespace affiant::policy
