#include "policy/party_role.h"

#include <algorithm>

namespace affiant::policy {

bool PartyRole::is_predicate(std::size_t i) const {
  return std::any_of(a_.predicates.begin(), a_.predicates.end(),
                     [&](const Predicate& p) { return p.at == i; });
}

const Predicate* PartyRole::governing(const Hit& hit) const {
  const Predicate* behind = nullptr;
  const Predicate* before = nullptr;
  for (const Predicate& p : a_.predicates) {
    if (p.clause != a_.clause[hit.first] || in_other_item(p.at, hit.first)) continue;
    if (p.at < hit.first) before = &p;
    if (p.at > hit.first && behind == nullptr) behind = &p;
  }
  return before != nullptr ? before : behind;
}

// Whether items of a list part the two: what introduces the list stands before its first line.
bool PartyRole::in_other_item(std::size_t verb, std::size_t name) const {
  std::size_t list = 0;
  while (list < a_.size() && word(list) != "\n") ++list;
  const auto [low, high] = std::minmax(verb, name);
  if (low < list) return false;
  for (std::size_t i = low; i < high; ++i)
    if (word(i) == "\n") return true;
  return false;
}

bool PartyRole::is_source(const Hit& hit) const {
  constexpr std::size_t kList = 40;  // Words of a list of sources.
  // "What we learn from these analytics tools": they run on the site.
  if (hit.value == "analytics") return false;
  if (gives_us(hit)) return true;
  const std::size_t first = a_.clauses[a_.clause[hit.first]].first;
  for (std::size_t i = hit.first; i-- > first && hit.first - i <= kList;) {
    if (word(i) == "from") return comes_from(i);
    if (word(i) == "by" && i > 3 && word(i - 1) == "us" && word(i - 2) == "to") return true;
    if (word(i) == "by" && i > 1 && one_of(word(i - 1), {"provided", "supplied"}))
      return speaks_of_data(i - 1);
    // "From others, including partners", "from our payment processing partners".
    const bool noun = i + 1 == hit.first && word(i).ends_with("ing");
    if (one_of(word(i), {"to", "with", "by"}) ||
        (is_predicate(i) && !a_.at(i, Tag::kEmbed) && !noun))
      return false;
  }
  return false;
}

// "Data that third parties provide to us", "partners who give us data".
bool PartyRole::gives_us(const Hit& hit) const {
  constexpr std::size_t kNear = 6;
  for (const Predicate& p : a_.predicates)
    if (p.at >= hit.last && p.at < hit.last + kNear && a_.at(p.at, Tag::kShare) && !p.passive &&
        p.role == Role::kRelative)
      return goes_to_us(a_, p);
  return false;
}

// Whether what somebody has is data: just before the token.
bool PartyRole::speaks_of_data(std::size_t before) const {
  constexpr std::size_t kNear = 4;
  for (std::size_t i = before; i-- > 0 && before - i <= kNear;)
    if (a_.at(i, Tag::kData) || one_of(word(i), {"data", "information"})) return true;
  return false;
}

// "Those of others, such as what we collect from partners, ...": by the nearest verb before it.
bool PartyRole::comes_from(std::size_t from) const {
  for (std::size_t i = from; i-- > 0;) {
    if (!is_predicate(i)) continue;
    const bool gets = a_.at(i, Tag::kCollect) || word(i).starts_with("receiv");
    if (!gets && !one_of(word(i), {"provided", "shared", "transferred", "transmitted"}))
      return false;
    return a_.clauses[a_.clause[i]].subject != Subject::kThird;
  }
  return speaks_of_data(from);  // "Data from third parties: ...".
}

bool PartyRole::is_linked(const Hit& hit, std::string_view until) const {
  const std::size_t first = a_.clauses[a_.clause[hit.first]].first;
  for (std::size_t i = hit.first; i-- > first + 1;) {
    // "Links to other sites, including social networks": the list goes on.
    if (word(i) == until && !a_.at(i + 1, Tag::kOpenlist)) return false;
    if (word(i) == "to" && one_of(word(i - 1), {"link", "links", "linking", "hyperlinks"}))
      return true;
    if (is_predicate(i)) return false;
  }
  return false;
}

bool PartyRole::is_topic(const Hit& hit) const {
  constexpr std::size_t kNear = 5, kFar = 14;
  const std::string_view last = word(hit.last - 1);
  // "Third-party offers", "our customer service agents", "our ad servers".
  if (one_of(word(hit.last), {"offers", "promotions", "claims", "rights", "'", "wishes"}) ||
      (last == "agents" && hit.first > 0 && one_of(word(hit.first - 1), {"service", "support"})) ||
      (last.starts_with("server") && a_.at(hit.first - (hit.first > 0 ? 1 : 0), Tag::kOur)))
    return true;
  if (hit.value == "advertising" && word(hit.last - 1).starts_with("service") &&
      a_.has(Tag::kOur, hit.first > kNear ? hit.first - kNear : 0, hit.first) &&
      !one_of(word(hit.last), {"provider", "providers"}))
    return true;
  for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kFar;) {
    const std::string_view before = i > 0 ? word(i - 1) : std::string_view();
    if (word(i) == "by" && one_of(before, {"offered", "sold", "owned", "controlled"})) return true;
    if (is_predicate(i)) break;
    if (hit.first - i > kNear) continue;
    // "We have agreements with third parties", "in conjunction with others".
    if (word(i) == "with" && one_of(before, {"agreement", "agreements", "contract", "contracts",
                                             "conjunction", "offer", "offers"}))
      return true;
    if (word(i) == "about" && one_of(before, {"materials", "offers", "news", "updates",
                                              "communications", "emails", "or", "us"}))
      return true;
    if (word(i) == "about" && before == "information" && i > 1 && word(i - 2) == "promotional")
      return true;
    if (word(i) == "from" &&
        one_of(before, {"materials", "offers", "communications", "communication", "emails", "mails",
                        "messages", "mailings", "newsletters", "promotions"}))
      return true;
  }
  return belongs_to(hit);
}

// "To protect the rights, property or safety of our users, partners or others".
bool PartyRole::belongs_to(const Hit& hit) const {
  // "Your activity on third-party services".
  if (hit.first > 1 && word(hit.first - 1) == "on" &&
      one_of(word(hit.first - 2), {"activity", "activities"}))
    return true;
  constexpr std::size_t kNear = 9;
  for (std::size_t i = hit.first; i-- > 1 && hit.first - i <= kNear;) {
    if (word(i) == "of" &&
        one_of(word(i - 1), {"behalf", "right", "rights", "property", "properties", "interest",
                             "interests", "safety", "those", "privacy", "practices", "policies",
                             "policy", "content", "actions", "conduct", "benefit", "products"}))
      return true;
    if (is_predicate(i) || a_.clause[i] != a_.clause[hit.first]) return false;
  }
  return false;
}

bool PartyRole::is_self(const Hit& hit) const {
  constexpr std::size_t kNear = 5;
  const Clause& clause = a_.clauses[a_.clause[hit.first]];
  // "Including its subsidiaries and affiliates (collectively, "Example")".
  if (hit.value == "partner" && a_.has(Tag::kAlias, hit.last, hit.last + 2 * kNear) &&
      std::none_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& p) {
        return p.at < hit.first && p.clause == a_.clause[hit.first] && word(p.at) != "including";
      }))
    return true;
  if (!clause.subject_vendor.empty()) return false;  // "Google, as a third-party vendor, ...".
  for (std::size_t i = hit.first; i-- > clause.first && hit.first - i <= kNear;) {
    if (word(i) == "as")
      return one_of(word(i + 1), {"a", "an", "the"}) && i > 0 && !one_of(word(i - 1), {"such"});
    if (!a_.tokens[i].punctuation && !one_of(word(i), {"a", "an", "the", "third", "party"}))
      return false;
  }
  return false;
}

// "We block access to your data from our partners".
bool PartyRole::is_kept_out(const Hit& hit) const {
  constexpr std::size_t kFar = 16;
  bool access = false;
  for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kFar;) {
    access = access || word(i) == "access";
    if (access && one_of(word(i), {"block", "prevent", "preventing", "deny"})) return true;
  }
  return false;
}

bool PartyRole::is_denied(const Hit& hit) const {
  constexpr std::size_t kNear = 5;
  const Predicate* p = governing(hit);
  if (p != nullptr && p->at < hit.first && p->polarity == Polarity::kDenied) return true;
  if (is_kept_out(hit)) return true;
  for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kNear;) {
    if (is_predicate(i) || a_.clause[i] != a_.clause[hit.first]) return false;
    if (a_.at(i, Tag::kNot))
      return one_of(word(i + 1), {"accessible", "visible", "available", "known"});
  }
  return false;
}

// "Requiring our employees and processors to keep it secret".
bool PartyRole::is_bound(const Hit& hit) const {
  constexpr std::size_t kNear = 6;
  for (std::size_t i = hit.first; i-- > 0 && hit.first - i <= kNear;)
    if (word(i).starts_with("requir") || word(i).starts_with("oblig"))
      return word(hit.last) == "to" &&
             one_of(word(hit.last + 1), {"respect", "protect", "keep", "maintain", "adhere",
                                         "comply", "honor", "honour", "safeguard"});
  return false;
}

bool PartyRole::only_names_giver(const Predicate& p) const {
  // "We may require you to provide ...": the visitor does.
  if (a_.at(p.at, Tag::kShare) && p.at > 1 &&
      (a_.at(p.at - 1, Tag::kYou) || (word(p.at - 1) == "to" && a_.at(p.at - 2, Tag::kYou))))
    return true;
  if (p.at > 0 && word(p.at - 1) == "as" && word(p.at).ends_with("ed")) return true;
  return a_.at(p.at, Tag::kShare) && word(p.end) == "by" && !a_.at(p.end + 1, Tag::kWe) &&
         word(p.end + 1) != "us";
}

bool PartyRole::takes_no_part(const Hit& hit) const {
  return is_source(hit) || is_linked(hit, ",") || is_topic(hit) || is_self(hit) || is_denied(hit) ||
         is_bound(hit);
}

}  // namespace affiant::policy
