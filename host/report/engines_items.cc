// Storage, third parties and findings in two recordings.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/engines_ledger.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::report {
namespace {

using Key = std::tuple<std::string, std::string, std::string, std::string>;

std::map<Key, Side> storage_keys(const Report& report) {
  std::map<Key, Side> out;
  for (const StorageRow& row : storage_rows(report)) {
    const observe::StorageItem& item = *row.fact->item;
    if (!item.key) continue;  // Withheld: nobody can say which it is.
    Side& side = out[{row.fact->phase, item.area, item.origin, *item.key}];
    side.words = item.op == "present" ? "found there" : "set";
    if (!item.script_host.empty()) side.words += " by script of " + safe(item.script_host, 120);
    side.entries.insert(side.entries.end(), row.entries.begin(), row.entries.end());
  }
  for (auto& [key, side] : out) side.entries = sorted_entries(std::move(side.entries));
  return out;
}

struct Host {
  bool answered = false;
  std::set<std::string> failures, types;
  std::string owner;
  std::vector<observe::Leaf> entries;

  Side side() const {
    Side out{answered ? "contacted" : "asked for, without an answer", entries};
    std::string about = answered ? owner : "";
    if (!answered)
      for (const std::string& failure : failures) about += (about.empty() ? "" : ", ") + failure;
    if (!about.empty()) out.words += " (" + safe(about, 160) + ")";
    return out;
  }
};

// The page, or a later step of the plan, took the request back: a matter of moments.
bool is_abort(const std::string& failure) {
  return failure == "net::ERR_ABORTED" || failure == "NS_BINDING_ABORTED";
}

std::map<std::pair<std::string, std::string>, Host> hosts(const Report& report) {
  std::map<std::pair<std::string, std::string>, Host> out;
  for (const detect::RequestFact& fact : report.facts.requests) {
    // What another tab or the browser itself asked for is not the site's doing.
    if (fact.party != site::Party::kThird || fact.same_owner || !fact.of_visit) continue;
    Host& host = out[{fact.phase, fact.request->host}];
    if (fact.request->failure.empty() || is_abort(fact.request->failure))
      host.answered = true;
    else
      host.failures.insert(fact.request->failure);
    host.owner = fact.owner;
    host.entries.push_back(fact.request->entry);
  }
  for (auto& [key, host] : out) host.entries = sorted_entries(std::move(host.entries));
  return out;
}

// A finding is the same one in both reports when it is about the same words of the site, whatever
// strength it has: rules whose titles count or grade are matched by what they rest on instead.
using FindingKey = std::tuple<std::string, std::string, std::string>;
FindingKey key_of(const findings::Finding& finding, const Report& report) {
  if (finding.rule == "declared-not-seen")
    return {finding.rule, finding.phase, finding.declared_cookies.empty() ? "parties" : "cookies"};
  if (finding.rule == "contradicted-denial" && !finding.statements.empty())
    for (const policy::Statement& s : report.declaration.statements)
      if (s.id == finding.statements.front())
        return {finding.rule, finding.phase, s.type + "\n" + s.quote};
  return {finding.rule, finding.phase, finding.title};
}

std::map<FindingKey, const findings::Finding*> by_key(const Report& report) {
  std::map<FindingKey, const findings::Finding*> out;
  for (const findings::Finding& finding : report.findings) {
    const auto [it, fresh] = out.try_emplace(key_of(finding, report), &finding);
    if (!fresh && finding.strength < it->second->strength) it->second = &finding;
  }
  return out;
}

Side side_of(const findings::Finding& finding) {
  return {std::string(findings::strength_name(finding.strength)) + ", " + safe(finding.id, 40),
          sorted_entries(finding.entries)};
}

}  // namespace

void compare_storage(Ledger* ledger) {
  const auto one = [&](const Key& key, const Side& side, bool in_left) {
    const auto& [phase, area, origin, name] = key;
    const std::string what =
        safe(area, 40) + " key " + safe(name, 80) + " of " + safe(origin, 120) + phase_words(phase);
    if (in_left)
      ledger->only_left("storage", what, side);
    else
      ledger->only_right("storage", what, side);
  };
  walk_both(storage_keys(ledger->left()), storage_keys(ledger->right()), one,
            [](const auto&...) {});
}

void compare_third_parties(Ledger* ledger) {
  const auto what_of = [](const auto& key) {
    return "third-party host " + safe(key.second, 200) + phase_words(key.first);
  };
  walk_both(
      hosts(ledger->left()), hosts(ledger->right()),
      [&](const auto& key, const Host& host, bool in_left) {
        if (in_left)
          ledger->only_left("third-party", what_of(key), host.side());
        else
          ledger->only_right("third-party", what_of(key), host.side());
      },
      [&](const auto& key, const Host& left, const Host& right) {
        if (left.answered != right.answered)
          ledger->differ("third-party-answer", what_of(key), left.side(), right.side());
      });
}

void compare_findings(Ledger* ledger) {
  const auto left = by_key(ledger->left());
  const auto right = by_key(ledger->right());
  const auto what_of = [](const findings::Finding& f) {
    return safe(f.title) + phase_words(f.phase);
  };
  walk_both(
      left, right,
      [&](const auto&, const findings::Finding* f, bool in_left) {
        // Some rules tell what was not seen: both recordings have to be whole for those.
        if (!ledger->left_whole() || !ledger->right_whole())
          ledger->leave_out();
        else if (in_left)
          ledger->differ("finding", what_of(*f), side_of(*f),
                         {"not found in " + engine_of(ledger->right()) + "'s recording", {}});
        else
          ledger->differ("finding", what_of(*f),
                         {"not found in " + engine_of(ledger->left()) + "'s recording", {}},
                         side_of(*f));
      },
      [&](const auto&, const findings::Finding* l, const findings::Finding* r) {
        if (l->strength != r->strength)
          ledger->differ("finding", what_of(l->strength < r->strength ? *l : *r), side_of(*l),
                         side_of(*r));
      });
}

std::vector<SharedFinding> shared_findings(const Report& left, const Report& right) {
  std::vector<SharedFinding> out;
  walk_both(
      by_key(left), by_key(right), [](const auto&...) {},
      [&](const auto&, const findings::Finding* l, const findings::Finding* r) {
        if (l->strength == r->strength) out.push_back({l, r});
      });
  std::stable_sort(out.begin(), out.end(), [](const SharedFinding& a, const SharedFinding& b) {
    return a.left->strength < b.left->strength;
  });
  return out;
}

}  // namespace affiant::report
