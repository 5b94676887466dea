#include "policy/grammar/noun_phrase.h"

#include <algorithm>
#include <array>

namespace affiant::policy {
namespace {

// In order: of two tags at one place the former is the thing.
constexpr auto kThings =
    std::to_array<Tag>({Tag::kFlash, Tag::kTracker, Tag::kBeacon, Tag::kCookie, Tag::kStorage,
                        Tag::kFingerprint, Tag::kReplay, Tag::kBehaviour, Tag::kContent,
                        Tag::kThird, Tag::kVendor, Tag::kAd, Tag::kTracking});

constexpr auto kQualities = std::to_array<Tag>(
    {Tag::kPurpose, Tag::kThird, Tag::kTracking, Tag::kBehaviour, Tag::kFirstparty,
     Tag::kPersistent, Tag::kSessionlong, Tag::kNecessary, Tag::kUnnecessary, Tag::kTargeted});

bool any(const Parse& p, std::size_t i, const auto& tags) {
  return std::any_of(tags.begin(), tags.end(), [&](Tag t) { return p.at(i, t); });
}

std::size_t rank(Tag tag) {
  return static_cast<std::size_t>(std::find(kThings.begin(), kThings.end(), tag) - kThings.begin());
}

// Things that others may qualify; the rest qualifies.
bool is_head(Tag tag) { return rank(tag) <= rank(Tag::kContent); }

class Phrases {
 public:
  Phrases(const Parse& p, std::size_t clause) : p_(p), clause_(p.a.clauses[clause]) {}

  std::vector<NounPhrase> run() {
    std::vector<Hit> heads;
    for (const Hit& hit : p_.a.hits) {
      if (hit.first < clause_.first || hit.first >= clause_.last) continue;
      if (p_.a.role[hit.first] != Role::kMain || rank(hit.tag) == kThings.size()) continue;
      if (p_.at(hit.first, Tag::kPolicyword) || p_.at(hit.first, Tag::kOptlink)) continue;
      heads.push_back(hit);
    }
    std::stable_sort(heads.begin(), heads.end(), [](const Hit& a, const Hit& b) {
      return is_head(a.tag) != is_head(b.tag) ? is_head(a.tag) : rank(a.tag) < rank(b.tag);
    });
    for (const Hit& hit : heads) {
      if (covered(hit)) continue;
      out_.push_back(phrase(hit));
    }
    std::sort(out_.begin(), out_.end(), [](const NounPhrase& a, const NounPhrase& b) {
      return a.thing.first < b.thing.first;
    });
    return std::move(out_);
  }

 private:
  bool covered(const Hit& hit) const {
    return std::any_of(out_.begin(), out_.end(), [&](const NounPhrase& n) {
      return hit.first < n.last && hit.last > n.first;
    });
  }

  bool head_at(std::size_t i, const Hit& except) const {
    return std::any_of(p_.a.hits.begin(), p_.a.hits.end(), [&](const Hit& h) {
      return h.first == i && is_head(h.tag) && rank(h.tag) < kThings.size() &&
             !(h.first >= except.first && h.last <= except.last);
    });
  }

  bool inside(std::size_t i) const {
    return i >= clause_.first && i < clause_.last && p_.a.role[i] == Role::kMain;
  }
  bool hyphen(std::size_t i) const {
    return p_.word(i) == "-" || p_.word(i) == "/" || p_.word(i) == "\"";
  }
  bool comma(std::size_t i) const { return p_.word(i) == "," || p_.word(i) == "\n"; }
  bool joins(std::size_t i) const {
    return p_.at(i, Tag::kAnd) || p_.at(i, Tag::kOr) || p_.at(i, Tag::kNor) || comma(i);
  }
  bool small(std::size_t i) const {
    return p_.at(i, Tag::kDet) || p_.at(i, Tag::kElision) || p_.at(i, Tag::kOur) ||
           p_.at(i, Tag::kPointer) || p_.at(i, Tag::kYour) || p_.at(i, Tag::kOf) || hyphen(i);
  }
  bool ends(std::size_t i) const {
    return p_.starts(i, Tag::kNo) || p_.starts(i, Tag::kNe) || is_practice(p_, i) ||
           (p_.starts(i, Tag::kNot) && !p_.at(i, Tag::kUnnecessary));
  }
  bool quality(std::size_t i) const {
    return any(p_, i, kQualities) || p_.at(i, Tag::kAd) || p_.at(i, Tag::kVendor);
  }

  // "Example-cookies", "Example cookies": whose they are.
  bool leans(std::size_t i, const Hit& thing) const {
    return std::any_of(p_.a.hits.begin(), p_.a.hits.end(), [&](const Hit& h) {
      return h.tag == Tag::kVendor && h.first <= i && i < h.last &&
             (hyphen(h.last) || (h.last == thing.first && is_head(thing.tag)));
    });
  }

  // Leftwards, over what qualifies the thing from before, to the word that governs it.
  std::size_t left(const Hit& hit) const {
    std::size_t first = hit.first;
    for (std::size_t i = hit.first; i-- > clause_.first && inside(i);) {
      if (ends(i) || head_at(i, hit)) break;
      if (p_.at(i, Tag::kVendor) && !leans(i, hit)) break;
      if (quality(i) || (small(i) && !p_.at(i, Tag::kOf))) {
        // Behind a comma or "and", a quality stands for a kind of its own only where it leans on
        // the thing.
        first = i;
      } else if (joins(i) && i > clause_.first &&
                 (hyphen(i - 1) || (first < hit.first && quality(i - 1) && !stands_alone(i - 1)))) {
        continue;
      } else {
        break;
      }
    }
    return first;
  }

  // A noun that may as well be a thing of its own: "cookies or advertising".
  bool stands_alone(std::size_t i) const {
    return p_.at(i, Tag::kAd) || p_.at(i, Tag::kTracking) || p_.at(i, Tag::kBehaviour) ||
           p_.at(i, Tag::kThird) || p_.at(i, Tag::kVendor);
  }

  // Rightwards: adjectives, "of ..." and what is joined to them.
  std::size_t right(const Hit& hit) const {
    std::size_t last = hit.last;
    bool of = false, joined = false, of_purpose = false, named = false;
    for (std::size_t i = hit.last; inside(i); ++i) {
      if (ends(i) || head_at(i, hit)) break;
      // "cookies de publicité, analyse ou suivi": the preposition holds for all of them.
      const bool shares_of = of_purpose && (p_.at(i, Tag::kPurpose) || p_.at(i, Tag::kTracking));
      const bool shares_name = named && p_.at(i, Tag::kVendor);
      if (joined && !of && stands_alone(i) && !shares_of && !shares_name) break;
      of_purpose = of_purpose || (of && (p_.at(i, Tag::kPurpose) || p_.at(i, Tag::kTracking)));
      // "cookies Example": whose they are.
      named = named || (p_.at(i, Tag::kVendor) && !joined);
      if (any(p_, i, kQualities) || (of && quality(i)) || (named && p_.at(i, Tag::kVendor))) {
        last = i + 1;
      } else if (p_.at(i, Tag::kOf)) {
        of = true;
      } else if (joins(i)) {
        if (comma(i) && !followed_by_quality(i + 1)) break;
        of = false;
        joined = true;
      } else if (!small(i) && !p_.at(i, Tag::kFiller)) {
        break;
      }
    }
    return last;
  }

  bool followed_by_quality(std::size_t i) const {
    while (inside(i) && (small(i) || p_.at(i, Tag::kFiller) || p_.at(i, Tag::kAnd) ||
                         p_.at(i, Tag::kOr) || p_.at(i, Tag::kNor)))
      ++i;
    return inside(i) && !ends(i) && any(p_, i, kQualities);
  }

  static void add(const Hit& hit, Kind* kind) {
    switch (hit.tag) {
      case Tag::kPurpose:
        if (!hit.value.empty() && std::find(kind->purposes.begin(), kind->purposes.end(),
                                            hit.value) == kind->purposes.end())
          kind->purposes.emplace_back(hit.value);
        return;
      case Tag::kThird:
        // "cookies of social networks" are of a purpose; whose they are is not said.
        if (hit.value != "social")
          kind->third = true;
        else if (std::find(kind->purposes.begin(), kind->purposes.end(), hit.value) ==
                 kind->purposes.end())
          kind->purposes.emplace_back(hit.value);
        return;
      case Tag::kTracking:
        kind->tracking = true;
        return;
      case Tag::kBehaviour:
        kind->behaviour = true;
        return;
      case Tag::kFirstparty:
        kind->own = true;
        return;
      case Tag::kPersistent:
        kind->persistent = true;
        return;
      case Tag::kSessionlong:
        kind->session = true;
        return;
      case Tag::kNecessary:
        kind->necessary = true;
        return;
      case Tag::kUnnecessary:
        kind->unnecessary = true;
        return;
      case Tag::kTargeted:
        kind->targeted = true;
        return;
      case Tag::kVendor:
        kind->named = true;
        return;
      default:
        return;
    }
  }

  // "No advertising cookies, neither own nor of third parties": whosever they are, advertising.
  static void share_purposes(std::vector<Kind>* kinds) {
    const auto has = [&](auto test) { return std::any_of(kinds->begin(), kinds->end(), test); };
    if (!has([](const Kind& k) { return k.own; }) || !has([](const Kind& k) { return k.third; }))
      return;
    std::vector<std::string> purposes;
    for (const Kind& k : *kinds)
      if (!k.own && !k.third) purposes.insert(purposes.end(), k.purposes.begin(), k.purposes.end());
    for (Kind& k : *kinds)
      if ((k.own || k.third) && k.purposes.empty()) k.purposes = purposes;
  }

  // Kinds named in [from, to), one a joined part.
  std::vector<Kind> kinds(std::size_t from, std::size_t to, const Hit& thing) const {
    std::vector<Kind> out(1);
    for (std::size_t i = from; i < to; ++i) {
      const bool own_word = i >= thing.first && i < thing.last;
      if (joins(i) && !own_word && !out.back().plain()) out.emplace_back();
      for (const Hit& hit : p_.a.hits) {
        if (hit.first != i || (hit.tag == thing.tag && own_word)) continue;
        if (own_word && (hit.tag == Tag::kTracking || hit.tag == Tag::kBehaviour) &&
            thing.tag != Tag::kCookie)
          continue;
        add(hit, &out.back());
      }
    }
    // "analytics or tracking services": the thing by itself is a kind of its own, any of them.
    if (out.size() > 1 && out.back().plain() && from >= thing.last) out.pop_back();
    share_purposes(&out);
    for (Kind& kind : out) {
      if (kind.unnecessary) {
        kind.necessary = false;
        std::erase(kind.purposes, "necessary");
      }
      kind.necessary = kind.necessary || std::find(kind.purposes.begin(), kind.purposes.end(),
                                                   "necessary") != kind.purposes.end();
      std::erase(kind.purposes, "necessary");
    }
    return out;
  }

  static Kind both(Kind a, const Kind& b) {
    for (const std::string& purpose : b.purposes)
      if (std::find(a.purposes.begin(), a.purposes.end(), purpose) == a.purposes.end())
        a.purposes.push_back(purpose);
    a.third = a.third || b.third;
    a.own = a.own || b.own;
    a.tracking = a.tracking || b.tracking;
    a.behaviour = a.behaviour || b.behaviour;
    a.necessary = a.necessary || b.necessary;
    a.unnecessary = a.unnecessary || b.unnecessary;
    a.persistent = a.persistent || b.persistent;
    a.session = a.session || b.session;
    a.targeted = a.targeted || b.targeted;
    a.named = a.named || b.named;
    return a;
  }

  NounPhrase phrase(const Hit& hit) const {
    NounPhrase out;
    out.thing = hit;
    out.first = left(hit);
    out.last = is_head(hit.tag) ? right(hit) : hit.last;
    const std::vector<Kind> before = kinds(out.first, hit.last, hit);
    const std::vector<Kind> behind = kinds(hit.last, out.last, hit);
    // What is named once, on either side, holds for all that is named on the other.
    for (const Kind& a : before)
      for (const Kind& b : behind) out.kinds.push_back(both(a, b));
    for (std::size_t i = out.first > clause_.first ? out.first - 1 : out.first; i < hit.first; ++i)
      out.pointed = out.pointed || p_.at(i, Tag::kPointer) || p_.at(i, Tag::kYour);
    return out;
  }

  const Parse& p_;
  const Clause& clause_;
  std::vector<NounPhrase> out_;
};

}  // namespace

std::vector<NounPhrase> things_of(const Parse& p, std::size_t clause) {
  return Phrases(p, clause).run();
}

}  // namespace affiant::policy
