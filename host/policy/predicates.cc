// Verbs, who does them, and whether they are denied.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "policy/analyser.h"

namespace affiant::policy {
namespace {

constexpr auto kVerbs = std::to_array<Tag>({Tag::kUse, Tag::kSet, Tag::kAllow, Tag::kShare,
                                            Tag::kSell, Tag::kCollect, Tag::kTrack, Tag::kEmbed,
                                            Tag::kServe, Tag::kHonour, Tag::kAlter, Tag::kExpire});
// A word inside one of these is a part of a name, not a verb.
constexpr auto kNouns =
    std::to_array<Tag>({Tag::kTracker, Tag::kCookie, Tag::kBeacon, Tag::kThird, Tag::kStorage,
                        Tag::kBehaviour, Tag::kReplay, Tag::kSignal, Tag::kFingerprint,
                        Tag::kPolicyword, Tag::kOptlink, Tag::kFlash, Tag::kMask, Tag::kVendor});

// Words that stand for something else and so are nobody's name.
bool is_pointer(std::string_view word) {
  return one_of(word, {"this", "these", "that", "those", "some",        "other",  "many",
                       "most", "all",   "each", "none",  "nothing",     "nobody", "everything",
                       "what", "which", "who",  "one",   "information", "data"});
}

}  // namespace

Analyser::Analyser(Analysis* analysis) : a_(*analysis) {
  starts_.resize(a_.tokens.size());
  for (const Hit& hit : a_.hits) starts_[hit.first].set(index_of(hit.tag));
}

void Analyser::run() {
  if (a_.tokens.empty()) return;
  mark_roles();
  find_predicates();
  find_subjects();
  set_polarity();
}

bool Analyser::is_verb(std::size_t i) const {
  if (i >= a_.tokens.size()) return false;
  if (std::none_of(kVerbs.begin(), kVerbs.end(), [&](Tag t) { return starts(i, t); })) return false;
  if (std::any_of(kNouns.begin(), kNouns.end(), [&](Tag t) { return a_.at(i, t); })) return false;
  const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
  if (one_of(before, {"the", "a", "an", "its", "her", "his"}) ||
      (i > 0 && (starts(i - 1, Tag::kOur) || starts(i - 1, Tag::kYour))))
    return false;  // "our use of", "the collection".
  if (is_auxiliary_have(i)) return false;
  // "Access to the data", "in display ads": nouns.
  if (word(i) == "access" && word(i + 1) == "to") return false;
  if (word(i) == "display" && starts(i + 1, Tag::kAd) && one_of(before, {"of", "in", "for"}))
    return false;
  if (word(i) == "features" &&
      one_of(before, {"privacy", "security", "some", "other", "certain", "such", "these", "all",
                      "interactive", "social", "and", "or", "of", "media"}))
    return false;
  return !(word(i + 1) == "of" && one_of(word(i), {"use", "set", "uses", "sale"}));
}

// "We have disabled", "has not implemented": the participle is the verb.
bool Analyser::is_auxiliary_have(std::size_t i) const {
  if (!one_of(word(i), {"have", "has", "had"})) return false;
  std::size_t next = i + 1;
  while (starts(next, Tag::kNot) || starts(next, Tag::kHedge) ||
         one_of(word(next), {"also", "already", "always", "been", "only", "both"}))
    ++next;
  return next < a_.tokens.size() && !starts(next, Tag::kNecessary) &&
         (word(next).ends_with("ed") || one_of(word(next), {"chosen", "taken", "made", "put", "set",
                                                            "built", "given", "sold", "kept"}));
}

void Analyser::find_predicates() {
  for (std::size_t i = 0; i < a_.tokens.size(); ++i) {
    const bool existential = starts(i, Tag::kBe) && i > 0 && word(i - 1) == "there";
    if (!is_verb(i) && !existential) continue;
    Predicate p;
    p.at = i;
    p.end = i + 1;
    for (const Hit& hit : a_.hits) {
      if (hit.first == i && std::find(kVerbs.begin(), kVerbs.end(), hit.tag) != kVerbs.end()) {
        p.verb = hit.tag;
        p.end = std::max<std::size_t>(p.end, hit.last);
        break;
      }
    }
    p.clause = a_.clause[i];
    p.role = a_.role[i];
    for (std::size_t n = i; n-- > a_.clauses[p.clause].first && i - n <= 6;) {
      if (starts(n, Tag::kMay)) p.may = true;
      if (starts(n, Tag::kBe) && i - n <= 6 && !word(i).ends_with("ing") && !existential)
        p.passive = true;
      if (is_verb(n) || a_.role[n] != p.role || starts(n, Tag::kWe)) break;
    }
    a_.predicates.push_back(p);
  }
}

bool Analyser::starts_verb_phrase(std::size_t i) const {
  for (const Tag tag : {Tag::kDo, Tag::kWill, Tag::kMay, Tag::kNot, Tag::kHedge}) {
    if (starts(i, tag)) return true;
  }
  return is_verb(i);
}

Subject Analyser::subject_of(const Clause& clause, std::size_t before,
                             std::string_view* vendor) const {
  bool capital = false;
  std::size_t counted = 0, named = 0;
  for (std::size_t i = clause.first; i < before; ++i) {
    if (a_.role[i] != Role::kMain || a_.tokens[i].punctuation || a_.at(i, Tag::kLeadin)) continue;
    const std::string_view previous = i > clause.first ? word(i - 1) : std::string_view();
    const std::string_view second = i > clause.first + 1 ? word(i - 2) : std::string_view();
    const auto prepositional = [&] {
      const std::initializer_list<std::string_view> prepositions = {
          "on", "in",     "of",   "through", "via",   "from",   "to",    "by",
          "at", "within", "with", "for",     "using", "across", "under", "about"};
      return one_of(previous, prepositions) ||
             (one_of(previous, {"the", "our", "this", "these", "any", "your", "all"}) &&
              one_of(second, prepositions));
    };
    if (starts(i, Tag::kWe)) return Subject::kWe;
    if (starts(i, Tag::kCookie) || starts(i, Tag::kBeacon) || starts(i, Tag::kTracker) ||
        starts(i, Tag::kStorage)) {
      if (!prepositional()) return Subject::kCookie;
    } else if (starts(i, Tag::kThird)) {
      // "third-party cookies": the cookies are meant.
      bool of_cookies = false;
      for (std::size_t n = i + 1; n < std::min(i + 6, before); ++n)
        of_cookies = of_cookies || starts(n, Tag::kCookie) || starts(n, Tag::kTracker);
      if (!of_cookies && !prepositional()) return Subject::kThird;
    } else if (starts(i, Tag::kVendor)) {
      if (prepositional()) continue;
      for (const Hit& hit : a_.hits) {
        if (hit.first == i && hit.tag == Tag::kVendor) *vendor = hit.value;
      }
      return Subject::kThird;
    } else if (starts(i, Tag::kYou) && !prepositional() &&
               !(one_of(previous, {"a", "an"}) && second == "as")) {  // "As a member we ...".
      // "As you browse the site, we ...".
      if (one_of(previous, {"as", "while"}))
        for (std::size_t n = i; n < before; ++n)
          if (starts(n, Tag::kWe) && word(n - 1) == ",") return Subject::kWe;
      return Subject::kYou;
    } else if (starts(i, Tag::kSite) && starts(i + 1, Tag::kYou)) {
      return Subject::kYou;  // "Site users".
    } else if (one_of(word(i), {"system", "systems"}) && i > clause.first &&
               !one_of(previous, {"the", "this", "these", "computer"}) &&
               !starts(i - 1, Tag::kOur)) {
      // "Some advertising delivery systems".
    } else if (starts(i, Tag::kSite) && (!prepositional() || starts(clause.first, Tag::kHedge) ||
                                         starts(clause.first, Tag::kNo))) {
      // "Most of our websites ...", "none of our pages ..." too.
      return Subject::kWe;
    }
    const bool initial = i == 0;
    if (initial && one_of(word(i), {"please", "kindly"})) return Subject::kYou;
    // "Most web browsers accept cookies".
    if (one_of(word(i), {"browser", "browsers"}) && !prepositional()) return Subject::kOther;
    // "Some Sellers ask for ...": not the site.
    if (a_.tokens[i].capital && !initial && word(i) != "i" &&
        !one_of(previous, {"some", "many", "certain", "other", "most", "several", "all"}))
      capital = true;
    const std::size_t next = word(i + 1) == "also" ? i + 2 : i + 1;
    if (initial && a_.tokens[i].capital && starts_verb_phrase(next) && !is_pointer(word(i)))
      capital = true;
    // "example.com does not ...".
    if (a_.tokens[i].word.size() > 4 && word(i).find('.') != std::string_view::npos) capital = true;
    if (initial && one_of(word(i), {"it", "they", "such", "there", "if", "when"}))
      return Subject::kOther;
    ++counted;
    const bool auxiliary = starts(i, Tag::kNot) || starts(i, Tag::kDo) || starts(i, Tag::kWill) ||
                           starts(i, Tag::kMay) || starts(i, Tag::kBe);
    if (!auxiliary && word(i) != "the") ++named;
  }
  // "Our newsletters do not contain ...".
  if (named > 1 && starts(clause.first, Tag::kOur)) return Subject::kWe;
  // A name of its own: "The Library never uses", "Example does not allow".
  if (capital && named <= 5) return Subject::kWe;
  return counted == 0 ? Subject::kNone : Subject::kOther;
}

// "Example respects you; it does not ...", where nothing else is there that "it" could be.
bool Analyser::points_back(std::size_t c) const {
  const Clause& before = a_.clauses[c - 1];
  std::size_t i = a_.clauses[c].first;
  while (i < a_.clauses[c].last &&
         (a_.tokens[i].punctuation || one_of(word(i), {"and", "so"}) || starts(i, Tag::kBut)))
    ++i;
  if (word(i) != "it" || before.subject != Subject::kWe) return false;
  for (const Tag tag : {Tag::kVendor, Tag::kThird, Tag::kCookie, Tag::kTracker, Tag::kStorage,
                        Tag::kBeacon, Tag::kPolicyword})
    if (a_.has(tag, before.first, before.last)) return false;
  return true;
}

void Analyser::find_subjects() {
  for (std::size_t c = 0; c < a_.clauses.size(); ++c) {
    Clause& clause = a_.clauses[c];
    // "No advertising: the app contains none": a label in front is nobody's name.
    Clause spoken = clause;
    constexpr std::size_t kLongestLabel = 8;
    for (std::size_t i = clause.first; i < std::min(clause.first + kLongestLabel, clause.last); ++i)
      if (word(i) == ":" && word(i + 1) != "\n") spoken.first = i + 1;
    std::size_t before = clause.last;
    for (const Predicate& p : a_.predicates) {
      if (p.clause != c || p.role != Role::kMain || p.at < spoken.first) continue;
      before = p.at;
      break;
    }
    clause.subject = subject_of(spoken, before, &clause.subject_vendor);
    const bool inherits = c > 0 && clause.subject == Subject::kNone;
    bool bare = c > 0 && clause.subject == Subject::kOther;
    for (std::size_t i = clause.first; i < before && bare; ++i) {
      const bool small = starts(i, Tag::kNot) || starts(i, Tag::kDo) || starts(i, Tag::kWill) ||
                         starts(i, Tag::kMay) || starts(i, Tag::kBe) || starts(i, Tag::kBut) ||
                         starts(i, Tag::kHedge) || starts(i, Tag::kOnly) ||
                         a_.tokens[i].punctuation ||
                         one_of(word(i), {"and", "or", "nor", "also", "therefore", "so", "ever"});
      bare = small;
    }
    if (inherits || bare || (c > 0 && points_back(c))) {
      clause.subject = a_.clauses[c - 1].subject;
      clause.subject_vendor = a_.clauses[c - 1].subject_vendor;
    }
  }
}

// Denied when a negation stands before the verb in its clause, and only "or" or commas join it to
// the verbs between; "and" there leaves it open whether the negation still holds.
Polarity Analyser::polarity_of(const Predicate& p) const {
  const Clause& clause = a_.clauses[p.clause];
  bool unclear = false;
  for (std::size_t i = p.at; i-- > clause.first;) {
    if (a_.role[i] != p.role) {
      if (p.role == Role::kMain) continue;  // "We do not, except ..., use"
      break;
    }
    // "We are not required to disclose it": whether it is done is not said.
    if (starts(i, Tag::kNot) && one_of(word(p.at - 2), {"required", "obliged", "obligated"}))
      return Polarity::kUnclear;
    if (starts(i, Tag::kNot) || is_no(i)) return unclear ? Polarity::kUnclear : Polarity::kDenied;
    if (word(i) == "and" || word(i) == "but") {
      // Joining verbs, it may end the negation; joining nouns, it does not.
      for (std::size_t v = i; v-- > clause.first;) {
        if (a_.role[v] == p.role && is_verb(v)) unclear = true;
        if (starts(v, Tag::kNot) || is_no(v)) break;
      }
    }
  }
  for (std::size_t i = p.end; i < std::min(p.end + 2, clause.last); ++i) {
    // "We use no cookies", "we use neither cookies nor pixels".
    if (is_no(i) || word(i) == "neither") return Polarity::kDenied;
  }
  return Polarity::kPlain;
}

void Analyser::set_polarity() {
  const Predicate* main = nullptr;
  for (Predicate& p : a_.predicates) {
    p.polarity = polarity_of(p);
    if (p.role == Role::kMain) main = &p;
    // "We do not use your data to show you ads": whether they are shown is not said.
    const bool hangs = p.role == Role::kPurpose && main != nullptr && main->clause == p.clause;
    if (hangs && p.polarity == Polarity::kPlain && main->polarity == Polarity::kDenied)
      p.polarity = Polarity::kUnclear;
  }
}

}  // namespace affiant::policy
