// Denied verbs by which nothing is denied, and sections that bound what is.
#include <algorithm>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

std::string_view word(const Analysis& a, std::size_t i) {
  return i < a.size() ? std::string_view(a.tokens[i].word) : std::string_view();
}

bool is_impossible(const Analysis& a, const Predicate& p) {
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= 4;) {
    if (one_of(word(a, i), {"cannot", "can't", "can", "could", "couldn't"})) return true;
    if (a.at(i, Tag::kDo)) return false;
  }
  return false;
}

// "May not" forbids others, but of the site itself it says "perhaps not".
bool perhaps_not(const Analysis& a, const Predicate& p) {
  if (a.clauses[p.clause].subject == Subject::kThird) return false;
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= 6;)
    if (one_of(word(a, i), {"may", "might"}) && a.at(i + 1, Tag::kNot)) return true;
  return false;
}

bool is_advice(const Analysis& a, const Predicate& p) {
  constexpr std::size_t kNear = 8;
  for (std::size_t i = p.at; i-- > a.clauses[p.clause].first && p.at - i <= kNear;) {
    if (!one_of(word(a, i), {"recommend", "recommended", "advise", "advised", "suggest", "urge",
                             "encourage", "caution", "warn", "discourage", "ask", "asked"}))
      continue;
    return a.at(i + 1, Tag::kNot) || a.at(i + 1, Tag::kYou) ||
           one_of(word(a, i + 1), {"that", "against", "to"});
  }
  return false;
}

// "forum.example.org", not "2.1" or "e.g".
bool is_host(std::string_view word) {
  constexpr std::size_t kShortest = 5;
  const std::size_t dot = word.rfind('.');
  if (word.size() < kShortest || dot == std::string_view::npos || word.size() - dot < 3)
    return false;
  return std::all_of(word.begin() + static_cast<std::ptrdiff_t>(dot) + 1, word.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::string section_place(const Reading& r) {
  constexpr std::size_t kLongest = 14;
  if (r.heading == nullptr || r.heading->size() == 0 || r.heading->size() > kLongest ||
      r.heading->question || !r.heading->predicates.empty())
    return {};
  const std::vector<Token>& words = r.heading->tokens;
  const bool placed = one_of(words[0].word, {"on", "at", "for", "in", "within", "inside"});
  const bool bounds = std::any_of(words.begin(), words.end(), [&](const Token& t) {
    return is_host(t.word) ||
           (placed && one_of(t.word, {"app", "apps", "mobile", "newsletter", "newsletters", "email",
                                      "emails", "forum", "forums", "extension", "desktop", "api",
                                      "dashboard", "portal", "plugin"}));
  });
  return bounds ? r.heading->words(r.document.text, 0, words.size()) : std::string();
}

bool promises_nothing(const Analysis& a, const Predicate& p) {
  return is_impossible(a, p) || perhaps_not(a, p) || is_advice(a, p);
}

}  // namespace affiant::policy
