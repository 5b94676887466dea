// F15: the policy names a third party for when the visitor does something (signs in, opens the
// chat, pays), and it was contacted although nobody did. Only of audits, in which the recorder does
// nothing but look, and only for conditions that this excludes.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "findings/coverage.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

// What a visitor does, by the beginnings of words of a condition; and the words in the address of a
// page that may be there for it, on which such a party is in its place.
struct Deed {
  std::string_view words, pages, told;
};
constexpr std::array<Deed, 5> kDeeds = {{
    {"log in|logs in|login|log-in|logged in|logging in|sign in|signs in|sign-in|signed in|"
     "signing in|sign up|register|registration|account",
     "log|sign|account|auth|register|member", "signed in or registered"},
    {"purchas|buy|order|checkout|check out|pay |pays|paying|payment|donat",
     "check|cart|basket|pay|order|buy|shop|donat|support|give", "bought, paid or donated"},
    {"chat", "chat|help|support|contact", "opened a chat"},
    {"click|press|tap |share |shares|sharing|like button|play the|play a|initiat|interact",
     "share|social|video|watch", "clicked or played anything"},
    {"contact us|contact form|fill|submit|comment|upload|send us|write to us|subscrib|newsletter",
     "contact|form|comment|upload|subscri|newsletter|support|help", "filled in or sent a form"},
}};
constexpr Deed kConsent = {"consent|agree|accept|permission|opt in|opt-in|opted in", "",
                           "agreed to anything"};

// The deed that the statement makes its condition, or nullptr: not understood, or not to be
// excluded by a recording.
const Deed* deed_of(const Statement& s, const std::string& phase) {
  const std::string condition = folded(s.condition) + " ";
  // "Unless you sign in", "before you pay", "if you do not agree".
  if (condition == " " ||
      has_word_start(condition, "unless|until|before|without|not |never|cannot"))
    return nullptr;
  for (const Deed& deed : kDeeds)
    if (has_word_start(condition, deed.words)) return &deed;
  const bool asked = has_word_start(condition, kConsent.words) &&
                     !has_word_start(condition, "by using|by continu|by brows|by access|by visit");
  return phase == "no-choice" && asked ? &kConsent : nullptr;
}

bool is_audit(const Context& context, std::uint64_t session) {
  return std::any_of(
      context.done.seen.sessions.begin(), context.done.seen.sessions.end(),
      [&](const observe::Session& s) { return s.id == session && s.purpose == "audit"; });
}

// Whether the page that asked is known, and not one that is there for the deed.
bool on_other_page(const observe::Request& request, const Deed& deed) {
  if (!request.place.top_url) return false;
  const auto url = site::parse_url(*request.place.top_url);
  if (!url) return false;
  std::string path = folded(url->path);
  std::replace_if(
      path.begin(), path.end(), [](char c) { return c == '/' || c == '-' || c == '_' || c == '.'; },
      ' ');
  return deed.pages.empty() || !has_word_start(path, deed.pages);
}

// What a party was contacted for is not the deed: its condition holds for all sentences naming it.
struct Conditional {
  std::vector<const Statement*> statements;
  std::vector<const Deed*> deeds;
};

// Empty when nothing names the party, or when one sentence does so without such a condition.
Conditional conditional_naming(const ThirdParty& party, const Context& context) {
  Conditional out;
  for (const Statement* s : coverage_without(party, context, {}).statements) {
    const Deed* deed = deed_of(*s, party.phase);
    if (deed == nullptr) return {};
    out.statements.push_back(s);
    out.deeds.push_back(deed);
  }
  return out;
}

std::string deeds_told(const std::vector<const Deed*>& deeds) {
  std::vector<std::string> told;
  for (const Deed* deed : deeds) {
    const std::string words(deed->told);
    if (std::find(told.begin(), told.end(), words) == told.end()) told.push_back(words);
  }
  std::string out;
  for (const std::string& words : told) out += (out.empty() ? "" : ", or ") + words;
  return out;
}

}  // namespace

Drafts condition_exceeded(const Context& context) {
  if (!context.said.is_policy) return {};
  Drafts out;
  for (const ThirdParty& party : context.parties) {
    if (coverage_without(party, context, {}).grade != Grade::kNamed) continue;
    const Conditional naming = conditional_naming(party, context);
    if (naming.statements.empty()) continue;
    std::set<observe::Leaf> entries;
    std::set<std::string> hosts;
    for (const detect::RequestFact* fact : party.requests) {
      const bool elsewhere =
          is_audit(context, fact->request->place.session) &&
          std::all_of(naming.deeds.begin(), naming.deeds.end(),
                      [&](const Deed* deed) { return on_other_page(*fact->request, *deed); });
      if (!elsewhere) continue;
      entries.insert(fact->request->entry);
      hosts.insert(fact->request->host);
    }
    if (entries.empty()) continue;
    const Statement& said = *naming.statements.front();
    Finding f;
    f.strength = Strength::kUndeclared;
    f.title = party.name() + " is contacted, though the policy names it only under a condition";
    f.explanation = "The site says " + sentence(quotation(said.quote)) +
                    " In this recording nobody " + deeds_told(naming.deeds) + ", and " +
                    count(entries.size(), "request") + " went to " +
                    list({hosts.begin(), hosts.end()}, 3) + ".";
    const Coverage other = coverage_without(party, context, naming.statements);
    const bool hedged =
        std::any_of(naming.statements.begin(), naming.statements.end(), [](const Statement* s) {
          return s->hedged || s->open_list || !s->exception.empty() || !s->scope.empty();
        });
    std::string why;
    if (hedged) {
      why = "the sentence is hedged or bounded, so it needs reading";
    } else if (!other.statements.empty()) {
      why = "the policy also says " + quotation(other.statements.front()->quote, 100) +
            ", which may mean it as well";
    } else if (!other.named_for_other.empty() ||
               is_named_beside(party, context, naming.statements)) {
      why = "its name also stands elsewhere in the policy, which needs reading";
    }
    if (!why.empty()) {
      f.strength = Strength::kNote;
      f.explanation += " This is a note because " + why + ".";
    }
    f.phase = party.phase;
    for (const Statement* s : naming.statements) f.statements.push_back(s->id);
    f.entries = sorted(entries);
    out.push_back({party.name(), std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
