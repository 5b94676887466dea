// Sentences and words of any text: spans lie in order within it, begin and end with something to
// see, hold every letter of the text, and words part where characters part.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "policy/outline.h"
#include "policy/tokens.h"
#include "policy/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace affiant::policy;
  const std::string text = clean_utf8({reinterpret_cast<const char*>(data), size}).text;
  const auto splits_character = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  const auto blank = [](char c) { return c == ' ' || c == '\n'; };
  std::size_t at = 0;
  for (const Span& span : split_sentences(text, 0, text.size())) {
    if (span.start < at || span.start >= span.end || span.end > text.size()) std::abort();
    for (; at < span.start; ++at)
      if (!blank(text[at])) std::abort();
    at = span.end;
    if (blank(text[span.start]) || blank(text[span.end - 1])) std::abort();
    if (splits_character(span.start) || splits_character(span.end)) std::abort();
    std::size_t word = span.start;
    for (const Token& token : tokenize(text, span.start, span.end)) {
      if (token.start < word || token.start >= token.end || token.end > span.end) std::abort();
      if (splits_character(token.start) || splits_character(token.end)) std::abort();
      if (token.word.empty()) std::abort();
      word = token.end;
    }
  }
  for (; at < text.size(); ++at)
    if (!blank(text[at])) std::abort();
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t before = place;
    const std::string_view word = next_disguised_word(text, &place);
    if (place <= before || place > text.size()) std::abort();
    if (word.empty() && place != text.size()) std::abort();
  }
  return 0;
}
