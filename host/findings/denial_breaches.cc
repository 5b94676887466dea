#include <algorithm>
#include <tuple>

#include "detect/category.h"
#include "findings/cookie_match.h"
#include "findings/coverage.h"
#include "findings/denial.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using detect::CookieFact;
using policy::Statement;

bool mentions(const Statement& s, std::string_view beginnings) {
  if (std::any_of(s.data.begin(), s.data.end(),
                  [&](const std::string& d) { return has_word_start(folded(d), beginnings); }))
    return true;
  return has_word_start(folded(s.quote) + " ", beginnings);
}

bool quote_has(const Statement& s, std::string_view phrase) {
  return has_phrase(folded(s.quote), phrase);
}

bool is_tracking_cookie(const CookieFact& c) {
  return c.category == "analytics" || c.category == "advertising" || c.category == "social";
}

// Purposes that a denial about cookies is limited to, as read or as it says itself ("advertising
// cookies").
std::vector<std::string> cookie_purposes(const Statement& s) {
  std::vector<std::string> out = s.purposes;
  const std::string quote = folded(s.quote);
  for (const std::string_view word : {"advertising", "analytics", "marketing", "targeting",
                                      "social media", "tracking", "performance"}) {
    if (has_phrase(quote, std::string(word) + " cookies") ||
        has_phrase(quote, std::string(word) + " cookie"))
      out.emplace_back(word);
  }
  return out;
}

bool cookie_fits(const CookieFact& cookie, const std::vector<std::string>& purposes) {
  if (purposes.empty()) return true;
  return std::any_of(purposes.begin(), purposes.end(), [&](const std::string& p) {
    if (p == "tracking")
      return is_tracking_cookie(cookie) ||
             (cookie.party == site::Party::kThird && cookie.identifier_like);
    if (p == "functional" || p == "necessary") return cookie.category == p;
    return purpose_fits(p, cookie.category);
  });
}

// What a denial about cookies leaves room for elsewhere in the same policy.
enum class Denies {
  kAll,         // "We do not use cookies": any sentence that the site uses some takes it back.
  kSome,        // Of one kind: only a sentence about that kind does.
  kContent,     // What is in them: no sentence about using them does.
  kThirdParty,  // "We use cookies" takes nothing of it back; a sentence about third parties may.
};

// Statements of the same declaration that allow this cookie: then two sentences part, and not word
// and deed.
std::vector<const Statement*> cookie_permits(const CookieFact& cookie, const Context& context,
                                             Denies denies) {
  std::vector<const Statement*> out;
  if (denies == Denies::kContent) return out;
  for (const Statement& s : context.said.statements) {
    if (s.polarity != "does" || s.subject == "user") continue;
    if (s.type != "uses-cookies" && s.type != "cookie-category") continue;
    const bool third = s.subject == "third-party";
    if (third ? cookie.party == site::Party::kFirst : denies == Denies::kThirdParty) continue;
    const std::vector<std::string> purposes = purposes_of(s);
    const bool fits =
        !purposes.empty() && !cookie.category.empty() && cookie_fits(cookie, purposes);
    if (denies == Denies::kAll || fits || (denies == Denies::kThirdParty && purposes.empty()))
      out.push_back(&s);
  }
  return out;
}

class Search {
 public:
  Search(const Statement& s, const Binding& binding, const Context& context,
         const std::string& phase)
      : s_(s), binding_(binding), context_(context), phase_(phase) {}

  std::vector<Breach> run() {
    if (s_.type == "no-cookies" || s_.type == "cookie-category") {
      no_cookies();
    } else if (s_.type == "only-necessary") {
      only_necessary();
    } else if (s_.type == "third-party-denial" || s_.type == "named-third-party") {
      third_parties();
    } else if (s_.type == "behavioural-tracking") {
      behavioural_tracking();
    } else if (s_.type == "advertising") {
      advertising();
    } else if (s_.type == "beacon-or-fingerprint") {
      beacons();
    } else if (s_.type == "cookie-content") {
      cookie_content();
    }
    return std::move(out_);
  }

 private:
  void add(Strength strength, std::string words, std::string why,
           const std::set<observe::Leaf>& entries, std::vector<const Statement*> permits) {
    std::erase(permits, &s_);
    // The same thing seen twice (a cookie set on every page) is one breach with all its entries.
    for (Breach& b : out_) {
      if (b.words != words) continue;
      b.strength = std::min(b.strength, strength);
      b.entries.insert(entries.begin(), entries.end());
      return;
    }
    const bool is_cookie = words.starts_with("cookie ");
    out_.push_back(
        {strength, std::move(words), std::move(why), is_cookie, entries, std::move(permits)});
  }

  void add_cookie(const CookieFact& c, Strength strength, std::string why, bool declared_permits,
                  Denies denies) {
    std::vector<const Statement*> permits = cookie_permits(c, context_, denies);
    if (declared_permits && !declared_rows(context_, c).empty() && permits.empty() &&
        strength == Strength::kContradicted) {
      strength = Strength::kNote;
      why = "the site's own list of cookies declares this one";
    }
    add(strength, "cookie " + cookie_words(c), std::move(why),
        {c.story.entries.begin(), c.story.entries.end()}, std::move(permits));
  }

  // A browser that keeps third-party cookies out keeps the visitor from harm, not the site's word.
  template <typename Wanted>
  void cookies(const Wanted& wanted, Denies denies) {
    for (const CookieFact* c : context_.stored) {
      if (c->phase == phase_ && wanted(*c))
        add_cookie(*c, Strength::kContradicted, "", true, denies);
    }
    for (const CookieFact* c : context_.blocked) {
      if (c->phase == phase_ && wanted(*c))
        add_cookie(*c, Strength::kVague, "the browser that recorded this kept the cookie out",
                   false, denies);
    }
  }

  void no_cookies() {
    const bool third_only = s_.subject == "third-party" || quote_has(s_, "third party cookies") ||
                            quote_has(s_, "third-party cookies");
    const bool persistent_only = mentions(s_, "persistent|permanent");
    const std::vector<std::string> purposes =
        s_.type == "cookie-category" ? purposes_of(s_) : cookie_purposes(s_);
    if (s_.type == "cookie-category" && purposes.empty()) return;
    Denies denies = purposes.empty() && !persistent_only && !binding_.except_necessary
                        ? Denies::kAll
                        : Denies::kSome;
    if (third_only) denies = Denies::kThirdParty;
    cookies(
        [&](const CookieFact& c) {
          if (third_only && c.party != site::Party::kThird) return false;
          if (persistent_only && c.story.session_cookie) return false;
          if (binding_.except_necessary && !is_tracking_cookie(c)) return false;
          return cookie_fits(c, purposes);
        },
        denies);
  }

  void only_necessary() {
    cookies([](const CookieFact& c) { return is_tracking_cookie(c); }, Denies::kSome);
  }

  void add_party(const ThirdParty& party, Strength strength, std::string why) {
    const Coverage coverage = coverage_of(party, context_);
    // What the policy allows by name or by kind and purpose is for a reader to weigh, not for a
    // rule.
    const bool allowed =
        coverage.grade == Grade::kNamed || coverage.grade == Grade::kPartyAndPurpose;
    const bool only_itself = party.hosts == std::set<std::string>{party.name()};
    add(strength, party.name() + " (" + (only_itself ? party.requested() : party.contacted()) + ")",
        std::move(why), party.entries,
        allowed ? coverage.statements : std::vector<const Statement*>{});
  }

  template <typename Wanted>
  void parties(const Wanted& wanted) {
    for (const ThirdParty& party : context_.parties) {
      if (party.phase == phase_ && !party.own_name && wanted(party))
        add_party(party, Strength::kContradicted, "");
    }
  }

  void third_parties() {
    if (!s_.parties.empty()) {
      parties([&](const ThirdParty& party) { return names_party(s_, party) >= NameMatch::kOwner; });
      return;
    }
    if (s_.type == "named-third-party") return;
    if (mentions(s_, "cookie")) {
      const std::vector<std::string> purposes = cookie_purposes(s_);
      cookies(
          [&](const CookieFact& c) {
            return c.party == site::Party::kThird && cookie_fits(c, purposes);
          },
          Denies::kThirdParty);
      if (!mentions(s_, "script|content|asset|resource|service|tracker|tracking|pixel|beacon"))
        return;
    }
    third_party_requests();
  }

  // "Third-party analytics or tracking services" means both kinds; "ad networks that track you"
  // one.
  void third_party_requests() {
    const bool trackers = mentions(s_, "track|profil");
    const bool stated = !s_.purposes.empty();
    std::vector<std::string> purposes = purposes_of(s_);
    // "Third-party content" is anything loaded from elsewhere.
    std::erase_if(purposes, [](const std::string& p) {
      return p == "content" || p == "embedded-content" || p == "hosting" || p == "functional";
    });
    const bool analytics =
        std::find(purposes.begin(), purposes.end(), "analytics") != purposes.end();
    for (const ThirdParty& party : context_.parties) {
      if (party.phase != phase_ || party.own_name) continue;
      const bool fits = std::any_of(purposes.begin(), purposes.end(), [&](const std::string& p) {
        return purpose_fits(p, party.category);
      });
      const bool tracks = trackers && party.tracker && (!stated || party.category.empty());
      if (!(purposes.empty() && !trackers) && !fits && !tracks) continue;
      if (mentions_personal_data()) {
        add_party(party, Strength::kNote,
                  "being contacted does not show which information it was given");
      } else if (trackers && !fits && !analytics && measures_visits(party)) {
        add_party(party, Strength::kVague, "it measures visits, which these words may not mean");
      } else {
        add_party(party, Strength::kContradicted, "");
      }
    }
  }

  bool mentions_personal_data() const {
    return std::any_of(s_.data.begin(), s_.data.end(), [](const std::string& d) {
      return has_word_start(folded(d), "personal|name|address|email|phone|form");
    });
  }

  static bool measures_visits(const ThirdParty& party) {
    return party.category == "analytics" || party.category == "tag-manager";
  }

  // Measuring one's own visitors is not plainly what these words deny; following them for
  // advertising, or by an identifier, is.
  void behavioural_tracking() {
    for (const ThirdParty& party : context_.parties) {
      if (party.phase != phase_ || !party.tracker || party.own_name) continue;
      const bool measuring = measures_visits(party);
      const auto behaviour = context_.done.behaviour.find(party.site);
      const bool known_tracker = !measuring && detect::is_tracking_category(party.category);
      const bool beacon_only = behaviour == context_.done.behaviour.end() ||
                               behaviour->second == detect::Behaviour::kBeacon;
      if (known_tracker || (!measuring && !beacon_only)) {
        add_party(party, Strength::kContradicted, "");
      } else {
        add_party(party, Strength::kVague,
                  measuring ? "it measures visits, which these words may not mean"
                            : "receiving beacons alone may not be what these words mean");
      }
    }
  }

  void advertising() {
    for (const ThirdParty& party : context_.parties) {
      if (party.phase != phase_ || party.category != "advertising") continue;
      const bool measures =
          has_word_start(folded(party.product), "pixel|tag|event tracking|insight|facebook sdk");
      add_party(party, measures ? Strength::kVague : Strength::kContradicted,
                measures ? "it measures advertising shown elsewhere, which these words may not mean"
                         : "");
    }
  }

  void beacons() {
    if (!mentions(s_, "beacon|pixel|web bug|clear gif|tracking gif")) return;
    for (const ThirdParty& party : context_.parties) {
      if (party.phase != phase_ || party.own_name) continue;
      const bool meant = s_.purposes.empty() ||
                         std::any_of(s_.purposes.begin(), s_.purposes.end(), [&](const auto& p) {
                           return purpose_fits(p, party.category);
                         });
      if (!meant) continue;
      std::set<observe::Leaf> hits;
      for (const detect::RequestFact* fact : party.requests) {
        const std::string& type = fact->request->type;
        const bool image = (type == "image" || type == "imageset") && party.tracker;
        if (image || type == "ping" || type == "beacon") hits.insert(fact->request->entry);
      }
      if (hits.empty()) continue;
      const Coverage coverage = coverage_of(party, context_);
      const bool allowed =
          coverage.grade == Grade::kNamed || coverage.grade == Grade::kPartyAndPurpose;
      add(party.tracker ? Strength::kContradicted : Strength::kVague,
          party.name() + " received " + count(hits.size(), "pixel or beacon"),
          party.tracker
              ? ""
              : "the browser calls the request a beacon, which may not be what these words mean",
          hits, allowed ? coverage.statements : std::vector<const Statement*>{});
    }
  }

  void cookie_content() {
    for (const CookieFact* c : context_.stored) {
      if (c->phase != phase_ || !c->story.value) continue;
      const std::string& value = *c->story.value;
      const std::size_t at = std::min(value.find('@'), value.find("%40"));
      const bool mail =
          at != std::string::npos && at > 0 && value.find('.', at) != std::string::npos;
      if (mail) {
        add_cookie(*c, Strength::kContradicted, "", false, Denies::kContent);
      } else if (c->identifier_like) {
        add_cookie(*c, Strength::kNote,
                   "its value looks like an identifier of the browser, which need not be personal "
                   "information in these words' sense",
                   false, Denies::kContent);
      }
    }
  }

  const Statement& s_;
  const Binding& binding_;
  const Context& context_;
  const std::string& phase_;
  std::vector<Breach> out_;
};

}  // namespace

std::vector<Breach> breaches_of(const Statement& statement, const Binding& binding,
                                const Context& context, const std::string& phase) {
  std::vector<Breach> out = Search(statement, binding, context, phase).run();
  add_other_means(statement, binding, context, phase, &out);
  std::sort(out.begin(), out.end(), [](const Breach& a, const Breach& b) {
    return std::tie(a.strength, a.words) < std::tie(b.strength, b.words);
  });
  return out;
}

}  // namespace affiant::findings
