// Consent (T8), opt-out links (T19), the policy's scope (T25) and the policy itself (T27).
#include <algorithm>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

bool about_tracking(const Analysis& a) {
  return a.has(Tag::kCookie) || a.has(Tag::kTracker) || a.has(Tag::kBeacon) ||
         a.has(Tag::kStorage) || a.has(Tag::kTracking) || a.has(Tag::kAd);
}

// Something that a page sets or loads, so that a browser could see it before consent.
bool names_technique(const Analysis& a) {
  if (has_word(a, "analytics")) return true;
  for (const Tag tag : {Tag::kCookie, Tag::kTracker, Tag::kBeacon, Tag::kStorage, Tag::kReplay})
    if (a.has(tag)) return true;
  if (has_word(a, "script") || has_word(a, "scripts")) return true;
  return std::any_of(a.hits.begin(), a.hits.end(), [](const Hit& h) {
    return h.tag == Tag::kVendor && (h.value == "analytics" || h.value == "advertising");
  });
}

// "We do not require", "is not needed".
bool asks_not(const Analysis& a, std::size_t at) {
  constexpr std::size_t kNear = 3;
  for (std::size_t i = at > kNear ? at - kNear : 0; i < at; ++i)
    if (a.at(i, Tag::kNot))
      return one_of(a.tokens[at].word,
                    {"require", "requires", "need", "ask", "request", "required"});
  return false;
}

// The word by which what is done depends on somebody's consent: "after" in "after you explicitly
// accept"; Analysis::npos when nothing depends on the word at `at`.
std::size_t consent_mark(const Analysis& a, std::size_t at) {
  constexpr std::size_t kNear = 7;
  for (std::size_t i = at; i-- > 0 && at - i <= kNear;) {
    const std::string_view word = a.tokens[i].word;
    if (a.at(i, Tag::kNot)) return Analysis::npos;
    if (word == ":" || word == "\n" || word == ".") return Analysis::npos;
    if (word == "," && (a.role[i] == Role::kMain || a.role[i] != a.role[at])) return Analysis::npos;
    if (one_of(word,
               {"after",    "until",     "till",  "unless",  "if",      "once",      "when",
                "where",    "upon",      "with",  "without", "before",  "prior",     "obtain",
                "obtained", "obtaining", "ask",   "asked",   "request", "requested", "require",
                "requires", "required",  "need",  "basis",   "based",   "subject",   "seek",
                "requests", "asks",      "seeks", "obtains", "asking",  "requesting"}))
      return asks_not(a, i) ? Analysis::npos : i;
  }
  return Analysis::npos;
}

}  // namespace

bool is_off_by_default(const Analysis& a) {
  if (!names_technique(a) || !has_word(a, "default") || a.has(Tag::kNot) || a.has(Tag::kNo) ||
      has_word(a, "browser") || has_word(a, "browsers"))
    return false;
  return has_word(a, "off") || has_word(a, "disabled") || has_word(a, "deactivated") ||
         has_word(a, "inactive");
}

bool waits_for_consent(const Analysis& a, bool about_them) {
  if (!(about_them || names_technique(a)) || has_word(a, "behalf")) return false;
  if (is_off_by_default(a)) return true;
  // "They stay switched off until you agree."
  bool denied = has_word(a, "off") || has_word(a, "disabled") || has_word(a, "inactive");
  bool plain = false;
  for (const Predicate& p : a.predicates) {
    const bool practice = a.at(p.at, Tag::kUse) || a.at(p.at, Tag::kSet) ||
                          a.at(p.at, Tag::kCollect) || a.at(p.at, Tag::kEmbed) ||
                          a.at(p.at, Tag::kTrack) || a.at(p.at, Tag::kServe) ||
                          a.at(p.at, Tag::kAllow);
    if (!practice || p.role == Role::kCondition || p.role == Role::kException ||
        a.clauses[p.clause].subject == Subject::kYou || disclaims(a, p.clause))
      continue;
    (p.polarity == Polarity::kDenied ? denied : plain) = true;
  }
  for (std::size_t i = 1; i < a.size(); ++i) {
    const std::string_view word = a.tokens[i].word;
    const bool consents = a.at(i, Tag::kConsent) ||
                          one_of(word, {"accept", "accepted", "approve", "approved", "approval"});
    const bool enables = one_of(word, {"enable", "enabled", "activate", "activated", "allow"});
    if (!consents && !enables) continue;
    const std::size_t mark = consent_mark(a, i);
    // Whoever acts "with our permission" or "on our behalf" asks us, or others.
    if (mark == Analysis::npos || a.at(i - 1, Tag::kOur)) continue;
    const std::string_view by = a.tokens[mark].word;
    if (!a.at(i, Tag::kConsent) && (by.starts_with("ask") || by.starts_with("request"))) continue;
    // "Unless you enable cookies": how a browser is set.
    if ((enables || !a.at(i, Tag::kConsent)) &&
        (a.at(i + 1, Tag::kCookie) || a.at(i + 2, Tag::kCookie)))
      continue;
    if (enables && (!denied || !a.has(Tag::kYou, mark, i))) continue;
    // "We request your consent before storing cookies".
    if (a.at(i - 1, Tag::kYour) && (by.starts_with("ask") || by.starts_with("request")))
      return true;
    const bool keeps = one_of(by, {"without", "unless", "until", "till", "before"});
    if (keeps ? denied : plain || (denied && a.has(Tag::kUnless))) return true;
  }
  return false;
}

// "We will ask you to consent to our cookies", "a banner asks whether you accept them": who asks
// stands in front, what for behind.
bool asks_visitor(const Analysis& a) {
  constexpr std::size_t kBehind = 4, kThing = 8;
  // How a browser is set, and what is asked for together with a contract.
  if (has_word(a, "browser") || has_word(a, "browsers")) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a.tokens[i].word == "terms" && !a.has(Tag::kPolicyword, i, i + 4)) return false;
  for (std::size_t i = 1; i < a.size(); ++i) {
    const std::size_t clause = a.clauses[a.clause[i]].first;
    if (!one_of(a.tokens[i].word,
                {"ask", "asks", "asked", "prompt", "prompts", "invite", "invites"}))
      continue;
    bool asker = a.has(Tag::kWe, clause, i) || a.has(Tag::kSite, clause, i);
    bool surely = true;
    for (std::size_t n = clause; n < i; ++n) {
      asker = asker || one_of(a.tokens[n].word, {"banner", "bar", "popup", "pop", "notice",
                                                 "dialog", "dialogue", "message", "window", "you"});
      surely = surely && !a.at(n, Tag::kNot) && !a.at(n, Tag::kNo) && !a.at(n, Tag::kMay) &&
               !a.at(n, Tag::kHedge);
    }
    if (!asker || !surely) continue;
    for (std::size_t n = i + 1; n < std::min(i + 1 + kBehind, a.size()); ++n) {
      const bool accepts = one_of(
          a.tokens[n].word, {"accept", "consent", "agree", "allow", "permit", "permission", "opt"});
      const std::size_t thing = a.find(Tag::kCookie, n, std::min(n + kThing, a.size()));
      if (accepts && thing != Analysis::npos && !a.at(thing, Tag::kPolicyword) &&
          (a.at(i + 1, Tag::kYou) || one_of(a.tokens[i + 1].word, {"whether", "if", "to", "for"})))
        return true;
    }
  }
  return false;
}

// "We may place these without your consent": none is asked for.
bool does_without_consent(const Analysis& a) {
  bool without = false;
  for (const Hit& hit : a.hits) {
    if (hit.tag != Tag::kAsksfirst) continue;
    if (a.tokens[hit.first].word != "without") return false;
    without = true;
  }
  return without && !a.has(Tag::kNo) && !a.has(Tag::kNot);
}

// "These are set only after ...", "Set only after ...": in a section or behind a sentence about
// cookies.
bool speaks_of_cookies_before(const Reading& r) {
  if (!one_of(r.a.tokens.front().word, {"these", "they", "set", "loaded", "placed", "such"}))
    return false;
  if (r.heading != nullptr && (r.heading->has(Tag::kCookie) || r.heading->has(Tag::kTracker)))
    return true;
  return r.previous != nullptr &&
         std::any_of(r.previous->begin(), r.previous->end(), [](const Statement& s) {
           return s.type == "uses-cookies" || s.type == "cookie-category";
         });
}

// "By using the site", "your use of the site means": where it is said that use is consent.
std::size_t by_use(const Analysis& a) {
  if (const std::size_t at = a.find(Tag::kByusing); at != Analysis::npos) return at;
  for (std::size_t i = 1; i + 1 < a.size(); ++i) {
    if (a.tokens[i].word != "use" || a.tokens[i + 1].word != "of" ||
        !one_of(a.tokens[i - 1].word, {"your", "continued"}))
      continue;
    for (std::size_t n = i + 2; n < a.size(); ++n)
      if (one_of(a.tokens[n].word, {"means", "constitutes", "implies", "signifies", "indicates"}))
        return i - 1;
  }
  return Analysis::npos;
}

void read_consent(const Reading& r, Statements* out) {
  const Analysis& a = r.a;
  // "By using the site you agree ...": consent taken for granted.
  const std::size_t by_using = by_use(a);
  // "You withdraw consent by visiting the settings" is the other way round.
  const bool implied = by_using != Analysis::npos && a.find(Tag::kConsent) != Analysis::npos &&
                       a.find(Tag::kConsent, by_using) != Analysis::npos &&
                       a.find(Tag::kConsent) > by_using && (a.has(Tag::kYou) || a.has(Tag::kYour));
  // "By continuing, you accept our cookies".
  const auto accepts = [&] {
    if (by_using == Analysis::npos) return false;
    const bool cookies = a.has(Tag::kCookie) || a.has(Tag::kTracker) || has_word(a, "cookie");
    for (std::size_t i = by_using; i < a.size(); ++i) {
      // "We take your continued use as acceptance of our cookies."
      if (a.tokens[i].word == "acceptance") return cookies;
      if (one_of(a.tokens[i].word, {"accept", "accepting"}) && a.has(Tag::kYou, by_using, i))
        return a.has(Tag::kCookie) || a.has(Tag::kTracker);
    }
    return false;
  };
  // To a change of the policy is no consent to what it says.
  const bool changed = has_word(a, "changes") || has_word(a, "updated") || has_word(a, "revised") ||
                       has_word(a, "amended");
  const bool shared =
      about_tracking(a) || (a.has(Tag::kShare) && !has_word(a, "transfer")) ||
      (a.has(Tag::kPolicyword) && (has_word(a, "cookie") || has_word(a, "cookies"))) ||
      has_word(a, "collection") || has_word(a, "processing") || has_word(a, "practices");
  const bool to_terms = has_word(a, "terms") && !has_word(a, "collection");
  if ((implied || accepts()) && shared && !changed && !to_terms) {
    Statement s = statement_of(r, "consent", nullptr);
    s.subject = "user";
    s.data = a.values(Tag::kData);
    s.condition = a.words(r.document.text, by_using, std::min(by_using + 4, a.size()));
    s.modality = "if";
    s.observable = about_tracking(a) ? "yes" : "partly";
    add_once(out, std::move(s));
    return;
  }
  const bool waits = waits_for_consent(a, speaks_of_cookies_before(r)) || asks_visitor(a);
  if (!waits && does_without_consent(a)) return;
  if (!waits && (!a.has(Tag::kAsksfirst) || !about_tracking(a))) return;
  // The phrase may begin with the verb ("require your consent") or behind it ("your consent").
  const std::size_t asks = a.find(Tag::kAsksfirst);
  if (!waits && (asks_not(a, asks) || (asks >= 2 && asks_not(a, asks - 2)))) return;
  // A long list of who gets data when mentions consent and advertising; neither is of the other.
  constexpr std::size_t kLong = 60;
  if (a.size() > kLong && !a.has(Tag::kCookie) && !a.has(Tag::kTracker)) return;
  // "Other technologies that tell where you are".
  if (!a.has(Tag::kCookie) && contains(a.values(Tag::kData), "location")) return;
  // What others must do, by law.
  if ((has_word(a, "needs") || has_word(a, "must")) && !a.has(Tag::kWe) && !a.has(Tag::kOur))
    return;
  const bool ours = std::any_of(a.clauses.begin(), a.clauses.end(), [](const Clause& c) {
    return c.subject == Subject::kWe || c.subject == Subject::kCookie ||
           c.subject == Subject::kThird;
  });
  // "Your consent is requested before ...": nobody is named, and the site is meant.
  if (!ours && !a.has(Tag::kBe) && !waits) return;
  Statement s = statement_of(r, "consent", a.predicates.empty() ? nullptr : &a.predicates.front());
  s.data = {"cookies"};
  if (s.condition.empty() && s.exception.empty() && a.has(Tag::kAsksfirst))
    s.condition = a.words(r.document.text, a.find(Tag::kAsksfirst),
                          std::min(a.find(Tag::kAsksfirst) + 4, a.size()));
  // "With your consent we set": a condition on doing, whatever the verb's form.
  s.observable = "yes";
  add_once(out, std::move(s));
}

void read_about(const Reading& r, Statements* out) {
  const Analysis& a = r.a;
  const auto add = [&](std::string_view type, std::string_view observable) {
    Statement s = statement_of(r, type, nullptr);
    s.observable = observable;
    s.purposes.clear();
    add_once(out, std::move(s));
  };
  if (a.has(Tag::kAuthoritative) && (has_word(a, "english") || has_word(a, "translation") ||
                                     has_word(a, "translations") || has_word(a, "language"))) {
    add("policy-itself", "yes");
  } else if (a.has(Tag::kUpdated) && r.sentence.end - r.sentence.start < 160) {
    add("policy-itself", "partly");
  } else if (a.has(Tag::kReachable) && a.has(Tag::kPolicyword) && !has_word(a, "must") &&
             !a.has(Tag::kNot)) {
    add("policy-itself", "yes");
  }
  if (a.has(Tag::kAppliesto) && a.has(Tag::kPolicyword)) {
    add("scope", "no");
  } else if (a.has(Tag::kAlias) &&
             r.document.text.find_first_of("\"\xE2", r.sentence.start) < r.sentence.end) {
    add("scope", "no");
  }
  if (a.has(Tag::kOptout) || a.has(Tag::kOptlink)) {
    const Block& block = r.document.blocks[r.sentence.block];
    const std::string_view quote = std::string_view(r.document.text)
                                       .substr(r.sentence.start, r.sentence.end - r.sentence.start);
    const bool link = std::any_of(block.links.begin(), block.links.end(), [&](const Link& l) {
      return l.href.starts_with("http") && !l.text.empty() &&
             quote.find(l.text) != std::string_view::npos;
    });
    const bool written = quote.find("http") != std::string_view::npos ||
                         quote.find("www.") != std::string_view::npos;
    if (a.has(Tag::kOptlink) || link || written) {
      Statement s = statement_of(r, "opt-out-link", nullptr);
      s.subject = "user";
      s.observable = "partly";
      for (const Link& l : block.links) {
        if (l.href.starts_with("http") && !l.text.empty() &&
            quote.find(l.text) != std::string_view::npos && s.data.size() < 10)
          s.data.push_back(l.href);
      }
      add_once(out, std::move(s));
    }
  }
}

}  // namespace affiant::policy
