// What a site says it does not do: read only from clauses of which every word is understood, since
// a denial that was never made accuses an honest site.
#include <algorithm>
#include <initializer_list>

#include "policy/grammar/denial_parts.h"

namespace affiant::policy::grammar {
namespace {

constexpr std::size_t kGoverned = 6;  // Words between a verb's preposition and its thing.

class Denials {
 public:
  Denials(const Reading& r, const Parse& p, Statements* out)
      : r_(r), p_(p), a_(p.a), d_(r, p, out) {}

  void run() {
    for (std::size_t c = 0; c < a_.clauses.size(); ++c) {
      const ClauseFacts& f = p_.facts[c];
      if (disclaims(a_, c)) continue;
      if (f.verb == Analysis::npos) {
        bare(c);
        continue;
      }
      if (f.polarity == Polarity::kPlain) {
        does_without(c);
        continue;
      }
      if (f.polarity != Polarity::kDenied) continue;
      if (sharing(c) || about_content(c)) continue;
      if (!f.understood || takes_back(c)) continue;
      if (tracks_people(c) || lets_others(c)) continue;
      if (!denies_things(c)) continue;
      for (const NounPhrase& n : things_of(p_, c))
        if (is_denied(n, c)) read_denied(r_, p_, n, c, &d_);
    }
  }

 private:
  // What a visitor chooses, may demand, or is told about the law.
  bool takes_back(std::size_t c) const {
    return d_.in_clause(c, Tag::kChoice) || d_.in_clause(c, Tag::kRight) ||
           d_.in_clause(c, Tag::kDefinition) || d_.in_clause(c, Tag::kLegal);
  }

  bool denies_things(std::size_t c) const {
    const Subject subject = a_.clauses[c].subject;
    const ClauseFacts& f = p_.facts[c];
    const bool fits = d_.verb(c, {Tag::kUse, Tag::kSet, Tag::kAllow, Tag::kEmbed, Tag::kServe}) ||
                      f.exists || f.avoids;
    if (!fits || reads_only(f.verb)) return false;
    if (subject == Subject::kWe) return true;
    if (f.exists) return subject == Subject::kNone || subject == Subject::kCookie;
    return f.passive &&
           (subject == Subject::kNone || subject == Subject::kCookie || subject == Subject::kThird);
  }

  // "We read no cookies of other sites": which are set is not said.
  bool reads_only(std::size_t verb) const {
    return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
      return h.first == verb && h.tag == Tag::kSet && h.value == "read";
    });
  }

  // "No cookies, no tracking.", with no verb at all.
  void bare(std::size_t c) {
    constexpr std::size_t kLongestBare = 30;  // Tokens.
    const Clause& clause = a_.clauses[c];
    // A cell tells of what its row is about.
    if (r_.document.blocks[r_.sentence.block].kind == BlockKind::kCell) return;
    std::size_t first = clause.first;
    while (first < clause.last && (a_.tokens[first].punctuation || p_.at(first, Tag::kFiller)))
      ++first;
    if (!p_.starts(first, Tag::kNo) || clause.last - first < 2 ||
        clause.last - first > kLongestBare || a_.question || !p_.facts[c].understood ||
        takes_back(c))
      return;
    for (const Tag tag : {Tag::kIf, Tag::kUnless, Tag::kConsent, Tag::kYou, Tag::kWithout,
                          Tag::kNot, Tag::kPolicyword, Tag::kOnly, Tag::kRelative})
      if (a_.has(tag, first, clause.last)) return;
    for (const NounPhrase& n : things_of(p_, c))
      if (is_denied(n, c)) read_denied(r_, p_, n, c, &d_);
  }

  bool joins(std::size_t i) const {
    return p_.at(i, Tag::kAnd) || p_.at(i, Tag::kOr) || p_.word(i) == "," || p_.word(i) == "\n";
  }

  // Under a negation of the verb, or behind a negating determiner with nothing but other things of
  // the list between.
  bool is_denied(const NounPhrase& n, std::size_t c) const {
    if (n.pointed) return false;
    if (p_.phrase[n.thing.first] && !governed(n, c)) return false;
    const Clause& clause = a_.clauses[c];
    for (std::size_t i = clause.first; i < clause.last; ++i) {
      if (a_.role[i] != Role::kMain || p_.at(i, Tag::kMask)) continue;
      if (p_.starts(i, Tag::kAvoid)) return true;
      if ((p_.starts(i, Tag::kNot) && !p_.at(i, Tag::kUnnecessary)) || p_.starts(i, Tag::kNor))
        return !given(n, c);
    }
    for (std::size_t i = n.first + 1; i-- > clause.first;) {
      if (p_.starts(i, Tag::kNo)) return true;
      if (i == n.first) continue;
      if (is_practice(p_, i) || p_.starts(i, Tag::kBe) || p_.starts(i, Tag::kExist) ||
          p_.phrase[i] || a_.role[i] != Role::kMain)
        return false;
      // "no pixels and a cookie": the article begins anew.
      if (joins(i) && !p_.at(i, Tag::kOr) && p_.starts(i + 1, Tag::kDet)) return false;
    }
    return false;
  }

  // "The cookies contain no ...": what is spoken of, not what is denied.
  bool given(const NounPhrase& n, std::size_t c) const {
    const ClauseFacts& f = p_.facts[c];
    return a_.clauses[c].subject == Subject::kCookie && !f.passive && !f.exists &&
           f.verb != Analysis::npos && n.thing.first < f.verb;
  }

  // "do without cookies", "work with no ad networks": the preposition belongs to the verb.
  bool governed(const NounPhrase& n, std::size_t c) const {
    std::size_t i = n.first;
    while (i > a_.clauses[c].first && p_.phrase[i - 1] && !p_.starts(i, Tag::kWith) &&
           !p_.starts(i, Tag::kPlace))
      --i;
    if (p_.facts[c].avoids) return i + kGoverned > n.first;
    return p_.starts(i, Tag::kWith) && i + 3 > n.first && d_.verb(c, {Tag::kUse}) &&
           (n.thing.tag == Tag::kThird || n.thing.tag == Tag::kVendor);
  }

  // "The site works without cookies", "it is free of advertising".
  void does_without(std::size_t c) {
    const ClauseFacts& f = p_.facts[c];
    if (a_.clauses[c].subject != Subject::kWe || !f.understood || a_.has(Tag::kIf) ||
        a_.has(Tag::kConsent) || takes_back(c) || f.may)
      return;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kWithout || a_.clause[hit.first] != c ||
          a_.role[hit.first] != Role::kMain)
        continue;
      bool works = false;
      for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
        if (is_practice(p_, i) && a_.role[i] == Role::kMain && !p_.starts(i, Tag::kWorks)) return;
        works =
            works ||
            (a_.role[i] == Role::kMain &&
             (p_.starts(i, Tag::kBe) || p_.starts(i, Tag::kExist) || p_.starts(i, Tag::kWorks)));
      }
      if (!works) return;
      for (const NounPhrase& n : things_of(p_, c))
        if (n.thing.first >= hit.first && !n.pointed) read_denied(r_, p_, n, c, &d_);
      return;
    }
  }

  bool sharing(std::size_t c) {
    if (!d_.verb(c, {Tag::kShare, Tag::kSell}) || p_.facts[c].exists) return false;
    const Subject subject = a_.clauses[c].subject;
    const bool passive = p_.facts[c].passive && p_.facts[c].understood && subject != Subject::kYou;
    if (subject != Subject::kWe && !passive) return true;
    if (!d_.in_clause(c, Tag::kData)) return true;
    Statement s = d_.denial("sale-or-sharing", c);
    s.type = "sale-or-sharing";
    s.polarity = "does-not";
    s.observable = "no";
    s.scope.clear();
    s.data = a_.values(Tag::kData);
    s.purposes = a_.values(Tag::kPurpose);
    d_.add(std::move(s));
    return true;
  }

  // "The cookies do not contain personal data", "no personal data is kept in cookies".
  bool about_content(std::size_t c) {
    if (!d_.verb(c, {Tag::kSet, Tag::kCollect, Tag::kUse, Tag::kEmbed, Tag::kAllow, Tag::kTrack}))
      return false;
    const std::vector<std::string> data =
        d_.values_in(Tag::kData, c, {Role::kMain, Role::kPurpose});
    if (!is_personal(data) || d_.in_roles(Tag::kRejected, c, {Role::kCondition})) return false;
    const bool subject = a_.clauses[c].subject == Subject::kCookie;
    bool inside = false;
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i)
      inside = inside || (p_.phrase[i] && p_.starts(i, Tag::kCookie));
    if (!subject && !(inside && p_.facts[c].passive)) return false;
    if (subject && p_.facts[c].passive && d_.tail(c).first == d_.tail(c).second) return false;
    Statement s = d_.denial("cookie-content", c);
    s.data = data;
    s.scope.clear();
    s.observable = "partly";
    d_.add(std::move(s));
    return true;
  }

  // "We do not follow you", "you are not tracked".
  bool tracks_people(std::size_t c) {
    if (!d_.verb(c, {Tag::kTrack})) return false;
    const Subject subject = a_.clauses[c].subject;
    // "We do not follow you", "we do not follow your visits across websites".
    const bool people = d_.in_clause(c, Tag::kYou) ||
                        (d_.in_clause(c, Tag::kYour) && d_.in_clause(c, Tag::kBehaviour));
    const bool ours =
        subject == Subject::kWe || (p_.facts[c].passive && subject != Subject::kThird &&
                                    subject != Subject::kOther && subject != Subject::kCookie);
    if (!people || !ours || a_.has(Tag::kIf) || a_.has(Tag::kUnless) || a_.has(Tag::kOptout) ||
        a_.has(Tag::kChoice))
      return true;
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i)
      if (p_.phrase[i] && p_.starts(i, Tag::kWith)) return true;
    if (d_.tail(c).first != d_.tail(c).second) return true;
    d_.add(d_.denial("behavioural-tracking", c));
    return true;
  }

  // "We do not allow third parties to set cookies".
  bool lets_others(std::size_t c) {
    const auto said = [&](Tag tag) {
      return d_.in_roles(tag, c, {Role::kMain, Role::kPurpose, Role::kRelative});
    };
    if (!d_.verb(c, {Tag::kAllow}) || !said(Tag::kThird) || a_.clauses[c].subject != Subject::kWe)
      return false;
    const bool tracking = said(Tag::kTrack) || said(Tag::kBehaviour) || said(Tag::kTracking);
    const bool cookies = said(Tag::kCookie);
    if (!tracking && !cookies) return false;
    Statement s = d_.denial(tracking ? "behavioural-tracking" : "third-party-denial", c);
    s.subject = "third-party";
    if (cookies) s.data.emplace_back("cookies");
    d_.add(std::move(s));
    return true;
  }

  const Reading& r_;
  const Parse& p_;
  const Analysis& a_;
  DenialParts d_;
};

}  // namespace

void read_denials(const Reading& r, const Parse& p, Statements* out) { Denials(r, p, out).run(); }

}  // namespace affiant::policy::grammar
