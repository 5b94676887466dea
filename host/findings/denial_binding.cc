#include <algorithm>
#include <array>

#include "findings/denial.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

// Types whose denial can be broken by something a browser sees (facts/policy.md: T2, T7, T12, T13,
// T14, T16, T17, T21), and the two whose denials say the same in other words: "we do not use Google
// Analytics", "no advertising cookies".
bool is_denial(const Statement& s) {
  constexpr std::array<std::string_view, 9> kTypes = {
      "no-cookies",        "third-party-denial",    "behavioural-tracking",
      "advertising",       "beacon-or-fingerprint", "cookie-content",
      "named-third-party", "cookie-category",       "other-storage"};
  if (s.type == "only-necessary") return true;
  return s.polarity == "does-not" &&
         std::find(kTypes.begin(), kTypes.end(), s.type) != kTypes.end();
}

enum class Scope { kWhole, kElsewhere, kUnclear };

// Words of scope that name hosts are compared with the audited site; words that mean the site as
// such hold; others need a reader.
Scope scope_of(std::string_view scope, const Context& context) {
  const std::string words = folded(scope) + " ";
  if (words == " ") return Scope::kWhole;
  bool other_host = false, own_host = false;
  std::string token;
  for (const char c : words) {
    if (c != ' ' && c != ',' && c != '(' && c != ')' && c != '/') {
      token += c;
      continue;
    }
    const std::string host = folded(token);
    token.clear();
    if (host.find('.') == std::string::npos || host.find('@') != std::string::npos) continue;
    (context.is_own(host) ? own_host : other_host) = true;
  }
  if (own_host) return Scope::kWhole;
  if (other_host || has_word_start(words, "mobile app|our app|the app|apps"))
    return Scope::kElsewhere;
  // "Our payment page": a part that the sentence speaks of, not a place that it names.
  if (words.starts_with("our ") || words.starts_with("your ")) return Scope::kUnclear;
  if (has_word_start(words,
                     "app|mobile|newsletter|email|e-mail|forum|member|account|checkout|shop|blog|"
                     "portal|affiliate|link|resident|california|europe|eu |eea|uk |countr|region|"
                     "jurisdiction|visitors from|visitors in|users from|users in|registered|"
                     "logged|signed|children|minors"))
    return Scope::kUnclear;
  return has_word_start(words, "site|website|web site|page|platform|service") ? Scope::kWhole
                                                                              : Scope::kUnclear;
}

}  // namespace

bool is_necessary_exception(std::string_view exception) {
  const std::string words = folded(exception);
  return words.size() <= 90 && has_word_start(words, "necessary|essential|required") &&
         !has_word_start(words, "unless|when|if |where|consent|agree|permission");
}

Binding binding_of(const Statement& statement, const Context& context) {
  return is_denial(statement) ? promise_binding(statement, context) : Binding{};
}

Binding promise_binding(const Statement& statement, const Context& context) {
  Binding b;
  // "May" is no promise, and a sentence about what users do binds nobody here.
  if (statement.modality == "may" || statement.subject == "user") return b;
  const Scope scope = scope_of(statement.scope, context);
  if (scope == Scope::kElsewhere) return b;
  b.applies = true;
  const auto hold_back = [&](Strength cap, std::string why) {
    if (cap > b.cap) b.cap = cap;
    if (b.why.empty()) b.why = std::move(why);
  };
  if (!statement.exception.empty()) {
    b.except_necessary = is_necessary_exception(statement.exception);
    if (!b.except_necessary)
      hold_back(Strength::kNote, "the sentence makes an exception, " +
                                     quotation(statement.exception, 80) + ", so it needs reading");
  }
  if (statement.modality == "if" || statement.modality == "unless" ||
      !statement.condition.empty()) {
    hold_back(
        Strength::kNote,
        "the sentence sets a condition" +
            (statement.condition.empty() ? "" : ", " + quotation(statement.condition, 80) + ",") +
            " so it needs reading");
  }
  if (scope == Scope::kUnclear)
    hold_back(Strength::kNote, "the sentence speaks of " + quotation(statement.scope, 80) +
                                   ", which may not be what was recorded, so it needs reading");
  const std::string quote = folded(statement.quote);
  for (const std::string_view some : {"these ", "those ", "such ", "they "}) {
    if (quote.starts_with(some))
      hold_back(Strength::kNote,
                "the sentence speaks of some only, named before it, so it needs reading");
  }
  if (statement.hedged)
    hold_back(Strength::kVague, "the sentence hedges, so it promises less than it seems to");
  return b;
}

}  // namespace affiant::findings
