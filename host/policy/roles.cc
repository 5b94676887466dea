// Which words of a sentence are its main clauses, and which are conditions, exceptions, purposes
// and relative clauses of them.
#include <algorithm>
#include <array>

#include "policy/analyser.h"

namespace affiant::policy {
namespace {

bool is_determiner(std::string_view word) {
  return one_of(word, {"the",   "a",       "an",      "any",   "this", "these", "those",
                       "other", "such",    "certain", "all",   "each", "one",   "it",
                       "them",  "another", "its",     "which", "whom", "or",    "and"});
}

}  // namespace

void Analyser::new_clause(std::size_t i) {
  a_.clauses.back().last = i;
  a_.clauses.push_back({i, i, Subject::kNone, {}});
  role_ = Role::kMain;
  leading_ = verb_seen_ = false;
}

void Analyser::enter(Role role) {
  leading_ = leading_ || !verb_seen_;
  role_ = role;
  relative_verbs_ = 0;
}

// "to measure", not "to third parties".
bool Analyser::is_infinitive(std::size_t i) const {
  constexpr std::size_t kNear = 4;
  if (word(i) != "to" || i + 1 >= a_.tokens.size() || a_.tokens[i + 1].punctuation) return false;
  // "To Canada".
  if (a_.tokens[i + 1].capital && i > 0 && !a_.tokens[i].capital && !is_verb(i + 1) &&
      !starts(i + 1, Tag::kPurpose))
    return false;
  if (is_determiner(word(i + 1)) || one_of(word(i - 1), {"related", "due", "according", "prior"}))
    return false;
  // "We may be required to disclose it": it is done.
  if (one_of(word(i - 1), {"required", "obliged", "compelled", "forced"}) &&
      starts(i + 1, Tag::kShare) &&
      a_.find(Tag::kNot, i > kNear ? i - kNear : 0, i) == Analysis::npos)
    return false;
  return !starts(i + 1, Tag::kYou) && !starts(i + 1, Tag::kYour) && !starts(i + 1, Tag::kWe) &&
         !starts(i + 1, Tag::kOur) && !starts(i + 1, Tag::kThird) && !starts(i + 1, Tag::kVendor);
}

bool Analyser::is_purpose_for(std::size_t i) const {
  if (word(i) != "for" || one_of(word(i + 1), {"example", "instance", "you"})) return false;
  if (word(i + 1).ends_with("ing") && !starts(i + 1, Tag::kVendor)) return true;
  constexpr std::size_t kFar = 7;
  for (std::size_t n = i + 1; n < std::min(i + kFar, a_.tokens.size()); ++n) {
    if (starts(n, Tag::kPurpose) || starts(n, Tag::kAnaphora) || starts(n, Tag::kTracking) ||
        word(n).starts_with("purpose"))
      return true;
    // "For:" and a list below it.
    if (a_.tokens[n].punctuation && !one_of(word(n), {"-", ":", "\n"})) return false;
  }
  return false;
}

bool Analyser::is_relative_that(std::size_t i) const {
  if (word(i) != "that" || i == 0 || (a_.tokens[i - 1].punctuation && word(i - 1) != ")"))
    return false;
  for (const Tag tag : {Tag::kBe, Tag::kDo, Tag::kMay, Tag::kWill, Tag::kWe, Tag::kNot}) {
    if (starts(i + 1, tag)) return true;
  }
  return is_verb(i + 1) || starts(i + 1, Tag::kPurpose) || starts(i + 1, Tag::kThird);
}

// "Note that we ...": what is told is a main clause of its own.
bool Analyser::tells(std::size_t i) const {
  if (word(i) != "that" || role_ != Role::kMain ||
      !one_of(word(i - 1),
              {"note",        "noted",   "aware",  "advised", "informed", "understand", "agree",
               "acknowledge", "assured", "know",   "known",   "promise",  "guarantee",  "confirm",
               "declare",     "state",   "stress", "ensure",  "sure",     "means",      "clear"}))
    return false;
  for (const Tag tag : {Tag::kWe, Tag::kOur, Tag::kSite, Tag::kNo, Tag::kCookie})
    if (starts(i + 1, tag)) return true;
  // "You agree that your data may be stored".
  if (starts(i + 1, Tag::kYour))
    for (std::size_t n = i + 2; n < std::min<std::size_t>(i + 8, a_.tokens.size()); ++n)
      if (starts(n, Tag::kMay) || starts(n, Tag::kWill)) return starts(n + 1, Tag::kBe);
  return one_of(word(i + 1), {"this", "the"}) && starts(i + 2, Tag::kSite);
}

// "Because there is no standard ...": the reason of what is said, not what is said. A reason that
// is about the site ("as we use no cookies") is said all the same.
bool Analyser::opens_reason(std::size_t i) const {
  if (starts(i + 1, Tag::kWe)) return false;
  return word(i) == "because" ||
         (i == 0 && one_of(word(i), {"since", "as"}) && one_of(word(i + 1), {"there", "no", "it"}));
}

// "With regard to cookies set by others, ...", "in the course of serving advertisements, ...".
bool Analyser::opens_circumstance(std::size_t i) const {
  if (i != 0) return false;
  if (one_of(word(0), {"given", "considering", "regarding"})) return true;
  if (word(0) == "with") return one_of(word(1), {"regard", "respect"});
  return word(0) == "in" && word(1) == "the" && one_of(word(2), {"course", "process"});
}

bool Analyser::gives_own_reason(std::size_t i) const {
  return one_of(word(i), {"because", "since", "as"}) && starts(i + 1, Tag::kWe) &&
         !a_.at(i, Tag::kExcept) && (role_ == Role::kMain || role_ == Role::kPurpose) &&
         !one_of(word(i - 1), {"such", "same", "so", "well", "long", "soon", "far", "much"});
}

// Whether the clause speaks of "we", whose verbs have no third person.
bool Analyser::said_of_us(std::size_t before) const {
  for (std::size_t i = a_.clauses.back().first; i < before; ++i)
    if (word(i) == "we") return true;
  return false;
}

// A coordinating word after which a new subject or a new auxiliary stands.
bool Analyser::starts_clause(std::size_t i) const {
  if (starts(i, Tag::kBut) || tells(i) || gives_own_reason(i)) return true;
  // "Although we use cookies to help you we never ...", without a comma.
  if (role_ == Role::kPurpose && starts(i, Tag::kWe) && starts(i + 1, Tag::kNot) &&
      starts(a_.clauses.back().first, Tag::kBut))
    return true;
  if (word(i) == "nor" && verb_seen_) return true;
  const bool joins = one_of(word(i), {"and", "or", "so", "thus", "therefore"});
  if (!joins && word(i) != ",") return false;
  std::size_t next = i + 1;
  if (!joins && one_of(word(next), {"and", "or", "but", "so", "thus"})) return false;
  while (one_of(word(next), {"also", "therefore", "thus", "only", "therein"})) ++next;
  // "While we set none, others may".
  if (!joins && verb_seen_ && role_ == Role::kMain && closes_leading(i) &&
      one_of(word(a_.clauses.back().first), {"while", "although", "though", "whereas"}))
    return true;
  if (starts(next, Tag::kWe)) return verb_seen_ || (joins && role_ != Role::kMain);
  if (!joins || !verb_seen_) return false;
  // "We use a tool that is ours alone and does not ...": of the tool, as the verb's form says.
  if (role_ == Role::kRelative && said_of_us(i) &&
      one_of(word(next), {"does", "doesn't", "is", "isn't", "has", "never"}))
    return false;
  // "and there is nothing to sell", "and it does not".
  if ((word(next) == "there" && starts(next + 1, Tag::kBe)) ||
      (word(next) == "it" &&
       (starts(next + 1, Tag::kDo) || starts(next + 1, Tag::kWill) || is_verb(next + 1))))
    return true;
  // "and does not", "and may use".
  if (starts(next, Tag::kDo) || starts(next, Tag::kWill) || starts(next, Tag::kMay) ||
      starts(next, Tag::kBe))
    return true;
  if (starts(next, Tag::kNot)) return true;
  // "and our partners may", "and third parties may".
  if (role_ == Role::kPurpose || word(i) == "or") return false;
  for (std::size_t n = next; n < std::min(next + 5, a_.tokens.size()); ++n) {
    if (a_.tokens[n].punctuation && word(n) != "-") return false;
    if (n > next && (starts(n, Tag::kMay) || starts(n, Tag::kWill) || starts(n, Tag::kDo)))
      return starts(next, Tag::kOur) || starts(next, Tag::kThird) || starts(next, Tag::kCookie);
  }
  return false;
}

// The comma after a leading "If ...", "In order to ...": a subject follows.
bool Analyser::closes_leading(std::size_t i) const {
  if (one_of(word(i + 1), {"and", "or"})) return false;
  // "When you place an order, submit your address or ...": the condition goes on.
  if (one_of(word(i + 1), {"submit", "enter", "register", "subscribe", "participate", "create",
                           "fill", "visit", "browse", "contact", "sign", "use"}))
    return false;
  for (std::size_t n = i + 1; n < std::min(i + 4, a_.tokens.size()); ++n) {
    for (const Tag tag : {Tag::kWe, Tag::kOur, Tag::kYou, Tag::kYour, Tag::kThird, Tag::kCookie,
                          Tag::kNo, Tag::kTracker, Tag::kVendor, Tag::kBeacon}) {
      if (starts(n, tag)) return true;
    }
    if (one_of(word(n), {"the", "this", "these", "it", "they", "there", "please", "some", "such",
                         "then", "all", "any", "one", "information", "personal", "data"}))
      return true;
  }
  // A name: "If you ask, Example will ...".
  return i + 1 < a_.tokens.size() && a_.tokens[i + 1].capital &&
         (starts_verb_phrase(i + 2) || starts(i + 2, Tag::kBe) ||
          (a_.tokens[std::min(i + 2, a_.size() - 1)].capital && starts_verb_phrase(i + 3)));
}

// "If you ask how we use your data", "if we change the way we do": of the condition still.
bool Analyser::embeds_question(std::size_t we) const {
  return one_of(word(we - 1), {"and", "or", "how", "way", "ways", "what", "which", "why", "that",
                               "manner", "where", "information", "data"});
}

// "Should we ever sell it", "were we to do so".
bool Analyser::opens_inverted(std::size_t i) const {
  return i == 0 && !a_.question && one_of(word(0), {"should", "were", "had"});
}

// "If you pay Example will ...", "if you subscribe your address will be ...", "for this service we
// need ...", without a comma.
bool Analyser::opens_late_subject(std::size_t i) const {
  constexpr std::size_t kFront = 10, kNear = 5;
  if (i == 0 || a_.tokens[i - 1].punctuation) return false;
  if (role_ == Role::kPurpose)
    return starts(i, Tag::kWe) && i <= kFront && relative_verbs_ == 0 && !embeds_question(i);
  if (role_ != Role::kCondition || relative_verbs_ == 0 || embeds_question(i) ||
      one_of(word(i - 1), {"believe", "think", "feel", "find", "suspect", "want", "prefer", "sure",
                           "whether", "where", "when", "if", "the", "our"}))
    return false;
  if (a_.tokens[i].capital && a_.tags[i].none() && i > 2)
    return starts(i + 1, Tag::kWill) || starts(i + 1, Tag::kMay);
  if (!starts(i, Tag::kYour)) return false;
  for (std::size_t n = i + 1; n < std::min(i + kNear, a_.tokens.size()); ++n) {
    if (a_.tokens[n].punctuation) return false;
    if (starts(n, Tag::kWill)) return starts(n + 1, Tag::kBe);
  }
  return false;
}

bool Analyser::open_role(std::size_t i) {
  if (starts(i, Tag::kExcept) || starts(i, Tag::kUnless)) {
    enter(Role::kException);
  } else if (role_ == Role::kException) {
    return false;
  } else if ((starts(i, Tag::kIf) && !a_.at(i, Tag::kHedge)) || opens_inverted(i)) {
    enter(Role::kCondition);
  } else if (role_ == Role::kCondition) {
    return false;
  } else if (opens_reason(i) || opens_circumstance(i)) {
    bounded_ = false;
    enter(Role::kRelative);
  } else if (starts(i, Tag::kPurposemark) ||
             (verb_seen_ && (is_infinitive(i) || is_purpose_for(i)))) {
    enter(Role::kPurpose);
  } else if (starts(i, Tag::kRelative) || is_relative_that(i)) {
    bounded_ = i > 0 && word(i - 1) == ",";
    enter(Role::kRelative);
  } else {
    return false;
  }
  return true;
}

// A dash between spaces, not a hyphen.
bool Analyser::is_dash(std::size_t i) const {
  return word(i) == "-" && i > 0 && i + 1 < a_.tokens.size() &&
         a_.tokens[i - 1].end < a_.tokens[i].start && a_.tokens[i].end < a_.tokens[i + 1].start;
}

void Analyser::mark(std::size_t i) {
  if (word(i) == "(" || word(i) == "[") {
    // "No cookies (except for the login)."
    const bool excepts = starts(i + 1, Tag::kExcept) || starts(i + 1, Tag::kUnless);
    if (depth_++ == 0) aside_ = excepts ? Role::kException : Role::kAside;
  }
  if (depth_ > 0) {
    const bool closes = word(i) == ")" || word(i) == "]";
    a_.role[i] = closes || word(i) == "(" || word(i) == "[" ? Role::kAside : aside_;
    if (closes) --depth_;
    return;
  }
  if (word(i) == ":") {
    lead_role_ = role_;
    introduced_ = true;
  } else if (word(i) == "\n" && introduced_ && (starts(i + 1, Tag::kWe) || is_no(i + 1))) {
    new_clause(i);  // An item that is a statement by itself.
  } else if (word(i) == "\n" && introduced_) {
    role_ = lead_role_;
  } else if (word(i) == ";" || is_dash(i) || (i > 0 && starts_clause(i))) {
    new_clause(i);
  } else if (word(i) == "," && leading_ && role_ != Role::kMain && closes_leading(i)) {
    role_ = Role::kMain;
    leading_ = false;
  } else if (word(i) == "," && role_ == Role::kRelative && bounded_) {
    role_ = Role::kMain;
  } else if ((word(i) == "," || word(i) == "and") && role_ == Role::kPurpose && !leading_ &&
             is_no(i + 1)) {
    role_ = Role::kMain;  // "uses no storage for that, no pixels and no cookies"
  } else if (!open_role(i)) {
    const bool auxiliary =
        starts(i, Tag::kDo) || starts(i, Tag::kBe) || starts(i, Tag::kWill) || starts(i, Tag::kMay);
    const bool opens_late = role_ == Role::kRelative || (role_ == Role::kPurpose && leading_);
    if (opens_late && relative_verbs_ > 0 && auxiliary && !verb_seen_) {
      role_ = Role::kMain;  // "The cookies that we use do ...", "To use it some data will ..."
      leading_ = false;
    } else if (leading_ && role_ != Role::kMain && starts(i, Tag::kWe) && i > 3 &&
               !starts(i - 1, Tag::kBe) && relative_verbs_ > 0 && !embeds_question(i)) {
      role_ = Role::kMain;  // "When you visit our site we ...", without a comma.
      leading_ = false;
    } else if (leading_ && opens_late_subject(i)) {
      role_ = Role::kMain;
      leading_ = false;
    }
  }
  if (is_verb(i)) {
    if (role_ == Role::kMain)
      verb_seen_ = true;
    else
      ++relative_verbs_;
  } else if (role_ != Role::kMain && starts(i, Tag::kYou)) {
    ++relative_verbs_;  // "you visit": a verb of no table.
  }
  a_.role[i] = role_;
}

void Analyser::mark_roles() {
  a_.role.assign(a_.tokens.size(), Role::kMain);
  a_.clause.assign(a_.tokens.size(), 0);
  a_.clauses.push_back({});
  for (std::size_t i = 0; i < a_.tokens.size(); ++i) {
    mark(i);
    a_.clause[i] = static_cast<std::uint32_t>(a_.clauses.size() - 1);
  }
  a_.clauses.back().last = a_.tokens.size();
}

}  // namespace affiant::policy
