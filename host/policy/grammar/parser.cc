#include "policy/grammar/parser.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "policy/grammar/hits_pass.h"
#include "policy/grammar/roles_pass.h"

namespace affiant::policy {
namespace {

constexpr auto kPractices =
    std::to_array<Tag>({Tag::kUse, Tag::kSet, Tag::kAllow, Tag::kShare, Tag::kSell, Tag::kCollect,
                        Tag::kTrack, Tag::kEmbed, Tag::kServe, Tag::kHonour, Tag::kAlter});
// A word inside one of these is a part of a name, not a verb.
constexpr auto kNames = std::to_array<Tag>(
    {Tag::kTracker, Tag::kCookie, Tag::kBeacon, Tag::kThird, Tag::kStorage, Tag::kBehaviour,
     Tag::kReplay, Tag::kSignal, Tag::kFingerprint, Tag::kPolicyword, Tag::kOptlink, Tag::kFlash,
     Tag::kMask, Tag::kVendor, Tag::kUnnecessary, Tag::kNecessary, Tag::kTargeted});

// Words that carry a clause without changing what it says.
constexpr auto kUnderstood = std::to_array<Tag>(
    {Tag::kWe,         Tag::kOur,       Tag::kSite,        Tag::kThird,       Tag::kCookie,
     Tag::kFlash,      Tag::kStorage,   Tag::kBeacon,      Tag::kFingerprint, Tag::kReplay,
     Tag::kTracker,    Tag::kTracking,  Tag::kBehaviour,   Tag::kAd,          Tag::kTargeted,
     Tag::kContent,    Tag::kNecessary, Tag::kUnnecessary, Tag::kPersistent,  Tag::kSessionlong,
     Tag::kFirstparty, Tag::kOnly,      Tag::kUse,         Tag::kSet,         Tag::kAllow,
     Tag::kShare,      Tag::kSell,      Tag::kCollect,     Tag::kTrack,       Tag::kEmbed,
     Tag::kServe,      Tag::kBe,        Tag::kDo,          Tag::kWill,        Tag::kMay,
     Tag::kNot,        Tag::kNo,        Tag::kNe,          Tag::kNor,         Tag::kOr,
     Tag::kAnd,        Tag::kBut,       Tag::kHedge,       Tag::kOpenlist,    Tag::kDet,
     Tag::kFiller,     Tag::kOf,        Tag::kImpersonal,  Tag::kExist,       Tag::kAvoid,
     Tag::kPurpose,    Tag::kVendor,    Tag::kLeadin,      Tag::kData,        Tag::kPointer,
     Tag::kWithout,    Tag::kElision,   Tag::kYou,         Tag::kYour,        Tag::kRestrict,
     Tag::kPlace,      Tag::kWith,      Tag::kAgent,       Tag::kMask,        Tag::kPronoun,
     Tag::kWorks});

class Parser {
 public:
  Parser(std::string_view document, const Grammar& grammar, const OwnNames& own)
      : document_(document), grammar_(grammar), own_(own) {}

  Parse run(std::size_t start, std::size_t end) {
    a_.tokens = grammar_.words(document_, start, end);
    if (a_.tokens.size() > limits::kSentenceTokens) {
      p_.too_long = true;
      a_.tokens.clear();
      return std::move(p_);
    }
    if (a_.tokens.empty()) return std::move(p_);
    find_hits(document_, grammar_, own_, &a_);
    index();
    for (std::size_t i = a_.size(); i-- > 0 && a_.tokens[i].punctuation;)
      a_.question = a_.question || a_.tokens[i].word == "?";
    RolesPass(&p_, grammar_).run();
    p_.facts.resize(a_.clauses.size());
    find_phrases();
    for (std::size_t c = 0; c < a_.clauses.size(); ++c) {
      find_verbs(c);
      find_subject(c);
      find_polarity(c);
      p_.facts[c].understood = understands(c);
    }
    find_predicates();
    return std::move(p_);
  }

 private:
  void index() {
    a_.tags.assign(a_.size(), {});
    p_.first.assign(a_.size(), {});
    p_.phrase.assign(a_.size(), false);
    for (const Hit& hit : a_.hits) {
      p_.first[hit.first].set(index_of(hit.tag));
      for (std::size_t i = hit.first; i < hit.last; ++i) a_.tags[i].set(index_of(hit.tag));
    }
  }

  // Phrases of place, means and agent, from their preposition to what cannot belong to them.
  void find_phrases() {
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (!p_.starts(i, Tag::kPlace) && !p_.starts(i, Tag::kWith) && !p_.starts(i, Tag::kAgent))
        continue;
      if (a_.role[i] != Role::kMain || p_.at(i, Tag::kMask) || is_part(i)) continue;
      for (std::size_t k = i; k < a_.size() && a_.clause[k] == a_.clause[i]; ++k) {
        if (k > i && ends_phrase(k, i)) break;
        p_.phrase[k] = true;
      }
    }
  }

  // Inside a longer phrase that means something else: "make use of".
  bool is_part(std::size_t i) const {
    return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
      return h.first <= i && i < h.last && h.last - h.first > 1 &&
             (is_name(h.tag) || h.tag == Tag::kUse || h.tag == Tag::kDet || h.tag == Tag::kFiller ||
              h.tag == Tag::kNot || h.tag == Tag::kHedge || h.tag == Tag::kExist ||
              h.tag == Tag::kLeadin);
    });
  }

  bool ends_phrase(std::size_t k, std::size_t from) const {
    if (a_.role[k] != Role::kMain || is_practice(p_, k)) return true;
    if (a_.tokens[k].punctuation)
      return a_.tokens[k].word != "-" && a_.tokens[k].word != "/" && a_.tokens[k].word != "\"";
    for (const Tag tag : {Tag::kWe, Tag::kNot, Tag::kNe, Tag::kBe, Tag::kMay, Tag::kWill, Tag::kDo,
                          Tag::kExist, Tag::kAvoid, Tag::kNor, Tag::kBut, Tag::kOnly})
      if (p_.starts(k, tag)) return true;
    // "on no page" is of the phrase, "on this page no cookies" is not.
    if (p_.starts(k, Tag::kNo)) return k > from + 1;
    return (p_.starts(k, Tag::kAnd) || p_.starts(k, Tag::kOr)) && p_.starts(k + 1, Tag::kNo);
  }

  static bool is_name(Tag tag) {
    return std::find(kNames.begin(), kNames.end(), tag) != kNames.end();
  }

  void find_verbs(std::size_t c) {
    ClauseFacts& f = p_.facts[c];
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
      if (a_.role[i] != Role::kMain) continue;
      const bool verb = is_practice(p_, i);
      f.avoids = f.avoids || p_.starts(i, Tag::kAvoid);
      f.exists = f.exists || p_.starts(i, Tag::kExist);
      f.may = f.may || p_.starts(i, Tag::kMay);
      f.hedged = f.hedged || p_.starts(i, Tag::kHedge);
      f.passive = f.passive || p_.starts(i, Tag::kBe) || p_.starts(i, Tag::kImpersonal);
      if (f.verb == Analysis::npos && verb) f.verb = i;
    }
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last && f.verb == Analysis::npos;
         ++i) {
      if (a_.role[i] == Role::kMain && (p_.starts(i, Tag::kExist) || p_.starts(i, Tag::kAvoid) ||
                                        p_.starts(i, Tag::kBe) || p_.starts(i, Tag::kWorks)))
        f.verb = i;
    }
  }

  // Whether the words before `i` make it a part of something else: "of third parties".
  bool depends(std::size_t i, std::size_t first) const {
    while (i > first && (p_.at(i - 1, Tag::kDet) || p_.at(i - 1, Tag::kOur) ||
                         p_.at(i - 1, Tag::kPointer) || p_.at(i - 1, Tag::kElision))) {
      if (p_.at(i - 1, Tag::kOf)) return true;
      --i;
    }
    return i > first && p_.at(i - 1, Tag::kOf);
  }

  void find_subject(std::size_t c) {
    Clause& clause = a_.clauses[c];
    const ClauseFacts& f = p_.facts[c];
    const auto in = [&](std::size_t i) { return p_.main(i); };
    for (std::size_t i = clause.first; i < clause.last; ++i) {
      // "The partners of Example" are not Example.
      if (!in(i) || !p_.starts(i, Tag::kWe) || is_object_pronoun(i) || depends(i, clause.first))
        continue;
      clause.subject = Subject::kWe;
      return;
    }
    const std::size_t verb = f.verb == Analysis::npos ? clause.last : f.verb;
    const std::size_t near = std::min(verb + 4, clause.last);
    for (std::size_t i = clause.first; i < near; ++i) {
      if (!in(i) || depends(i, clause.first)) continue;
      const bool known_name = p_.at(i, Tag::kThird) || p_.at(i, Tag::kPolicyword);
      if (p_.starts(i, Tag::kSite) && !known_name && !p_.at(i, Tag::kNo) &&
          !(i > 0 && p_.at(i - 1, Tag::kNo)) && (i < verb || has_article(i))) {
        clause.subject = Subject::kWe;
        return;
      }
      if (i >= verb) continue;
      if (p_.starts(i, Tag::kPronoun) && !p_.at(i, Tag::kExist)) {
        clause.subject = Subject::kOther;
        return;
      }
      if (p_.starts(i, Tag::kYou) && !is_object_pronoun(i)) {
        clause.subject = Subject::kYou;
        return;
      }
      const bool joined = names_thing_nearby(i, verb);
      if (p_.starts(i, Tag::kVendor) || (p_.starts(i, Tag::kThird) && !joined)) {
        clause.subject = Subject::kThird;
        for (const Hit& hit : a_.hits)
          if (hit.first == i && hit.tag == Tag::kVendor) clause.subject_vendor = hit.value;
        return;
      }
      for (const Tag tag : {Tag::kCookie, Tag::kBeacon, Tag::kTracker, Tag::kStorage, Tag::kFlash,
                            Tag::kFingerprint}) {
        if (!p_.starts(i, tag)) continue;
        clause.subject = Subject::kCookie;
        return;
      }
      if (is_unknown_name(i, clause.first, verb)) {
        clause.subject = Subject::kWe;
        return;
      }
      if (a_.tags[i].none() && !a_.tokens[i].punctuation) {
        clause.subject = Subject::kOther;
        return;
      }
    }
    if (c > 0 && clause.subject == Subject::kNone && !f.passive && !f.exists) {
      clause.subject = a_.clauses[c - 1].subject;
      clause.subject_vendor = a_.clauses[c - 1].subject_vendor;
    }
  }

  // "ne nous permettent", "ils nous permettent": between the subject and the verb.
  bool is_object_pronoun(std::size_t i) const {
    if (i == 0) return false;
    return p_.starts(i - 1, Tag::kNe) || p_.starts(i - 1, Tag::kPronoun) ||
           (grammar_.halved && p_.starts(i - 1, Tag::kNot));
  }

  bool has_article(std::size_t i) const {
    return i > 0 &&
           (p_.at(i - 1, Tag::kOur) || p_.at(i - 1, Tag::kPointer) || p_.at(i - 1, Tag::kDet));
  }

  // "third-party cookies": the cookies are meant.
  bool names_thing_nearby(std::size_t i, std::size_t until) const {
    for (std::size_t n = i; n < std::min({i + 4, until, a_.size()}); ++n) {
      if (n > i && (p_.at(n, Tag::kAnd) || p_.at(n, Tag::kOr))) return false;
      for (const Tag tag : {Tag::kCookie, Tag::kTracker, Tag::kContent, Tag::kBeacon})
        if (p_.starts(n, tag)) return true;
    }
    return false;
  }

  // "Orchardly does not use": a capital that the start of the sentence does not explain.
  bool is_unknown_name(std::size_t i, std::size_t first, std::size_t verb) const {
    if (!a_.tokens[i].capital || a_.tags[i].any() || verb >= a_.size()) return false;
    if (grammar_.capital_nouns) return false;
    const bool directly = i + 1 < a_.size() && (p_.starts(i + 1, Tag::kNe) ||
                                                p_.starts(i + 1, Tag::kNot) || i + 1 == verb);
    const bool starts = i == first || a_.tokens[i - 1].punctuation;
    if (!starts) return directly && i <= first + 2;
    return directly && !grammar_.bare_nouns;
  }

  bool negates(std::size_t i) const {
    return p_.starts(i, Tag::kNot) && !p_.at(i, Tag::kUnnecessary) && !p_.at(i, Tag::kMask) &&
           !p_.at(i, Tag::kUnless) && !p_.at(i, Tag::kHedge);
  }

  void find_polarity(std::size_t c) {
    ClauseFacts& f = p_.facts[c];
    int nots = 0, determiners = 0, halves = 0, restricts = 0, nors = 0, withouts = 0;
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
      if (a_.role[i] != Role::kMain) continue;
      nots += negates(i) ? 1 : 0;
      determiners += p_.starts(i, Tag::kNo) ? 1 : 0;
      halves += p_.starts(i, Tag::kNe) ? 1 : 0;
      nors += p_.starts(i, Tag::kNor) ? 1 : 0;
      restricts += p_.starts(i, Tag::kRestrict) ? 1 : 0;
      withouts += p_.starts(i, Tag::kWithout) && !p_.phrase[i] ? 1 : 0;
      f.only = f.only || (p_.starts(i, Tag::kOnly) && !p_.at(i, Tag::kMask));
    }
    bool denied = nots + determiners + nors > 0;
    bool unclear = withouts > 0 && denied;
    if (halves > 0 && !denied) {
      if (restricts > 0)
        f.only = true;
      else
        unclear = true;
    }
    if (restricts > 0 && halves > 0 && nots + determiners > 0) unclear = true;
    // Without its first half, a negation belongs to something else than the verb.
    if (grammar_.halved && halves == 0 && denied) unclear = true;
    if (nots > 0 && determiners > 0 && !grammar_.concord) unclear = true;
    if (nots > 1) unclear = true;
    if (f.avoids) {
      unclear = unclear || denied;
      denied = true;
    }
    // "not only": whatever is limited is not what is denied.
    if (f.only && denied) unclear = true;
    f.polarity = unclear ? Polarity::kUnclear : denied ? Polarity::kDenied : Polarity::kPlain;
  }

  bool understands(std::size_t c) const {
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
      if (a_.role[i] != Role::kMain || a_.tokens[i].punctuation) continue;
      if (p_.at(i, Tag::kAnaphora) && !p_.at(i, Tag::kExist)) return false;
      if (p_.phrase[i] || (i == a_.clauses[c].first && p_.starts(i, Tag::kBecause))) continue;
      const bool known =
          std::any_of(kUnderstood.begin(), kUnderstood.end(), [&](Tag t) { return p_.at(i, t); });
      if (known || is_unknown_name(i, a_.clauses[c].first, p_.facts[c].verb) || is_item(i, c))
        continue;
      return false;
    }
    return true;
  }

  // "no accounts, no cookies": what else is denied beside a thing, under a "no" of its own, takes
  // nothing from it.
  bool is_item(std::size_t i, std::size_t c) const {
    if (i == 0 || !p_.starts(i - 1, Tag::kNo)) return false;
    std::size_t next = i + 1;
    while (next < a_.clauses[c].last && (p_.word(next) == "," || p_.at(next, Tag::kAnd) ||
                                         p_.at(next, Tag::kOr) || p_.at(next, Tag::kNor)))
      ++next;
    if (next > i + 1) return p_.starts(next, Tag::kNo);
    return i > 1 && (next >= a_.clauses[c].last || p_.word(next) == ".") &&
           (p_.word(i - 2) == "," || p_.at(i - 2, Tag::kAnd) || p_.at(i - 2, Tag::kOr));
  }

  void find_predicates() {
    for (std::size_t i = 0; i < a_.size(); ++i) {
      const bool stands_in =
          a_.role[i] == Role::kMain && p_.facts[a_.clause[i]].verb == i && !is_practice(p_, i);
      if (!is_practice(p_, i) && !stands_in) continue;
      const ClauseFacts& f = p_.facts[a_.clause[i]];
      Predicate predicate;
      predicate.at = i;
      predicate.end = i + 1;
      predicate.clause = a_.clause[i];
      predicate.role = a_.role[i];
      predicate.may = f.may;
      predicate.passive = f.passive && a_.clauses[a_.clause[i]].subject != Subject::kWe;
      predicate.polarity = predicate.role == Role::kMain ? f.polarity : Polarity::kUnclear;
      a_.predicates.push_back(predicate);
    }
  }

  std::string_view document_;
  const Grammar& grammar_;
  const OwnNames& own_;
  Parse p_;
  Analysis& a_ = p_.a;
};

}  // namespace

bool is_verb(Tag tag) {
  return std::find(kPractices.begin(), kPractices.end(), tag) != kPractices.end();
}

bool is_practice(const Parse& p, std::size_t i) {
  if (i >= p.a.size()) return false;
  if (std::none_of(kPractices.begin(), kPractices.end(), [&](Tag t) { return p.starts(i, t); }))
    return false;
  // "make use of": the noun that the verb governs.
  if (p.starts(i, Tag::kDet)) return false;
  return std::none_of(kNames.begin(), kNames.end(), [&](Tag t) { return p.at(i, t); });
}

Parse parse(std::string_view document, std::size_t start, std::size_t end, const Grammar& grammar,
            const OwnNames& own) {
  return Parser(document, grammar, own).run(start, end);
}

}  // namespace affiant::policy
