// F4: the site says which cookies there are, and this one is not among them.
//
// Needs a list to be missing from: a cookie table, a consent manager's declaration, or words that
// close the list. A policy that only tells of cookies in general declares none by name, and nothing
// can be missing from it.
#include <algorithm>
#include <map>
#include <tuple>

#include "findings/cookie_match.h"
#include "findings/in_words.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

struct Lists {
  std::vector<std::string> closed;  // Statements that close the list.
  bool open = false;                // A statement leaves room for others.
  std::size_t rows = 0;
  std::string words;  // "lists 12 cookies"
};

Lists lists_of(const policy::Declaration& said) {
  Lists lists;
  for (const policy::Statement& statement : said.statements) {
    if (statement.type != "closed-list") continue;
    if (statement.polarity == "does" && !statement.open_list) lists.closed.push_back(statement.id);
    if (statement.polarity != "does" || statement.open_list || statement.hedged ||
        !statement.exception.empty() || !statement.condition.empty() ||
        statement.modality != "does")
      lists.open = true;
  }
  lists.rows = static_cast<std::size_t>(
      std::count_if(said.cookies.begin(), said.cookies.end(), [&](const auto& row) {
        return declares_cookie(row) && lists_all_cookies(said, row.source);
      }));
  lists.words = lists.closed.empty()
                    ? "names " + count(lists.rows, "cookie")
                    : "says that its list of " + count(lists.rows, "cookie") + " is complete";
  return lists;
}

std::string setter(const detect::CookieFact& cookie) {
  const std::string& host = cookie.story.set_by_host;
  if (host.empty()) return "";
  return cookie.story.mechanism == "http" ? " by an answer of " + host : " by a script of " + host;
}

// Of several settings of one cookie the longest is told; the rest only keeps the choice the same.
auto order(const detect::CookieFact& cookie) {
  const observe::CookieStory& s = cookie.story;
  return std::tie(s.lifetime_s, s.set_by_host, s.mechanism);
}

}  // namespace

Drafts undeclared_cookie(const Context& context) {
  const Lists lists = lists_of(context.said);
  if (lists.rows == 0 && lists.closed.empty()) return {};
  struct Seen {
    const detect::CookieFact* cookie = nullptr;
    std::set<observe::Leaf> entries;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Seen> undeclared;
  for (const detect::CookieFact* cookie : context.stored) {
    if (!declared_rows(context, *cookie).empty() || !rows_as_own(context, *cookie).empty())
      continue;  // F16 tells of the latter.
    Seen& seen = undeclared[{cookie->story.name, cookie->story.domain, cookie->phase}];
    if (seen.cookie == nullptr || order(*cookie) > order(*seen.cookie)) seen.cookie = cookie;
    seen.entries.insert(cookie->story.entries.begin(), cookie->story.entries.end());
  }
  Drafts out;
  for (const auto& [key, seen] : undeclared) {
    const detect::CookieFact& cookie = *seen.cookie;
    const knowledge::KnownCookie* known =
        knowledge::find_cookie(cookie.story.name, cookie.story.domain);
    // Book-keeping that every list forgets (sessions, forged-request protection, the choice itself)
    // is told, not held against it.
    const bool bookkeeping = known != nullptr && known->category == "necessary";
    Finding f;
    f.strength = bookkeeping || lists.open ? Strength::kNote : Strength::kUndeclared;
    f.title = "Cookie \"" + cookie.story.name + "\" is set but not declared";
    f.explanation = "Cookie " + cookie_words(cookie) + ", was set" + setter(cookie) +
                    ". The site " + lists.words +
                    ", and none of them covers this name on this host.";
    if (known != nullptr) f.explanation += " It is known: " + std::string(known->purpose) + ".";
    if (bookkeeping) f.explanation += " Such book-keeping is seldom listed, so this is a note.";
    if (!bookkeeping && lists.open)
      f.explanation += " The site's words leave room for others, so this is a note.";
    f.phase = std::get<2>(key);
    f.statements = lists.closed;
    f.entries = sorted(seen.entries);
    out.push_back({std::get<0>(key) + "\n" + std::get<1>(key), std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
