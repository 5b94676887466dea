#include "policy/analysis.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "policy/analyser.h"
#include "policy/companies.h"

namespace affiant::policy {

std::size_t Analysis::find(Tag tag, std::size_t from, std::size_t to) const {
  for (const Hit& hit : hits) {
    if (hit.first >= to) break;
    if (hit.first >= from && hit.tag == tag) return hit.first;
  }
  return npos;
}

bool Analysis::has_main(Tag tag, std::size_t clause_index) const {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
    return h.tag == tag && clause[h.first] == clause_index && role[h.first] == Role::kMain;
  });
}

std::vector<std::string> Analysis::values(Tag tag, std::size_t from, std::size_t to) const {
  std::vector<std::string> out;
  for (const Hit& hit : hits) {
    if (hit.tag != tag || hit.first < from || hit.first >= to || hit.value.empty()) continue;
    if (std::find(out.begin(), out.end(), hit.value) == out.end()) out.emplace_back(hit.value);
  }
  return out;
}

std::string Analysis::words(std::string_view document, std::size_t from, std::size_t to) const {
  if (from >= to || to > tokens.size()) return {};
  const std::size_t start = tokens[from].start;
  return std::string(document.substr(start, tokens[to - 1].end - start));
}

Analysis analyse(std::string_view document, std::size_t start, std::size_t end,
                 const Lexicon& lexicon, const OwnNames& own) {
  Analysis a;
  a.tokens = tokenize(document, start, end);
  a.too_long = a.tokens.size() > limits::kEnglishTokens;
  if (a.too_long) a.tokens.clear();
  a.hits = lexicon.find(a.tokens);
  if (may_name_companies(document.substr(start, end - start))) {
    const std::vector<Hit> found = companies(a.tokens, a.hits);
    a.hits.insert(a.hits.end(), found.begin(), found.end());
    std::stable_sort(a.hits.begin(), a.hits.end(),
                     [](const Hit& x, const Hit& y) { return x.first < y.first; });
  }
  const std::vector<Hit> listed = listed_names(a.tokens, a.hits);
  if (!listed.empty()) {
    a.hits.insert(a.hits.end(), listed.begin(), listed.end());
    std::stable_sort(a.hits.begin(), a.hits.end(),
                     [](const Hit& x, const Hit& y) { return x.first < y.first; });
  }
  for (Hit& hit : a.hits) {
    if (hit.tag != Tag::kVendor || own.empty()) continue;
    // "Example Ireland" of "Example"; but "Example Analytics", which is a name by itself, is not.
    std::string name = fold(a.words(document, hit.first, hit.last));
    if (name.ends_with("'s")) name.resize(name.size() - 2);
    if (own.contains(name) ||
        ((hit.value == "other" || hit.value == kCompany) && own.contains(a.tokens[hit.first].word)))
      hit.tag = Tag::kWe;
  }
  a.tags.resize(a.tokens.size());
  for (const Hit& hit : a.hits) {
    for (std::size_t i = hit.first; i < hit.last; ++i) a.tags[i].set(index_of(hit.tag));
  }
  for (std::size_t i = a.tokens.size(); i-- > 0 && a.tokens[i].punctuation;)
    a.question = a.question || a.tokens[i].word == "?";
  Analyser(&a).run();
  return a;
}

}  // namespace affiant::policy
