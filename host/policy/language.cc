#include "policy/language.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "policy/data_tables.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kSampleBytes = 200'000;
constexpr std::size_t kFewestWords = 12;

using Codes = std::vector<std::string_view>;

std::unordered_map<std::string_view, Codes> load() {
  std::unordered_map<std::string_view, Codes> words;
  std::string_view table = tables::kLanguages;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    std::string_view list = line.substr(tab + 1);
    while (!list.empty()) {
      const std::size_t space = std::min(list.find(' '), list.size());
      words[list.substr(0, space)].push_back(line.substr(0, tab));
      list.remove_prefix(std::min(space + 1, list.size()));
    }
  }
  return words;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string language_of(std::string_view text) {
  static const std::unordered_map<std::string_view, Codes> frequent = load();
  const std::string folded = fold(text.substr(0, kSampleBytes));
  std::map<std::string_view, std::size_t> seen;
  std::size_t words = 0, known = 0;
  for (std::size_t at = 0; at < folded.size();) {
    while (at < folded.size() && !is_letter(folded[at])) ++at;
    const std::size_t from = at;
    while (at < folded.size() && is_letter(folded[at])) ++at;
    if (at == from) break;
    ++words;
    const auto found = frequent.find(std::string_view(folded).substr(from, at - from));
    if (found == frequent.end()) continue;
    ++known;
    for (const std::string_view code : found->second) ++seen[code];
  }
  if (words < kFewestWords || known * 12 < words) return {};
  const auto best = std::max_element(
      seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == seen.end() ? std::string() : std::string(best->first);
}

std::string language_name(std::string_view code) {
  constexpr auto kNames =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"en", "English"},
                                                                    {"fr", "French"},
                                                                    {"de", "German"},
                                                                    {"es", "Spanish"},
                                                                    {"it", "Italian"},
                                                                    {"nl", "Dutch"},
                                                                    {"pt", "Portuguese"},
                                                                    {"pl", "Polish"},
                                                                    {"sv", "Swedish"},
                                                                    {"da", "Danish"},
                                                                    {"fi", "Finnish"}});
  for (const auto& [short_name, name] : kNames) {
    if (short_name == code) return std::string(name);
  }
  return std::string(code);
}

}  // namespace affiant::policy
