// F13: cookies for analytics, advertising or social networks are stored after everything was
// refused (CookieBlock's rule 8). Only where the record shows that the refusal was made, and only
// what was set from then on: a cookie that was there before and stays is another matter (T9), told
// only where the policy promises to remove it. Which cookies the browser sent is not recorded.
#include <algorithm>
#include <map>

#include "detect/choice.h"
#include "findings/cookie_match.h"
#include "findings/denial.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using detect::CookieFact;
using observe::Leaf;

bool follows_the_visitor(std::string_view category) {
  return category == "analytics" || category == "advertising" || category == "social";
}

struct Purpose {
  std::string words;      // "Google, analytics"; empty: nobody says that it is not necessary.
  std::vector<int> rows;  // Where the site itself says it.
};

// By the site's own list, else by what its vendor documents. What the site calls necessary or
// functional is not refused in its own terms; F9 tells where its vendor sees that otherwise.
Purpose purpose_of(const Context& context, const CookieFact& cookie) {
  std::vector<int> rows = most_exact(context, declared_rows(context, cookie));
  std::erase_if(rows, [&](int row) {
    const policy::DeclaredCookie& c = context.said.cookies[static_cast<std::size_t>(row)];
    return !declares_cookie(c) || c.category == "unclassified";
  });
  if (!rows.empty()) {
    const auto category = [&](int row) -> const std::string& {
      return context.said.cookies[static_cast<std::size_t>(row)].category;
    };
    const bool all = std::all_of(rows.begin(), rows.end(),
                                 [&](int row) { return follows_the_visitor(category(row)); });
    if (!all) return {};
    std::string words = "declared as " + category(rows.front());
    return {std::move(words), std::move(rows)};
  }
  const knowledge::KnownCookie* known =
      knowledge::find_cookie(cookie.story.name, cookie.story.domain);
  if (known == nullptr || !follows_the_visitor(known->category) || keeps_opt_out(*known)) return {};
  return {std::string(known->owner) + ", " + std::string(known->category), {}};
}

// Entries that show a cookie being set, with their time. The jar at the end shows only that it is
// there.
std::map<Leaf, std::int64_t> settings(const observe::Observations& seen) {
  std::map<Leaf, std::int64_t> out;
  for (const observe::CookieAttempt& a : seen.attempts) out[a.entry] = a.place.time_ms;
  for (const observe::JarCookie& c : seen.changes)
    if (!c.removed) out[c.entry] = c.time_ms;
  return out;
}

struct Kept {
  std::set<std::string> names;
  std::set<Leaf> entries, choices;
  std::set<int> rows;

  void add(const CookieFact& cookie, const Purpose& purpose, const std::set<Leaf>& hits,
           Leaf choice) {
    names.insert("\"" + cookie.story.name + "\" of " + cookie.story.domain + " (" + purpose.words +
                 ")");
    entries.insert(hits.begin(), hits.end());
    choices.insert(choice);
    rows.insert(purpose.rows.begin(), purpose.rows.end());
  }

  Finding finding(std::string title, std::string explanation) const {
    Finding f;
    f.strength = Strength::kContradicted;
    f.title = std::move(title);
    f.explanation = std::move(explanation);
    f.phase = "reject";
    f.declared_cookies.assign(rows.begin(), rows.end());
    std::set<Leaf> all = entries;
    all.insert(choices.begin(), choices.end());
    f.entries = sorted(all);
    return f;
  }
  std::string cookies() const { return count(names.size(), "cookie"); }
  std::string listed() const { return list({names.begin(), names.end()}, 6); }
};

std::string refusal_words(const Kept& kept) {
  return "A refusal is recorded in entry " + std::to_string(*kept.choices.begin()) + ".";
}

// "If you opt out, we delete the cookies": what the policy promises of those that are there.
const policy::Statement* promises_removal(const Context& context) {
  for (const policy::Statement& s : context.said.statements) {
    if (s.type != "opt-out-effect" || s.polarity != "does") continue;
    const Binding binding = promise_binding(s, context);
    // The refusal is what such a sentence is conditional on.
    const bool plain = binding.applies && !s.hedged && s.exception.empty() && s.scope.empty();
    if (plain && has_word_start(folded(s.quote), "delet|remov|eras|clear")) return &s;
  }
  return nullptr;
}

// The policy's own words on asking, where there are some, beside which a refusal stands.
const policy::Statement* consent_words(const Context& context) {
  for (const policy::Statement& s : context.said.statements)
    if ((s.type == "consent" || s.type == "opt-out-effect") && s.polarity == "does" &&
        s.subject != "user" && s.modality != "may")
      return &s;
  return nullptr;
}

}  // namespace

Drafts kept_after_reject(const Context& context) {
  const observe::Observations& seen = context.done.seen;
  const detect::Choices choices(seen);
  const std::map<Leaf, std::int64_t> set_at = settings(seen);
  std::set<Leaf> in_jar;
  for (const observe::JarCookie& c : seen.jar)
    if (c.snapshot == "final") in_jar.insert(c.entry);
  Kept set_again, stayed;
  for (const CookieFact* cookie : context.stored) {
    const std::uint64_t session = cookie->story.session;
    const detect::Choice* choice = choices.of(session);
    if (choice == nullptr || choice->choice != "reject") continue;
    const Purpose purpose = purpose_of(context, *cookie);
    if (purpose.words.empty()) continue;
    std::set<Leaf> set_after, still_there;
    bool set_since = false;
    for (const Leaf leaf : cookie->story.entries) {
      if (in_jar.contains(leaf)) still_there.insert(leaf);
      const auto set = set_at.find(leaf);
      if (set == set_at.end() || !choices.after(session, leaf)) continue;
      set_since = true;
      if (choices.settled(session, leaf, set->second)) set_after.insert(leaf);
    }
    if (!set_after.empty()) {
      set_again.add(*cookie, purpose, set_after, choice->entry);
    } else if (!set_since && !still_there.empty() && cookie->party == site::Party::kFirst) {
      stayed.add(*cookie, purpose, still_there, choice->entry);
    }
  }
  Drafts out;
  if (!set_again.names.empty()) {
    Finding f = set_again.finding(
        set_again.cookies() + " for analytics, advertising or social networks " +
            (set_again.names.size() == 1 ? "is" : "are") + " set after everything was refused",
        refusal_words(set_again) + " Set after it, on a page begun later or at least " +
            duration(detect::kChoiceSettlesMs / 1'000) + " on: " + set_again.listed() + ".");
    if (const policy::Statement* s = consent_words(context)) {
      f.explanation += " The site says " + sentence(quotation(s->quote));
      f.statements = {s->id};
    }
    out.push_back({"set", std::move(f)});
  }
  const policy::Statement* removal = promises_removal(context);
  if (removal != nullptr && !stayed.names.empty()) {
    Finding f = stayed.finding(
        "The site says it removes cookies that are refused, but " + stayed.cookies() +
            (stayed.names.size() == 1 ? " stays" : " stay"),
        "The site says " + sentence(quotation(removal->quote)) + " " + refusal_words(stayed) +
            " Set before it and still there at the end of the recording: " + stayed.listed() + ".");
    f.statements = {removal->id};
    out.push_back({"stay", std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
