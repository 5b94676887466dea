// F19: declared, and not seen in this recording. Always a note: what a recording does not hold
// proves nothing.
#include <algorithm>

#include "findings/cookie_match.h"
#include "findings/coverage.h"
#include "findings/in_words.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

std::string coverage_words(const Context& context) {
  std::size_t pages = 0;
  for (const observe::Page& page : context.done.seen.pages)
    pages += page.result == "loaded" && page.role != "policy" ? 1 : 0;
  return "The recording covers " + count(pages, "page") + " and " +
         count(context.done.seen.sessions.size(), "session") +
         "; what was not seen there may well be elsewhere, after a click, or after signing in.";
}

bool seen_at_all(const Context& context, int row) {
  return std::any_of(context.done.cookies.begin(), context.done.cookies.end(),
                     [&](const detect::CookieFact& cookie) {
                       const std::vector<int> rows = declared_rows(context, cookie);
                       return std::find(rows.begin(), rows.end(), row) != rows.end();
                     });
}

// Names of third parties in statements that say the site uses them, none of whose hosts answered.
std::vector<std::pair<std::string, std::string>> unseen_parties(const Context& context) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const policy::Statement& statement : context.said.statements) {
    if (statement.type != "named-third-party" || statement.polarity != "does" ||
        statement.observable == "no" || !in_words(context.said, statement.source))
      continue;
    for (const std::string& name : statement.parties) {
      const knowledge::Vendor* vendor = knowledge::vendor_by_name(name);
      if (vendor == nullptr)
        continue;  // Nobody knows its hosts, so nobody can say that they were not there.
      const bool seen =
          std::any_of(context.done.requests.begin(), context.done.requests.end(),
                      [&](const detect::RequestFact& fact) { return fact.owner == vendor->owner; });
      if (!seen) out.emplace_back(name, statement.id);
    }
  }
  return out;
}

}  // namespace

Drafts declared_not_seen(const Context& context) {
  Drafts out;
  Finding cookies;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < context.said.cookies.size(); ++i) {
    const policy::DeclaredCookie& row = context.said.cookies[i];
    if (!declares_cookie(row) || !in_words(context.said, row.source) ||
        seen_at_all(context, static_cast<int>(i)))
      continue;
    names.push_back("\"" + row.pattern + "\"");
    cookies.declared_cookies.push_back(static_cast<int>(i));
  }
  if (!names.empty()) {
    cookies.title = count(names.size(), "declared cookie") +
                    (names.size() == 1 ? " was" : " were") + " not seen";
    cookies.explanation =
        "Declared but not seen: " + list(names, 8) + ". " + coverage_words(context);
    out.push_back({"cookies", std::move(cookies)});
  }
  Finding parties;
  names.clear();
  for (const auto& [name, statement] : unseen_parties(context)) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    if (std::find(parties.statements.begin(), parties.statements.end(), statement) ==
        parties.statements.end())
      parties.statements.push_back(statement);
  }
  if (!names.empty()) {
    parties.title = list(names, 3) + (names.size() == 1 ? " is" : " are") +
                    " named in the policy but " + (names.size() == 1 ? "was" : "were") +
                    " not seen";
    parties.explanation = "No answer of a host known to belong to " + list(names, 8) +
                          " was recorded. " + coverage_words(context);
    out.push_back({"parties", std::move(parties)});
  }
  for (Draft& draft : out) {
    draft.finding.strength = Strength::kNote;
    draft.finding.phase = context.phases.empty() ? "" : context.phases.front();
    draft.finding.entries = context.page_entries();
  }
  return out;
}

}  // namespace affiant::findings
