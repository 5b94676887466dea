// F5: a third party was contacted that the policy neither names nor covers with any statement about
// third parties. PoliCheck calls it "omitted". Only where a policy was read: without one, F20 says
// what there is to say.
#include "findings/coverage.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

// What the recording shows of this party, beyond having been contacted.
std::string conduct(const ThirdParty& party, const Context& context) {
  std::string out;
  const auto behaviour = context.done.behaviour.find(party.site);
  if (behaviour != context.done.behaviour.end())
    out += " It " + std::string(detect::behaviour_name(behaviour->second)) + ".";
  return out;
}

}  // namespace

Drafts undeclared_third_party(const Context& context) {
  if (!context.said.is_policy) return {};
  struct Group {
    std::string name, phase, products, conduct;
    std::vector<std::string> contacted;
    std::set<observe::Leaf> entries;
    bool own_name = true;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const ThirdParty& party : context.parties) {
    if (coverage_of(party, context).grade != Grade::kNone) continue;
    const std::string who = party.owner.empty() ? party.site : party.owner;
    Group& group = groups[{who, party.phase}];
    group.name = who;
    group.phase = party.phase;
    group.contacted.push_back(
        party.contacted() +
        (party.product.empty() ? "" : " (" + party.product + ", " + party.category + ")"));
    if (group.conduct.empty()) group.conduct = conduct(party, context);
    group.entries.insert(party.entries.begin(), party.entries.end());
    group.own_name = group.own_name && party.own_name;
  }
  Drafts out;
  for (const auto& [key, group] : groups) {
    Finding f;
    f.strength = group.own_name ? Strength::kNote : Strength::kUndeclared;
    f.title = group.name + " is contacted, but the policy does not mention it";
    f.explanation =
        list(group.contacted, 3) + "." + group.conduct + " The policy does not name " + group.name +
        ", and no statement found in it about third parties or their services covers it.";
    if (group.own_name)
      f.explanation +=
          " It bears the site's own name, so it may be the site itself; this is a note.";
    f.phase = group.phase;
    f.entries = sorted(group.entries);
    out.push_back({key.first, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
