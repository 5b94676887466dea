#include "policy/grammar/roles_pass.h"

#include <algorithm>
#include <array>

namespace affiant::policy {
namespace {

constexpr std::size_t kReach = 6;  // Words in which a new subject finds its verb.

constexpr auto kThings =
    std::to_array<Tag>({Tag::kCookie, Tag::kFlash, Tag::kStorage, Tag::kBeacon, Tag::kFingerprint,
                        Tag::kReplay, Tag::kTracker, Tag::kAd, Tag::kThird, Tag::kVendor,
                        Tag::kData, Tag::kTracking, Tag::kBehaviour, Tag::kContent});

// What bounds a sentence, so that a reason in it need not hold by itself.
constexpr auto kBounds = std::to_array<Tag>(
    {Tag::kIf, Tag::kUnless, Tag::kExcept, Tag::kChoice, Tag::kRejected, Tag::kMay, Tag::kWithout});

}  // namespace

void RolesPass::run() {
  a_.role.assign(a_.size(), Role::kMain);
  a_.clause.assign(a_.size(), 0);
  a_.clauses.push_back({});
  for (std::size_t i = 0; i < a_.size(); ++i) {
    mark(i);
    a_.clause[i] = static_cast<std::uint32_t>(a_.clauses.size() - 1);
  }
  a_.clauses.back().last = a_.size();
}

void RolesPass::new_clause(std::size_t i) {
  a_.clauses.back().last = i;
  a_.clauses.push_back({i, i, Subject::kNone, {}});
  role_ = Role::kMain;
  leading_ = verb_seen_ = practice_seen_ = unless_ = false;
  last_verb_ = Analysis::npos;
}

void RolesPass::enter(Role role, std::size_t i) {
  leading_ = !verb_seen_ && (role_ == Role::kMain || leading_);
  role_ = role;
  role_words_ = role_verbs_ = 0;
  comma_open_ = i > 0 && is_sign(i - 1, ",");
  unless_ = role == Role::kException && p_.starts(i, Tag::kUnless);
  by_for_ = p_.starts(i, Tag::kFor);
}

// A dash between spaces, not a hyphen.
bool RolesPass::is_dash(std::size_t i) const {
  return is_sign(i, "-") && i > 0 && i + 1 < a_.size() &&
         a_.tokens[i - 1].end < a_.tokens[i].start && a_.tokens[i].end < a_.tokens[i + 1].start;
}

bool RolesPass::is_finite(std::size_t i) const {
  return is_practice(p_, i) || p_.starts(i, Tag::kBe) || p_.starts(i, Tag::kMay) ||
         p_.starts(i, Tag::kWill) || p_.starts(i, Tag::kDo);
}

bool RolesPass::is_subject(std::size_t i) const {
  for (const Tag tag : {Tag::kWe, Tag::kImpersonal, Tag::kPronoun, Tag::kYou, Tag::kThird,
                        Tag::kVendor, Tag::kOur, Tag::kSite}) {
    if (p_.starts(i, tag)) return true;
  }
  return false;
}

// Whether a thing stands between the last verb and here: "we use and store cookies" shares its
// object, "we use cookies and store data" has two.
bool RolesPass::object_since_verb(std::size_t i) const {
  for (std::size_t k = last_verb_ + 1; k < i; ++k) {
    for (const Tag tag : kThings)
      if (p_.starts(k, tag)) return true;
    if (!a_.tokens[k].punctuation && a_.tags[k].none()) return true;
  }
  return false;
}

// A joining word behind which a new subject or a new verb stands.
bool RolesPass::starts_clause(std::size_t i) const {
  if (p_.starts(i, Tag::kBut)) return i > a_.clauses.back().first && verb_seen_;
  const bool joins = p_.starts(i, Tag::kAnd) || p_.starts(i, Tag::kOr) || p_.starts(i, Tag::kNor) ||
                     is_sign(i, ",");
  if (!joins || !verb_seen_ || !object_since_verb(i)) return false;
  const bool verbal_purpose = role_ == Role::kPurpose && role_verbs_ > 0;
  if (role_ == Role::kCondition || role_ == Role::kRelative || verbal_purpose) {
    // What is joined inside of them is theirs, unless "we" begins anew.
    return p_.starts(i + 1, Tag::kWe) && !is_sign(i, ",") && role_verbs_ > 0;
  }
  std::size_t next = i + 1;
  while (next < a_.size() && (p_.starts(next, Tag::kFiller) || p_.starts(next, Tag::kHedge) ||
                              p_.starts(next, Tag::kAnd)))
    ++next;
  if (next >= a_.size()) return false;
  if (p_.starts(next, Tag::kWe) || p_.starts(next, Tag::kNe) || p_.starts(next, Tag::kOnly))
    return true;
  if (p_.starts(next, Tag::kNot) && is_finite(next + 1)) return true;
  if (is_finite(next)) {
    // Behind a comma or "or" a lone participle belongs to the same auxiliary.
    return !is_sign(i, ",") || next + 1 < a_.size();
  }
  // "and our partners may": a subject with a verb of its own. A phrase in between ends the search.
  // Before the full verb of a clause that ends with it, what is joined is another object.
  if (!practice_seen_) return false;
  bool subject = false;
  for (std::size_t n = next; n < std::min(next + kReach, a_.size()); ++n) {
    if (a_.tokens[n].punctuation && !is_sign(n, "-")) return false;
    // "We set none, as long as you ...": what opens there belongs to what stands before.
    if (p_.starts(n, Tag::kIf) || p_.starts(n, Tag::kUnless) || p_.starts(n, Tag::kBecause) ||
        (is_relative(n) && (p_.starts(n, Tag::kDet) || p_.starts(n, Tag::kPointer))))
      return false;
    if (p_.starts(n, Tag::kOf) || p_.starts(n, Tag::kPurposemark) || p_.starts(n, Tag::kFor) ||
        p_.starts(n, Tag::kNo) || p_.starts(n, Tag::kAnd) || p_.starts(n, Tag::kOr))
      return false;
    if (subject && (is_finite(n) || p_.starts(n, Tag::kNe) || p_.starts(n, Tag::kNot))) return true;
    subject = subject || is_subject(n) || (p_.starts(n, Tag::kCookie) && !is_sign(i, ","));
  }
  return false;
}

// "... because we set none": said plainly, where nothing bounds the sentence.
bool RolesPass::gives_own_reason(std::size_t i) const {
  const bool reason = std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kBecause && !h.value.empty() && h.first == i;
  });
  const bool not_we =
      (p_.starts(i + 1, Tag::kNot) || p_.starts(i + 1, Tag::kNe)) && p_.starts(i + 2, Tag::kWe);
  if (!reason || role_ != Role::kMain || i == a_.clauses.back().first ||
      (!p_.starts(i + 1, Tag::kWe) && !not_we))
    return false;
  return std::none_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return std::find(kBounds.begin(), kBounds.end(), h.tag) != kBounds.end() ||
           (h.tag == Tag::kAnaphora && !p_.at(h.first, Tag::kExist));
  });
}

// What a main clause goes on with behind the comma that ends a leading "if ...".
bool RolesPass::resumes(std::size_t i) const {
  if (i >= a_.size()) return false;
  for (const Tag tag :
       {Tag::kWe,     Tag::kOur,    Tag::kYou,        Tag::kYour,    Tag::kThird,
        Tag::kCookie, Tag::kNo,     Tag::kNot,        Tag::kNe,      Tag::kTracker,
        Tag::kVendor, Tag::kBeacon, Tag::kImpersonal, Tag::kPronoun, Tag::kPointer,
        Tag::kDet,    Tag::kSite,   Tag::kOnly,       Tag::kFiller,  Tag::kElision}) {
    if (p_.starts(i, tag) && !p_.starts(i, Tag::kAnd) && !p_.starts(i, Tag::kOr)) return true;
  }
  return is_finite(i) || p_.starts(i, Tag::kExist) || p_.starts(i, Tag::kAvoid);
}

// "Except in the shop we use", "On account of this we do": no comma, and the verb tells.
bool RolesPass::resumes_without_comma(std::size_t i) const {
  if (!leading_ || role_words_ == 0) return false;
  if (role_ == Role::kException && !unless_)
    return p_.starts(i, Tag::kWe) || is_finite(i) || p_.starts(i, Tag::kNe) ||
           p_.starts(i, Tag::kNot) || p_.starts(i, Tag::kAvoid);
  if (role_ == Role::kPurpose)
    return p_.starts(i, Tag::kWe) || p_.starts(i, Tag::kNe) ||
           (p_.starts(i, Tag::kNot) && role_verbs_ == 0) ||
           (role_verbs_ == 0 && role_words_ > 1 && is_finite(i) && !p_.starts(i, Tag::kAnd));
  if (role_ == Role::kCondition) {
    // "When you visit us we ...".
    return role_words_ > 2 && p_.starts(i, Tag::kWe) && !is_sign(i - 1, ",") && role_verbs_ > 0;
  }
  // "The cookies that we use do not ...".
  return role_ == Role::kRelative && !comma_open_ && role_verbs_ > 0 &&
         (is_finite(i) || p_.starts(i, Tag::kNe) || p_.starts(i, Tag::kNot)) &&
         !p_.starts(i - 1, Tag::kNe) && !p_.starts(i - 1, Tag::kNot);
}

// A word that is also an article opens a relative clause only behind a comma.
bool RolesPass::is_relative(std::size_t i) const {
  if (!p_.starts(i, Tag::kRelative)) return false;
  const bool ambiguous = p_.starts(i, Tag::kDet) || p_.starts(i, Tag::kPointer);
  const std::size_t before = i > 0 && (p_.starts(i - 1, Tag::kWith) || p_.starts(i - 1, Tag::kOf) ||
                                       p_.starts(i - 1, Tag::kPlace))
                                 ? i - 1
                                 : i;
  const bool comma = before > 0 && is_sign(before - 1, ",");
  if (!ambiguous) return i > 0 && !p_.starts(i, Tag::kRestrict);
  return comma || (!p_.starts(i, Tag::kDet) && qualifies_thing(i));
}

// Dutch "geen cookies die u volgen", without a comma: behind a thing, and with a verb to come.
bool RolesPass::qualifies_thing(std::size_t i) const {
  // "... geen cookies geplaatst die u volgen": the participle may stand between.
  const std::size_t at = i > 1 && is_practice(p_, i - 1) ? i - 2 : i - 1;
  const bool thing = i > 0 && std::any_of(kThings.begin(), kThings.end(),
                                          [&](Tag t) { return a_.tags[at].test(index_of(t)); });
  for (std::size_t n = i + 1; thing && n < a_.size() && !a_.tokens[n].punctuation; ++n)
    if (is_finite(n)) return true;
  return false;
}

// Inside of several words that only carry the clause.
bool RolesPass::in_idiom(std::size_t i) const {
  return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.first <= i && i < h.last && h.last - h.first > 1 &&
           (h.tag == Tag::kFiller || h.tag == Tag::kDet || h.tag == Tag::kNecessary ||
            h.tag == Tag::kTracker);
  });
}

// "Es werden keine Cookies für Werbung gesetzt": the participle at the end is the clause's own.
bool RolesPass::closes_passive(std::size_t i) const {
  return role_ == Role::kPurpose && by_for_ && role_verbs_ == 0 && !practice_seen_ &&
         last_verb_ != Analysis::npos && !is_practice(p_, last_verb_) && is_practice(p_, i) &&
         (i + 1 >= a_.size() || a_.tokens[i + 1].punctuation);
}

bool RolesPass::opens(std::size_t i) {
  if (p_.starts(i, Tag::kUnless) || p_.starts(i, Tag::kExcept)) {
    enter(Role::kException, i);
  } else if (role_ == Role::kException) {
    return false;
  } else if (p_.starts(i, Tag::kIf) && !p_.at(i, Tag::kHedge)) {
    enter(Role::kCondition, i);
  } else if (role_ == Role::kCondition) {
    return false;
  } else if (p_.starts(i, Tag::kBecause)) {
    enter(Role::kAside, i);
  } else if (role_ == Role::kAside) {
    return false;
  } else if (!in_idiom(i) && (p_.starts(i, Tag::kPurposemark) || p_.starts(i, Tag::kFor))) {
    enter(Role::kPurpose, i);
  } else if (is_relative(i)) {
    enter(Role::kRelative, i);
  } else if (p_.starts(i, Tag::kRestrict) && p_.starts(i, Tag::kRelative)) {
    // Completes a half negation; else it opens a relative clause.
    bool half = false;
    for (std::size_t k = a_.clauses.back().first; k < i; ++k) {
      half = half || (p_.starts(k, Tag::kNe) && a_.role[k] == role_);
      if (half && (p_.starts(k, Tag::kNot) || p_.starts(k, Tag::kNo))) half = false;
    }
    if (half) return false;
    enter(Role::kRelative, i);
  } else {
    return false;
  }
  return true;
}

void RolesPass::mark(std::size_t i) {
  if (is_sign(i, "(") || is_sign(i, "[")) ++depth_;
  if (depth_ > 0) {
    a_.role[i] = Role::kAside;
    if (is_sign(i, ")") || is_sign(i, "]")) --depth_;
    return;
  }
  if (is_sign(i, ";") || is_dash(i) || (i > 0 && (starts_clause(i) || gives_own_reason(i)))) {
    new_clause(i);
  } else if (is_sign(i, ",") && role_ != Role::kMain && role_words_ > 0 &&
             ((leading_ && (resumes(i + 1) || role_ == Role::kRelative)) ||
              (comma_open_ && role_ == Role::kRelative) ||
              (comma_open_ && role_ == Role::kException && last_verb_ != Analysis::npos &&
               !object_since_verb(i) && resumes(i + 1)))) {
    role_ = Role::kMain;
    leading_ = false;
  } else if (closes_passive(i)) {
    role_ = Role::kMain;
  } else if (role_ != Role::kMain && resumes_without_comma(i)) {
    role_ = Role::kMain;
    leading_ = false;
  } else if (!opens(i) && role_ != Role::kMain && !a_.tokens[i].punctuation) {
    ++role_words_;
  }
  const bool verb = is_practice(p_, i) || p_.starts(i, Tag::kExist) || p_.starts(i, Tag::kAvoid);
  if (role_ == Role::kMain) {
    if (is_finite(i) || verb) {
      verb_seen_ = true;
      practice_seen_ = practice_seen_ || verb;
      last_verb_ = i;
    }
  } else if (is_finite(i) || verb) {
    ++role_verbs_;
  }
  a_.role[i] = role_;
}

}  // namespace affiant::policy
