#include <algorithm>
#include <map>
#include <vector>

#include "detect/choice.h"
#include "report/text_page.h"
#include "report/views.h"

namespace affiant::report {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

std::string seen_line(const Report& report) {
  const detect::Facts& facts = report.facts;
  const auto pages = std::count_if(
      facts.seen.pages.begin(), facts.seen.pages.end(),
      [](const observe::Page& p) { return p.role != "policy" && p.result != "failed"; });
  const auto kept_off =
      std::count_if(facts.cookies.begin(), facts.cookies.end(), [](const detect::CookieFact& c) {
        return !c.repeats && (c.story.outcome == "blocked" || c.story.outcome == "refused");
      });
  const std::vector<OwnerRow> owners = third_parties(report);
  const auto trackers =
      std::count_if(owners.begin(), owners.end(), [](const OwnerRow& o) { return o.tracker; });
  const auto repeats = static_cast<std::size_t>(
      std::count_if(facts.cookies.begin(), facts.cookies.end(),
                    [](const detect::CookieFact& c) { return c.repeats; }));
  std::string cookies = count_of(facts.cookies.size() - repeats, "cookie");
  if (kept_off > 0) cookies += fmt::format(" ({} not stored by the browser)", kept_off);
  std::string thirds = count_of(owners.size(), "third party", "third parties");
  thirds += trackers == 0 ? " (none known as a tracker)"
                          : " (" + count_of(static_cast<std::size_t>(trackers), "tracker") + ")";
  return joined({count_of(static_cast<std::size_t>(pages), "page"),
                 count_of(facts.requests.size(), "request"), cookies,
                 count_of(storage_rows(report).size(), "storage key"), thirds}) +
         ".";
}

std::string said_line(const Report& report) {
  const policy::Declaration& said = report.declaration;
  if (said.sources.empty()) return "No policy text of this site was read.";
  std::vector<std::string> kinds;
  for (const policy::Source& source : said.sources)
    kinds.push_back(safe(source.kind, 40) +
                    (source.language.empty() ? "" : " (" + safe(source.language, 20) + ")"));
  return joined(kinds) + ": " +
         joined({count_of(said.statements.size(), "statement") + " about what a browser does",
                 count_of(said.cookies.size(), "declared cookie")}) +
         ".";
}

// A line for all runs alike.
void recorded(TextPage& page, const observe::Observations& seen) {
  const detect::Choices choices(seen);
  const auto chosen = [&](const observe::Session& s) -> std::string {
    if (s.phase == "no-choice") return "before any consent choice";
    const auto* told = choices.told(s.id);
    std::string how = told == nullptr ? "" : safe(told->second, 300);
    if (how.starts_with(s.phase + ": ")) how.erase(0, s.phase.size() + 2);
    return "phase " + safe(s.phase, 40) +
           (choices.of(s.id) != nullptr ? ", choice made " : ", NO CHOICE WAS MADE: ") + how;
  };
  std::map<std::string, std::vector<const observe::Session*>> alike;
  std::vector<std::string> order;
  for (const observe::Session& s : seen.sessions) {
    const std::string manner =
        fmt::format("with {} {}, {}{}", safe(s.browser, 40), safe(s.browser_version, 40), chosen(s),
                    s.gpc ? ", sending Global Privacy Control" : "");
    auto& sessions = alike[manner];
    if (sessions.empty()) order.push_back(manner);
    sessions.push_back(&s);
  }
  for (const std::string& manner : order) {
    const auto& sessions = alike[manner];
    const std::string first = minute_text(sessions.front()->opened_ms);
    if (sessions.size() == 1)
      page.paragraph(first + " " + manner, "Recorded ");
    else
      page.paragraph(fmt::format("{} times from {} {}", sessions.size(), first, manner),
                     "Recorded ");
  }
}

void strengths(TextPage& page, const Report& report) {
  using findings::Strength;
  for (const Strength strength :
       {Strength::kContradicted, Strength::kUndeclared, Strength::kVague, Strength::kNote}) {
    const auto [n, expected] = count_of_strength(report, strength);
    page.line(fmt::format("{:>5}  {:<12}  {}{}", n, findings::strength_name(strength),
                          strength_sentence(strength),
                          expected > 0 ? fmt::format(" ({} expected)", expected) : ""),
              n == 0 ? Tone::kFaint : strength_tone(strength));
  }
}

// Whether a build fails, and what is to be said of the file that says what is expected.
void gate(TextPage& page, const Report& report, std::string_view fail_on) {
  if (!fail_on.empty() && fail_on != "never") {
    const std::size_t n = count_failing(report, fail_on);
    page.blank();
    page.paragraph(
        n == 0 ? fmt::format("passes: no finding that counts at --fail-on {}", fail_on)
               : fmt::format("fails: {} at --fail-on {} or above", count_of(n, "finding"), fail_on),
        "Gate: ", n == 0 ? Tone::kStrong : Tone::kBad);
  }
  if (!report.gate) return;
  for (const std::string& warning : gate_warnings(*report.gate))
    page.paragraph(safe(warning, 1'000), "  - ", Tone::kWarning);
}

}  // namespace

void headline_section(TextPage& page, const Report& report, std::string_view fail_on) {
  const observe::Observations& seen = report.facts.seen;
  const std::string site = safe(site_url(report).value_or(report.facts.site_host));
  page.paragraph("What " + (site.empty() ? "the site" : site) + " does, and what it says");
  recorded(page, seen);
  page.blank();
  if (!anything_observed(report)) {
    page.line("NOT OBSERVED", Tone::kBad);
    page.paragraph(
        "No page of the site loaded, so this record shows nothing of what the site does. It is no "
        "sign that the site keeps its "
        "word.");
    for (const observe::Page& p : seen.pages)
      if (p.role != "policy")
        page.paragraph(safe(p.url.value_or(p.host)) + ": " +
                           safe(p.result.empty() ? "never finished" : p.result) +
                           (p.error.empty() ? "" : " (" + safe(p.error) + ")"),
                       "  - ");
    page.blank();
  }
  page.paragraph(seen_line(report), "Seen: ", Tone::kStrong);
  page.paragraph(said_line(report), "Said: ", Tone::kStrong);
  if (!anything_observed(report)) return;
  page.blank();
  if (report.findings.empty()) {
    page.paragraph(
        "No finding: nothing that was seen contradicts what the site says, as far as both could be "
        "read. What was not seen is below.");
  } else {
    strengths(page, report);
  }
  gate(page, report, fail_on);
}

}  // namespace affiant::report
