#include "policy/denial_parts.h"

#include <algorithm>

#include "policy/take_back.h"

namespace affiant::policy {

bool DenialParts::existential(const Predicate& p) const {
  return (p.at > 0 && a_.tokens[p.at - 1].word == "there") || a_.at(p.at, Tag::kNo);
}

std::string_view DenialParts::word(std::size_t i) const { return a_.word(i); }

bool DenialParts::is_preposition(std::size_t i) const {
  return !a_.at(i, Tag::kThird) && !a_.at(i, Tag::kOpenlist) &&
         one_of(word(i),
                {"through", "via", "from", "by", "with", "in", "on", "about", "into", "using",
                 "against", "at", "under", "within", "across", "regarding", "for", "as", "to"});
}

DenialParts::Range DenialParts::object_range(const Predicate& p) const {
  const Clause& clause = a_.clauses[p.clause];
  std::size_t from = p.passive ? passive_start(p) : p.end;
  std::size_t to = p.passive ? p.at : clause.last;
  while (p.passive && from < to && a_.role[from] != Role::kMain) ++from;
  // "On this site no cookies are set".
  if (p.passive && is_preposition(from)) {
    std::size_t i = from;
    while (i < to && word(i) != "," && !a_.at(i, Tag::kNo)) ++i;
    if (i < to) from = i;
  }
  if (!p.passive) to = std::min(to, next_statement(from, to));
  for (std::size_t i = from; i < to; ++i) {
    // "No cookies, just local storage": what is used instead.
    if (!p.passive && word(i) == "," && one_of(word(i + 1), {"just", "only", "merely", "instead"}))
      to = i;
    // "any information through cookies": the cookies are not what is denied.
    if (a_.role[i] != Role::kMain ? !p.passive : is_preposition(i)) to = i;
  }
  return {from, to};
}

// "We set none ourselves, some third-party services may": where the next thing is said.
std::size_t DenialParts::next_statement(std::size_t from, std::size_t to) const {
  std::size_t comma = to;
  for (std::size_t i = from; i < to; ++i) {
    if (a_.role[i] != Role::kMain) continue;
    if (word(i) == "\n" || (word(i) == "," && (comma == to || word(comma) != "\n"))) comma = i;
    if (a_.at(i, Tag::kMay) || a_.at(i, Tag::kWill) || a_.at(i, Tag::kDo))
      return std::min(comma, i);
  }
  return to;
}

// Behind whatever the sentence said before with a verb of its own.
std::size_t DenialParts::passive_start(const Predicate& p) const {
  const std::size_t first = a_.clauses[p.clause].first;
  std::size_t i = p.at;
  bool noun = false;
  while (i > first) {
    const bool auxiliary = a_.at(i - 1, Tag::kBe) || a_.at(i - 1, Tag::kDo) ||
                           a_.at(i - 1, Tag::kWill) || a_.at(i - 1, Tag::kMay);
    if (word(i - 1) == "\n" || word(i - 1) == ":") break;
    if (noun && (auxiliary || one_of(word(i - 1), {"as", "because", "since", "that"}))) break;
    if (!auxiliary && !a_.at(i - 1, Tag::kNot)) noun = true;
    --i;
  }
  return i;
}

std::size_t DenialParts::anaphora(std::size_t from, std::size_t to) const {
  for (const Hit& hit : a_.hits) {
    const Role role = a_.role[hit.first];
    if (hit.tag == Tag::kAnaphora && hit.first >= from && hit.first < to &&
        role != Role::kException && role != Role::kCondition)
      return hit.first;
  }
  return Analysis::npos;
}

// A word of a list of qualities: "analytics, advertising or tracking cookies".
bool DenialParts::is_quality(std::size_t i) const {
  if (word(i) == "tracking") return true;
  if (i >= a_.size() || a_.at(i, Tag::kVendor) || a_.at(i, Tag::kCookie)) return false;
  for (const Tag tag :
       {Tag::kFirstparty, Tag::kPersistent, Tag::kPurpose, Tag::kThird, Tag::kTracking,
        Tag::kTargeted, Tag::kSessionlong, Tag::kUnnecessary, Tag::kBehaviour})
    if (a_.at(i, tag)) return true;
  return one_of(word(i), {"behavioral", "behavioural", "marketing", "profiling", "social"});
}

std::size_t DenialParts::modifiers_of(std::size_t from, const Hit& hit) const {
  constexpr std::size_t kLongestList = 12;
  std::size_t first = hit.first;
  while (first > from && hit.first - first < kLongestList) {
    const std::string_view before = word(first - 1);
    if (a_.at(first - 1, Tag::kNo)) break;
    const bool joins = one_of(before, {"and", "or", "nor", "and/or"}) || before == ",";
    if (!joins && a_.tokens[first - 1].punctuation && before != "-" && before != "/") break;
    if (joins && !a_.at(first, Tag::kThird)) {
      std::size_t other = first - 1;
      while (other > from && (word(other) == "," || one_of(word(other), {"and", "or", "nor"})))
        --other;
      // "ads, cookies": a thing by itself, and no quality of the next.
      if (!is_quality(other) || one_of(word(other), {"ads", "ad", "advertisements", "trackers"}))
        break;
    }
    --first;
  }
  return first;
}

bool DenialParts::qualifies(const Hit& hit) const {
  if (hit.last != hit.first + 1 || one_of(word(hit.first), {"ads", "advertisements", "adverts"}))
    return false;
  std::size_t i = hit.last;
  bool another = false;
  while (i < a_.size()) {
    const bool joins = word(i) == "," || one_of(word(i), {"and", "or", "-", "/"});
    if (!joins && !is_quality(i)) break;
    // "Advertising or third-party trackers", but "advertising, analytics or third-party cookies".
    if (!joins && a_.at(i, Tag::kThird) && !another) {
      const std::size_t head = head_after(i + 1, a_.size());
      if (!a_.at(head, Tag::kCookie)) return false;
    }
    another = another || (!joins && is_quality(i));
    if (!joins && a_.at(i, Tag::kTracker) && a_.at(i + 1, Tag::kTracker)) return true;
    ++i;
  }
  // What is joined without a quality of its own is a second thing: "advertising or trackers".
  const bool direct = i == hit.last;
  return (another || direct) && is_head(i);
}

bool DenialParts::is_head(std::size_t i) const {
  if (a_.at(i, Tag::kCookie) || a_.at(i, Tag::kBeacon) || a_.at(i, Tag::kTracker) ||
      a_.at(i, Tag::kContent))
    return true;
  return one_of(word(i),
                {"service",  "services",  "tool",         "tools",        "company",  "companies",
                 "network",  "networks",  "technologies", "technology",   "partner",  "partners",
                 "provider", "providers", "platform",     "platforms",    "software", "system",
                 "systems",  "tag",       "tags",         "code",         "codes",    "vendor",
                 "vendors",  "purposes",  "purpose",      "identifiers",  "ids",      "data",
                 "storage",  "servers",   "server",       "integrations", "methods"});
}

std::size_t DenialParts::head_after(std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) {
    if (is_head(i)) return i;
    const bool goes_on = is_quality(i) || word(i) == "," || word(i) == "-" ||
                         one_of(word(i), {"and", "or", "other", "online", "external", "web"});
    if (!goes_on) return Analysis::npos;
  }
  return Analysis::npos;
}

void add_denied(Statements* out, Statement s) {
  const bool lists = s.type == "named-third-party" || s.type == "beacon-or-fingerprint" ||
                     s.type == "other-storage" || s.type == "cookie-category";
  const auto same = std::find_if(out->begin(), out->end(), [&](const Statement& o) {
    return lists && o.type == s.type && o.polarity == s.polarity && o.scope == s.scope;
  });
  if (same == out->end()) return add_once(out, std::move(s));
  const auto take = [](std::vector<std::string>& from, std::vector<std::string>* to) {
    for (std::string& item : from)
      if (!contains(*to, item)) to->push_back(std::move(item));
  };
  take(s.parties, &same->parties);
  take(s.data, &same->data);
  take(s.purposes, &same->purposes);
}

bool DenialParts::may_follow(std::size_t i) const {
  return one_of(
      word(i),
      {"and",    "or",      "nor",      "in",         "on",    "at",      "from",     "of",
       "for",    "here",    "anywhere", "whatsoever", "ever",  "inside",  "within",   "by",
       "to",     "with",    "as",       "because",    "since", "while",   "so",       "unless",
       "either", "too",     "directly", "itself",     "yet",   "anymore", "whatever", "today",
       "across", "through", "via",      "under",      "than"});
}

DenialParts::Range DenialParts::tail_of(const Predicate& p, std::size_t after) const {
  std::size_t from = Analysis::npos, to = 0;
  for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
    if (a_.role[i] != Role::kPurpose && a_.role[i] != Role::kRelative) continue;
    if (from == Analysis::npos && word(i) == "because") break;  // A reason restricts nothing.
    from = std::min(from, i);
    to = i + 1;
  }
  return from == Analysis::npos ? std::pair{std::size_t{0}, std::size_t{0}} : std::pair{from, to};
}

std::string DenialParts::scope_after(const Predicate& p, std::size_t after) const {
  for (std::size_t i = after; i < a_.clauses[p.clause].last; ++i) {
    if (a_.role[i] != Role::kMain) break;
    // "for users under 18".
    const bool some_people =
        word(i) == "for" && (a_.at(i + 1, Tag::kYou) || a_.at(i + 1, Tag::kChildren));
    if (!some_people &&
        !one_of(word(i),
                {"on", "in", "within", "through", "via", "from", "at", "across", "inside"}) &&
        !(word(i) == "by" && (p.passive || existential(p))))
      continue;
    std::size_t end = i + 1;
    while (end < a_.clauses[p.clause].last && end - i < 9 && a_.role[end] == Role::kMain &&
           !(a_.tokens[end].punctuation && word(end) != "-"))
      ++end;
    // "on Example": the site by its name.
    if (end == i + 2 && a_.tokens[i + 1].capital) return {};
    return a_.words(r_.document.text, i, end);
  }
  return {};
}

Statement DenialParts::denial(std::string_view type, const Predicate& p, std::size_t after) const {
  Statement s = statement_of(r_, type, &p);
  s.polarity = "does-not";
  s.observable = "yes";
  s.subject = "we";
  s.purposes.clear();
  s.scope = scope_after(p, after);
  if (s.scope.empty()) s.scope = place_before(p);
  if (s.scope.empty()) s.scope = part_spoken_of(p);
  if (s.scope.empty() && (p.passive || existential(p))) s.scope = tool_spoken_of(r_);
  if (s.scope.empty()) s.scope = section_place(r_);
  s.hedged = s.hedged || by_default();
  if (s.exception.empty()) s.exception = excepted_aside(p);
  if (s.exception.empty()) s.exception = done_by_others(a_, p, r_.document.text);
  return s;
}

// "On our blog we do not ...", "In the EU, no cookies are set", "For members we show no ads".
std::string DenialParts::place_before(const Predicate& p) const {
  constexpr std::size_t kLongest = 9;
  std::size_t first = a_.clauses[p.clause].first;
  while (first < p.at && (a_.tokens[first].punctuation || a_.at(first, Tag::kLeadin))) ++first;
  if (a_.at(first, Tag::kHedge) ||
      !one_of(word(first), {"on", "in", "within", "inside", "at", "for", "from", "throughout"}))
    return {};
  std::size_t end = first + 1;
  // "At Example, we ...": the site by its name.
  const bool named = one_of(word(first), {"at", "on"});
  bool place = false;
  for (; end < p.at && end - first < kLongest && word(end) != "," && !a_.at(end, Tag::kWe) &&
         !a_.at(end, Tag::kNo) && !a_.at(end, Tag::kCookie);
       ++end)
    place = place || a_.at(end, Tag::kSite) || a_.at(end, Tag::kYou) ||
            (a_.tokens[end].capital && !named) ||
            one_of(word(end), {"newsletter", "newsletters", "emails", "e-mails", "checkout",
                               "version", "edition", "area", "mode"});
  // "In the interest of our users we ...": why, not where.
  for (std::size_t i = first + 1; i < std::min(first + 4, end); ++i)
    if (one_of(word(i), {"interest",   "interests", "benefit", "accordance", "contrast",
                         "line",       "keeping",   "name",    "order",      "light",
                         "view",       "spirit",    "respect", "sake",       "reasons",
                         "protection", "privacy",   "all",     "addition",   "comparison"}))
      return {};
  return place && end < p.at ? a_.words(r_.document.text, first, end) : std::string();
}

// What is so at first, and may be changed.
bool DenialParts::by_default() const {
  for (std::size_t i = 0; i + 1 < a_.size(); ++i)
    if ((word(i) == "by" && word(i + 1) == "default") || (word(i) == "out" && word(i + 3) == "box"))
      return true;
  return false;
}

// "We set no cookies (one is set when you log in)".
std::string DenialParts::excepted_aside(const Predicate& p) const {
  for (const Predicate& other : a_.predicates) {
    if (other.at < p.at || other.role != Role::kAside || other.polarity != Polarity::kPlain)
      continue;
    std::size_t first = other.at;
    while (first > p.at && word(first - 1) != "(" && word(first - 1) != "[") --first;
    if (!one_of(word(first), {"one", "some", "only", "just", "two", "three", "there"})) continue;
    std::size_t end = other.at;
    while (end < a_.size() && a_.role[end] == Role::kAside && word(end) != ")") ++end;
    return a_.words(r_.document.text, first, end);
  }
  return {};
}

// "Our newsletters do not contain ...", "our mobile app uses no ...": a part, not the site.
std::string DenialParts::part_spoken_of(const Predicate& p) const {
  const std::size_t first = a_.clauses[p.clause].first;
  // "The iOS app"; "the app" alone may be the site.
  const bool named =
      word(first) == "the" &&
      one_of(word(first + 1), {"mobile", "ios", "android", "desktop", "browser", "newsletter",
                               "api", "sdk", "extension", "forum", "checkout", "dashboard"});
  if (!a_.at(first, Tag::kOur) && !named) return {};
  std::size_t end = first + 1;
  while (end < p.at && (!a_.tokens[end].punctuation || word(end) == "-") &&
         !a_.at(end, Tag::kNot) && !a_.at(end, Tag::kDo) && !a_.at(end, Tag::kBe) &&
         !a_.at(end, Tag::kWill) && !a_.at(end, Tag::kMay) && !a_.at(end, Tag::kHedge) &&
         !a_.at(end, Tag::kUse) && !a_.at(end, Tag::kWithout) && !a_.at(end, Tag::kOnly) &&
         !one_of(word(end), {"also", "itself", "and", "or"}))
    ++end;
  // "Our cookies hold no ...": what is spoken of.
  for (const Tag tag : {Tag::kCookie, Tag::kTracker, Tag::kStorage, Tag::kBeacon})
    if (a_.has(tag, first, end)) return {};
  for (std::size_t i = first + 1; i < end; ++i)
    if (!one_of(word(i),
                {"site",     "sites",    "website", "websites", "web",      "webpage", "webpages",
                 "homepage", "pages",    "service", "services", "platform", "online",  "own",
                 "main",     "public",   "shop",    "store",    "blog",     "domain",  "company",
                 "team",     "software", "product", "products", "portal"}))
      return a_.words(r_.document.text, first, end);
  return {};
}

}  // namespace affiant::policy
