// What a site says its pages use: cookies and their kinds, storage, pixels (T1, T7, T16, T17).
#include <algorithm>

#include "policy/only_cookies.h"

namespace affiant::policy {
namespace {

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
  Uses(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out), only_(r, out) {}

  void run() {
    for (const Hit& hit : a_.hits)
      if (hit.tag == Tag::kCookie && !is_aside(hit)) only_.all_are_necessary(hit);
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
  std::string_view word(std::size_t i) const { return a_.word(i); }

  std::string subject_of(const Predicate* p, const Hit& hit) const {
    std::size_t from = hit.first > 3 ? hit.first - 3 : 0;
    // "We and our partners use cookies": who uses them stands before the verb.
    if (p != nullptr && p->at < hit.first && a_.clauses[p->clause].subject == Subject::kWe)
      from = std::max(from, p->end);
    if (a_.has(Tag::kThird, from, hit.first) || is_done_by_others(p) || is_of_a_tool() ||
        belongs_to_others(p, hit) || are_theirs(hit) || serve_others(p))
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

  // "Partners, who may set cookies"; "we use third parties to serve ads by cookies".
  bool belongs_to_others(const Predicate* p, const Hit& hit) const {
    constexpr std::size_t kNear = 3;
    const Role role = a_.role[hit.first];
    if (role == Role::kPurpose && p != nullptr && p->end < hit.first)
      for (const Hit& h : a_.hits)
        if (h.tag == Tag::kThird && h.first >= p->end && h.last <= hit.first &&
            a_.role[h.first] == Role::kMain && a_.clause[h.first] == p->clause)
          return true;
    if (role != Role::kRelative) return false;
    std::size_t first = hit.first;
    while (first > 0 && a_.role[first - 1] == role) --first;
    // "Our customers, who may use cookies".
    if (word(first) == "who" && first > 0 && !a_.at(first - 1, Tag::kWe)) return true;
    for (std::size_t i = first; i-- > 0 && first - i <= kNear;)
      if (a_.at(i, Tag::kThird) || a_.at(i, Tag::kVendor)) return true;
    return false;
  }

  // "This use of cookies enables these vendors to ...", "ads may contain cookies".
  bool serve_others(const Predicate* p) const {
    constexpr std::size_t kNear = 4;
    if (p == nullptr) return false;
    // Not "Advertising: we use cookies", nor "cookies enable us and our partners to ...".
    if (a_.at(a_.clauses[p->clause].first, Tag::kAd) && !p->passive)
      return !a_.has(Tag::kWe, 0, p->at) && p->at <= a_.clauses[p->clause].first + 2;
    return a_.clauses[p->clause].subject != Subject::kWe && a_.at(p->at, Tag::kAllow) &&
           word(p->end) != "us" && a_.has(Tag::kThird, p->end, p->end + kNear);
  }

  // "These cookies let the ad server know you.", after a sentence about those of others.
  bool are_theirs(const Hit& hit) const {
    return r_.previous != nullptr && hit.first == 1 &&
           one_of(word(0), {"these", "such", "those"}) &&
           std::any_of(r_.previous->begin(), r_.previous->end(),
                       [](const Statement& s) {
                         return s.type == "uses-cookies" && s.polarity == "does" &&
                                s.subject == "third-party";
                       }) &&
           !a_.has(Tag::kWe);
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

  void cookie(const Hit& hit) {
    if (is_aside(hit) || only_.only_kind_is_necessary(hit)) return;
    const Predicate* p = practice_near(a_, hit.first);
    const std::vector<std::string> kinds = kinds_of(hit);
    if (p != nullptr && hit.first > 0) {
      if (only_.only_what_is_needed(*p, hit)) return;
      only_.only_first_party(*p, hit);
    }
    if (p == nullptr) {
      // "Strictly necessary cookies only."
      if (kinds.size() == 1 && kinds[0] == "necessary" && hit.first <= 3 &&
          a_.at(hit.last, Tag::kOnly) && a_.predicates.empty() && !a_.has(Tag::kYou) &&
          a_.tokens.back().word == "." &&
          a_.tokens[hit.last + 1].punctuation)  // Else the words of a button.
        return only_.only_necessary_of(nullptr);
      // "These cookies are necessary for the site to work."
      if (one_of(word(0), {"these", "such"}) && hit.first <= 2 && a_.at(hit.last, Tag::kBe) &&
          a_.has(Tag::kNecessary, hit.last, hit.last + 4) && !a_.has(Tag::kNot, 0, hit.last + 4))
        return category({"necessary"}, nullptr, hit);
      // A label: "Targeting cookies." Not one that the rest of its paragraph tells of.
      if (!kinds.empty() && !is_told_of_below() && a_.predicates.empty() && a_.size() <= 8 &&
          !a_.has(Tag::kNo) && !a_.has(Tag::kNot))
        category(kinds, nullptr, hit);
      return;
    }
    if (only_.only_necessary(*p, hit, kinds)) return;
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

  bool is_told_of_below() const {
    const Block& block = r_.document.blocks[r_.sentence.block];
    return r_.sentence.start == block.start && r_.sentence.end < block.end &&
           fold(r_.document.text.substr(r_.sentence.end, block.end - r_.sentence.end))
                   .find("cookie") != std::string::npos;
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
  OnlyCookies only_;
};

}  // namespace

void read_uses(const Reading& r, Statements* out) { Uses(r, out).run(); }

}  // namespace affiant::policy
