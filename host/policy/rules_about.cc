// Consent (T8), opt-out links (T19), the policy's scope (T25) and the policy itself (T27).
#include <algorithm>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

bool about_tracking(const Analysis& a) {
  return a.has(Tag::kCookie) || a.has(Tag::kTracker) || a.has(Tag::kBeacon) ||
         a.has(Tag::kStorage) || a.has(Tag::kTracking) || a.has(Tag::kAd);
}

bool has_word(const Analysis& a, std::string_view word) {
  return std::any_of(a.tokens.begin(), a.tokens.end(),
                     [&](const Token& t) { return t.word == word; });
}

}  // namespace

void read_consent(const Reading& r, Statements* out) {
  const Analysis& a = r.a;
  // "By using the site you agree ...": consent taken for granted.
  const std::size_t by_using = a.find(Tag::kByusing);
  // "You withdraw consent by visiting the settings" is the other way round.
  const bool implied = by_using != Analysis::npos && a.find(Tag::kConsent) != Analysis::npos &&
                       a.find(Tag::kConsent, by_using) != Analysis::npos &&
                       a.find(Tag::kConsent) > by_using && (a.has(Tag::kYou) || a.has(Tag::kYour));
  // To a change of the policy is no consent to what it says.
  const bool changed = has_word(a, "changes") || has_word(a, "updated") || has_word(a, "revised") ||
                       has_word(a, "amended");
  const bool shared =
      a.has(Tag::kShare) || about_tracking(a) ||
      (a.has(Tag::kPolicyword) && (has_word(a, "cookie") || has_word(a, "cookies"))) ||
      has_word(a, "collection") || has_word(a, "processing") || has_word(a, "practices");
  if (implied && shared && !changed && !has_word(a, "terms")) {
    Statement s = statement_of(r, "consent", nullptr);
    s.subject = "user";
    s.data = a.values(Tag::kData);
    s.condition = a.words(r.document.text, a.find(Tag::kByusing),
                          std::min(a.find(Tag::kByusing) + 4, a.size()));
    s.modality = "if";
    s.observable = about_tracking(a) ? "yes" : "partly";
    add_once(out, std::move(s));
    return;
  }
  if (!a.has(Tag::kAsksfirst) || !about_tracking(a)) return;
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
  if (!ours && !a.has(Tag::kBe)) return;
  Statement s = statement_of(r, "consent", a.predicates.empty() ? nullptr : &a.predicates.front());
  s.data = {"cookies"};
  if (s.condition.empty() && s.exception.empty())
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
