// What is said of the list of cookies and of how long they last (T3, T6).
#include <algorithm>

#include "policy/cookie_words.h"
#include "policy/rules.h"

namespace affiant::policy {
namespace {

void closed_list(const Reading& r, Statements* out) {
  const Analysis& a = r.a;
  const std::size_t closed = a.find(Tag::kClosedlist), open = a.find(Tag::kOpenended);
  const bool about = a.has(Tag::kCookie) ||
                     (r.heading != nullptr && r.heading->has(Tag::kCookie)) || a.has(Tag::kTracker);
  if (!about) return;
  // "For the full list see ...": it stands elsewhere.
  const bool elsewhere = a.tokens[0].word == "for" ||
                         std::any_of(a.tokens.begin(), a.tokens.end(), [](const Token& t) {
                           return one_of(t.word, {"see", "visit", "refer", "consult"});
                         });
  if (closed != Analysis::npos && open == Analysis::npos && !a.question && !elsewhere) {
    Statement s = statement_of(r, "closed-list", nullptr);
    s.data = {"cookies"};
    s.purposes.clear();
    s.observable = "yes";
    if (!a.has(Tag::kHedge)) add_once(out, std::move(s));
  } else if (open != Analysis::npos && !a.has(Tag::kPolicyword)) {
    Statement s = statement_of(r, "closed-list", nullptr);
    s.polarity = "does-not";
    s.data = {"cookies"};
    s.purposes.clear();
    s.observable = "no";
    add_once(out, std::move(s));
  }
}

void lifetime(const Reading& r, Statements* out) {
  const Analysis& a = r.a;
  if (!a.has(Tag::kExpire) && !a.has(Tag::kSet)) return;
  const bool about = a.has(Tag::kCookie) || (r.heading != nullptr && r.heading->has(Tag::kCookie) &&
                                             one_of(a.tokens[0].word, {"they", "these", "it"}));
  if (!about || a.has(Tag::kRight)) return;
  const Lifetime life =
      lifetime_of(std::string_view(r.document.text)
                      .substr(r.sentence.start, r.sentence.end - r.sentence.start));
  if (!life.seconds && !(life.session && a.has(Tag::kExpire))) return;
  // "at least 16 years", "every 6 months": figures of something else.
  for (const Token& t : a.tokens) {
    if (one_of(t.word, {"old", "age", "aged", "every", "least"})) return;
  }
  Statement s = statement_of(r, "lifetime", nullptr);
  s.data = {"cookies"};
  s.observable = "yes";
  add_once(out, std::move(s));
}

}  // namespace

void read_lists(const Reading& r, Statements* out) {
  if (!has_type(*out, "only-necessary")) closed_list(r, out);
  lifetime(r, out);
}

}  // namespace affiant::policy
