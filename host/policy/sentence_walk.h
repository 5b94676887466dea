// What the readers of sentences, English and by table, do alike. Internal to this layer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "policy/outline.h"
#include "policy/rules.h"
#include "policy/utf8.h"

namespace affiant::policy {

constexpr std::size_t kShortAnswer = 4;  // Words: "No!", "Yes, we do."
constexpr std::size_t kExceptionBytes = 300;

// Every sentence in its order, each section's heading first: `section` gets it, or nullptr. What
// `read_sentence` gives is shown to `take_back`, which may bound what its paragraph said before,
// and to `remember`.
template <class Reader>
void walk(const Document& document, const Outline& outline, Reader* reader, Declaration* out) {
  std::vector<bool> observable(outline.units.size(), false);
  std::size_t heading = Sentence::npos, block = Sentence::npos;
  for (const Sentence& sentence : outline.sentences) {
    if (sentence.heading != heading) {
      heading = sentence.heading;
      reader->section(heading == Sentence::npos ? nullptr : &document.blocks[heading]);
    }
    Statements read = reader->read_sentence(sentence);
    if (sentence.block == block) reader->take_back(sentence, read);
    block = sentence.block;
    for (const Statement& s : read) {
      if (s.observable != "no" && sentence.unit != Sentence::npos) observable[sentence.unit] = true;
    }
    reader->remember(read);
    std::move(read.begin(), read.end(), std::back_inserter(out->statements));
    if (out->statements.size() > limits::kStatements) break;
  }
  out->not_observable += static_cast<int>(std::count(observable.begin(), observable.end(), false));
}

inline void note_too_long(std::size_t sentences, std::size_t most_words, Declaration* out) {
  if (sentences == 0) return;
  out->unread.push_back(std::to_string(sentences) + " stretches of text without an end of " +
                        "a sentence (more than " + std::to_string(most_words) + " words each)");
}

inline bool says_of_use(const Statements& read) {
  return std::any_of(read.begin(), read.end(), [](const Statement& s) {
    return s.polarity == "does" &&
           (s.type == "uses-cookies" || s.type == "named-third-party" ||
            s.type == "third-party-category" || s.type == "cookie-category");
  });
}

// `words` become the exception of the denials read last, those of the sentence at `start`.
inline void except_from_last(std::size_t start, std::string_view words, Declaration* out) {
  for (auto s = out->statements.rbegin(); s != out->statements.rend(); ++s) {
    if (s->start != start) break;
    if (s->polarity == "does-not" && s->exception.empty())
      s->exception = cut(words, kExceptionBytes);
  }
}

}  // namespace affiant::policy
