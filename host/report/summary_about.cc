// What a finding of a summary is about: for a popup that says its rule in another language.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "report/cited.h"
#include "report/summary.h"

namespace affiant::report {
namespace {

constexpr std::size_t kMostNames = 3;
constexpr std::size_t kAboutNameBytes = 60;
constexpr std::size_t kAboutQuoteBytes = 120;

// Rules on who was contacted; the others are on what was kept.
constexpr std::array<std::string_view, 5> kOfRequests = {"undeclared-third-party",
                                                         "vague-disclosure", "condition-exceeded",
                                                         "signal-ignored", "personal-data-leak"};

bool cites(const findings::Finding& f, observe::Leaf entry) {
  return std::find(f.entries.begin(), f.entries.end(), entry) != f.entries.end();
}

}  // namespace

About about(const Report& report, const CitedIndex& cited, const findings::Finding& finding) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  const bool of_requests =
      std::find(kOfRequests.begin(), kOfRequests.end(), finding.rule) != kOfRequests.end();
  for (const observe::Leaf entry : finding.entries) {
    const Shown& shown = cited.at(entry);
    if (of_requests)
      for (const detect::RequestFact* r : shown.requests)
        add(r->owner.empty() ? r->request->host : r->owner);
    else
      for (const detect::CookieFact* c : shown.cookies) add(c->story.name);
    if (finding.rule == "undeclared-storage")
      for (const detect::StorageFact* s : shown.storage) add(s->item->key.value_or(s->item->area));
  }
  if (finding.rule == "undeclared-technique")
    for (const detect::TechniqueFact& t : report.facts.techniques)
      if (std::any_of(t.entries.begin(), t.entries.end(),
                      [&](observe::Leaf entry) { return cites(finding, entry); }))
        add(t.script_host.empty() ? t.technique : t.script_host);
  for (const int row : finding.declared_cookies)
    if (finding.entries.empty() && row >= 0 &&
        static_cast<std::size_t>(row) < report.declaration.cookies.size())
      add(report.declaration.cookies[static_cast<std::size_t>(row)].pattern);
  About out;
  out.more = names.size() > kMostNames ? names.size() - kMostNames : 0;
  names.resize(std::min(names.size(), kMostNames));
  for (const std::string& name : names) out.names.push_back(printable(name, kAboutNameBytes));
  for (const policy::Statement& s : report.declaration.statements)
    if (!finding.statements.empty() && s.id == finding.statements.front())
      out.quote = printable(s.quote, kAboutQuoteBytes);
  return out;
}

}  // namespace affiant::report
