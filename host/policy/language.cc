#include "policy/language.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "policy/data_tables.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kSampleBytes = 200'000;
constexpr std::size_t kFewestWords = 12;
constexpr std::size_t kFewestKnown = 12;  // Of a part: frequent words of its language.

using Codes = std::vector<std::string_view>;

std::string_view take(std::string_view* text, char until) {
  const std::size_t end = std::min(text->find(until), text->size());
  const std::string_view part = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return part;
}

// Rows of languages.tsv: code, name, frequent words.
struct Languages {
  std::unordered_map<std::string_view, Codes> words;
  std::map<std::string_view, std::string_view> names;
};

const Languages& languages() {
  static const Languages all = [] {
    Languages made;
    std::string_view table = tables::kLanguages;
    while (!table.empty()) {
      std::string_view line = take(&table, '\n');
      if (line.empty() || line.front() == '#') continue;
      const std::string_view code = take(&line, '\t');
      made.names[code] = take(&line, '\t');
      while (!line.empty()) made.words[take(&line, ' ')].push_back(code);
    }
    return made;
  }();
  return all;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}

struct Count {
  std::map<std::string_view, std::size_t> seen;  // Frequent words, by language.
  std::size_t words = 0, known = 0;
};

Count count(std::string_view text) {
  Count out;
  const std::string folded = fold(text.substr(0, kSampleBytes));
  for (std::size_t at = 0; at < folded.size();) {
    while (at < folded.size() && !is_letter(folded[at])) ++at;
    const std::size_t from = at;
    while (at < folded.size() && is_letter(folded[at])) ++at;
    if (at == from) break;
    ++out.words;
    const auto found = languages().words.find(std::string_view(folded).substr(from, at - from));
    if (found == languages().words.end()) continue;
    ++out.known;
    for (const std::string_view code : found->second) ++out.seen[code];
  }
  return out;
}

std::string best(const Count& counted) {
  if (counted.words < kFewestWords || counted.known * 12 < counted.words) return {};
  const auto most =
      std::max_element(counted.seen.begin(), counted.seen.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counted.seen.end() ? std::string() : std::string(most->first);
}

}  // namespace

std::string language_of(std::string_view text) { return best(count(text)); }

std::string clear_language_of(std::string_view part, std::string_view main) {
  const Count counted = count(part);
  std::string code = best(counted);
  if (code.empty() || code == main) return {};
  const auto of = [&](std::string_view c) {
    const auto found = counted.seen.find(c);
    return found == counted.seen.end() ? std::size_t{0} : found->second;
  };
  return of(code) >= kFewestKnown && of(code) >= 3 * of(main) ? code : std::string();
}

std::string language_name(std::string_view code) {
  const auto found = languages().names.find(code);
  return std::string(found == languages().names.end() ? code : found->second);
}

}  // namespace affiant::policy
