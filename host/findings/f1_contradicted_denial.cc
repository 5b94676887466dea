// F1: the site denies something that was seen. Only a plain denial is contradicted: hedged words
// make the finding vague; words with a condition, an unread exception or an unclear scope, and
// words that the same policy takes back elsewhere, make it a note.
#include <algorithm>
#include <map>
#include <tuple>

#include "findings/denial.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

// What a breach amounts to, once the policy's other sentences and the denial's own words are
// weighed.
struct Weighed {
  Strength strength;
  std::string why;
};

Weighed weigh(const Breach& breach, const Binding& binding) {
  Weighed w{breach.strength, breach.why};
  if (!breach.permitted_by.empty()) {
    w.strength = std::max(w.strength, Strength::kNote);
    w.why = "the policy also says " + quotation(breach.permitted_by.front()->quote, 100) +
            ", and the two need reading together";
  }
  if (binding.cap > w.strength) return {binding.cap, binding.why};
  if (w.why.empty()) w.why = binding.why;
  return w;
}

// What is denied, and the words for its being there all the same.
struct Titles {
  std::string_view denied, there;
};

Titles techniques_denied(const policy::Statement& s) {
  const std::string quote = folded(s.quote);
  const bool pixels = has_word_start(quote, "beacon|pixel|web bug|clear gif|tracking gif");
  if (!has_word_start(quote, "fingerprint"))
    return {"it uses no pixels or beacons", "they are sent"};
  if (pixels) return {"it uses neither beacons nor fingerprinting", "they are used"};
  return {"it does no fingerprinting", "scripts do what is called so"};
}

Titles titles_of(const policy::Statement& s, bool cookies) {
  if (s.type == "only-necessary") return {"it uses only necessary cookies", "others are set"};
  if (s.type == "no-cookies") return {"it does not use such cookies", "they are set"};
  if (s.type == "cookie-category") return {"it sets no cookies of this kind", "they are set"};
  if (s.type == "behavioural-tracking") return {"third parties do not track here", "one does"};
  if (s.type == "advertising")
    return {"it has no advertising", "an advertising company is contacted"};
  if (s.type == "beacon-or-fingerprint") return techniques_denied(s);
  if (s.type == "other-storage") return {"it uses no such storage", "keys are kept there"};
  if (s.type == "cookie-content") return {"its cookies hold nothing personal", "one does"};
  if (cookies) return {"it sets no third-party cookies", "third parties set them"};
  return {"it involves no such third party", "one is contacted"};
}

std::string title_for(Strength strength, const policy::Statement& s, bool cookies) {
  const Titles titles = titles_of(s, cookies);
  const std::string said = "The site says " + std::string(titles.denied);
  if (strength == Strength::kContradicted) return said + ", but " + std::string(titles.there);
  return said + "; what was seen " +
         (strength == Strength::kNote ? "needs reading beside it" : "sits ill with it");
}

}  // namespace

Drafts contradicted_denial(const Context& context) {
  if (!context.said.is_policy) return {};
  // A sentence that stands in two documents of the site is one denial with two places.
  std::map<std::pair<std::string, std::string>, std::vector<const policy::Statement*>> denials;
  for (const policy::Statement& s : context.said.statements) {
    if (binding_of(s, context).applies) denials[{s.type, folded(s.quote)}].push_back(&s);
  }
  Drafts out;
  for (const auto& [key, statements] : denials) {
    const policy::Statement& s = *statements.front();
    const Binding binding = binding_of(s, context);
    for (const std::string& phase : context.phases) {
      std::map<Strength, std::vector<std::pair<const Breach*, std::string>>> by_strength;
      const std::vector<Breach> breaches = breaches_of(s, binding, context, phase);
      for (const Breach& breach : breaches) {
        Weighed w = weigh(breach, binding);
        by_strength[w.strength].emplace_back(&breach, std::move(w.why));
      }
      if (by_strength.empty()) continue;
      const auto& [strength, strongest] = *by_strength.begin();
      Finding f;
      f.strength = strength;
      f.title = title_for(strength, s, strongest.front().first->is_cookie);
      std::vector<std::string> seen;
      std::set<observe::Leaf> entries;
      std::set<std::string> ids;
      for (const policy::Statement* same : statements) f.statements.push_back(same->id);
      for (const auto& [breach, why] : strongest) {
        seen.push_back(breach->words);
        entries.insert(breach->entries.begin(), breach->entries.end());
        for (const policy::Statement* permit : breach->permitted_by) {
          if (std::find(f.statements.begin(), f.statements.end(), permit->id) == f.statements.end())
            f.statements.push_back(permit->id);
        }
      }
      f.explanation =
          "The site says " + sentence(quotation(s.quote, 200)) + " Seen: " + list(seen, 4) + ".";
      if (const std::string& why = strongest.front().second; !why.empty()) {
        f.explanation += std::string(" This is ") +
                         (strength == Strength::kNote ? "a note" : "graded vague") + " because " +
                         why + ".";
      }
      f.phase = phase;
      f.entries = sorted(entries);
      out.push_back({s.id, std::move(f)});
    }
  }
  return out;
}

}  // namespace affiant::findings
