#include "report/engines.h"

#include <algorithm>
#include <map>
#include <set>

#include "report/engines_ledger.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::report {
namespace {

// Sessions of one recording may, in principle, have found different modes.
Side mode_of(const Report& report) {
  std::set<std::string> modes;
  for (const observe::Session& s : report.facts.seen.sessions)
    modes.insert(s.third_party_cookies.empty() ? "not known" : safe(s.third_party_cookies, 40));
  Side side;
  for (const std::string& mode : modes) side.words += (side.words.empty() ? "" : ", ") + mode;
  for (const auto& [leaf, note] : report.facts.seen.notes)
    if (note.starts_with("third-party-cookies-mode")) side.entries.push_back(leaf);
  side.entries = sorted_entries(std::move(side.entries));
  return side;
}

// Without query and fragment, which may hold what is made anew for every visitor.
std::string bare(const std::string& url) { return url.substr(0, url.find_first_of("?#")); }

// Pages by address: visited, but answered in one only, is also "recorded in one only".
std::map<std::string, Side> loaded_pages(const Report& report) {
  std::map<std::string, Side> out;
  for (const observe::Page& page : report.facts.seen.pages) {
    if (page.result == "failed" || !page.url || page.url->empty()) continue;
    Side& side = out[bare(*page.url)];
    side.words = page.result == "loaded" ? "loaded" : "visited, and not finished in time";
    side.entries.insert(side.entries.end(), page.entries.begin(), page.entries.end());
  }
  for (auto& [url, side] : out) side.entries = sorted_entries(std::move(side.entries));
  return out;
}

}  // namespace

void compare_modes(Ledger* ledger) {
  Side left = mode_of(ledger->left());
  Side right = mode_of(ledger->right());
  if (left.words != right.words)
    ledger->differ("third-party-cookies", "how third-party cookies are treated", std::move(left),
                   std::move(right));
}

void compare_pages(Ledger* ledger) {
  walk_both(
      loaded_pages(ledger->left()), loaded_pages(ledger->right()),
      [&](const std::string& url, const Side& side, bool in_left) {
        if (in_left)
          ledger->only_left("page", "page " + safe(url), side);
        else
          ledger->only_right("page", "page " + safe(url), side);
      },
      [](const auto&...) {});
}

Comparison compare_engines(const Report& left, const Report& right) {
  Comparison none;
  for (const Report* report : {&left, &right})
    if (!anything_observed(*report))
      none.limits.push_back(engine_of(*report) + "'s recording did not observe the site.");
  if (left.facts.site_host != right.facts.site_host)
    none.limits.push_back(fmt::format("The recordings are of two sites: {} and {}.",
                                      safe(left.facts.site_host, 120),
                                      safe(right.facts.site_host, 120)));
  if (!none.limits.empty()) return none;
  Ledger ledger(left, right);
  compare_modes(&ledger);
  compare_pages(&ledger);
  compare_cookies(&ledger);
  compare_storage(&ledger);
  compare_third_parties(&ledger);
  compare_techniques(&ledger);
  compare_consent(&ledger);
  compare_findings(&ledger);
  Comparison result = ledger.take();
  // Each may name its own pages and storage after where it began.
  const auto began = [](const Report& report) {
    const auto url = site::parse_url(site_url(report).value_or(""));
    return url ? url->origin() : "";
  };
  const std::string l = began(left);
  const std::string r = began(right);
  if (!l.empty() && !r.empty() && l != r)
    result.limits.push_back(
        fmt::format("The recordings began at two addresses, {} and {}: pages and "
                    "storage of one are not those of the other.",
                    safe(l, 120), safe(r, 120)));
  return result;
}

Comparison compare_members(const EnginesReport& set) {
  if (set.engines.size() == 2)
    return compare_engines(set.engines.front().report, set.engines.back().report);
  Comparison none;
  for (const MissingEngine& engine : set.missing)
    none.limits.push_back("There is no usable recording by " + safe(engine.engine, 40) + ": " +
                          safe(engine.why, 1'000));
  return none;
}

}  // namespace affiant::report
