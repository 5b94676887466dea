// Compact policies of P3P (W3C P3P 1.0 section 4, the P3P header): three-letter tokens about what
// cookies are for. Dead, and still sent; often as words that deny having one, or as whatever once
// pleased a browser. So a text that is not made of tokens gives nothing, and neither does one that
// contradicts itself.
#include <algorithm>
#include <array>
#include <set>

#include "machine/reading.h"

namespace affiant::machine {
namespace {

enum class Group {
  kAccess,
  kDispute,
  kRemedy,
  kNothing,
  kPurpose,
  kRecipient,
  kRetention,
  kData,
  kTest
};

struct Token {
  std::string_view letters;
  Group group;
  std::string_view means;  // Purpose or datum, as statements name them; empty: no statement.
};
constexpr std::array kTokens{
    Token{"NOI", Group::kAccess, ""},  // Section 4.2.1
    Token{"ALL", Group::kAccess, ""},
    Token{"CAO", Group::kAccess, ""},
    Token{"IDC", Group::kAccess, ""},
    Token{"OTI", Group::kAccess, ""},
    Token{"NON", Group::kAccess, ""},
    Token{"DSP", Group::kDispute, ""},  // 4.2.2
    Token{"COR", Group::kRemedy, ""},   // 4.2.3
    Token{"MON", Group::kRemedy, ""},
    Token{"LAW", Group::kRemedy, ""},
    Token{"NID", Group::kNothing, ""},           // 4.2.4
    Token{"CUR", Group::kPurpose, "necessary"},  // 4.2.5
    Token{"ADM", Group::kPurpose, "functional"},
    Token{"DEV", Group::kPurpose, "analytics"},
    Token{"TAI", Group::kPurpose, "functional"},
    Token{"PSA", Group::kPurpose, "analytics"},
    Token{"PSD", Group::kPurpose, "functional"},
    Token{"IVA", Group::kPurpose, "analytics"},
    Token{"IVD", Group::kPurpose, "functional"},
    Token{"CON", Group::kPurpose, "advertising"},
    Token{"HIS", Group::kPurpose, ""},
    Token{"TEL", Group::kPurpose, ""},
    Token{"OTP", Group::kPurpose, ""},
    Token{"OUR", Group::kRecipient, "ourselves"},  // 4.2.6
    Token{"DEL", Group::kRecipient, "delivery"},
    Token{"SAM", Group::kRecipient, "same-practices"},
    Token{"UNR", Group::kRecipient, "unrelated-third-parties"},
    Token{"PUB", Group::kRecipient, "public"},
    Token{"OTR", Group::kRecipient, "other-recipients"},
    Token{"NOR", Group::kRetention, "not-kept"},  // 4.2.7
    Token{"STP", Group::kRetention, "kept-for-stated-purpose"},
    Token{"LEG", Group::kRetention, "kept-by-law"},
    Token{"BUS", Group::kRetention, "kept-by-business-practice"},
    Token{"IND", Group::kRetention, "kept-indefinitely"},
    Token{"PHY", Group::kData, ""},  // 4.2.8
    Token{"ONL", Group::kData, ""},
    Token{"UNI", Group::kData, ""},
    Token{"PUR", Group::kData, ""},
    Token{"FIN", Group::kData, ""},
    Token{"COM", Group::kData, ""},
    Token{"NAV", Group::kData, ""},
    Token{"INT", Group::kData, ""},
    Token{"DEM", Group::kData, ""},
    Token{"CNT", Group::kData, ""},
    Token{"STA", Group::kData, ""},
    Token{"POL", Group::kData, ""},
    Token{"HEA", Group::kData, ""},
    Token{"PRE", Group::kData, ""},
    Token{"LOC", Group::kData, ""},
    Token{"GOV", Group::kData, ""},
    Token{"OTC", Group::kData, ""},
    Token{"TST", Group::kTest, ""},  // 4.2.9
};

struct Said {
  const Token* token = nullptr;
  char attribute = 'a';  // 4.2.5: always, opt-in, opt-out.
  Span span;
};

// By the grammar CUR and OUR take none; browsers let them (MS-P3P section 2.2.10), and so many
// senders write it.
bool takes_attribute(const Token& token) {
  return token.group == Group::kPurpose || token.group == Group::kRecipient;
}

// The words between the quotation marks of CP="..."; nothing when there is no such part.
Span policy_in(std::string_view text) {
  const std::string folded = lower(text);
  for (std::size_t at = folded.find("cp"); at != std::string::npos;
       at = folded.find("cp", at + 2)) {
    const bool apart =
        at == 0 || std::string_view(" ,:\t").find(folded[at - 1]) != std::string_view::npos;
    std::size_t next = folded.find_first_not_of(" \t", at + 2);
    if (!apart || next == std::string::npos || folded[next] != '=') continue;
    next = folded.find_first_not_of(" \t", next + 1);
    if (next == std::string::npos) continue;
    const char quote = folded[next];
    if (quote != '"' && quote != '\'') return {next, folded.size()};
    const std::size_t end = folded.find(quote, next + 1);
    return {next + 1, end == std::string::npos ? folded.size() : end};
  }
  return {};
}

// 4.2: tokens parted by spaces. Some senders write commas too. A word that has not the form of a
// token makes the whole prose; a token that nobody knows counts as not there.
bool split(std::string_view text, Span policy, std::vector<Said>* out) {
  constexpr std::string_view kParting = " \t\r\n,";
  for (std::size_t at = policy.start; at < policy.end;) {
    if (kParting.find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(kParting, at), policy.end);
    const std::string_view word = text.substr(at, end - at);
    const bool capitals =
        word.size() >= 3 &&
        std::all_of(word.begin(), word.begin() + 3, [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool attribute = word.size() == 4 && (word[3] == 'a' || word[3] == 'i' || word[3] == 'o');
    if (!capitals || (word.size() != 3 && !attribute)) return false;
    const auto token = std::find_if(kTokens.begin(), kTokens.end(),
                                    [&](const Token& t) { return t.letters == word.substr(0, 3); });
    if (token != kTokens.end()) {
      if (attribute && !takes_attribute(*token)) return false;
      out->push_back({&*token, attribute ? word[3] : 'a', {at, end}});
    }
    at = end;
  }
  return !out->empty();
}

std::size_t kinds_of(const std::vector<Said>& said, Group group) {
  std::set<std::string_view> kinds;
  for (const Said& s : said)
    if (s.token->group == group) kinds.insert(s.token->letters);
  return kinds.size();
}

bool says(const std::vector<Said>& said, std::string_view letters) {
  return std::any_of(said.begin(), said.end(),
                     [&](const Said& s) { return s.token->letters == letters; });
}

// Why these tokens are no policy, or empty.
std::string_view flaw(const std::vector<Said>& said) {
  if (says(said, "TST")) return "it says of itself that it is a test (TST)";
  if (kinds_of(said, Group::kAccess) > 1) return "it gives two answers about access";
  const bool nothing = says(said, "NID");
  if (nothing && kinds_of(said, Group::kData) > 0)
    return "it says that nothing is identifiable (NID), and which data there are";
  const bool identified = says(said, "PHY") || says(said, "ONL") || says(said, "GOV");
  if (says(said, "NOI") && identified)
    return "it says that there are no identified data (NOI), and names some";
  if (says(said, "NOR") && kinds_of(said, Group::kRetention) > 1)
    return "it says that nothing is kept (NOR), and how long";
  return "";
}

void state(const Said& said, Reading* reading) {
  const Token& token = *said.token;
  if (token.means.empty()) return;
  const char* type = token.group == Group::kPurpose     ? "cookie-category"
                     : token.group == Group::kRecipient ? "sale-or-sharing"
                                                        : "server-practice";
  policy::Statement* s = reading->state(type, said.span);
  if (s == nullptr) return;
  if (said.attribute == 'i') s->modality = "if";
  if (said.attribute == 'o') s->modality = "unless";
  if (token.group == Group::kPurpose) {
    s->data = {"cookies"};
    s->purposes = {std::string(token.means)};
    s->observable = "partly";
  } else {
    if (token.letters == "OUR" || token.letters == "NOR") s->polarity = "does-not";
    s->data = {std::string(token.means)};
  }
}

}  // namespace

bool looks_like_p3p(std::string_view text) {
  const std::string head = lower(trimmed(text).substr(0, 16));
  const bool begins =
      head.starts_with("p3p:") || head.starts_with("policyref=") || head.starts_with("cp=");
  return begins && trimmed(text).find('\n') == std::string_view::npos;
}

Result<policy::Declaration> read_p3p(std::string text, const policy::Source& source) {
  Reading reading("p3p", std::move(text), source);
  const std::string what = called(source, "P3P header");
  const Span policy = policy_in(reading.text());
  std::vector<Said> said;
  if (policy.start == policy.end || !split(reading.text(), policy, &said)) {
    reading.cannot_read("no compact policy of tokens, so it says nothing", what);
  } else if (const std::string_view why = flaw(said); !why.empty()) {
    reading.cannot_read("nothing is read out of the compact policy: " + std::string(why), what);
  } else {
    // OUR beside other recipients denies nothing.
    const bool shared = kinds_of(said, Group::kRecipient) > 1;
    for (const Said& s : said)
      if (!(shared && s.token->letters == "OUR")) state(s, &reading);
  }
  return std::move(reading).finish();
}

}  // namespace affiant::machine
