// What a denial denies: one reading for each kind of thing that can be its object.
#include <algorithm>
#include <array>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

constexpr auto kThings = std::to_array<Tag>({Tag::kCookie, Tag::kFlash, Tag::kStorage, Tag::kBeacon,
                                             Tag::kFingerprint, Tag::kReplay, Tag::kTracker,
                                             Tag::kBehaviour, Tag::kAd, Tag::kThird, Tag::kVendor});

constexpr auto kListed = std::to_array<std::string_view>(
    {"listed", "below", "following", "in this policy", "in the table", "described", "mentioned"});

struct Thing {
  Hit hit;
  std::size_t modifiers = 0;  // First token of the words that belong to it.
};

class Things {
 public:
  Things(const Reading& r, const DenialParts& parts, Statements* out)
      : r_(r), a_(r.a), d_(parts), out_(out) {}

  void things(const Predicate& p) {
    const auto [from, to] = d_.object_range(p);
    std::size_t covered = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.first < from || hit.first >= to || a_.role[hit.first] != Role::kMain) continue;
      if (std::find(kThings.begin(), kThings.end(), hit.tag) == kThings.end()) continue;
      if (hit.first < covered && hit.tag != Tag::kCookie) continue;
      thing(p, {hit, d_.modifiers_of(from, hit)});
      covered = std::max<std::size_t>(covered, hit.last);
    }
  }

 private:
  bool verb_fits(const Predicate& p) const {
    return d_.is(p, Tag::kUse) || d_.is(p, Tag::kSet) || d_.is(p, Tag::kAllow) ||
           d_.is(p, Tag::kEmbed) || d_.is(p, Tag::kServe) || d_.is(p, Tag::kWithout) ||
           d_.existential(p);
  }

  // "No advertiser pays ...": a verb of no table stands behind what seems to be denied by "no"
  // alone.
  bool goes_on(const Predicate& p, const Thing& t) const {
    const std::size_t next = t.hit.last;
    if (!a_.at(p.at, Tag::kNo) || next >= a_.size() || a_.tokens[next].punctuation ||
        a_.tags[next].any())
      return false;
    return !one_of(d_.word(next),
                   {"and", "or", "nor", "in", "on", "at", "from", "of", "for", "here", "anywhere",
                    "whatsoever", "ever", "inside", "within", "by"});
  }

  void thing(const Predicate& p, const Thing& t) {
    if (!verb_fits(p) || goes_on(p, t)) return;
    // What "this" stands for is not known.
    if (d_.anaphora(t.hit.last, a_.clauses[p.clause].last) != Analysis::npos) return;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      if (one_of(d_.word(i), {"these", "those", "such", "this", "that", "your"}) &&
          d_.word(i + 1) != "as")
        return;
    }
    switch (t.hit.tag) {
      case Tag::kCookie:
        return cookies(p, t);
      case Tag::kFlash:
      case Tag::kStorage: {
        Statement s = d_.denial("other-storage", p, t.hit.last);
        s.data.emplace_back(t.hit.tag == Tag::kFlash ? "flash" : std::string(t.hit.value));
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kBeacon:
      case Tag::kFingerprint:
      case Tag::kReplay: {
        Statement s = d_.denial("beacon-or-fingerprint", p, t.hit.last);
        s.data.emplace_back(t.hit.tag == Tag::kBeacon        ? "pixels"
                            : t.hit.tag == Tag::kFingerprint ? "fingerprinting"
                                                             : "session-replay");
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kTracker: {
        Statement s = d_.denial("third-party-denial", p, t.hit.last);
        s.data.emplace_back("trackers");
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kBehaviour: {
        // "Behavioral tracking cookies" are cookies.
        if (a_.at(t.hit.last - 1, Tag::kCookie) || a_.at(t.hit.last, Tag::kCookie)) return;
        Statement s = d_.denial("behavioural-tracking", p, t.hit.last);
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kAd:
        return advertising(p, t);
      case Tag::kThird:
        return third_party(p, t);
      case Tag::kVendor: {
        Statement s = d_.denial("named-third-party", p, t.hit.last);
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
    const auto [from, to] = d_.tail_of(p, t.hit.last);
    if (to > from && !one_of(d_.word(from), {"such", "including"})) {
      // "... to collect personal data": what is collected, not that it is used, is denied.
      const std::vector<std::string> data = a_.values(Tag::kData, from, to);
      for (const char* of_a_person : {"personal-information", "identifiers", "email", "name"})
        if (contains(data, of_a_person)) return;
      for (std::string& purpose : a_.values(Tag::kPurpose, from, to))
        if (!contains(s.purposes, purpose)) s.purposes.push_back(std::move(purpose));
      s.scope = a_.words(r_.document.text, from, to);
    }
    add(std::move(s));
  }

  void cookies(const Predicate& p, const Thing& t) {
    const auto modifier = [&](Tag tag) { return a_.has(tag, t.modifiers, t.hit.last); };
    const auto [from, to] = d_.tail_of(p, t.hit.last);
    Statement s = d_.denial("no-cookies", p, t.hit.last);
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
      if (modifier(Tag::kThird)) s.subject = "third-party";
      add(std::move(s));
      return;
    }
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, t.modifiers, t.hit.last);
    std::erase(kinds, "necessary");
    if (of_some_kind(t)) return;
    const bool tracking = modifier(Tag::kTracking) || d_.word(t.hit.first) == "tracking";
    if (listed_otherwise(s.exception)) {
      // "No cookies other than those listed below".
      s.type = "closed-list";
      s.polarity = "does";
      s.exception.clear();
    } else if (modifier(Tag::kUnnecessary)) {
      if (asks_first()) return;
      s.type = "only-necessary";
    } else if (shares_third(t) || (modifier(Tag::kThird) && !third_is_last(t))) {
      s.type = "third-party-denial";
      s.subject = "third-party";
      s.purposes = kinds;
      if (modifier(Tag::kFirstparty)) {
        Statement own = d_.denial("no-cookies", p, t.hit.last);
        own.data.emplace_back("cookies");
        add(std::move(own));
      }
    } else if (!kinds.empty() || tracking) {
      if (asks_first()) return;
      s.type = "cookie-category";
      s.purposes = kinds;
      if (tracking) s.purposes.emplace_back("tracking");
    } else if (modifier(Tag::kPersistent)) {
      s.data = {"persistent-cookies"};
    } else if (d_.word(t.hit.first - 1) == "other" || d_.word(t.hit.first - 1) == "additional") {
      s.type = "closed-list";
      s.polarity = "does";
    } else if (modifier(Tag::kSessionlong) || modifier(Tag::kNecessary) || modifier(Tag::kFlash)) {
      return;
    }
    add(std::move(s));
  }

  // "Advertising or third-party cookies": the first kind is denied whoever sets it.
  bool third_is_last(const Thing& t) const {
    const std::size_t third = a_.find(Tag::kThird, t.modifiers, t.hit.last);
    return third != Analysis::npos && a_.has(Tag::kPurpose, t.modifiers, third);
  }

  // What consent is asked for is a consent statement.
  bool asks_first() const { return a_.has(Tag::kAsksfirst) || waits_for_consent(a_); }

  // "Third-party scripts or cookies": "third-party" may well belong to both.
  bool shares_third(const Thing& t) const {
    const std::size_t first = t.hit.first;
    if (t.modifiers != first || first < 2 || !one_of(d_.word(first - 1), {"or", "and"}))
      return false;
    const std::size_t from = first > 6 ? first - 6 : 0;
    const std::size_t third = a_.find(Tag::kThird, from, first);
    return third != Analysis::npos && a_.clause[third] == a_.clause[first] &&
           !a_.has(Tag::kCookie, third, first);
  }

  // "No account cookie", "the following cookies": of a kind that is not known, or not all.
  bool of_some_kind(const Thing& t) const {
    // "Cookie data" and the like are no cookies.
    if (d_.word(t.hit.last - 1) == "cookie" &&
        one_of(d_.word(t.hit.last), {"data", "information", "banner", "banners", "wall", "walls",
                                     "ids", "identifiers", "values"}))
      return true;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      const std::string_view word = d_.word(i);
      if (one_of(word, {"following", "certain", "same", "most", "many", "all", "every", "both"}))
        return true;
    }
    const std::size_t i = t.hit.first - 1;
    if (t.hit.first <= t.modifiers || a_.tokens[i].punctuation) return false;
    if (a_.at(i, Tag::kVendor)) return true;
    for (std::size_t tag = 0; tag < static_cast<std::size_t>(Tag::kCount); ++tag)
      if (a_.tags[i].test(tag)) return false;
    return !one_of(d_.word(i), {"any",     "other",    "additional", "own",     "of",   "http",
                                "browser", "web",      "internet",   "or",      "and",  "nor",
                                "ever",    "actual",   "single",     "further", "more", "such",
                                "new",     "computer", "normal",     "up"});
  }

  static bool listed_otherwise(std::string_view exception) {
    const std::string words = fold(exception);
    return std::any_of(kListed.begin(), kListed.end(), [&](std::string_view word) {
      return words.find(word) != std::string::npos;
    });
  }

  void advertising(const Predicate& p, const Thing& t) {
    // "advertising cookies", "advertising partners" are other things.
    if (d_.qualifies(t.hit)) return;
    if (a_.at(t.hit.last, Tag::kTracking) ||
        one_of(d_.word(t.hit.last), {"targeting", "profiling", "personalization", "blocker",
                                     "blockers", "sales", "revenue", "space"}))
      return;
    const bool listed = one_of(d_.word(t.hit.last), {"and", "or", ","});
    for (const Hit& h : a_.hits) {
      if (!listed && h.first >= t.hit.last && h.first <= t.hit.last + 1 &&
          (h.tag == Tag::kCookie || h.tag == Tag::kThird || h.tag == Tag::kTracker ||
           h.tag == Tag::kPurpose || h.tag == Tag::kBeacon))
        return;
    }
    Statement s = d_.denial("advertising", p, t.hit.last);
    if (a_.has(Tag::kTargeted, t.modifiers, t.hit.first))
      s.scope = a_.words(r_.document.text, t.modifiers, t.hit.last);
    unrestricted(p, t, std::move(s));
  }

  // "no third-party scripts", "no third parties", "third-party assets are never included".
  void third_party(const Predicate& p, const Thing& t) {
    if (!t.hit.value.empty() && t.hit.value != "content" && t.hit.value != "advertising" &&
        t.hit.value != "social" && t.hit.value != "analytics")
      return;
    const std::size_t end = a_.clauses[p.clause].last;
    const std::size_t near = std::min<std::size_t>(t.hit.last + 6, end);
    const std::size_t head = d_.head_after(t.hit.last, end);
    if (a_.at(head, Tag::kCookie) || a_.has(Tag::kBehaviour, t.hit.last, near)) return;
    bool things = t.hit.value == "content" || a_.has(Tag::kContent, t.hit.last, near) ||
                  a_.has(Tag::kTracker, t.hit.last, near) ||
                  a_.has(Tag::kTracking, t.hit.last, near);
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, t.hit.last, std::min(head, near));
    std::erase_if(kinds, [](const std::string& kind) {
      return kind != "analytics" && kind != "advertising" && kind != "social";
    });
    // "third-party analytics", with or without a word for what does them; "third-party services".
    things = things || !kinds.empty() ||
             (head == t.hit.last && !d_.is(p, Tag::kEmbed) && !d_.is(p, Tag::kAllow) &&
              one_of(d_.word(head), {"service", "services", "tool", "tools", "software", "code"}));
    const bool offers = d_.is(p, Tag::kEmbed) || d_.is(p, Tag::kUse) || d_.is(p, Tag::kAllow) ||
                        d_.is(p, Tag::kWithout) || d_.existential(p);
    if (!offers || (!things && t.hit.value.empty())) return;
    // Offering no third-party products is no statement about what a page loads.
    if (!things && d_.is(p, Tag::kEmbed)) return;
    Statement s = d_.denial("third-party-denial", p, t.hit.last);
    s.subject = "third-party";
    if (!t.hit.value.empty() && t.hit.value != "content") s.purposes.emplace_back(t.hit.value);
    for (std::string& kind : kinds)
      if (!contains(s.purposes, kind)) s.purposes.push_back(std::move(kind));
    unrestricted(p, t, std::move(s));
  }

  void add(Statement s) { add_once(out_, std::move(s)); }

  const Reading& r_;
  const Analysis& a_;
  const DenialParts& d_;
  Statements* out_;
};

}  // namespace

void read_denied_things(const Reading& r, const DenialParts& parts, const Predicate& p,
                        Statements* out) {
  Things(r, parts, out).things(p);
}

}  // namespace affiant::policy
