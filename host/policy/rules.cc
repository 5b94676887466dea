#include "policy/rules.h"

#include <algorithm>

#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kWordsBytes = 300;

// The first stretch of one role, as written; with a predicate, in its own clause.
std::string part(const Reading& r, Role role, const Predicate* of) {
  std::size_t from = Analysis::npos, to = 0;
  for (std::size_t i = 0; i < r.a.size(); ++i) {
    if (r.a.role[i] != role || (of != nullptr && r.a.clause[i] != of->clause)) {
      if (from != Analysis::npos) break;
      continue;
    }
    from = std::min(from, i);
    to = i + 1;
  }
  if (from == Analysis::npos) return {};
  while (to > from && r.a.tokens[to - 1].punctuation) --to;
  return std::string(cut(r.a.words(r.document.text, from, to), kWordsBytes));
}

// Purposes in the order they are named; "necessary" and "content" say nothing beside others of the
// list of data.
std::vector<std::string> purposes(const Analysis& a) {
  std::vector<std::string> found = a.values(Tag::kPurpose);
  if (a.has(Tag::kUnnecessary)) std::erase(found, "necessary");  // "non-essential".
  return found;
}

// "The setting found in most modern browsers", "unlike most sites": what is said there of others is
// no hedge of the promise.
bool hedges(const Analysis& a, const Hit& hit) {
  constexpr std::size_t kNear = 3;
  if (hit.tag != Tag::kHedge) return false;
  bool browsers = false, sites = false;
  for (std::size_t i = hit.last; i < std::min<std::size_t>(hit.last + kNear, a.size()); ++i) {
    browsers = browsers || one_of(a.tokens[i].word, {"browser", "browsers"});
    sites = sites || one_of(a.tokens[i].word, {"sites", "websites", "companies", "services"});
  }
  bool described = a.role[hit.first] == Role::kRelative, compared = false;
  for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kNear;) {
    described =
        described || one_of(a.tokens[i].word, {"found", "available", "offered", "provided",
                                               "supported", "included", "built", "present"});
    compared =
        compared || one_of(a.tokens[i].word, {"unlike", "contrast", "compared", "than", "as"});
  }
  return !(browsers && described) && !(sites && compared);
}

}  // namespace

std::string tool_spoken_of_before(const Reading& r) {
  if (r.previous != nullptr)
    for (const Statement& s : *r.previous)
      if (s.type == "named-third-party" && s.polarity == "does" && !s.parties.empty())
        return s.parties.front();
  return {};
}

std::string tool_spoken_of(const Reading& r) {
  if (r.a.has(Tag::kWe) || r.a.has(Tag::kOur) || r.a.has(Tag::kSite)) return {};
  if (std::string before = tool_spoken_of_before(r); !before.empty()) return before;
  const std::size_t named = r.heading == nullptr ? Analysis::npos : r.heading->find(Tag::kVendor);
  if (named == Analysis::npos) return {};
  for (const Hit& hit : r.heading->hits)
    if (hit.tag == Tag::kVendor && hit.first == named)
      return r.heading->words(r.document.text, hit.first, hit.last);
  return {};
}

bool goes_to_us(const Analysis& a, const Predicate& p) {
  constexpr std::size_t kFar = 9;
  if (p.end < a.size() && a.tokens[p.end].word == "us") return true;  // "They provide us with ...".
  const std::size_t end = std::min(p.end + kFar, a.clauses[p.clause].last);
  for (std::size_t i = p.end; i + 1 < end; ++i) {
    // "Share what you provide to us": of another verb.
    if (std::any_of(a.predicates.begin(), a.predicates.end(),
                    [&](const Predicate& other) { return other.at == i; }) ||
        a.at(i, Tag::kYou))
      return false;
    if (!one_of(a.tokens[i].word, {"to", "with"})) continue;
    // "To our servers", not "to our partners".
    return a.tokens[i + 1].word == "us" ||
           (a.at(i + 1, Tag::kOur) && a.at(i + 2, Tag::kSite) && !a.at(i + 2, Tag::kThird));
  }
  return false;
}

bool is_of_visitors(const Analysis& a, const Predicate& p) {
  const std::size_t first = a.clauses[p.clause].first;
  if (!p.passive || a.tokens[p.at].word.ends_with("s") || a.question ||
      !a.has(Tag::kData, first, p.at))
    return false;
  for (std::size_t i = first; i < p.at; ++i)
    if (one_of(a.tokens[i].word, {"you", "who"})) return false;
  return true;
}

bool is_compared(const Analysis& a, const Hit& name) {
  constexpr std::size_t kReach = 16;  // Words of a list of names.
  const std::size_t first = a.clauses[a.clause[name.first]].first;
  for (std::size_t i = name.first; i-- > first && name.first - i <= kReach;) {
    if (a.at(i, Tag::kInstead)) return true;
    const bool verb = std::any_of(a.predicates.begin(), a.predicates.end(),
                                  [&](const Predicate& p) { return p.at == i; });
    // "Instead of using X".
    if (verb && i > first && a.at(i - 1, Tag::kInstead)) return true;
    if (verb || a.at(i, Tag::kWe) || a.at(i, Tag::kYou) || a.at(i, Tag::kBe)) return false;
    if (!a.tokens[i].punctuation || one_of(a.tokens[i].word, {"-", "/", "\"", "'"})) continue;
    // The comma of a list has a name on both sides; the one behind "instead of X," ends it.
    std::size_t opens = i;
    while (opens > first && !a.at(opens, Tag::kInstead)) --opens;
    const bool list = a.tokens[i].word == "," && i > 0 && a.at(i - 1, Tag::kVendor) &&
                      a.at(i + 1, Tag::kVendor) && opens > first;
    if (!list) return false;
  }
  return false;
}

bool has_word(const Analysis& a, std::string_view word) {
  return std::any_of(a.tokens.begin(), a.tokens.end(),
                     [&](const Token& t) { return t.word == word; });
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool has_type(const Statements& out, std::string_view type) {
  return std::any_of(out.begin(), out.end(), [&](const Statement& s) { return s.type == type; });
}

void add_once(Statements* out, Statement statement) {
  for (const Statement& s : *out) {
    if (s.type == statement.type && s.polarity == statement.polarity) return;
  }
  out->push_back(std::move(statement));
}

Statement statement_of(const Reading& r, std::string_view type, const Predicate* predicate) {
  Statement s;
  s.type = type;
  s.start = r.sentence.start;
  s.end = r.sentence.end;
  s.quote = r.document.text.substr(s.start, s.end - s.start);
  s.condition = part(r, Role::kCondition, predicate);
  s.exception = part(r, Role::kException, predicate);
  s.hedged = std::any_of(r.a.hits.begin(), r.a.hits.end(),
                         [&](const Hit& hit) { return hedges(r.a, hit); });
  s.open_list = r.a.has(Tag::kOpenlist);
  s.purposes = purposes(r.a);
  if (predicate != nullptr && predicate->may) s.modality = "may";
  if (!s.condition.empty()) s.modality = "if";
  if (!s.exception.empty() && r.a.has(Tag::kUnless)) s.modality = "unless";
  return s;
}

}  // namespace affiant::policy
