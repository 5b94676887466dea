#include "findings/coverage.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "findings/in_words.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;
using Pair = std::pair<std::string_view, std::string_view>;

bool contains(std::string_view bars, std::string_view item) {
  return ("|" + std::string(bars) + "|").find("|" + std::string(item) + "|") != std::string::npos;
}

// Vendor category -> purposes, as statements may call them.
constexpr std::array<Pair, 14> kFits = {{
    {"analytics", "analytics|performance|statistics|measurement|research|improvement"},
    {"advertising", "advertising|marketing|targeting|remarketing|retargeting|ad-measurement"},
    {"social", "social|social-media|sharing|login"},
    {"login", "login|social|social-media|authentication|account|sign-in"},
    {"tag-manager", "analytics|advertising|marketing|tag-management|measurement|performance"},
    {"session-replay", "analytics|session-replay|performance|statistics|measurement|research"},
    {"fingerprinting", "security|fraud|fingerprinting|analytics|advertising"},
    {"customer-support", "support|customer-support|chat|communication|customer-service"},
    {"payment", "payment|payments|transactions|billing"},
    {"consent-manager", "consent|necessary|compliance"},
    {"cdn", "hosting|content|cdn|infrastructure|delivery|performance|embedded-content"},
    {"fonts", "fonts|content|embedded-content|hosting|design"},
    {"video", "video|content|embedded-content|media"},
    {"security", "security|fraud|fraud-prevention|necessary"},
}};
constexpr std::string_view kTrackers =
    "analytics|advertising|social|tag-manager|session-replay|fingerprinting";

// Plain words -> purpose, only for statements whose purpose was not read.
constexpr std::array<Pair, 9> kWords = {{
    {"login", "login|log in|log-in|sign in|sign-in|authenticat|single sign"},
    {"analytics", "analy|statistic|measure|traffic|usage"},
    {"advertising", "advert|ads |marketing|remarket|retarget"},
    {"payment", "payment|financial transaction|credit card|billing"},
    {"support", "customer service|customer support|service our customers|live chat|chat "},
    {"fonts", "font|typeface"},
    {"content", "third party content|third-party content|embedded|embed |content from"},
    {"social", "social media|social network|social plug"},
    {"hosting", "host|content delivery|cdn"},
}};

// Sharing because a court or a buyer asks says nothing of what a page loads.
bool is_legal_or_merger(const Statement& statement) {
  return has_word_start(folded(statement.quote),
                        "merger|acquisition|bankrupt|court|subpoena|law enforcement|law "
                        "requires|required by law|legal obligation");
}

enum class Kind { kNone, kParty, kPractice };

// Whether the statement speaks of third parties, or of a practice (with whomever).
Kind kind_of(const Statement& s) {
  if (s.polarity != "does" || s.subject == "user") return Kind::kNone;
  if (contains("named-third-party|third-party-category|behavioural-tracking", s.type))
    return Kind::kParty;
  const bool third = s.subject == "third-party";
  if (contains("sale-or-sharing|server-practice", s.type))
    return is_legal_or_merger(s) || (!third && s.type == "server-practice") ? Kind::kNone
                                                                            : Kind::kParty;
  if (contains("uses-cookies|cookie-category|advertising|analytics-setup|beacon-or-fingerprint|"
               "consent|other-storage",
               s.type)) {
    return third ? Kind::kParty : Kind::kPractice;
  }
  return Kind::kNone;
}

std::vector<std::string> implied_purposes(const Statement& s) {
  if (s.type == "behavioural-tracking") return {"analytics", "advertising", "social"};
  if (s.type == "advertising") return {"advertising"};
  if (s.type == "analytics-setup") return {"analytics"};
  if (s.type == "beacon-or-fingerprint") return {"analytics", "advertising"};
  return {};
}

bool fits_any(const std::vector<std::string>& purposes, const ThirdParty& party) {
  if (!party.category.empty() && party.category != "other") {
    return std::any_of(purposes.begin(), purposes.end(),
                       [&](const std::string& p) { return purpose_fits(p, party.category); });
  }
  // Nobody knows what it is for. If it behaves as trackers do, words for trackers can mean it;
  // "content" can mean anything loaded.
  return std::any_of(purposes.begin(), purposes.end(), [&](const std::string& p) {
    return p == "content" || p == "embedded-content" ||
           (party.tracker && (purpose_fits(p, "analytics") || purpose_fits(p, "advertising")));
  });
}

// Of a site nobody knows, only the whole name proves anything: "tracker" or "fonts" is an ordinary
// word.
std::vector<std::string> party_names(const ThirdParty& party) {
  if (party.vendor != nullptr) return knowledge::names_of(*party.vendor);
  return {party.site};
}

std::vector<std::string> specific_names(const ThirdParty& party) {
  if (party.vendor == nullptr) return {party.site};
  std::vector<std::string> names = knowledge::product_names_of(*party.vendor);
  if (names.empty() || folded(party.product) == folded(party.owner))
    names.push_back(folded(party.owner));
  return names;
}

// The first of the names that stands in the text, or empty.
std::string phrase_in(std::string_view text, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!knowledge::is_common_word(name) && has_phrase(text, name)) return name;
  }
  return "";
}

bool any_phrase(std::string_view text, const std::vector<std::string>& names) {
  return !phrase_in(text, names).empty();
}

// A party as a statement writes it: "Trackr (trackr.example)" or just the first label of a site
// nobody knows.
bool is_first_label(std::string_view name, const ThirdParty& party) {
  return party.vendor == nullptr && name.size() >= 4 &&
         name == party.site.substr(0, party.site.find('.'));
}

std::string without_legal_form(std::string name) {
  for (const std::string_view form : {" inc", " llc", " ltd", " limited", " gmbh", " corp",
                                      " corporation", " company", " ireland"}) {
    if (name.ends_with(form)) name = folded(name.substr(0, name.size() - form.size()));
  }
  return name;
}

// Of several sentences that cover a party, the one quoted first is about what a page loads rather
// than about what is done with data later, and says it outright.
void put_plainest_first(std::vector<const Statement*>* statements) {
  const auto rank = [](const Statement* s) {
    const bool later = s->type == "sale-or-sharing" || s->type == "server-practice";
    return std::tuple(later, s->observable != "yes",
                      s->type == "third-party-category" && purposes_of(*s).empty());
  };
  std::stable_sort(statements->begin(), statements->end(),
                   [&](const Statement* a, const Statement* b) { return rank(a) < rank(b); });
}

}  // namespace

bool purpose_fits(std::string_view purpose, std::string_view vendor_category) {
  return std::any_of(kFits.begin(), kFits.end(), [&](const Pair& row) {
    return row.first == vendor_category && contains(row.second, purpose);
  });
}

std::vector<std::string> purposes_of(const Statement& statement) {
  std::vector<std::string> out = implied_purposes(statement);
  out.insert(out.end(), statement.purposes.begin(), statement.purposes.end());
  if (!out.empty()) return out;
  const std::string quote = folded(statement.quote) + " ";
  for (const Pair& row : kWords) {
    if (has_word_start(quote, row.second)) out.emplace_back(row.first);
  }
  return out;
}

NameMatch names_party(const Statement& statement, const ThirdParty& party) {
  const std::vector<std::string> all = party_names(party), specific = specific_names(party);
  const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  // A reader of names may miss one; the quotation itself cannot.
  NameMatch best =
      any_phrase(folded(statement.quote), specific) ? NameMatch::kProduct : NameMatch::kNone;
  for (const std::string& written : statement.parties) {
    const std::string name = without_legal_form(folded(written));
    const knowledge::Vendor* named = knowledge::vendor_by_name(name);
    // A domain names whose it is: "exchange.example" of an ads.txt.
    const knowledge::Vendor* domain =
        name.find('.') == std::string::npos ? nullptr : knowledge::find_vendor(name);
    NameMatch match = NameMatch::kNone;
    if (is_in(specific, name) || is_first_label(name, party) || any_phrase(name, specific)) {
      match = NameMatch::kProduct;
    } else if (is_in(all, name) || (domain != nullptr && domain->owner == party.owner)) {
      match = NameMatch::kOwner;
    } else if ((named != nullptr && named->owner == party.owner) || any_phrase(name, all)) {
      match = NameMatch::kSibling;
    }
    best = std::max(best, match);
  }
  return best;
}

namespace {

using Statements = std::vector<const Statement*>;

bool is_among(const Statements& statements, const Statement& s) {
  return std::find(statements.begin(), statements.end(), &s) != statements.end();
}

std::size_t occurrences(std::string_view text, const std::vector<std::string>& names) {
  std::size_t n = 0;
  for (const std::string& name : names) {
    if (knowledge::is_common_word(name)) continue;
    for (std::size_t at = text.find(name); at != std::string_view::npos && !name.empty();
         at = text.find(name, at + name.size()))
      ++n;
  }
  return n;
}

Coverage graded(const ThirdParty& party, const Context& context, const Statements& left_out,
                bool by_mention) {
  Coverage out;
  Statements by_grade[3];
  for (const Statement& statement : context.said.statements) {
    const Kind kind = kind_of(statement);
    if (kind == Kind::kNone || is_among(left_out, statement)) continue;
    const std::vector<std::string> purposes = purposes_of(statement);
    const bool fits = fits_any(purposes, party);
    // A partner for advertising is declared as that, and as nothing else.
    if (!in_words(context.said, statement.source) &&
        (!fits || statement.type != "named-third-party"))
      continue;
    if (const NameMatch match = names_party(statement, party); match != NameMatch::kNone) {
      // Who names the product has said what it is; who names only a company with many has to say
      // what for, or nothing that speaks against it.
      const bool open_purpose =
          party.category.empty() || party.category == "other" || purposes.empty();
      if (match == NameMatch::kProduct || (match == NameMatch::kOwner && (fits || open_purpose))) {
        out.grade = Grade::kNamed;
        out.statements.push_back(&statement);
      } else {
        out.named_for_other.push_back(&statement);
      }
      // "such as": the list is open, so it may mean this one as well.
      if (!(statement.open_list && fits)) continue;
    } else if (kind == Kind::kParty && !statement.parties.empty() && !statement.open_list) {
      continue;  // Names others, and only them.
    }
    if (kind == Kind::kParty && fits) {
      by_grade[0].push_back(&statement);
    } else if (kind == Kind::kPractice && fits && !party.category.empty() &&
               contains(kTrackers, party.category)) {
      by_grade[1].push_back(&statement);
    } else if (kind == Kind::kParty && purposes.empty()) {
      by_grade[2].push_back(&statement);
    }
  }
  if (out.grade == Grade::kNamed) return out;
  if (by_mention) out.owner_in_text = phrase_in(context.text, party_names(party));
  if (by_mention && out.named_for_other.empty() &&
      any_phrase(context.text, specific_names(party))) {
    out.grade = Grade::kMentioned;
    return out;
  }
  for (auto& statements : by_grade) put_plainest_first(&statements);
  constexpr Grade kGrades[] = {Grade::kPartyAndPurpose, Grade::kPurpose, Grade::kThirdParties};
  for (std::size_t i = 0; i < 3; ++i) {
    if (by_grade[i].empty()) continue;
    out.grade = kGrades[i];
    out.statements = by_grade[i];
    // What the site says of the purpose itself is worth quoting beside it.
    if (i == 0) out.statements.insert(out.statements.end(), by_grade[1].begin(), by_grade[1].end());
    return out;
  }
  if (!out.named_for_other.empty() || !out.owner_in_text.empty()) out.grade = Grade::kOwnerOnly;
  return out;
}

}  // namespace

Coverage coverage_of(const ThirdParty& party, const Context& context) {
  return graded(party, context, {}, true);
}

Coverage coverage_without(const ThirdParty& party, const Context& context,
                          const std::vector<const Statement*>& left_out) {
  return graded(party, context, left_out, false);
}

bool is_named_beside(const ThirdParty& party, const Context& context,
                     const std::vector<const Statement*>& sentences) {
  const std::vector<std::string> names = party_names(party);
  for (const Statement& s : context.said.statements)
    if (!is_among(sentences, s) && any_phrase(folded(s.quote), names)) return true;
  for (const policy::DeclaredCookie& row : context.said.cookies)
    if (any_phrase(folded(row.provider + " " + row.purpose + " " + row.quote), names)) return true;
  std::size_t in_text = 0, in_sentences = 0;
  for (const policy::Source& source : context.said.sources)
    in_text += occurrences(folded(source.text), names);
  for (const Statement* s : sentences) in_sentences += occurrences(folded(s->quote), names);
  return in_text > in_sentences;
}

}  // namespace affiant::findings
