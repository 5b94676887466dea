#include "policy/cookie_lexicon.h"

#include <algorithm>
#include <charconv>

#include "policy/data_tables.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

std::vector<std::string_view> phrases_of(std::string_view list) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t bar = list.find('|');
    out.push_back(list.substr(0, bar));
    if (bar == std::string_view::npos) return out;
    list.remove_prefix(bar + 1);
  }
}

std::int64_t integer(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void add(std::string_view kind, std::string_view value, std::vector<std::string_view> phrases,
         CookieLexicon* out) {
  const std::unordered_map<std::string_view, std::vector<CookieWordRow>*> rows = {
      {"label", &out->labels},
      {"category", &out->categories},
      {"storage", &out->storages},
      {"life", &out->lives}};
  const std::unordered_map<std::string_view, std::unordered_set<std::string_view>*> sets = {
      {"denied", &out->denied},      {"bignumber", &out->big_numbers},
      {"sumword", &out->sum_words},  {"filler", &out->fillers},
      {"same", &out->same},          {"generic", &out->generic},
      {"joiner", &out->joiners},     {"nameless", &out->nameless},
      {"negation", &out->negations}, {"setter", &out->setters}};
  const std::unordered_map<std::string_view, std::vector<std::string_view>*> lists = {
      {"elsewhere", &out->elsewhere},
      {"cookieword", &out->cookie_words},
      {"placeholder", &out->placeholders},
      {"expire", &out->expires}};
  if (const auto row = rows.find(kind); row != rows.end()) {
    row->second->push_back({value, std::move(phrases)});
  } else if (const auto set = sets.find(kind); set != sets.end()) {
    set->second->insert(phrases.begin(), phrases.end());
  } else if (const auto list = lists.find(kind); list != lists.end()) {
    *list->second = std::move(phrases);
  } else if (kind == "unit") {
    for (const std::string_view phrase : phrases) out->units.emplace(phrase, integer(value));
  } else if (kind == "number") {
    std::int64_t thousandths = 0;
    read_figure(value, &thousandths);
    for (const std::string_view phrase : phrases) out->numbers.emplace(phrase, thousandths);
  }
}

CookieLexicon load() {
  CookieLexicon out;
  std::string_view table = tables::kCookieTables;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t a = line.find('\t'), b = line.find('\t', a + 1);
    add(line.substr(0, a), line.substr(a + 1, b - a - 1), phrases_of(line.substr(b + 1)), &out);
  }
  for (const std::string_view phrase : out.cookie_words) out.cookie_beginnings.add(phrase);
  for (const CookieWordRow& row : out.labels) {
    if (row.value != "name") continue;
    for (const std::string_view phrase : row.phrases)
      out.name_labels.insert(phrase.substr(0, phrase.find('$')));
  }
  for (const CookieWordRow& row : out.lives) {
    for (std::string_view phrase : row.phrases) {
      for (std::size_t space = 0; space != std::string_view::npos;) {
        space = phrase.find(' ');
        out.life_words.insert(phrase.substr(0, space));
        phrase.remove_prefix(space == std::string_view::npos ? phrase.size() : space + 1);
      }
    }
  }
  return out;
}

}  // namespace

const CookieLexicon& cookie_lexicon() {
  static const CookieLexicon loaded = load();
  return loaded;
}

bool read_figure(std::string_view word, std::int64_t* thousandths) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::vector<std::string_view> groups;
  std::size_t from = 0, digits = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && digit(word[i])) {
      if (++digits > 12) return false;
      continue;
    }
    if (i < word.size() && word[i] != '.' && word[i] != ',') return false;
    if (i == from) return false;
    groups.push_back(word.substr(from, i - from));
    from = i + 1;
  }
  bool grouped = groups.size() > 1 && groups[0].size() <= 3 && groups[0][0] != '0';
  for (std::size_t g = 1; g < groups.size(); ++g) grouped = grouped && groups[g].size() == 3;
  if (!grouped && groups.size() > 2) return false;
  std::string whole(groups[0]);
  if (grouped)
    for (std::size_t g = 1; g < groups.size(); ++g) whole += groups[g];
  *thousandths = integer(whole) * 1'000;
  if (!grouped && groups.size() == 2) {
    std::string part(groups[1].substr(0, 3));
    part.resize(3, '0');
    *thousandths += integer(part);
  }
  return true;
}

}  // namespace affiant::policy
