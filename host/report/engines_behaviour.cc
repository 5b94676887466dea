// Techniques of scripts and what pages say of consent, in two recordings.
#include <map>
#include <tuple>

#include "report/engines_ledger.h"
#include "report/text_layout.h"

namespace affiant::report {
namespace {

using TechniqueKey = std::pair<std::string, std::string>;  // Technique, host of the script.

std::map<TechniqueKey, Side> techniques(const Report& report) {
  std::map<TechniqueKey, Side> out;
  for (const detect::TechniqueFact& t : report.facts.techniques) {
    Side& side = out[{t.technique, t.script_host}];
    if (side.words.empty()) side.words = safe(t.detail);
    side.entries.insert(side.entries.end(), t.entries.begin(), t.entries.end());
  }
  for (auto& [key, side] : out) side.entries = sorted_entries(std::move(side.entries));
  return out;
}

using ConsentKey = std::tuple<std::string, std::string, std::string>;  // Phase, interface, host.

// The last word of each interface of a site's own pages. Strings of a consent manager hold the
// moment they were made in: only whether one was given is compared.
std::map<ConsentKey, Side> last_words(const Report& report) {
  std::map<std::uint64_t, std::string> phases;
  for (const observe::Session& s : report.facts.seen.sessions) phases[s.id] = s.phase;
  std::map<ConsentKey, Side> out;
  for (const observe::ConsentState& c : report.facts.seen.consent) {
    if (c.place.frame != 0) continue;
    Side& side = out[{phases[c.place.session], c.source, c.place.top_host}];
    side.words = c.status.empty() ? "spoke" : safe(c.status, 60);
    const bool plain = c.source == "gpc" || c.source == "google-consent-mode";
    if (c.value && plain)
      side.words += " " + safe(*c.value, 160);
    else if (c.value && !c.value->empty())
      side.words += " with a consent string";
    side.entries = {c.entry};
  }
  return out;
}

}  // namespace

void compare_techniques(Ledger* ledger) {
  walk_both(
      techniques(ledger->left()), techniques(ledger->right()),
      [&](const TechniqueKey& key, const Side& side, bool in_left) {
        const std::string what =
            safe(key.first, 40) +
            (key.second.empty() ? " by a script" : " by a script of " + safe(key.second, 120));
        if (in_left)
          ledger->only_left("technique", what, side);
        else
          ledger->only_right("technique", what, side);
      },
      [](const auto&...) {});
}

void compare_consent(Ledger* ledger) {
  const auto what_of = [](const ConsentKey& key) {
    const auto& [phase, source, host] = key;
    return "what " + safe(source, 40) + " says on " + safe(host, 120) + phase_words(phase);
  };
  walk_both(
      last_words(ledger->left()), last_words(ledger->right()),
      [&](const ConsentKey& key, const Side& side, bool in_left) {
        if (in_left)
          ledger->only_left("consent", what_of(key), side);
        else
          ledger->only_right("consent", what_of(key), side);
      },
      [&](const ConsentKey& key, const Side& left, const Side& right) {
        if (left.words != right.words) ledger->differ("consent", what_of(key), left, right);
      });
}

}  // namespace affiant::report
