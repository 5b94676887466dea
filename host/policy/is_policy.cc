#include "policy/is_policy.h"

#include <algorithm>
#include <array>

#include "policy/grammar/grammar.h"
#include "policy/grammar/reader.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kShort = 600;    // Bytes: less is a notice.
constexpr std::size_t kNothing = 120;  // Less says nothing.
constexpr std::size_t kLong = 1'500;   // A text of so much with the words of a policy is one.
constexpr std::size_t kWall = 2'500;   // A wall asks for a choice and says little else.
constexpr std::size_t kSample = 100'000;

struct Cue {
  std::string_view word;
  std::size_t most;  // Counted at most so often.
};

std::size_t count(std::string_view text, std::string_view word, std::size_t most) {
  std::size_t n = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos && n < most;
       at = text.find(word, at + word.size()))
    ++n;
  return n;
}

// "Cookie policy", "Cookies": a short text with such a title may speak of cookies and nothing else.
bool is_titled(const Document& document) {
  constexpr std::size_t kLongest = 80;
  const auto says = [](std::string_view title) {
    if (title.size() > kLongest) return false;
    const std::string words = fold(title);
    const auto has = [&](std::string_view word) { return words.find(word) != std::string::npos; };
    return has("privacy") || words.starts_with("cookies") || has("use cookies") ||
           (has("cookie") && (has("policy") || has("notice") || has("statement") || has("use of")));
  };
  if (says(document.title)) return true;
  const auto first = std::find_if(document.blocks.begin(), document.blocks.end(),
                                  [](const Block& b) { return !b.quoted && b.end > b.start; });
  return first != document.blocks.end() && first->kind == BlockKind::kHeading &&
         says(document.of(*first));
}

// The same rules as for English, with the words of the language's table.
bool reads_as_policy_of(const Grammar& grammar, const Document& document,
                        const Declaration& declaration) {
  const Cues cues = cues_of(document.text, grammar);
  const std::size_t size = document.text.size();
  if (declaration.cookies.size() >= 2 && cues.count >= 2) return true;
  const bool says = declaration.statements.size() >= 2;
  if (size < kShort) return size > kNothing && says && cues.kinds >= 2 && !cues.wall;
  if (cues.count < 4 || cues.kinds < 2) return false;
  return size >= kLong ? !cues.wall || says || size >= kWall : says && !cues.wall;
}

}  // namespace

bool reads_as_policy(const Document& document, const Declaration& declaration,
                     std::string_view language) {
  if (const Result<Grammar>* grammar = grammar_of(language); grammar != nullptr && *grammar)
    return reads_as_policy_of(**grammar, document, declaration);
  const std::string text = fold(std::string_view(document.text).substr(0, kSample));
  // Stems that policies share across the languages that are told apart and have no table.
  constexpr auto kCues = std::to_array<Cue>({{"cookie", 4},           {"privacy", 3},
                                             {"personal data", 3},    {"personal information", 3},
                                             {"datenschutz", 3},      {"personenbezogen", 3},
                                             {"données", 3},          {"vie privée", 2},
                                             {"confidentialit", 2},   {"datos personales", 3},
                                             {"privacidad", 3},       {"dati personali", 3},
                                             {"persoonsgegevens", 3}, {"dane osobowe", 2},
                                             {"danych osobowych", 3}, {"personuppgifter", 3},
                                             {"dados pessoais", 3},   {"third part", 3},
                                             {"collect", 3},          {"consent", 2},
                                             {"traceur", 3},          {"tracker", 2},
                                             {"henkilötieto", 3},     {"personoplysning", 3}});
  std::size_t cues = 0, kinds = 0;
  for (const Cue& cue : kCues) {
    const std::size_t n = count(text, cue.word, cue.most);
    cues += n;
    kinds += n > 0 ? 1U : 0U;
  }
  if (declaration.cookies.size() >= 2 && cues >= 2) return true;
  if (text.size() < kShort) {
    // A very short policy may still be one: it says several things and nothing else.
    return text.size() > kNothing && language == "en" && declaration.statements.size() >= 2 &&
           kinds >= 2 && text.find("accept all") == std::string::npos &&
           text.find("manage preferences") == std::string::npos;
  }
  if (cues < 4 || (kinds < 2 && !(language == "en" && is_titled(document)))) return false;
  if (language != "en") return text.size() >= kLong;
  const bool wall = text.size() < kWall && (text.find("accept all") != std::string::npos ||
                                            text.find("reject all") != std::string::npos ||
                                            text.find("manage preferences") != std::string::npos);
  return !wall && declaration.statements.size() >= 2;
}

}  // namespace affiant::policy
