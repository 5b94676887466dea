// What the policy says in two recordings.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "findings/words.h"
#include "report/diff_parts.h"
#include "report/engines_ledger.h"
#include "report/text_layout.h"

namespace affiant::report {
namespace {

using findings::folded;
using policy::Declaration;
using policy::DeclaredCookie;
using policy::Statement;

constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kTopics = {
    {{"uses-cookies", "cookies are used"},
     {"no-cookies", "cookies are used"},
     {"closed-list", "the list of cookies is complete"},
     {"cookie-category", "cookies of a kind are used"},
     {"lifetime", "cookies are kept so long"},
     {"only-necessary", "only necessary cookies are used"},
     {"consent", "consent is asked for"},
     {"opt-out-effect", "opting out has an effect"},
     {"named-third-party", "a third party takes part"},
     {"third-party-category", "third parties of a kind take part"},
     {"third-party-denial", "third parties take part"},
     {"behavioural-tracking", "behaviour is tracked"},
     {"advertising", "there is advertising"},
     {"analytics-setup", "analytics is set up in a way"},
     {"other-storage", "other storage is used"},
     {"beacon-or-fingerprint", "beacons, fingerprinting or replay are used"},
     {"signal", "a signal of the browser is honoured"},
     {"opt-out-link", "there is a way to opt out"},
     {"sale-or-sharing", "data is sold or shared"},
     {"cookie-content", "cookies hold personal data"},
     {"server-practice", "data is used in a way"},
     {"scope", "the policy covers something"},
     {"policy-itself", "the policy itself is so"}}};

std::string topic_of(const std::string& type) {
  for (const auto& [name, words] : kTopics)
    if (name == type) return std::string(words);
  return "something (" + safe(type, 40) + ")";
}

std::string joined(std::vector<std::string> items, const std::string& between) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : between) + item;
  return out;
}

std::vector<std::string> sorted_folded(const std::vector<std::string>& items) {
  std::set<std::string> out;
  for (const std::string& item : items) out.insert(folded(item));
  return {out.begin(), out.end()};
}

// How far a statement binds: words that mean the same may still promise less.
std::string bounds_of(const Statement& s) {
  std::vector<std::string> bounds;
  if (s.modality == "may") bounds.emplace_back("as what may be");
  if (s.hedged) bounds.emplace_back("hedged");
  if (s.open_list) bounds.emplace_back("as an open list");
  if (!s.scope.empty()) bounds.push_back("scope \"" + safe(folded(s.scope), 160) + "\"");
  if (!s.condition.empty())
    bounds.push_back("condition \"" + safe(folded(s.condition), 160) + "\"");
  if (!s.exception.empty())
    bounds.push_back("exception \"" + safe(folded(s.exception), 160) + "\"");
  return bounds.empty() ? "plainly" : joined(std::move(bounds), ", ");
}

struct Said {
  const Statement* first = nullptr;
  std::set<std::string> words, bounds;
  std::vector<Quote> quotes;

  DiffSide side() const { return {joined({bounds.begin(), bounds.end()}, "; or "), quotes, {}}; }
};

std::map<std::string, Said> meanings(const Declaration& of) {
  std::map<std::string, Said> out;
  for (const Statement& s : of.statements) {
    Said& said = out[meaning_of(s)];
    if (said.first == nullptr) said.first = &s;
    said.bounds.insert(bounds_of(s));
    // One sentence in two documents is said once.
    if (said.words.insert(folded(s.quote)).second) said.quotes.push_back(quote_of(s, of));
  }
  return out;
}

using RowKey = std::tuple<std::string, std::string, std::string>;

// A name that a list has once is one cookie whoever is said to provide it; of several rows the
// provider tells them apart.
std::map<RowKey, const DeclaredCookie*> rows_of(const Declaration& of, const Declaration& other) {
  std::set<std::pair<std::string, std::string>> several;
  for (const Declaration* d : {&of, &other}) {
    std::map<std::pair<std::string, std::string>, std::set<std::string>> providers;
    for (const DeclaredCookie& c : d->cookies)
      providers[{c.pattern, c.storage}].insert(folded(c.provider));
    for (const auto& [name, all] : providers)
      if (all.size() > 1) several.insert(name);
  }
  std::map<RowKey, const DeclaredCookie*> out;
  for (const DeclaredCookie& c : of.cookies)
    out.try_emplace(
        {c.pattern, c.storage, several.contains({c.pattern, c.storage}) ? folded(c.provider) : ""},
        &c);
  return out;
}

std::string lifetime_of(const DeclaredCookie& c) {
  if (c.session_cookie) return "until the browser closes";
  return c.lifetime_s ? lifetime_text(*c.lifetime_s) : "no lifetime stated";
}

std::string row_words(const DeclaredCookie& c) {
  return safe(c.category, 40) + ", " + lifetime_of(c) +
         (c.provider.empty() ? "" : ", of " + safe(c.provider, 120));
}

std::string row_name(const DeclaredCookie& c) {
  const bool cookie = c.storage == "cookie" || c.storage.empty();
  return (cookie ? "cookie " : safe(c.storage, 40) + " key ") + safe(c.pattern, 120);
}

DiffSide row_side(const DeclaredCookie& c, const Declaration& of) {
  return {row_words(c), {quote_of(c, of)}, {}};
}

void diff_rows(const Declaration& before, const Declaration& after, Differences* out) {
  constexpr const char* kKind = "declared-cookie";
  walk_both(
      rows_of(before, after), rows_of(after, before),
      [&](const RowKey&, const DeclaredCookie* c, bool in_before) {
        if (in_before)
          out->only_before(kKind, row_name(*c), row_side(*c, before), "no longer declared");
        else
          out->only_after(kKind, row_name(*c), row_side(*c, after), "not declared");
      },
      [&](const RowKey&, const DeclaredCookie* b, const DeclaredCookie* a) {
        const bool same = b->category == a->category && b->session_cookie == a->session_cookie &&
                          b->lifetime_s == a->lifetime_s &&
                          folded(b->provider) == folded(a->provider);
        if (!same) {
          out->both(Change::kChanged, kKind, row_name(*a), row_side(*b, before),
                    row_side(*a, after));
        } else if (folded(b->purpose) != folded(a->purpose)) {
          out->both(Change::kWording, kKind, row_name(*a), row_side(*b, before),
                    row_side(*a, after));
        }
      });
}

}  // namespace

std::string meaning_of(const Statement& s) {
  std::string out = s.type + "\n" + s.polarity + "\n" + s.subject;
  for (const auto* list : {&s.parties, &s.purposes, &s.data})
    out += "\n" + joined(sorted_folded(*list), "|");
  return out;
}

std::string statement_words(const Statement& s) {
  std::string out = (s.polarity == "does-not" ? "denies that " : "says that ") + topic_of(s.type);
  const auto add = [&](const std::vector<std::string>& items, const std::string& before) {
    if (items.empty()) return;
    out += out.find(": ") == std::string::npos ? ": " : ", ";
    out += before + safe(joined(items, ", "), 200);
  };
  add(s.parties, "");
  add(sorted_folded(s.data), "");
  add(sorted_folded(s.purposes), "for ");
  if (s.subject == "third-party") out += " (of third parties)";
  return out;
}

namespace {

std::string source_name(int id, const Declaration& of) {
  for (const policy::Source& source : of.sources)
    if (source.id == id) return source.url.empty() ? source.kind : source.url;
  return "source " + std::to_string(id);
}

}  // namespace

Quote quote_of(const Statement& s, const Declaration& of) {
  return {s.id, -1, s.quote, source_name(s.source, of), s.start, s.end};
}

Quote quote_of(const DeclaredCookie& row, const Declaration& of) {
  const auto index = static_cast<int>(&row - of.cookies.data());
  return {"", index, row.quote, source_name(row.source, of), row.start, row.end};
}

void diff_said(const Report& before, const Report& after, Differences* out) {
  constexpr const char* kKind = "statement";
  walk_both(
      meanings(before.declaration), meanings(after.declaration),
      [&](const std::string&, const Said& said, bool in_before) {
        const std::string what = statement_words(*said.first);
        if (in_before)
          out->only_before(kKind, what, said.side(), "no longer said");
        else
          out->only_after(kKind, what, said.side(), "not said");
      },
      [&](const std::string&, const Said& b, const Said& a) {
        if (b.words == a.words) return;
        const Change change = b.bounds == a.bounds ? Change::kWording : Change::kChanged;
        out->both(change, kKind, statement_words(*a.first), b.side(), a.side());
      });
  diff_rows(before.declaration, after.declaration, out);
}

}  // namespace affiant::report
