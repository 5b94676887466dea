// T26: sentences that look like claims and are none.
#include <algorithm>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kHeadingTokens = 14;

bool any_subject(const Analysis& a, Subject subject) {
  return std::any_of(a.clauses.begin(), a.clauses.end(),
                     [&](const Clause& c) { return c.subject == subject; });
}

// The first predicate of a main clause, or the end.
std::size_t first_verb(const Analysis& a) {
  for (const Predicate& p : a.predicates) {
    if (p.role == Role::kMain) return p.at;
  }
  return a.size();
}

// "Cookies are small files ...": what is defined stands before the verb.
bool defines(const Analysis& a) {
  const std::size_t at = a.find(Tag::kDefinition);
  if (at == Analysis::npos || at > 9) return false;
  // "This means:" says what follows, "your use of this site means" what it is taken for.
  if (at > 0 && a.tokens[at].word == "means" &&
      (one_of(a.tokens[at - 1].word, {"this", "that", "which", "it"}) ||
       std::any_of(a.tokens.begin(), a.tokens.begin() + static_cast<std::ptrdiff_t>(at),
                   [](const Token& t) { return t.word == "use"; })))
    return false;
  if (any_subject(a, Subject::kWe) && a.find(Tag::kWe) < at) return false;
  // "The Library uses cookies, which are small files ...".
  if (a.clauses.front().subject == Subject::kWe && first_verb(a) < at &&
      a.at(first_verb(a), Tag::kUse))
    return false;
  for (const Tag tag :
       {Tag::kCookie, Tag::kBeacon, Tag::kStorage, Tag::kSignal, Tag::kTracker, Tag::kFingerprint,
        Tag::kVendor, Tag::kData, Tag::kFlash, Tag::kPolicyword, Tag::kReplay}) {
    if (a.find(tag, 0, at + 1) != Analysis::npos) return true;
  }
  return at <= 3;
}

bool is_main(const Analysis& a, Tag tag) {
  return std::any_of(a.hits.begin(), a.hits.end(),
                     [&](const Hit& h) { return h.tag == tag && a.role[h.first] == Role::kMain; });
}

bool we_act(const Analysis& a) {
  return std::any_of(a.predicates.begin(), a.predicates.end(),
                     [&](const Predicate& p) {
                       return p.role == Role::kMain && a.clauses[p.clause].subject == Subject::kWe;
                     }) ||
         std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {  // "We may request ...".
           return h.tag == Tag::kAsk && a.role[h.first] == Role::kMain &&
                  a.clauses[a.clause[h.first]].subject == Subject::kWe;
         });
}

// Advice to the visitor, and what follows from taking it.
bool is_choice(const Analysis& a) {
  const bool choice = a.has(Tag::kChoice) || a.has(Tag::kOptout);
  if (!choice) return false;
  if (a.clauses.front().subject == Subject::kYou) return true;
  if (we_act(a)) return false;
  // "If you choose to sign in with Example, Example may set cookies."
  const bool others_act =
      std::any_of(a.predicates.begin(), a.predicates.end(), [&](const Predicate& p) {
        return p.role == Role::kMain && p.polarity == Polarity::kPlain &&
               a.clauses[p.clause].subject == Subject::kThird &&
               (!a.clauses[p.clause].subject_vendor.empty() || a.has(Tag::kData, p.end)) &&
               !a.has_main(Tag::kChoice, p.clause);
      });
  if (others_act && !a.has(Tag::kOptout)) return false;
  // "If you refuse cookies, some pages may not work."
  return true;
}

bool is_right(const Analysis& a) {
  const std::size_t right = a.find(Tag::kRight);
  if (right == Analysis::npos) return false;
  // "We reserve the right to disclose ...".
  if (right > 1 && a.tokens[right - 2].word.starts_with("reserve")) return false;
  // "We may request ...".
  if (right > 0 && a.at(right - 1, Tag::kWe)) return false;
  return a.clauses.front().subject == Subject::kYou || !we_act(a) || is_main(a, Tag::kRight);
}

bool explains_law(const Reading& r) {
  const Analysis& a = r.a;
  const std::size_t law = a.find(Tag::kLegal);
  if (law != Analysis::npos && law < first_verb(a) && !any_subject(a, Subject::kWe) &&
      !a.has(Tag::kWe))
    return true;
  const bool must = std::any_of(a.tokens.begin(), a.tokens.end(),
                                [](const Token& t) { return t.word == "must"; });
  return must && !a.has(Tag::kAsk) && !a.has(Tag::kWe) && !any_subject(a, Subject::kCookie);
}

// "For example, a cookie may contain what somebody chose", "the cookie allows the website to ...".
bool tells_of_one(const Analysis& a) {
  if (a.size() > 4 && a.tokens[0].word == "the" && a.at(1, Tag::kCookie) &&
      one_of(a.tokens[2].word, {"allows", "allow", "lets", "tells"}) && a.tokens[3].word == "the")
    return true;
  constexpr std::size_t kFront = 6, kNear = 4;
  const std::size_t thing = std::min(a.find(Tag::kCookie), a.find(Tag::kBeacon));
  if (thing == 0 || thing > kFront || !one_of(a.tokens[thing - 1].word, {"a", "an"})) return false;
  for (std::size_t i = thing + 1; i < std::min<std::size_t>(thing + kNear, a.size()); ++i)
    if (one_of(a.tokens[i].word, {"contain", "contains", "hold", "holds", "include", "includes",
                                  "help", "helps", "lets", "allows"}))
      return true;
  return false;
}

// "Pixels are often used with cookies".
bool are_often_used(const Analysis& a) {
  return std::any_of(a.predicates.begin(), a.predicates.end(), [&](const Predicate& p) {
    return p.role == Role::kMain && p.passive && p.at > 0 &&
           one_of(a.tokens[p.at - 1].word,
                  {"often", "usually", "commonly", "typically", "widely", "frequently"});
  });
}

}  // namespace

bool speaks_in_general(const Analysis& a) {
  // "Our", "this site", a name: it is about somebody.
  if (a.has(Tag::kWe) || a.has(Tag::kOur) || a.has(Tag::kVendor) || a.clauses.empty() ||
      a.predicates.empty())
    return false;
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(a.tokens.begin(), a.tokens.end(),
                       [&](const Token& t) { return one_of(t.word, words); });
  };
  if (says({"us", "will"})) return false;
  if (tells_of_one(a)) return true;
  // "They may be used by those companies ...": things of this site, told of before.
  const bool back = one_of(a.tokens[0].word, {"they", "these", "this", "it", "such", "those"});
  bool anywhere = false;  // "a website", "the website you are visiting"
  for (const Hit& hit : a.hits) {
    if (hit.tag != Tag::kSite) continue;
    const std::string_view before =
        hit.first == 0 ? std::string_view() : std::string_view(a.tokens[hit.first - 1].word);
    if (before == "particular") return true;  // "When you visit a particular site".
    // "Websites typically use cookies to ...".
    if (hit.first == 0 && a.tokens[hit.last - 1].word.ends_with("sites")) return true;
    const bool visited = a.has(Tag::kYou, hit.last, hit.last + 1);
    if (!visited && !one_of(before, {"a", "an", "any", "other", "different", "web", "most", "many",
                                     "some", "by", "allow", "allowing", "across", "multiple",
                                     "originating", "another"}))
      return false;
    anywhere = true;
  }
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    const std::string_view word = a.tokens[i].word, next = a.tokens[i + 1].word;
    anywhere = anywhere || (one_of(word, {"a", "any", "most", "web"}) &&
                            one_of(next, {"user", "browser", "browsers", "domain", "server"}));
  }
  // "Cookies ...", "Persistent cookies ...", but not "These cookies ...".
  const std::size_t thing =
      std::min({a.find(Tag::kCookie), a.find(Tag::kBeacon), a.find(Tag::kTracker)});
  const std::size_t lead = a.size() > 3 && a.tokens[1].word == "example" ? 3 : 0;
  const bool bare = thing >= lead && thing <= lead + 3 &&
                    a.clauses.front().subject == Subject::kCookie &&
                    std::none_of(a.tokens.begin() + static_cast<long>(lead),
                                 a.tokens.begin() + static_cast<long>(thing), [](const Token& t) {
                                   return one_of(t.word, {"these", "those", "the", "such", "all",
                                                          "some", "any", "other"}) ||
                                          t.punctuation;
                                 });
  if (bare && (anywhere || are_often_used(a))) return true;
  for (const Predicate& p : a.predicates) {
    if (p.role != Role::kMain) continue;
    // "Local storage is often used to remember what a user has chosen".
    if (anywhere && p.passive && !back) return true;
    // "Cookies can be used to ...", "Cookies track certain of your activities".
    const bool can =
        p.at > 1 && (a.tokens[p.at - 1].word == "can" || a.tokens[p.at - 2].word == "can");
    return can || (bare && !p.passive);
  }
  return false;
}

bool disclaims(const Analysis& a, std::size_t clause) {
  // "Given to a processor, whose use of it is governed by its policy": it is given all the same.
  const auto of_whose = [&](std::size_t at) {
    constexpr std::size_t kReach = 40;
    const std::size_t first = at > kReach ? at - kReach : 0;
    while (at > first && a.role[at] == Role::kRelative && a.role[at - 1] == Role::kRelative &&
           a.word(at) != "whose")
      --at;
    return a.word(at) == "whose";
  };
  return std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kControl && a.clause[h.first] == clause && !of_whose(h.first);
  });
}

NonClaim non_claim_of(const Reading& r) {
  const Analysis& a = r.a;
  if (a.question) return NonClaim::kQuestion;
  if (a.clauses.empty()) return NonClaim::kNone;
  // "How we respond to signals": a heading that was not marked as one.
  if (a.at(0, Tag::kAsking) && !a.tokens.back().punctuation && a.size() <= kHeadingTokens)
    return NonClaim::kQuestion;
  if (defines(a)) return NonClaim::kDefinition;
  if (a.has(Tag::kChildren) && !a.has(Tag::kCookie)) return NonClaim::kChildren;
  bool all_disclaim = a.has(Tag::kControl);
  for (const Predicate& p : a.predicates) {
    if (p.role == Role::kMain && !disclaims(a, p.clause)) all_disclaim = false;
  }
  if (all_disclaim) return NonClaim::kControl;
  if (is_choice(a)) return NonClaim::kChoice;
  const bool of_us = a.clauses.front().subject == Subject::kWe || a.has(Tag::kNot);
  if (is_right(a) || (!of_us && is_item_of_rights(r))) return NonClaim::kRight;
  if (explains_law(r)) return NonClaim::kLegal;
  return NonClaim::kNone;
}

}  // namespace affiant::policy
