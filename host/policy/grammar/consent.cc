// Consent, and what the site does about Do Not Track and Global Privacy Control.
#include <algorithm>

#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {
namespace {

// Words of a phrase that stand for it in a statement's condition.
constexpr std::size_t kPhrase = 4;
// A long list of who gets data when mentions consent and advertising; neither is of the other.
constexpr std::size_t kLong = 60;

struct Answer {
  const Predicate* predicate = nullptr;
  bool honours = false;
  bool found = false;
};

bool is_sites(const Parse& p, const Predicate& q) {
  const Subject subject = p.a.clauses[q.clause].subject;
  return subject == Subject::kWe ||
         (p.facts[q.clause].passive && subject != Subject::kYou && subject != Subject::kThird);
}

// Honouring and altering verbs speak for themselves; tracking ones answer only together with the
// signal as condition.
Answer answer_of(const Parse& p) {
  const Analysis& a = p.a;
  const bool regardless = a.has(Tag::kRegardless);
  for (const Predicate& q : a.predicates) {
    if (q.role != Role::kMain || q.polarity == Polarity::kUnclear || !is_sites(p, q)) continue;
    if (a.at(q.at, Tag::kHonour) || a.at(q.at, Tag::kAlter))
      return {&q, q.polarity == Polarity::kPlain && !regardless, true};
  }
  for (const Predicate& q : a.predicates) {
    if (q.role != Role::kMain || q.polarity == Polarity::kUnclear || !is_sites(p, q)) continue;
    const bool does = a.at(q.at, Tag::kTrack) || a.at(q.at, Tag::kSet) || a.at(q.at, Tag::kUse) ||
                      a.at(q.at, Tag::kCollect) || a.at(q.at, Tag::kShare) ||
                      a.at(q.at, Tag::kEmbed);
    if (!does || !a.has(Tag::kIf)) continue;
    if (q.polarity == Polarity::kDenied) return {&q, !regardless, true};
    if (regardless) return {&q, false, true};
  }
  if (regardless && std::any_of(a.clauses.begin(), a.clauses.end(),
                                [](const Clause& c) { return c.subject == Subject::kWe; })) {
    return {a.predicates.empty() ? nullptr : &a.predicates.front(), false, true};
  }
  return {};
}

// Words between "only if you" and the consent that it must come to.
constexpr std::size_t kNear = 8;

// "Our banner lets you accept or refuse": who is asked by a banner is asked.
bool banner_asks(const Parse& p) {
  const Analysis& a = p.a;
  if (!contains(a.values(Tag::kMask), "banner") || !a.has(Tag::kConsent)) return false;
  for (const Tag tag : {Tag::kNot, Tag::kNo, Tag::kNor, Tag::kWithout, Tag::kRegardless,
                        Tag::kByusing, Tag::kAlter, Tag::kUnless, Tag::kLegal})
    if (a.has(tag)) return false;
  return true;
}

// "With your consent we send you advertising": by mail, of which a browser sees nothing.
bool is_mail(const Analysis& a) {
  if (a.has(Tag::kCookie) || a.has(Tag::kTracker)) return false;
  const std::vector<std::string> data = a.values(Tag::kData);
  if (contains(data, "email") || contains(data, "form-input") || contains(data, "phone"))
    return true;
  const bool only_ads = std::none_of(a.hits.begin(), a.hits.end(), [](const Hit& h) {
    return h.tag == Tag::kBeacon || h.tag == Tag::kStorage || h.tag == Tag::kTracking ||
           h.tag == Tag::kBehaviour || h.tag == Tag::kVendor;
  });
  return only_ads && a.has(Tag::kAd) && !a.has(Tag::kServe);
}

// "These are not set without it", where cookies are spoken of.
bool speaks_of_cookies_before(const Reading& r) {
  const Analysis& a = r.a;
  if (!a.has(Tag::kPointer) && !a.has(Tag::kPronoun) && !a.has(Tag::kAnaphora)) return false;
  // "We keep this data only with your consent".
  for (const Hit& hit : a.hits)
    if (hit.tag == Tag::kData && hit.value != "cookies") return false;
  if (r.heading != nullptr && about_tracking(*r.heading)) return true;
  return r.previous != nullptr &&
         std::any_of(r.previous->begin(), r.previous->end(), [](const Statement& s) {
           return s.type == "uses-cookies" || s.type == "cookie-category" || s.type == "consent" ||
                  (s.type == "named-third-party" &&
                   (contains(s.purposes, "analytics") || contains(s.purposes, "advertising")));
         });
}

bool implied_consent(const Analysis& a) {
  const std::size_t by_using = a.find(Tag::kByusing);
  if (by_using == Analysis::npos || !about_tracking(a)) return false;
  const std::size_t consent = a.find(Tag::kConsent, by_using);
  return consent != Analysis::npos && !a.has(Tag::kNot);
}

// "Set without your consent", "before you agree", of what is done: none is asked for.
bool does_without_consent(const Parse& p) {
  bool without = false;
  std::size_t until = 0;
  for (const Hit& hit : p.a.hits) {
    if (hit.tag != Tag::kAsksfirst || hit.first < until) continue;
    if (!p.starts(hit.first, Tag::kUnless) && hit.value != "before") return false;
    without = true;
    until = hit.last;
  }
  for (const Tag tag : {Tag::kNo, Tag::kNot, Tag::kNor, Tag::kAvoid, Tag::kOnly})
    without = without && !p.a.has(tag);
  return without;
}

}  // namespace

std::size_t asks_first(const Analysis& a) {
  const bool denies = a.has(Tag::kNot) || a.has(Tag::kNo) || a.has(Tag::kNor);
  for (const Hit& hit : a.hits) {
    if (hit.tag != Tag::kAsksfirst) continue;
    // "No cookies that require your consent".
    if (denies && hit.value == "needs") continue;
    // "If you click on a link, you agree": behind a comma something else is said.
    std::size_t end = hit.last;
    while (end < std::min<std::size_t>(hit.last + kNear, a.size()) && a.tokens[end].word != ",")
      ++end;
    if (a.find(Tag::kConsent, hit.first, end) != Analysis::npos) return hit.first;
  }
  return Analysis::npos;
}

std::size_t items_of(const Analysis& a) {
  for (std::size_t i = 1; i < a.size(); ++i)
    if (a.tokens[i].word == "\n" && a.tokens[i - 1].word == ":") return i + 1;
  return Analysis::npos;
}

void wait_for_consent(const Reading& r, const Predicate* predicate, Statement* s) {
  const Analysis& a = r.a;
  const std::size_t asks = asks_first(a);
  if (asks == Analysis::npos || asks >= items_of(a) || !s->condition.empty() ||
      !s->exception.empty() || a.has(Tag::kRegardless) ||
      (predicate != nullptr && a.clause[asks] != predicate->clause))
    return;
  s->condition = a.words(r.document.text, asks, std::min(asks + kPhrase, a.size()));
  s->modality = "if";
}

void read_consent(const Reading& r, const Parse& p, bool of_cookies, Statements* out) {
  const Analysis& a = p.a;
  if (implied_consent(a)) {
    Statement s = statement_of(r, "consent", nullptr);
    s.subject = "user";
    s.data = a.values(Tag::kData);
    const std::size_t by = a.find(Tag::kByusing);
    s.condition = a.words(r.document.text, by, std::min(by + kPhrase, a.size()));
    s.modality = "if";
    s.observable = "yes";
    add_once(out, std::move(s));
    return;
  }
  const std::size_t asks = asks_first(a);
  const bool banner = banner_asks(p);
  if (asks == Analysis::npos && !banner) return;
  if (!of_cookies && !banner && !about_tracking(a) && !speaks_of_cookies_before(r)) return;
  if (!of_cookies && is_mail(a)) return;
  if (a.size() > kLong && !a.has(Tag::kCookie) && !a.has(Tag::kTracker)) return;
  // What others must do, by law; and what needs no consent.
  if (a.has(Tag::kLegal) && !a.has(Tag::kWe) && !a.has(Tag::kOur)) return;
  if (a.has(Tag::kRegardless) || does_without_consent(p)) return;
  Statement s = statement_of(r, "consent", a.predicates.empty() ? nullptr : &a.predicates.front());
  s.data = {"cookies"};
  if (s.condition.empty() && s.exception.empty() && asks != Analysis::npos)
    s.condition = a.words(r.document.text, asks, std::min(asks + kPhrase, a.size()));
  s.observable = "yes";
  add_once(out, std::move(s));
}

void read_signal(const Reading& r, const Parse& p, Statements* out) {
  const Analysis& a = p.a;
  if (a.has(Tag::kLegal) && !a.has(Tag::kWe)) return;
  std::vector<std::string> signals = a.values(Tag::kSignal);
  if (signals.empty()) {
    // "such signals", in a section about them.
    const bool pointed = a.has(Tag::kPointer) && a.has(Tag::kHonour);
    if (!pointed || r.signals == nullptr) return;
    signals = *r.signals;
  }
  if (signals.empty()) return;
  const Answer answer = answer_of(p);
  if (!answer.found) return;
  Statement s = statement_of(r, "signal", answer.predicate);
  s.polarity = answer.honours ? "does" : "does-not";
  s.data = std::move(signals);
  s.purposes.clear();
  s.observable = "yes";
  // The signal itself is no condition: it is what is answered.
  const bool condition = std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kSignal && a.role[h.first] == Role::kCondition;
  });
  if (condition) {
    s.condition.clear();
    if (s.modality == "if") s.modality = "does";
  }
  out->push_back(std::move(s));
}

}  // namespace affiant::policy::grammar
