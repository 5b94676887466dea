// What a site says its pages use: cookies and their kinds, storage, pixels (T1, T5, T7, T16, T17).
#include <algorithm>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

// Predicates by which the site or somebody on it does something, plainly.
bool acts(const Analysis& a, const Predicate& p) {
  if (p.polarity != Polarity::kPlain || disclaims(a, p.clause)) return false;
  const Subject subject = a.clauses[p.clause].subject;
  if (subject == Subject::kYou || (subject == Subject::kOther && !p.passive)) return false;
  if (p.role == Role::kMain) return true;
  // The purpose of something that is denied is denied with it.
  return p.role == Role::kPurpose &&
         std::none_of(a.predicates.begin(), a.predicates.end(), [&](const Predicate& main) {
           return main.clause == p.clause && main.role == Role::kMain &&
                  main.polarity != Polarity::kPlain;
         });
}

bool is_practice(const Analysis& a, const Predicate& p) {
  for (const Tag tag :
       {Tag::kUse, Tag::kSet, Tag::kAllow, Tag::kCollect, Tag::kEmbed, Tag::kServe, Tag::kTrack}) {
    if (a.at(p.at, tag)) return true;
  }
  return false;
}

// The predicate that the thing at `at` belongs to: the nearest in its clause.
const Predicate* practice_near(const Analysis& a, std::size_t at) {
  const Predicate* best = nullptr;
  std::size_t distance = 0;
  for (const Predicate& p : a.predicates) {
    if (p.clause != a.clause[at] || !acts(a, p) || !is_practice(a, p)) continue;
    const std::size_t d = p.at > at ? p.at - at : at - p.at;
    if (best != nullptr && d >= distance) continue;
    best = &p;
    distance = d;
  }
  return best;
}

class Uses {
 public:
  Uses(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  void run() {
    for (const Hit& hit : a_.hits)
      if (hit.tag == Tag::kCookie && !is_aside(hit)) all_are_necessary(hit);
    read_lists(r_, out_);
    if (speaks_in_general(a_)) return;
    for (const Hit& hit : a_.hits) {
      if (hit.tag == Tag::kCookie) cookie(hit);
      if (hit.tag == Tag::kStorage || hit.tag == Tag::kFlash) storage(hit);
      if (hit.tag == Tag::kBeacon || hit.tag == Tag::kFingerprint || hit.tag == Tag::kReplay)
        technique(hit);
      if (hit.tag == Tag::kTracker) tracker(hit);
    }
    continued();
  }

 private:
  std::string_view word(std::size_t i) const {
    return i < a_.size() ? std::string_view(a_.tokens[i].word) : std::string_view();
  }

  std::string subject_of(const Predicate* p, const Hit& hit) const {
    std::size_t from = hit.first > 3 ? hit.first - 3 : 0;
    // "We and our partners use cookies": who uses them stands before the verb.
    if (p != nullptr && p->at < hit.first && a_.clauses[p->clause].subject == Subject::kWe)
      from = std::max(from, p->end);
    if (a_.has(Tag::kThird, from, hit.first) || is_done_by_others(p) || is_of_a_tool())
      return "third-party";
    return p != nullptr && a_.clauses[p->clause].subject == Subject::kThird ? "third-party" : "we";
  }

  // "Cookies may be used by third parties".
  bool is_done_by_others(const Predicate* p) const {
    if (p == nullptr || !p->passive || word(p->end) != "by") return false;
    for (std::size_t i = p->end + 1; i < std::min<std::size_t>(p->end + 6, a_.size()); ++i) {
      if (a_.at(i, Tag::kThird) || a_.at(i, Tag::kVendor)) return true;
      if (a_.tokens[i].punctuation && word(i) != "-") return false;
    }
    return false;
  }

  // "This service uses cookies.", after a sentence that names one.
  bool is_of_a_tool() const {
    return word(0) == "this" && one_of(word(1), {"service", "tool", "product", "provider"}) &&
           !tool_spoken_of_before(r_).empty();
  }

  // What the words before "cookies" call them: "advertising cookies", "strictly necessary cookies".
  std::vector<std::string> kinds_of(const Hit& hit) const {
    std::size_t from = hit.first;
    while (from > 0 && hit.first - from < 6 &&
           (!a_.tokens[from - 1].punctuation || word(from - 1) == "-") &&
           !one_of(word(from - 1), {"use", "uses", "using", "of", "for", "set", "our"}))
      --from;
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, from, hit.first);
    if (a_.has(Tag::kNecessary, from, hit.first) && !contains(kinds, "necessary"))
      kinds.emplace_back("necessary");
    if (a_.has(Tag::kUnnecessary, from, hit.first)) std::erase(kinds, "necessary");
    return kinds;
  }

  // "If you have questions about the way we use cookies", "without cookies", "non-cookie".
  bool is_aside(const Hit& hit) const {
    const Role role = a_.role[hit.first];
    return role == Role::kCondition || role == Role::kException || denied_aside(hit) ||
           is_left_out(hit) || (hit.first > 1 && a_.tokens[hit.first - 2].word == "non");
  }

  // "without (using) cookies or web storage", "cookie-free".
  bool is_left_out(const Hit& hit) const {
    if (word(hit.last) == "-" && one_of(word(hit.last + 1), {"free", "less"})) return true;
    constexpr std::size_t kNear = 2, kListed = 8;  // Words.
    std::size_t i = hit.first;
    while (i > 0 && hit.first - i < kListed && a_.clause[i - 1] == a_.clause[hit.first]) {
      if (a_.at(i - 1, Tag::kWithout)) break;
      const bool listed = one_of(word(i - 1), {",", "(", "/", "or", "and", "nor", "any", "using",
                                               "use", "of", "html", "-"}) ||
                          a_.at(i - 1, Tag::kCookie) || a_.at(i - 1, Tag::kStorage) ||
                          a_.at(i - 1, Tag::kBeacon) || a_.at(i - 1, Tag::kTracker);
      if (!listed && hit.first - i >= kNear) return false;
      --i;
    }
    return i > 0 && a_.at(i - 1, Tag::kWithout);
  }

  // "..., which does not use cookies".
  bool denied_aside(const Hit& hit) const {
    const Role role = a_.role[hit.first];
    if (role != Role::kRelative && role != Role::kAside) return false;
    for (std::size_t i = hit.first; i-- > 0 && a_.role[i] == role;)
      if (a_.at(i, Tag::kNot) || a_.at(i, Tag::kNo)) return true;
    return false;
  }

  // "The only cookies we use are essential".
  bool only_kind_is_necessary(const Hit& hit) {
    if (!a_.has(Tag::kOnly, hit.first > 2 ? hit.first - 2 : 0, hit.first) ||
        a_.has(Tag::kUnnecessary) || a_.has(Tag::kNot))
      return false;
    const std::size_t is = a_.find(Tag::kBe, hit.last);
    const std::size_t necessary = a_.find(Tag::kNecessary, hit.last);
    if (is == Analysis::npos || necessary == Analysis::npos || necessary < is) return false;
    if (a_.clause[necessary] != a_.clause[hit.first] || a_.role[necessary] != Role::kMain)
      return false;
    only_necessary_of(nullptr);
    return true;
  }

  // "The cookies we use are strictly necessary", "all our cookies are essential".
  void all_are_necessary(const Hit& hit) {
    if (hit.first > 3 || a_.has(Tag::kUnnecessary) || a_.has(Tag::kNot) || a_.has(Tag::kHedge) ||
        a_.has(Tag::kThird))
      return;
    const bool all = hit.first > 0 && one_of(word(0), {"all", "the", "our", "any"});
    const std::size_t is = a_.find(Tag::kBe, hit.last);
    if (!all || is == Analysis::npos || a_.role[is] != Role::kMain || is - hit.last > 5) return;
    const bool ours = a_.has(Tag::kOur, 0, hit.first) || a_.has(Tag::kWe, hit.last, is) ||
                      a_.has(Tag::kSite, hit.last, is);
    const std::size_t necessary = a_.find(Tag::kNecessary, is);
    if (!ours || necessary == Analysis::npos || necessary - is > 3) return;
    for (std::size_t i = necessary; i < a_.size(); ++i)
      if (word(i) == "or" || word(i) == "and") return;
    only_necessary_of(nullptr);
  }

  // "We only use cookies (that are) required for ...", "uses only the cookies it needs".
  bool only_what_is_needed(const Predicate& p, const Hit& hit) {
    const Subject subject = a_.clauses[p.clause].subject;
    if (p.role != Role::kMain || subject != Subject::kWe || a_.has(Tag::kNot) ||
        !a_.has(Tag::kOnly, p.at > 2 ? p.at - 2 : 0, hit.first) || hit.first < p.at)
      return false;
    std::size_t i = hit.last;
    while (one_of(word(i), {"that", "which", "are", "is", "strictly", "absolutely", "technically"}))
      ++i;
    const bool needed = a_.at(i, Tag::kNecessary) || one_of(word(i), {"required", "needed"});
    const bool needs =
        (one_of(word(i), {"it", "we"}) || a_.at(i, Tag::kSite) || a_.at(i + 1, Tag::kSite)) &&
        (one_of(word(i + 1), {"need", "needs", "require", "requires"}) ||
         one_of(word(i + 2), {"needs", "requires"}));
    // "... or for which you have agreed".
    if (!(needed || needs) || a_.has(Tag::kConsent) || a_.has(Tag::kUnnecessary)) return false;
    for (; i < a_.size(); ++i)
      if (one_of(word(i), {"improve", "marketing", "advertising", "analytics", "statistics"}))
        return false;
    only_necessary_of(&p);
    return true;
  }

  // "We only use first-party cookies", "all cookies are first-party".
  void only_first_party(const Predicate& p, const Hit& hit) {
    if (!a_.at(hit.first - 1, Tag::kFirstparty) || a_.has(Tag::kNot) || a_.has(Tag::kThird) ||
        p.role != Role::kMain || a_.clauses[p.clause].subject != Subject::kWe ||
        !a_.has(Tag::kOnly, p.at > 2 ? p.at - 2 : 0, hit.first))
      return;
    Statement s = statement_of(r_, "third-party-denial", &p);
    s.polarity = "does-not";
    s.subject = "third-party";
    s.data = {"cookies"};
    s.purposes.clear();
    s.scope = section_place(r_);
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  void only_necessary_of(const Predicate* p) {
    Statement s = statement_of(r_, "only-necessary", p);
    const Statement bounds =
        p == nullptr ? s : DenialParts(r_).denial("only-necessary", *p, p->end);
    s.scope = bounds.scope;
    // "Without them the shop is kept from working": that is no place.
    for (const std::string_view way : {"from ", "by ", "through ", "via ", "across "})
      if (s.scope.starts_with(way)) s.scope.clear();
    if (s.scope.empty()) s.scope = section_place(r_);
    s.hedged = bounds.hedged;
    s.data = {"cookies"};
    s.purposes = {"necessary"};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // "Only essential cookies and Google Analytics", "... and, with your consent, others".
  bool and_others(const Hit& hit, const Predicate& p) const {
    const std::size_t end = a_.clauses[p.clause].last;
    bool joined = false;
    for (std::size_t i = hit.last; i < end; ++i) {
      joined = joined || one_of(word(i), {"and", "or", "plus", "&"});
      if (!joined) continue;
      for (const Tag tag :
           {Tag::kCookie, Tag::kVendor, Tag::kTracker, Tag::kBeacon, Tag::kThird, Tag::kConsent})
        if (a_.at(i, tag)) return true;
      if (one_of(word(i), {"analytics", "statistics", "marketing", "advertising"})) return true;
    }
    return false;
  }

  void cookie(const Hit& hit) {
    if (is_aside(hit) || only_kind_is_necessary(hit)) return;
    const Predicate* p = practice_near(a_, hit.first);
    const std::vector<std::string> kinds = kinds_of(hit);
    if (p != nullptr && hit.first > 0) {
      if (only_what_is_needed(*p, hit)) return;
      only_first_party(*p, hit);
    }
    if (p == nullptr) {
      // "Strictly necessary cookies only."
      if (kinds.size() == 1 && kinds[0] == "necessary" && hit.first <= 3 &&
          a_.at(hit.last, Tag::kOnly) && a_.predicates.empty() && !a_.has(Tag::kYou) &&
          a_.tokens.back().word == "." &&
          a_.tokens[hit.last + 1].punctuation)  // Else the words of a button.
        return only_necessary_of(nullptr);
      // "These cookies are necessary for the site to work."
      if (one_of(word(0), {"these", "such"}) && hit.first <= 2 && a_.at(hit.last, Tag::kBe) &&
          a_.has(Tag::kNecessary, hit.last, hit.last + 4) && !a_.has(Tag::kNot, 0, hit.last + 4))
        return category({"necessary"}, nullptr, hit);
      // A label: "Targeting cookies."
      if (!kinds.empty() && a_.predicates.empty() && a_.size() <= 8 && !a_.has(Tag::kNo) &&
          !a_.has(Tag::kNot))
        category(kinds, nullptr, hit);
      return;
    }
    if (only_necessary(*p, hit, kinds)) return;
    Statement s = statement_of(r_, "uses-cookies", p);
    s.subject = subject_of(p, hit);
    s.data = {"cookies"};
    s.observable = "yes";
    std::erase(s.purposes, "necessary");
    if (a_.has(Tag::kPersistent)) s.data.emplace_back("persistent-cookies");
    if (s.purposes.empty() && r_.heading != nullptr && a_.at(0, Tag::kCookie) == false)
      s.purposes = heading_purposes();
    add_once(out_, std::move(s));
    if (!kinds.empty()) category(kinds, p, hit);
  }

  // "These cookies ..." under a heading that names a kind.
  std::vector<std::string> heading_purposes() const {
    if (r_.heading == nullptr || !r_.heading->has(Tag::kCookie)) return {};
    if (!one_of(word(0), {"these", "they", "such"})) return {};
    return r_.heading->values(Tag::kPurpose);
  }

  void category(const std::vector<std::string>& kinds, const Predicate* p, const Hit& hit) {
    Statement s = statement_of(r_, "cookie-category", p);
    s.purposes = kinds;
    s.subject = subject_of(p, hit);
    s.data = {"cookies"};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // "uses only strictly necessary cookies"
  bool only_necessary(const Predicate& near, const Hit& hit,
                      const std::vector<std::string>& kinds) {
    // "Uses only essential cookies to run the shop": the verb in front, not that of the purpose.
    const Predicate* in_front = &near;
    for (const Predicate& p : a_.predicates)
      if (near.role != Role::kMain && p.clause == near.clause && p.at < hit.first && acts(a_, p) &&
          p.role == Role::kMain)
        in_front = &p;
    const Predicate& p = *in_front;
    if (!contains(kinds, "necessary") || kinds.size() > 1) return false;
    const std::size_t from = p.at > 3 ? p.at - 3 : 0;
    std::size_t only = Analysis::npos;
    for (const Hit& h : a_.hits) {
      if (h.tag == Tag::kOnly && h.first >= from && h.first < hit.first &&
          a_.clause[h.first] == p.clause && a_.role[h.first] == a_.role[hit.first])
        only = h.first;
    }
    // "essential cookies only", at the end of what is said.
    if (only == Analysis::npos && a_.at(hit.last, Tag::kOnly) &&
        (hit.last + 1 >= a_.size() || a_.tokens[hit.last + 1].punctuation))
      only = hit.last;
    if (only == Analysis::npos || p.role != Role::kMain || and_others(hit, p)) return false;
    const Subject subject = a_.clauses[p.clause].subject;
    if (subject != Subject::kWe && !(p.passive && subject != Subject::kThird)) return false;
    only_necessary_of(&p);
    return true;
  }

  void storage(const Hit& hit) {
    const Predicate* p = practice_near(a_, hit.first);
    if (p == nullptr || is_left_out(hit)) return;
    Statement s = statement_of(r_, "other-storage", p);
    s.subject = subject_of(p, hit);
    s.data = {hit.tag == Tag::kFlash ? "flash" : std::string(hit.value)};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  void technique(const Hit& hit) {
    const Predicate* p = practice_near(a_, hit.first);
    if (p == nullptr || is_left_out(hit)) return;
    Statement s = statement_of(r_, "beacon-or-fingerprint", p);
    s.subject = subject_of(p, hit);
    s.data = {hit.tag == Tag::kBeacon        ? "pixels"
              : hit.tag == Tag::kFingerprint ? "fingerprinting"
                                             : "session-replay"};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  void tracker(const Hit& hit) {
    if (a_.has(Tag::kCookie)) return;
    const Predicate* p = practice_near(a_, hit.first);
    if (p == nullptr) return;
    Statement s = statement_of(r_, "uses-cookies", p);
    s.subject = subject_of(p, hit);
    s.data = {"trackers"};
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // "This information lets us ...", after a sentence about cookies.
  void continued() {
    if (r_.previous == nullptr || !out_->empty() || a_.predicates.empty()) return;
    if (!one_of(word(0), {"this", "these", "they", "it", "such"})) return;
    const auto before =
        std::find_if(r_.previous->begin(), r_.previous->end(), [](const Statement& s) {
          return (s.type == "uses-cookies" || s.type == "cookie-category") && s.polarity == "does";
        });
    if (before == r_.previous->end() || a_.has(Tag::kNot) || shares()) return;
    Statement s = statement_of(r_, "uses-cookies", nullptr);
    std::erase(s.purposes, "necessary");
    // "They help us to know which pages are read": of a kind that was named.
    bool helps = false;
    for (std::size_t i = 1; i + 1 < a_.size(); ++i)
      helps =
          helps || (word(i + 1) == "us" && one_of(word(i), {"help", "helps", "allow", "allows",
                                                            "enable", "enables", "let", "lets"}));
    helps = helps && one_of(word(0), {"these", "they", "such"});
    if (s.purposes.empty() && helps) s.purposes = before->purposes;
    if (s.purposes.empty() && !helps) return;
    s.subject = before->subject;
    s.data = before->data;
    s.observable = "yes";
    out_->push_back(std::move(s));
  }

  bool shares() const {
    return std::any_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& p) {
      return p.role == Role::kMain && (a_.at(p.at, Tag::kShare) || a_.at(p.at, Tag::kSell));
    });
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace

void read_uses(const Reading& r, Statements* out) { Uses(r, out).run(); }

}  // namespace affiant::policy
