// What a site says it does not do (T2, T7, T12, T13, T14, T16, T17, T20, T21): read only when every
// part of the sentence is understood, since a denial that was never made accuses an honest site.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kThings = std::to_array<Tag>({Tag::kCookie, Tag::kFlash, Tag::kStorage, Tag::kBeacon,
                                             Tag::kFingerprint, Tag::kReplay, Tag::kTracker,
                                             Tag::kBehaviour, Tag::kAd, Tag::kThird, Tag::kVendor});

struct Thing {
  Hit hit;
  std::size_t modifiers = 0;  // First token of the words that belong to it.
};

class Denials {
 public:
  Denials(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  void run() {
    for (const Predicate& p : a_.predicates) {
      if (p.polarity != Polarity::kDenied || p.role != Role::kMain) continue;
      if (disclaims(a_, p.clause)) continue;
      const Subject subject = a_.clauses[p.clause].subject;
      if (about_cookie_content(p, subject)) continue;
      if (subject == Subject::kYou) continue;
      if (sharing(p, subject)) continue;
      if (!p.passive && subject != Subject::kWe && !existential(p)) continue;
      if (p.passive && subject == Subject::kThird && !is(p, Tag::kAllow)) {
        // "Third-party scripts are never included."
        if (!is(p, Tag::kEmbed) && !is(p, Tag::kUse) && !is(p, Tag::kSet)) continue;
      }
      if (tracks_people(p, subject)) continue;
      things(p);
    }
  }

 private:
  bool is(const Predicate& p, Tag tag) const { return a_.at(p.at, tag); }
  bool existential(const Predicate& p) const {
    return p.at > 0 && a_.tokens[p.at - 1].word == "there";
  }
  std::string_view word(std::size_t i) const {
    return i < a_.size() ? std::string_view(a_.tokens[i].word) : std::string_view();
  }

  // Tokens in which the direct object can stand: behind the verb, or, in the passive, the noun
  // before it.
  std::pair<std::size_t, std::size_t> object_range(const Predicate& p) const {
    const Clause& clause = a_.clauses[p.clause];
    std::size_t from = p.passive ? passive_start(p) : p.end;
    std::size_t to = p.passive ? p.at : clause.last;
    while (p.passive && from < to && a_.role[from] != Role::kMain) ++from;
    // "On this site no cookies are set".
    if (p.passive && is_preposition(from)) {
      std::size_t i = from;
      while (i < to && word(i) != "," && !a_.at(i, Tag::kNo)) ++i;
      if (i < to) from = i;
    }
    for (std::size_t i = from; i < to; ++i) {
      // "any information through cookies": the cookies are not what is denied.
      if (a_.role[i] != Role::kMain ? !p.passive : is_preposition(i)) to = i;
    }
    return {from, to};
  }

  bool is_preposition(std::size_t i) const {
    return !a_.at(i, Tag::kThird) &&
           one_of(word(i),
                  {"through", "via", "from", "by", "with", "in", "on", "about", "into", "using",
                   "against", "at", "under", "within", "across", "regarding", "for", "as"});
  }

  // Behind whatever the sentence said before with a verb of its own.
  std::size_t passive_start(const Predicate& p) const {
    const std::size_t first = a_.clauses[p.clause].first;
    std::size_t i = p.at;
    bool noun = false;
    while (i > first) {
      const bool auxiliary = a_.at(i - 1, Tag::kBe) || a_.at(i - 1, Tag::kDo) ||
                             a_.at(i - 1, Tag::kWill) || a_.at(i - 1, Tag::kMay);
      if (noun && (auxiliary || one_of(word(i - 1), {"as", "because", "since", "that"}))) break;
      if (!auxiliary && !a_.at(i - 1, Tag::kNot)) noun = true;
      --i;
    }
    return i;
  }

  // Words that point back, outside of conditions and exceptions.
  std::size_t anaphora(std::size_t from, std::size_t to) const {
    for (const Hit& hit : a_.hits) {
      const Role role = a_.role[hit.first];
      if (hit.tag == Tag::kAnaphora && hit.first >= from && hit.first < to &&
          role != Role::kException && role != Role::kCondition)
        return hit.first;
    }
    return Analysis::npos;
  }

  // Words that qualify the thing: back to the verb, a comma or a conjunction.
  std::size_t modifiers_of(std::size_t from, const Hit& hit) const {
    std::size_t first = hit.first;
    while (first > from && hit.first - first < 6) {
      const std::string_view before = word(first - 1);
      if (a_.tokens[first - 1].punctuation && before != "-") break;
      if (one_of(before, {"and", "or", "nor"}) && !a_.at(first, Tag::kThird) &&
          !(first >= 2 &&
            (a_.at(first - 2, Tag::kFirstparty) || a_.at(first - 2, Tag::kPersistent) ||
             a_.at(first - 2, Tag::kPurpose) || a_.at(first - 2, Tag::kThird))))
        break;
      --first;
    }
    return first;
  }

  // What restricts the denial behind the thing: its purpose or a relative clause.
  std::pair<std::size_t, std::size_t> tail_of(const Predicate& p, std::size_t after) const {
    std::size_t from = Analysis::npos, to = 0;
    for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
      if (a_.role[i] != Role::kPurpose && a_.role[i] != Role::kRelative) continue;
      from = std::min(from, i);
      to = i + 1;
    }
    return from == Analysis::npos ? std::pair{std::size_t{0}, std::size_t{0}} : std::pair{from, to};
  }

  // "on our website", "through our affiliate links", "in the newsletter": where the denial holds.
  std::string scope_after(const Predicate& p, std::size_t after) const {
    for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
      if (a_.role[i] != Role::kMain) break;
      if (!one_of(word(i),
                  {"on", "in", "within", "through", "via", "from", "at", "across", "inside"}) &&
          !(word(i) == "by" && (p.passive || existential(p))))
        continue;
      std::size_t end = i + 1;
      while (end < a_.clauses[p.clause].last && end - i < 9 && a_.role[end] == Role::kMain &&
             !(a_.tokens[end].punctuation && word(end) != "-"))
        ++end;
      // "on Example": the site by its name.
      if (end == i + 2 && a_.tokens[i + 1].capital) return {};
      return a_.words(r_.document.text, i, end);
    }
    return {};
  }

  Statement denial(std::string_view type, const Predicate& p, std::size_t after) const {
    Statement s = statement_of(r_, type, &p);
    s.polarity = "does-not";
    s.observable = "yes";
    s.subject = "we";
    s.purposes.clear();
    s.scope = scope_after(p, after);
    return s;
  }

  void add(Statement s) { add_once(out_, std::move(s)); }

  // "These cookies do not store personal information", "no personal data is kept in cookies".
  bool about_cookie_content(const Predicate& p, Subject subject) {
    const bool stores = is(p, Tag::kSet) || is(p, Tag::kCollect) || is(p, Tag::kUse) ||
                        is(p, Tag::kShare) || is(p, Tag::kEmbed);
    const bool personal = contains(a_.values(Tag::kData), "personal-information") ||
                          contains(a_.values(Tag::kData), "identifiers") ||
                          contains(a_.values(Tag::kData), "email");
    if (!stores || !personal) return false;
    bool in_cookie = subject == Subject::kCookie && !p.passive;
    if (!in_cookie && p.passive) {
      // "... are not used to identify you"; "... is stored in a cookie".
      in_cookie = subject == Subject::kCookie;
      for (std::size_t i = p.end; i < a_.clauses[p.clause].last && !in_cookie; ++i) {
        if (one_of(word(i), {"in", "within", "inside"}))
          in_cookie = a_.has(Tag::kCookie, i, std::min(i + 5, a_.size()));
      }
    }
    if (!in_cookie) return false;
    Statement s = denial("cookie-content", p, a_.size());
    s.data = a_.values(Tag::kData);
    s.observable = "partly";
    add(std::move(s));
    return true;
  }

  bool sharing(const Predicate& p, Subject subject) {
    const bool sells = is(p, Tag::kSell), shares = is(p, Tag::kShare);
    if (!sells && !shares) return false;
    if (!p.passive && subject != Subject::kWe) return true;
    const bool data =
        a_.has(Tag::kData) || std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
          return t.word == "data" || t.word == "information" || t.word == "it";
        });
    if (data) {
      Statement s = denial("sale-or-sharing", p, a_.size());
      s.observable = "no";
      s.data = a_.values(Tag::kData);
      s.purposes = a_.values(Tag::kPurpose);
      add(std::move(s));
    }
    return true;
  }

  // "We do not track you across websites", "we do not allow third parties to track".
  bool tracks_people(const Predicate& p, Subject subject) {
    const Clause& clause = a_.clauses[p.clause];
    if (is(p, Tag::kAllow) &&
        (a_.has(Tag::kThird, p.end, clause.last) || subject == Subject::kThird)) {
      const bool tracking = a_.has(Tag::kTracking, 0, clause.last) ||
                            a_.has(Tag::kBehaviour, 0, clause.last) ||
                            (a_.has(Tag::kCookie) && a_.has(Tag::kCollect, p.end, clause.last));
      const bool cookies = a_.has(Tag::kCookie, p.end, clause.last);
      if (!tracking && !cookies) {
        // Content, scripts and the like go on below; anything else is not about what a browser
        // sees.
        return !a_.has(Tag::kAd, p.end, clause.last) && !a_.has(Tag::kContent, p.end, clause.last);
      }
      Statement s = denial(tracking ? "behavioural-tracking" : "third-party-denial", p, a_.size());
      s.subject = "third-party";
      if (cookies) s.data.emplace_back("cookies");
      if (const std::size_t what = anaphora(p.end, clause.last); what != Analysis::npos)
        s.scope = a_.words(r_.document.text, what, what + 2);
      add(std::move(s));
      return true;
    }
    if (!is(p, Tag::kTrack) || p.passive) return false;
    std::size_t next = p.end;
    const bool people = a_.at(next, Tag::kYou) || a_.at(next + 1, Tag::kYou);
    bool whole = people && !a_.has(Tag::kAnaphora);
    // "track you by name": some other way of tracking than the one denied.
    for (std::size_t i = next + 1; i < clause.last; ++i) {
      if (one_of(word(i), {"by", "using", "via", "individually", "personally"})) whole = false;
    }
    if (whole) {
      Statement s = denial("behavioural-tracking", p, next);
      add(std::move(s));
    }
    return true;
  }

  void things(const Predicate& p) {
    const auto [from, to] = object_range(p);
    std::size_t covered = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.first < from || hit.first >= to || a_.role[hit.first] != Role::kMain) continue;
      if (std::find(kThings.begin(), kThings.end(), hit.tag) == kThings.end()) continue;
      if (hit.first < covered && hit.tag != Tag::kCookie) continue;
      thing(p, {hit, modifiers_of(from, hit)});
      covered = std::max<std::size_t>(covered, hit.last);
    }
  }

  bool verb_fits(const Predicate& p) const {
    return is(p, Tag::kUse) || is(p, Tag::kSet) || is(p, Tag::kAllow) || is(p, Tag::kEmbed) ||
           is(p, Tag::kServe) || existential(p);
  }

  void thing(const Predicate& p, const Thing& t) {
    if (!verb_fits(p)) return;
    // What "this" stands for is not known.
    if (anaphora(t.hit.last, a_.clauses[p.clause].last) != Analysis::npos) return;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      if (one_of(word(i), {"these", "those", "such", "this", "that", "your"})) return;
    }
    switch (t.hit.tag) {
      case Tag::kCookie:
        return cookies(p, t);
      case Tag::kFlash:
      case Tag::kStorage: {
        Statement s = denial("other-storage", p, t.hit.last);
        s.data.emplace_back(t.hit.tag == Tag::kFlash ? "flash" : std::string(t.hit.value));
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kBeacon:
      case Tag::kFingerprint:
      case Tag::kReplay: {
        Statement s = denial("beacon-or-fingerprint", p, t.hit.last);
        s.data.emplace_back(t.hit.tag == Tag::kBeacon        ? "pixels"
                            : t.hit.tag == Tag::kFingerprint ? "fingerprinting"
                                                             : "session-replay");
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kTracker: {
        Statement s = denial("third-party-denial", p, t.hit.last);
        s.data.emplace_back("trackers");
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kBehaviour: {
        Statement s = denial("behavioural-tracking", p, t.hit.last);
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kAd:
        return advertising(p, t);
      case Tag::kThird:
        return third_party(p, t);
      case Tag::kVendor: {
        Statement s = denial("named-third-party", p, t.hit.last);
        s.parties.push_back(a_.words(r_.document.text, t.hit.first, t.hit.last));
        return unrestricted(p, t, std::move(s));
      }
      default:
        return;
    }
  }

  // A denial with a purpose behind it denies only that; what it then amounts to is not known for
  // these types.
  void unrestricted(const Predicate& p, const Thing& t, Statement s) {
    const auto [from, to] = tail_of(p, t.hit.last);
    if (to > from && !one_of(word(from), {"such", "including"})) {
      s.purposes = a_.values(Tag::kPurpose, from, to);
      s.scope = a_.words(r_.document.text, from, to);
    }
    add(std::move(s));
  }

  void cookies(const Predicate& p, const Thing& t) {
    const auto modifier = [&](Tag tag) { return a_.has(tag, t.modifiers, t.hit.last); };
    const auto [from, to] = tail_of(p, t.hit.last);
    Statement s = denial("no-cookies", p, t.hit.last);
    s.data.emplace_back("cookies");
    if (to > from) {
      const std::vector<std::string> data = a_.values(Tag::kData, from, to);
      std::vector<std::string> purposes = a_.values(Tag::kPurpose, from, to);
      std::erase_if(purposes, [](const std::string& v) {
        return v != "advertising" && v != "analytics" && v != "social" && v != "functional";
      });
      if (contains(data, "personal-information") || contains(data, "identifiers") ||
          contains(data, "email") || contains(data, "name")) {
        s.type = "cookie-content";
        s.data = data;
        s.observable = "partly";
      } else if (a_.has(Tag::kTrack, from, to) || a_.has(Tag::kBehaviour, from, to)) {
        s.type = "behavioural-tracking";
      } else if (!purposes.empty()) {
        s.type = "cookie-category";
        s.purposes = purposes;
      } else {
        return;  // Denied for a purpose that is not understood: nothing can be held against it.
      }
      add(std::move(s));
      return;
    }
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, t.modifiers, t.hit.last);
    std::erase(kinds, "necessary");
    const bool tracking = modifier(Tag::kTracking) || word(t.hit.first) == "tracking";
    if (modifier(Tag::kUnnecessary)) {
      s.type = "only-necessary";
    } else if (modifier(Tag::kThird)) {
      s.type = "third-party-denial";
      s.subject = "third-party";
      if (modifier(Tag::kFirstparty)) {
        Statement own = denial("no-cookies", p, t.hit.last);
        own.data.emplace_back("cookies");
        add(std::move(own));
      }
    } else if (!kinds.empty() || tracking) {
      s.type = "cookie-category";
      s.purposes = kinds;
      if (tracking) s.purposes.emplace_back("tracking");
    } else if (modifier(Tag::kPersistent)) {
      s.data = {"persistent-cookies"};
    } else if (word(t.hit.first - 1) == "other" || word(t.hit.first - 1) == "additional") {
      s.type = "closed-list";
      s.polarity = "does";
    } else if (modifier(Tag::kSessionlong) || modifier(Tag::kNecessary) || modifier(Tag::kFlash)) {
      return;
    }
    add(std::move(s));
  }

  void advertising(const Predicate& p, const Thing& t) {
    // "advertising cookies", "advertising partners" are other things.
    for (const Hit& h : a_.hits) {
      if (h.first >= t.hit.last && h.first <= t.hit.last + 1 &&
          (h.tag == Tag::kCookie || h.tag == Tag::kThird || h.tag == Tag::kTracker ||
           h.tag == Tag::kPurpose || h.tag == Tag::kBeacon))
        return;
    }
    Statement s = denial("advertising", p, t.hit.last);
    if (a_.has(Tag::kTargeted, t.modifiers, t.hit.first))
      s.scope = a_.words(r_.document.text, t.modifiers, t.hit.last);
    unrestricted(p, t, std::move(s));
  }

  // "no third-party scripts", "no third parties", "third-party assets are never included".
  void third_party(const Predicate& p, const Thing& t) {
    if (!t.hit.value.empty() && t.hit.value != "content" && t.hit.value != "advertising" &&
        t.hit.value != "social" && t.hit.value != "analytics")
      return;
    const std::size_t near = std::min<std::size_t>(t.hit.last + 6, a_.clauses[p.clause].last);
    if (a_.has(Tag::kCookie, t.hit.last, near) || a_.has(Tag::kBehaviour, t.hit.last, near)) return;
    const bool things = t.hit.value == "content" || a_.has(Tag::kContent, t.hit.last, near) ||
                        a_.has(Tag::kTracker, t.hit.last, near) ||
                        a_.has(Tag::kTracking, t.hit.last, near);
    const bool offers = is(p, Tag::kEmbed) || is(p, Tag::kUse) || is(p, Tag::kAllow);
    if (!offers || (!things && t.hit.value.empty())) return;
    // Offering no third-party products is no statement about what a page loads.
    if (!things && is(p, Tag::kEmbed)) return;
    Statement s = denial("third-party-denial", p, t.hit.last);
    s.subject = "third-party";
    if (!t.hit.value.empty() && t.hit.value != "content") s.purposes.emplace_back(t.hit.value);
    unrestricted(p, t, std::move(s));
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace

void read_denials(const Reading& r, Statements* out) { Denials(r, out).run(); }

}  // namespace affiant::policy
