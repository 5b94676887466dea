#include "policy/spoken_of.h"

#include <algorithm>
#include <vector>

namespace affiant::policy {
namespace {

// "We use", not "while using".
bool said_of_us(const Analysis& a, std::size_t verb) {
  constexpr std::size_t kNear = 3;
  if (a.tokens[verb].word.ends_with("ing")) return false;
  return a.at(verb, Tag::kWe) || a.has(Tag::kWe, verb > kNear ? verb - kNear : 0, verb);
}

// A word that the text writes small elsewhere is no name: "Data".
bool is_word(std::string_view document, const std::string& word) {
  return document.find(' ' + word) != std::string_view::npos;
}

bool is_technique(std::string_view word) {
  return one_of(word, {"https",     "ssl",  "tls", "javascript", "html",   "html5",   "api",
                       "apis",      "java", "php", "css",        "secure", "captcha", "captchas",
                       "bluetooth", "wi",   "gps", "vpn",        "dns",    "sms",     "rss",
                       "pgp",       "aes",  "sha", "oauth",      "jwt"});
}

bool names_sites(std::string_view word) {
  return one_of(word, {"website", "websites", "site", "sites"});
}

// "Content from other websites", "third-party sites".
bool speaks_of_other_sites(const Analysis& a) {
  for (std::size_t i = 2; i < a.size(); ++i) {
    if (!names_sites(a.word(i))) continue;
    const std::size_t before = i - (a.word(i - 1) == "web" ? 2 : 1);
    if (a.at(i, Tag::kThird) || a.at(before, Tag::kThird) ||
        one_of(a.word(before), {"other", "external"}))
      return true;
  }
  return false;
}

bool speaks_of_these_sites(const Analysis& a) {
  return one_of(a.word(0), {"these", "those", "such"}) && one_of(a.word(1), {"websites", "sites"});
}

}  // namespace

void SpokenOf::pass(std::string_view document, Analysis* a) {
  give_to_others(a);
  learn(document, *a);
  tell(a);
}

void SpokenOf::learn(std::string_view document, const Analysis& a) {
  other_sites_ = (other_sites_ && speaks_of_these_sites(a)) || speaks_of_other_sites(a);
  constexpr std::size_t kShortest = 3, kMost = 1'000;  // Each is looked for in the whole text once.
  for (const Predicate& p : a.predicates) {
    if (p.role != Role::kMain || p.polarity != Polarity::kPlain || !a.at(p.at, Tag::kUse) ||
        a.clauses[p.clause].subject != Subject::kWe || !said_of_us(a, p.at))
      continue;
    std::size_t i = p.end;
    while (i < a.size() && (a.at(i, Tag::kDet) || a.tokens[i].word == "the")) ++i;
    if (i >= a.size() || !a.tokens[i].capital || a.tags[i].any()) continue;
    const std::string& word = a.tokens[i].word;
    if (word.size() < kShortest || names_.size() + words_.size() >= kMost ||
        names_.contains(word) || words_.contains(word))
      continue;
    (is_word(document, word) ? words_ : names_).insert(word);
  }
}

// "We use Quincemail to write to you.": a party, unless it is a technique.
void SpokenOf::tell(Analysis* a) const {
  std::vector<Hit> brought;
  for (const Predicate& p : a->predicates) {
    std::size_t at = p.end;
    if (p.role != Role::kMain || p.polarity != Polarity::kPlain || !a->at(p.at, Tag::kUse) ||
        a->clauses[p.clause].subject != Subject::kWe || at >= a->size() ||
        !names_.contains(a->tokens[at].word) || is_technique(a->tokens[at].word))
      continue;
    std::size_t end = at;
    while (end < a->size() && a->tokens[end].capital && a->tags[end].none()) ++end;
    if (end - at <= 3 && one_of(a->word(end), {"to", "for", "as", "in", "which", ",", "and", "."}))
      brought.push_back(
          {Tag::kVendor, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), "other"});
  }
  for (const Hit& hit : brought) {
    for (std::size_t i = hit.first; i < hit.last; ++i) a->tags[i].set(index_of(Tag::kVendor));
    a->hits.push_back(hit);
  }
  std::stable_sort(a->hits.begin(), a->hits.end(),
                   [](const Hit& x, const Hit& y) { return x.first < y.first; });
}

void SpokenOf::give_to_others(Analysis* a) const {
  if (other_sites_ && speaks_of_these_sites(*a)) a->clauses.front().subject = Subject::kThird;
  if (names_.empty()) return;
  for (Clause& clause : a->clauses) {
    std::size_t i = clause.first;
    while (i < clause.last && (a->tokens[i].punctuation || a->at(i, Tag::kLeadin))) ++i;
    if (clause.subject == Subject::kWe && i < clause.last && a->tokens[i].capital &&
        a->tags[i].none() && names_.contains(a->tokens[i].word))
      clause.subject = Subject::kThird;
  }
}

}  // namespace affiant::policy
