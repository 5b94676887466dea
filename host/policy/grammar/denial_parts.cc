#include "policy/grammar/denial_parts.h"

#include <algorithm>

namespace affiant::policy::grammar {

bool is_personal(const std::vector<std::string>& data) {
  return contains(data, "personal-information") || contains(data, "identifiers") ||
         contains(data, "email") || contains(data, "name");
}

void DenialParts::add(Statement s) {
  const auto same = std::find_if(out_->begin(), out_->end(), [&](const Statement& o) {
    return o.type == s.type && o.polarity == s.polarity;
  });
  if (same == out_->end()) {
    out_->push_back(std::move(s));
    return;
  }
  // Of one kind only and of any kind: any.
  if (s.purposes.empty() || same->purposes.empty()) same->purposes.clear();
  for (std::string& purpose : s.purposes)
    if (!same->purposes.empty() && !contains(same->purposes, purpose))
      same->purposes.push_back(std::move(purpose));
  for (std::string& data : s.data)
    if (!contains(same->data, data)) same->data.push_back(std::move(data));
  for (std::string& party : s.parties)
    if (!contains(same->parties, party)) same->parties.push_back(std::move(party));
}

bool DenialParts::verb(std::size_t c, std::initializer_list<Tag> tags) const {
  const std::size_t at = p_.facts[c].verb;
  return std::any_of(tags.begin(), tags.end(), [&](Tag t) { return p_.starts(at, t); });
}

bool DenialParts::in_clause(std::size_t c, Tag tag) const {
  return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.tag == tag && a_.clause[h.first] == c && a_.role[h.first] == Role::kMain;
  });
}

bool DenialParts::in_roles(Tag tag, std::size_t c, std::initializer_list<Role> roles) const {
  return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.tag == tag && a_.clause[h.first] == c &&
           std::find(roles.begin(), roles.end(), a_.role[h.first]) != roles.end();
  });
}

std::vector<std::string> DenialParts::values_in(Tag tag, std::size_t c,
                                                std::initializer_list<Role> roles) const {
  std::vector<std::string> found;
  for (const Hit& h : a_.hits) {
    const bool here = h.tag == tag && a_.clause[h.first] == c && !h.value.empty() &&
                      std::find(roles.begin(), roles.end(), a_.role[h.first]) != roles.end();
    if (here && !contains(found, h.value)) found.emplace_back(h.value);
  }
  return found;
}

DenialParts::Words DenialParts::tail(std::size_t c) const {
  std::size_t from = Analysis::npos, to = 0;
  for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
    if (a_.role[i] != Role::kPurpose && a_.role[i] != Role::kRelative) continue;
    if (a_.tokens[i].punctuation && from == Analysis::npos) continue;
    from = std::min(from, i);
    to = a_.tokens[i].punctuation ? to : i + 1;
  }
  // "... zu Werbezwecken ein": the particle is the verb's.
  if (from != Analysis::npos && to > from + 1 && p_.at(to - 1, Tag::kFiller)) --to;
  return from == Analysis::npos ? Words{0, 0} : Words{from, to};
}

std::string DenialParts::scope(std::size_t c) const {
  for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
    if (!p_.phrase[i] || governs(i) || (i > 0 && p_.phrase[i - 1] && a_.clause[i - 1] == c))
      continue;
    std::size_t end = i;
    bool whole = true;
    while (end < a_.clauses[c].last && p_.phrase[end]) {
      const bool small = p_.at(end, Tag::kPlace) || is_site(end) || p_.at(end, Tag::kOur) ||
                         p_.at(end, Tag::kPointer) || p_.at(end, Tag::kDet) ||
                         p_.at(end, Tag::kElision) || p_.at(end, Tag::kWe) ||
                         p_.at(end, Tag::kAgent) || p_.at(end, Tag::kFiller) ||
                         p_.at(end, Tag::kOf) || p_.at(end, Tag::kAnd) || p_.at(end, Tag::kNo) ||
                         p_.at(end, Tag::kYour) || is_device(end) || a_.tokens[end].punctuation;
      whole = whole && small;
      ++end;
    }
    if (!whole && !(p_.facts[c].avoids && p_.starts(i, Tag::kPlace))) {
      while (end > i && a_.tokens[end - 1].punctuation) --end;
      return a_.words(r_.document.text, i, end);
    }
    i = end;
  }
  return part_of_site(c);
}

Statement DenialParts::denial(std::string_view type, std::size_t c) const {
  Statement s = statement_of(r_, type, predicate_of(p_, c));
  s.polarity = "does-not";
  s.observable = "yes";
  s.subject = "we";
  s.purposes.clear();
  s.hedged = a_.has(Tag::kHedge);
  s.scope = scope(c);
  const Subject subject = a_.clauses[c].subject;
  if (s.scope.empty() && (subject == Subject::kNone || subject == Subject::kCookie))
    s.scope = tool_spoken_of(r_);
  // What happens when a visitor refuses is not what the site denies.
  if (in_roles(Tag::kRejected, c, {Role::kCondition, Role::kRelative}) ||
      (in_roles(Tag::kChoice, c, {Role::kCondition}) && s.modality == "if")) {
    s.type = "opt-out-effect";
    s.polarity = "does";
  }
  return s;
}

void DenialParts::bounded(Statement s, std::size_t c) {
  const auto [from, to] = tail(c);
  if (to > from && s.type != "opt-out-effect") {
    if (is_personal(a_.values(Tag::kData, from, to))) return;
    std::vector<std::string> purposes = a_.values(Tag::kPurpose, from, to);
    if (purposes.empty()) return;
    for (std::string& purpose : purposes)
      if (!contains(s.purposes, purpose)) s.purposes.push_back(std::move(purpose));
    s.scope = a_.words(r_.document.text, from, to);
  }
  add(std::move(s));
}

bool DenialParts::governs(std::size_t i) const {
  if (!p_.starts(i, Tag::kWith)) return false;
  for (std::size_t k = i; k < a_.size() && p_.phrase[k]; ++k)
    if (p_.starts(k, Tag::kThird) || p_.starts(k, Tag::kVendor)) return true;
  return false;
}

// The site as such, not "the shop" or "the app".
bool DenialParts::is_site(std::size_t i) const {
  return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kSite && !h.value.empty() && h.first <= i && i < h.last;
  });
}

// "Our app does not ...": of which part of the site a clause speaks that does not say "we".
std::string DenialParts::part_of_site(std::size_t c) const {
  std::string part;
  for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
    if (!p_.main(i) || p_.at(i, Tag::kThird) || p_.at(i, Tag::kTracker)) continue;
    if (p_.starts(i, Tag::kWe) || is_site(i)) return {};
    if (p_.starts(i, Tag::kSite) && part.empty()) part = a_.words(r_.document.text, i, i + 1);
  }
  return part;
}

bool DenialParts::is_device(std::size_t i) const {
  return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
    return h.tag == Tag::kData && h.value == "device" && h.first <= i && i < h.last;
  });
}

}  // namespace affiant::policy::grammar
