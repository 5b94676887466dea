// F18: something personal (an e-mail address, or its digest) stood in a request to a third party,
// although the site says that it does not share, sell or let others have such data. That it left is
// seen; what came of it is not, so it is undeclared and no contradiction.
#include <algorithm>
#include <map>

#include "findings/coverage.h"
#include "findings/denial.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

bool is_personal(const Statement& s) {
  return s.data.empty() || std::any_of(s.data.begin(), s.data.end(), [](const std::string& d) {
           return has_word_start(folded(d), "personal|email|e-mail|contact|name|identif");
         });
}

struct Promise {
  const Statement* statement = nullptr;
  Strength cap = Strength::kUndeclared;
  std::string why;
};

// The plainest denial, or none. T20 speaks of handing on; T21 of cookies, beside which this is
// read.
Promise promise_of(const policy::Declaration& said, const Context& context) {
  Promise best;
  for (const Statement& s : said.statements) {
    if (s.polarity != "does-not" || !is_personal(s)) continue;
    const bool shares = s.type == "sale-or-sharing";
    if (!shares && s.type != "cookie-content") continue;
    const Binding binding = promise_binding(s, context);
    if (!binding.applies) continue;
    Promise next{&s, std::max(Strength::kUndeclared, binding.cap), binding.why};
    if (!shares) {
      next = {&s, Strength::kNote, "the sentence speaks of cookies, and this went another way"};
    } else if (!has_word_start(folded(s.quote),
                               "share|sharing|disclos|transfer|pass|provide|give") &&
               next.cap < Strength::kNote) {
      next = {&s, Strength::kNote, "the sentence speaks of selling, which a browser does not see"};
    }
    if (best.statement == nullptr || next.cap < best.cap) best = std::move(next);
  }
  return best;
}

}  // namespace

Drafts personal_data_leak(const Context& context) {
  if (!context.said.is_policy) return {};
  const Promise promise = promise_of(context.said, context);
  if (promise.statement == nullptr) return {};
  struct Group {
    const ThirdParty* party = nullptr;
    std::set<std::string> details;
    std::set<observe::Leaf> entries;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const SeenTechnique& seen : context.techniques) {
    if (seen.fact->technique != "pii-leak") continue;
    for (const ThirdParty& party : context.parties) {
      if (party.phase != seen.phase || !party.hosts.contains(seen.host)) continue;
      Group& group = groups[{party.name(), seen.phase}];
      group.party = &party;
      group.details.insert(seen.fact->detail);
      group.entries.insert(seen.fact->entries.begin(), seen.fact->entries.end());
    }
  }
  Drafts out;
  for (const auto& [key, group] : groups) {
    const Coverage coverage = coverage_of(*group.party, context);
    Strength strength = promise.cap;
    std::string why = promise.why;
    if (coverage.grade == Grade::kNamed) {
      strength = Strength::kNote;
      why = "the policy names " + key.first + ", so the two need reading together";
    }
    Finding f;
    f.strength = strength;
    f.title = "Something personal is sent to " + key.first +
              ", though the site says it does not hand such data on";
    f.explanation = "The site says " + quotation(promise.statement->quote, 200) +
                    ". Seen: " + list({group.details.begin(), group.details.end()}, 3) + ".";
    if (!why.empty() && strength != Strength::kUndeclared)
      f.explanation += std::string(" This is ") +
                       (strength == Strength::kNote ? "a note" : "graded vague") + " because " +
                       why + ".";
    f.phase = key.second;
    f.statements = {promise.statement->id};
    if (coverage.grade == Grade::kNamed)
      for (const Statement* s : coverage.statements)
        if (s != promise.statement) f.statements.push_back(s->id);
    f.entries = sorted(group.entries);
    out.push_back({key.first, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
