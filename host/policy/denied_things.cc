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

  void thing(const Predicate& p, const Thing& t) {
    if (!verb_fits(p)) return;
    // What "this" stands for is not known.
    if (d_.anaphora(t.hit.last, a_.clauses[p.clause].last) != Analysis::npos) return;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      if (one_of(d_.word(i), {"these", "those", "such", "this", "that", "your"})) return;
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
      s.purposes = a_.values(Tag::kPurpose, from, to);
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
      add(std::move(s));
      return;
    }
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, t.modifiers, t.hit.last);
    std::erase(kinds, "necessary");
    const bool tracking = modifier(Tag::kTracking) || d_.word(t.hit.first) == "tracking";
    if (listed_otherwise(s.exception)) {
      // "No cookies other than those listed below".
      s.type = "closed-list";
      s.polarity = "does";
      s.exception.clear();
    } else if (modifier(Tag::kUnnecessary)) {
      if (a_.has(Tag::kAsksfirst)) return;  // What consent is asked for is a consent statement.
      s.type = "only-necessary";
    } else if (modifier(Tag::kThird)) {
      s.type = "third-party-denial";
      s.subject = "third-party";
      if (modifier(Tag::kFirstparty)) {
        Statement own = d_.denial("no-cookies", p, t.hit.last);
        own.data.emplace_back("cookies");
        add(std::move(own));
      }
    } else if (!kinds.empty() || tracking) {
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

  static bool listed_otherwise(std::string_view exception) {
    const std::string words = fold(exception);
    return std::any_of(kListed.begin(), kListed.end(), [&](std::string_view word) {
      return words.find(word) != std::string::npos;
    });
  }

  void advertising(const Predicate& p, const Thing& t) {
    // "advertising cookies", "advertising partners" are other things.
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
    const std::size_t near = std::min<std::size_t>(t.hit.last + 6, a_.clauses[p.clause].last);
    if (a_.has(Tag::kCookie, t.hit.last, near) || a_.has(Tag::kBehaviour, t.hit.last, near)) return;
    const bool things = t.hit.value == "content" || a_.has(Tag::kContent, t.hit.last, near) ||
                        a_.has(Tag::kTracker, t.hit.last, near) ||
                        a_.has(Tag::kTracking, t.hit.last, near);
    const bool offers = d_.is(p, Tag::kEmbed) || d_.is(p, Tag::kUse) || d_.is(p, Tag::kAllow) ||
                        d_.is(p, Tag::kWithout);
    if (!offers || (!things && t.hit.value.empty())) return;
    // Offering no third-party products is no statement about what a page loads.
    if (!things && d_.is(p, Tag::kEmbed)) return;
    Statement s = d_.denial("third-party-denial", p, t.hit.last);
    s.subject = "third-party";
    if (!t.hit.value.empty() && t.hit.value != "content") s.purposes.emplace_back(t.hit.value);
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
