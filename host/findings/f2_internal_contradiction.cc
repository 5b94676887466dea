// F2: the policy says and denies the same of the same thing. Only plain sentences count: one with a
// scope, a condition or an exception may be meant otherwise (PoliCheck's narrowing definitions),
// and purpose and kind must be the same (PoliGraph found 8 % of plain negation matches to be real).
#include <algorithm>

#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using policy::Statement;

bool is_plain(const Statement& s) {
  return s.scope.empty() && s.condition.empty() && s.exception.empty() && !s.hedged &&
         s.modality != "if" && s.modality != "unless" && s.subject != "user";
}

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& item) {
    return std::find(b.begin(), b.end(), item) != b.end();
  });
}

bool same_party(const Statement& a, const Statement& b) {
  return std::any_of(a.parties.begin(), a.parties.end(), [&](const std::string& name) {
    return std::any_of(b.parties.begin(), b.parties.end(),
                       [&](const std::string& other) { return folded(name) == folded(other); });
  });
}

// Whether `said` is what `denied` says is not so.
bool contradicts(const Statement& denied, const Statement& said) {
  if (denied.type == "named-third-party")
    return said.type == denied.type && same_party(denied, said);
  if (denied.type == "no-cookies") {
    const bool persistent = share(denied.data, {"persistent-cookies"});
    return said.type == "uses-cookies" && said.subject == "we" && share(said.data, {"cookies"}) &&
           (!persistent || share(said.data, {"persistent-cookies"}));
  }
  if (denied.type == "cookie-category")
    return said.type == denied.type && share(denied.purposes, said.purposes);
  if (denied.type == "beacon-or-fingerprint" || denied.type == "other-storage")
    return said.type == denied.type && share(denied.data, said.data);
  if (denied.type == "third-party-denial" && share(denied.data, {"cookies"}))
    return said.type == "uses-cookies" && said.subject == "third-party";
  return (denied.type == "advertising" || denied.type == "behavioural-tracking") &&
         said.type == denied.type;
}

}  // namespace

Drafts internal_contradiction(const Context& context) {
  if (!context.said.is_policy) return {};
  Drafts out;
  for (const Statement& denied : context.said.statements) {
    // "May not" is no promise, so nothing takes it back.
    if (denied.polarity != "does-not" || denied.modality == "may" || !is_plain(denied)) continue;
    const Statement* against = nullptr;
    for (const Statement& said : context.said.statements) {
      if (said.polarity != "does" || !is_plain(said) || !contradicts(denied, said)) continue;
      // Of one sentence the nearer half holds.
      if (said.source == denied.source && said.start < denied.end && denied.start < said.end)
        continue;
      against = &said;
      break;
    }
    if (against == nullptr) continue;
    Finding f;
    f.strength = Strength::kNote;
    f.title = "The policy says one thing and its opposite";
    f.explanation = "It says " + quotation(denied.quote) + ", and elsewhere " +
                    sentence(quotation(against->quote)) +
                    " Which of the two holds, only the site can say.";
    f.phase = context.phases.empty() ? "" : context.phases.front();
    f.statements = {denied.id, against->id};
    f.entries = context.page_entries();
    out.push_back({denied.id, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
