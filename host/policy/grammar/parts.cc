#include "policy/grammar/parts.h"

#include <algorithm>
#include <map>

#include "policy/grammar/grammar.h"
#include "policy/language.h"

namespace affiant::policy {
namespace {

// Words of a section below which its language is not asked: names and labels mislead.
constexpr std::size_t kSectionBytes = 240;
constexpr std::size_t kShortText = 400;  // Bytes of a text that its frequent words do not tell.

// Share of the words that a table knows; those of all languages are no word of any.
double known(const std::vector<Token>& tokens, const std::vector<Hit>& hits) {
  std::size_t words = 0, covered = 0;
  std::vector<bool> in(tokens.size(), false);
  for (const Hit& hit : hits)
    for (std::size_t i = hit.first; i < hit.last; ++i) in[i] = hit.tag != Tag::kVendor;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].punctuation || one_of(tokens[i].word, {"privacy", "cookie", "cookies"})) continue;
    ++words;
    covered += in[i] ? 1U : 0U;
  }
  return words == 0 ? 0 : static_cast<double>(covered) / static_cast<double>(words);
}

struct Section {
  std::size_t first = 0, last = 0;  // Blocks.
  std::string text;
};

std::vector<Section> sections_of(const Document& document) {
  std::vector<Section> out;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    if (out.empty() ||
        (block.kind == BlockKind::kHeading && document.blocks[i - 1].kind != BlockKind::kHeading))
      out.push_back({i, i, {}});
    out.back().last = i + 1;
    if (block.kind != BlockKind::kCell) out.back().text.append(document.of(block)).append("\n");
  }
  return out;
}

}  // namespace

std::string guess_language(std::string_view text) {
  std::string told = language_of(text);
  if (!told.empty() || text.size() > kShortText || !english()) return told;
  constexpr double kMost = 0.6, kLead = 0.3;
  const std::vector<Token> plain = tokenize(text, 0, text.size());
  double best = std::max(kMost, known(plain, english()->find(plain)) + kLead);
  for (const std::string_view code : grammar_codes()) {
    const Result<Grammar>* grammar = grammar_of(code);
    if (!*grammar) continue;
    const std::vector<Token> words = (*grammar)->words(text, 0, text.size());
    const double share = known(words, (*grammar)->lexicon.find(words));
    if (share < best) continue;
    // Two that know it equally well: it is not told.
    told = share > best || told.empty() ? std::string(code) : std::string();
    best = share;
  }
  return told;
}

std::vector<LanguagePart> parts_of(const Document& document, std::string_view main) {
  std::vector<LanguagePart> parts{{std::string(main), {}}};
  std::map<std::string, std::vector<std::size_t>> others;
  std::vector<bool> taken(document.blocks.size(), false);
  for (const Section& section : sections_of(document)) {
    if (section.text.size() < kSectionBytes) continue;
    const std::string code = clear_language_of(section.text, main);
    if (code.empty() || code == main) continue;
    for (std::size_t i = section.first; i < section.last; ++i) {
      others[code].push_back(i);
      taken[i] = true;
    }
  }
  const auto bare = [&] {
    Document copy;
    copy.text = document.text;
    copy.title = document.title;
    copy.declared_language = document.declared_language;
    return copy;
  };
  if (others.empty()) {
    parts.front().document = document;
    return parts;
  }
  parts.front().document = bare();
  for (std::size_t i = 0; i < taken.size(); ++i)
    if (!taken[i]) parts.front().document.blocks.push_back(document.blocks[i]);
  for (const auto& [code, blocks] : others) {
    parts.push_back({code, bare()});
    for (const std::size_t i : blocks) parts.back().document.blocks.push_back(document.blocks[i]);
  }
  return parts;
}

}  // namespace affiant::policy
