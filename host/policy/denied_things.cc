// What a denial denies: one reading for each kind of thing that can be its object.
#include <algorithm>
#include <array>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

constexpr auto kThings = std::to_array<Tag>({Tag::kCookie, Tag::kFlash, Tag::kStorage, Tag::kBeacon,
                                             Tag::kFingerprint, Tag::kReplay, Tag::kTracker,
                                             Tag::kBehaviour, Tag::kAd, Tag::kThird, Tag::kVendor});

class Things {
 public:
  Things(const Reading& r, const DenialParts& parts, Statements* out)
      : r_(r), a_(r.a), d_(parts), out_(out) {}

  void things(const Predicate& p) {
    const auto [from, to] = d_.object_range(p);
    std::size_t covered = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.first < from || hit.first >= to || a_.role[hit.first] != Role::kMain) continue;
      if (std::find(kThings.begin(), kThings.end(), hit.tag) == kThings.end() && !is_analytics(hit))
        continue;
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

  // "No analytics", "no usage analytics": with no word behind it for what does them.
  bool is_analytics(const Hit& hit) const {
    if (hit.tag != Tag::kPurpose || hit.last != hit.first + 1 ||
        d_.word(hit.first) != "analytics" || a_.at(hit.first, Tag::kVendor) ||
        a_.has(Tag::kThird, hit.first > 3 ? hit.first - 3 : 0, hit.first))
      return false;
    const std::size_t next = hit.last;
    if (one_of(d_.word(next), {"software", "suite", "platform"})) return true;
    if (d_.qualifies(hit)) return false;
    return next >= a_.size() || a_.tokens[next].punctuation || a_.role[next] != Role::kMain ||
           one_of(d_.word(next),
                  {"and", "or", "nor", "on", "at", "in", "of", "whatsoever", "here", "anywhere"});
  }

  // "No advertiser pays ...": a verb of no table stands behind what seems to be denied by "no"
  // alone.
  bool goes_on(const Predicate& p, const Thing& t) const {
    const std::size_t next = t.hit.last;
    return a_.at(p.at, Tag::kNo) && next < a_.size() && !a_.tokens[next].punctuation &&
           !a_.tags[next].any() && !d_.may_follow(next);
  }

  // "No more cookies than needed": how many, not none.
  bool is_measure(const Predicate& p, const Thing& t) const {
    bool more = false, than = false;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i)
      more = more || one_of(d_.word(i), {"more", "fewer", "further", "other"});
    for (std::size_t i = t.hit.last; i < a_.clauses[p.clause].last; ++i)
      than = than || (d_.word(i) == "than" && !a_.at(i, Tag::kExcept));
    return more && than;
  }

  void thing(const Predicate& p, const Thing& t) {
    if (!verb_fits(p) || goes_on(p, t) || is_measure(p, t)) return;
    // What "this" stands for is not known.
    if (d_.anaphora(t.hit.last, a_.clauses[p.clause].last) != Analysis::npos) return;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      if (one_of(d_.word(i), {"these", "those", "such", "this", "that", "your"}) &&
          d_.word(i + 1) != "as")
        return;
    }
    switch (t.hit.tag) {
      case Tag::kCookie:
        return read_denied_cookies(r_, d_, p, t, out_);
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
      case Tag::kPurpose: {
        Statement s = d_.denial("third-party-denial", p, t.hit.last);
        s.purposes.emplace_back("analytics");
        return unrestricted(p, t, std::move(s));
      }
      case Tag::kVendor: {
        // "We do not allow Example to use our data", "Example's terms": he is there.
        if (d_.is(p, Tag::kAllow) || d_.word(t.hit.last - 1).ends_with("'s") ||
            (p.passive && !leads_to(t.hit.last, p.at)))
          return;
        Statement s = d_.denial("named-third-party", p, t.hit.last);
        s.parties.push_back(a_.words(r_.document.text, t.hit.first, t.hit.last));
        return unrestricted(p, t, std::move(s));
      }
      default:
        return;
    }
  }

  // Nothing but other names and auxiliaries up to the verb.
  bool leads_to(std::size_t from, std::size_t verb) const {
    for (std::size_t i = from; i < verb; ++i) {
      const bool small = a_.tokens[i].punctuation || a_.at(i, Tag::kVendor) || a_.at(i, Tag::kBe) ||
                         a_.at(i, Tag::kNot) || a_.at(i, Tag::kDo) || a_.at(i, Tag::kHedge) ||
                         a_.at(i, Tag::kWill) || a_.at(i, Tag::kMay) ||
                         one_of(d_.word(i), {"and", "or", "nor", "also", "service", "services"});
      if (!small) return false;
    }
    return true;
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
    add_denied(out_, std::move(s));
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
