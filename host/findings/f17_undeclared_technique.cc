// F17, techniques: scripts did what published definitions call fingerprinting, and no words of the
// policy speak of it. Undeclared where the site lists more than its cookies; a note where it lists
// nothing such. Where the policy denies it, F1 tells.
#include <algorithm>
#include <map>

#include "findings/other_means.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

// Any word that a reader could take for it is enough: what the policy means by it is not judged.
bool speaks_of_it(const Context& context, std::string_view technique) {
  if (technique == "beacon" && has_word_start(context.text, "beacon|pixel|sendbeacon")) return true;
  if (technique == "webrtc" && has_word_start(context.text, "ip address|webrtc")) return true;
  return has_word_start(context.text,
                        "fingerprint|device information|information about your device|"
                        "device characteristics|device identif|device attributes|"
                        "browser characteristics|hardware|canvas|fraud|bot detection") ||
         std::any_of(context.said.statements.begin(), context.said.statements.end(),
                     [&](const policy::Statement& s) {
                       return s.type == "beacon-or-fingerprint" && technique != "beacon" &&
                              std::find(s.data.begin(), s.data.end(), "fingerprinting") !=
                                  s.data.end();
                     });
}

}  // namespace

Drafts undeclared_technique(const Context& context) {
  if (!context.said.is_policy) return {};
  const StorageLists lists = storage_lists(context.said);
  struct Group {
    std::set<std::string> details;
    std::set<observe::Leaf> entries;
    std::string technique;
  };
  std::map<std::pair<std::string, std::string>, Group> groups;  // By phase and host.
  for (const SeenTechnique& seen : context.techniques) {
    const std::string& technique = seen.fact->technique;
    const bool defined = fingerprinting(technique) == Fingerprinting::kDefined;
    if ((!defined && technique != "beacon") || speaks_of_it(context, technique)) continue;
    // A beacon is one way among others to send something; only a list of techniques misses it.
    if (technique == "beacon" && lists.closed.empty()) continue;
    Group& group = groups[{seen.phase, seen.host + "\n" + technique}];
    group.technique = technique;
    group.details.insert(seen.fact->detail);
    group.entries.insert(seen.fact->entries.begin(), seen.fact->entries.end());
  }
  Drafts out;
  for (const auto& [key, group] : groups) {
    const std::string host = key.second.substr(0, key.second.find('\n'));
    Finding f;
    f.strength = lists.any() && !lists.open && group.technique != "beacon" ? Strength::kUndeclared
                                                                           : Strength::kNote;
    f.title = "A script of " + (host.empty() ? "the page" : host) + " does what is called " +
              technique_words(group.technique) + ", and the policy does not speak of it";
    f.explanation = "It " + list({group.details.begin(), group.details.end()}, 2) + ".";
    f.explanation += f.strength == Strength::kUndeclared
                         ? " The site " + lists.words() + ", and says nothing of this."
                         : " What it served is not seen; this is a note.";
    f.phase = key.first;
    f.statements = lists.closed;
    f.entries = sorted(group.entries);
    out.push_back({"technique\n" + key.second, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
