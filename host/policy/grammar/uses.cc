// What a site says its pages use: cookies and their kinds, storage, pixels, lifetimes.
#include <algorithm>

#include "policy/cookie_words.h"
#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {
namespace {

constexpr std::size_t kLabel = 8;  // Tokens of a heading that names a kind of cookies.

class Uses {
 public:
  Uses(const Reading& r, const Parse& p, Statements* out) : r_(r), p_(p), a_(p.a), out_(out) {}

  void run() {
    lists();
    lifetime();
    for (std::size_t c = 0; c < a_.clauses.size(); ++c) {
      if (!acts(p_, c)) continue;
      const std::vector<NounPhrase> things = things_of(p_, c);
      for (const NounPhrase& n : things) {
        if (n.thing.tag == Tag::kCookie && only_necessary(c, n, things)) return;
      }
      for (const NounPhrase& n : things)
        if (!left_out(n)) used(c, n);
      tools(c);
    }
    label();
  }

 private:
  // "without cookies", "instead of cookies".
  bool left_out(const NounPhrase& n) const {
    return is_compared(a_, n.thing) || p_.at(n.first, Tag::kWithout) ||
           (n.first > 0 && p_.at(n.first - 1, Tag::kWithout));
  }

  // Cookies that stand in a purpose or relative clause of something that is done are used too.
  void tools(std::size_t c) {
    if (has_type(*out_, "uses-cookies")) return;
    for (const Hit& h : a_.hits) {
      if (h.tag != Tag::kCookie || a_.clause[h.first] != c || a_.role[h.first] != Role::kPurpose ||
          p_.at(h.first, Tag::kPolicyword))
        continue;
      bool denied = false;
      for (std::size_t i = h.first; i-- > a_.clauses[c].first && a_.role[i] == Role::kPurpose;)
        denied = denied || p_.at(i, Tag::kNot) || p_.at(i, Tag::kNo) || p_.at(i, Tag::kWithout) ||
                 p_.at(i, Tag::kChoice) || p_.at(i, Tag::kRejected);
      if (denied) continue;
      uses_cookies(c, nullptr);
      return;
    }
  }

  std::string subject(std::size_t c, const NounPhrase* n) const {
    const bool third = n != nullptr && std::any_of(n->kinds.begin(), n->kinds.end(),
                                                   [](const Kind& k) { return k.third && !k.own; });
    return third || a_.clauses[c].subject == Subject::kThird ? "third-party" : "we";
  }

  void uses_cookies(std::size_t c, const NounPhrase* n) {
    Statement s = statement_of(r_, "uses-cookies", predicate_of(p_, c));
    s.subject = subject(c, n);
    s.data = {"cookies"};
    s.observable = "yes";
    std::erase(s.purposes, "necessary");
    wait_for_consent(r_, predicate_of(p_, c), &s);
    if (a_.has(Tag::kPersistent)) s.data.emplace_back("persistent-cookies");
    add_once(out_, std::move(s));
  }

  static std::vector<std::string> purposes_of(const NounPhrase& n) {
    std::vector<std::string> out;
    for (const Kind& kind : n.kinds) {
      for (const std::string& purpose : kind.purposes)
        if (!contains(out, purpose)) out.push_back(purpose);
      if (kind.necessary && !contains(out, "necessary")) out.emplace_back("necessary");
    }
    return out;
  }

  void used(std::size_t c, const NounPhrase& n) {
    const Tag tag = n.thing.tag;
    if (tag == Tag::kCookie) {
      uses_cookies(c, &n);
      const std::vector<std::string> kinds = purposes_of(n);
      if (!kinds.empty()) category(c, n, kinds);
      return;
    }
    const bool storage = tag == Tag::kStorage || tag == Tag::kFlash;
    const bool technique = tag == Tag::kBeacon || tag == Tag::kFingerprint || tag == Tag::kReplay;
    if (!storage && !technique && (tag != Tag::kTracker || a_.has(Tag::kCookie))) return;
    Statement s = statement_of(r_,
                               storage     ? "other-storage"
                               : technique ? "beacon-or-fingerprint"
                                           : "uses-cookies",
                               predicate_of(p_, c));
    s.subject = subject(c, &n);
    s.data = {storage     ? (tag == Tag::kFlash ? "flash" : std::string(n.thing.value))
              : technique ? (tag == Tag::kBeacon        ? "pixels"
                             : tag == Tag::kFingerprint ? "fingerprinting"
                                                        : "session-replay")
                          : "trackers"};
    s.observable = "yes";
    wait_for_consent(r_, predicate_of(p_, c), &s);
    add_once(out_, std::move(s));
  }

  void category(std::size_t c, const NounPhrase& n, const std::vector<std::string>& kinds) {
    Statement s = statement_of(r_, "cookie-category", predicate_of(p_, c));
    s.purposes = kinds;
    s.subject = subject(c, &n);
    s.data = {"cookies"};
    s.observable = "yes";
    wait_for_consent(r_, predicate_of(p_, c), &s);
    add_once(out_, std::move(s));
  }

  // "uses only strictly necessary cookies": of one kind, and of nothing else.
  bool only_necessary(std::size_t c, const NounPhrase& n, const std::vector<NounPhrase>& things) {
    if (!p_.facts[c].only || n.pointed || n.kinds.size() != 1 || p_.phrase[n.thing.first])
      return false;
    const Kind& kind = n.kinds.front();
    const bool necessary = kind.necessary || (kind.plain() && told_necessary(c, n));
    if (!necessary || !kind.purposes.empty() || kind.third || kind.tracking || kind.behaviour ||
        kind.unnecessary)
      return false;
    const Subject subject = a_.clauses[c].subject;
    const bool ours =
        subject == Subject::kWe || ((p_.facts[c].passive || p_.facts[c].exists) &&
                                    (subject == Subject::kNone || subject == Subject::kCookie));
    if (!ours || p_.facts[c].may || !limits(c, n)) return false;
    for (const NounPhrase& other : things) {
      if (other.thing.first == n.thing.first || p_.phrase[other.thing.first]) continue;
      if (other.thing.tag != Tag::kStorage && other.thing.tag != Tag::kContent) return false;
    }
    Statement s = statement_of(r_, "only-necessary", predicate_of(p_, c));
    s.data = {"cookies"};
    s.purposes = {"necessary"};
    s.observable = "yes";
    add_once(out_, std::move(s));
    return true;
  }

  // "only cookies that are necessary".
  bool told_necessary(std::size_t c, const NounPhrase& n) const {
    bool necessary = false;
    for (std::size_t i = n.last; i < a_.clauses[c].last; ++i) {
      if (a_.role[i] != Role::kRelative) continue;
      if (p_.at(i, Tag::kNot) || p_.at(i, Tag::kMay) || p_.at(i, Tag::kOr)) return false;
      necessary = necessary || p_.at(i, Tag::kNecessary);
    }
    return necessary;
  }

  // Whether "only" limits these cookies and nothing between: what is between must be of them.
  bool limits(std::size_t c, const NounPhrase& n) const {
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
      const bool only =
          (p_.starts(i, Tag::kOnly) && !p_.at(i, Tag::kMask)) || p_.starts(i, Tag::kRestrict);
      if (!only || a_.role[i] != Role::kMain) continue;
      const std::size_t from = std::min(i, n.last), to = std::max(i, n.first);
      bool between = true;
      for (std::size_t k = from + (i < n.first ? 1 : 0); k < to; ++k) {
        between = between && !p_.phrase[k] &&
                  (p_.at(k, Tag::kDet) || p_.at(k, Tag::kOf) || p_.at(k, Tag::kElision) ||
                   p_.at(k, Tag::kFiller) || p_.at(k, Tag::kOur) || is_practice(p_, k) ||
                   p_.at(k, Tag::kBe) || p_.at(k, Tag::kWe) || p_.at(k, Tag::kSite) ||
                   p_.at(k, Tag::kImpersonal) || p_.at(k, Tag::kNecessary));
      }
      if (between) return true;
    }
    return false;
  }

  // A label: "Targeting cookies."
  void label() {
    if (!out_->empty() || a_.size() > kLabel || !a_.predicates.empty() || a_.clauses.size() != 1)
      return;
    for (const NounPhrase& n : things_of(p_, 0)) {
      const std::vector<std::string> kinds = purposes_of(n);
      if (n.thing.tag != Tag::kCookie || kinds.empty() || a_.has(Tag::kNo) || a_.has(Tag::kNot) ||
          a_.has(Tag::kWithout) || n.pointed)
        continue;
      category(0, n, kinds);
      return;
    }
  }

  void lists() {
    const bool closed = a_.has(Tag::kClosedlist), open = a_.has(Tag::kOpenended);
    const bool about = a_.has(Tag::kCookie) || a_.has(Tag::kTracker) ||
                       (r_.heading != nullptr && r_.heading->has(Tag::kCookie));
    if (!about || (!closed && !open) || a_.has(Tag::kHedge)) return;
    if (closed && !open && a_.has(Tag::kNot)) return;
    Statement s = statement_of(r_, "closed-list", nullptr);
    s.polarity = open ? "does-not" : "does";
    s.data = {"cookies"};
    s.purposes.clear();
    s.observable = open ? "no" : "yes";
    add_once(out_, std::move(s));
  }

  void lifetime() {
    if (!a_.has(Tag::kExpire) || a_.has(Tag::kRight) || a_.has(Tag::kChildren)) return;
    const bool about =
        a_.has(Tag::kCookie) || (r_.heading != nullptr && r_.heading->has(Tag::kCookie) &&
                                 (p_.starts(0, Tag::kPronoun) || p_.starts(0, Tag::kPointer)));
    if (!about) return;
    const Lifetime life =
        lifetime_of(std::string_view(r_.document.text)
                        .substr(r_.sentence.start, r_.sentence.end - r_.sentence.start));
    if (!life.seconds && !life.session) return;
    Statement s = statement_of(r_, "lifetime", nullptr);
    s.data = {"cookies"};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  const Reading& r_;
  const Parse& p_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace

bool acts(const Parse& p, std::size_t c) {
  const ClauseFacts& f = p.facts[c];
  if (f.verb == Analysis::npos || f.polarity != Polarity::kPlain || f.avoids || disclaims(p.a, c))
    return false;
  const Subject subject = p.a.clauses[c].subject;
  if (subject == Subject::kYou || (subject == Subject::kOther && !f.passive)) return false;
  if (f.exists) return true;
  for (std::size_t i = p.a.clauses[c].first; i < p.a.clauses[c].last; ++i) {
    if (p.a.role[i] != Role::kMain) continue;
    for (const Tag tag : {Tag::kUse, Tag::kSet, Tag::kAllow, Tag::kCollect, Tag::kEmbed,
                          Tag::kServe, Tag::kTrack, Tag::kShare})
      if (p.starts(i, tag) && is_practice(p, i)) return true;
  }
  return false;
}

const Predicate* predicate_of(const Parse& p, std::size_t clause) {
  for (const Predicate& predicate : p.a.predicates) {
    if (predicate.clause == clause && predicate.at == p.facts[clause].verb) return &predicate;
  }
  return nullptr;
}

bool about_tracking(const Analysis& a) {
  if (a.has(Tag::kCookie) || a.has(Tag::kTracker) || a.has(Tag::kBeacon) || a.has(Tag::kStorage) ||
      a.has(Tag::kTracking) || a.has(Tag::kAd) || a.has(Tag::kBehaviour))
    return true;
  return std::any_of(a.hits.begin(), a.hits.end(), [](const Hit& h) {
    return h.tag == Tag::kVendor && (h.value == "analytics" || h.value == "advertising");
  });
}

void read_uses(const Reading& r, const Parse& p, Statements* out) { Uses(r, p, out).run(); }

}  // namespace affiant::policy::grammar
