#include <algorithm>
#include <array>

#include "report/engines_ledger.h"
#include "report/text_page.h"
#include "report/views.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kRows = 200;

void headline(TextPage& page, const EnginesReport& set) {
  std::string names, site;
  for (const EngineReport& engine : set.engines) {
    names += (names.empty() ? "" : " and ") + safe(engine.engine, 40);
    if (site.empty()) site = safe(site_url(engine.report).value_or(engine.report.facts.site_host));
  }
  page.paragraph("What " + (names.empty() ? "no engine" : names) + " recorded of " +
                 (site.empty() ? "the site" : site));
  for (const EngineReport& engine : set.engines)
    for (const observe::Session& s : engine.report.facts.seen.sessions)
      page.paragraph(fmt::format("{} with {} {}, third-party cookies {}", minute_text(s.opened_ms),
                                 safe(s.browser, 40), safe(s.browser_version, 40),
                                 s.third_party_cookies.empty() ? "not known"
                                                               : safe(s.third_party_cookies, 40)),
                     "Recorded ");
  page.blank();
}

void findings_counts(TextPage& page, const EnginesReport& set) {
  using findings::Strength;
  for (const EngineReport& engine : set.engines) {
    const auto& all = engine.report.findings;
    std::string line = count_of(all.size(), "finding") + ":";
    for (const Strength strength :
         {Strength::kContradicted, Strength::kUndeclared, Strength::kVague, Strength::kNote}) {
      const std::size_t n = count_of_strength(engine.report, strength).all;
      line += fmt::format("{} {} {}", strength == Strength::kContradicted ? "" : ",", n,
                          findings::strength_name(strength));
    }
    if (!anything_observed(engine.report)) line = "NOT OBSERVED: no page of the site loaded";
    page.paragraph(line, "  " + pad(safe(engine.engine, 40), 10));
  }
  page.blank();
}

void counts(TextPage& page, const Comparison& comparison) {
  if (!comparison.compared) {
    page.line("NOT COMPARED", Tone::kBad);
    for (const std::string& why : comparison.limits) page.paragraph(why, "  - ");
    return;
  }
  const auto& all = comparison.disagreements;
  if (all.empty()) {
    page.paragraph(
        "No disagreement: cookies, storage, third parties, techniques, consent and findings are "
        "the same in both "
        "recordings, as far as they can be compared. What that leaves open is below.");
    return;
  }
  for (const EngineKind& kind : engine_kinds()) {
    const auto n = std::count_if(all.begin(), all.end(),
                                 [&](const Disagreement& d) { return d.kind == kind.name; });
    if (n > 0) page.line(fmt::format("{:>5}  {:<19}  {}", n, kind.name, kind.sentence));
  }
}

void side(TextPage& page, const std::string& engine, const Side& said) {
  page.paragraph(safe(said.words, 600), "    " + pad(safe(engine, 40), 10));
  if (!said.entries.empty()) page.paragraph(entries_words(said.entries), "              ");
}

void disagreements(TextPage& page, const EnginesReport& set, const Comparison& comparison) {
  const auto& all = comparison.disagreements;
  if (all.empty()) return;
  page.heading("WHAT THE ENGINES DISAGREE ON");
  for (std::size_t i = 0; i < std::min(all.size(), kRows); ++i) {
    page.paragraph(safe(all[i].what, 600), "[" + all[i].kind + "] ", Tone::kWarning);
    side(page, set.engines.front().engine, all[i].left);
    side(page, set.engines.back().engine, all[i].right);
    page.blank();
  }
  if (all.size() > kRows)
    page.line(fmt::format("and {} more: see --format json", all.size() - kRows), Tone::kFaint);
}

void in_both(TextPage& page, const EnginesReport& set) {
  const auto& left = set.engines.front();
  const auto& right = set.engines.back();
  const auto shared = shared_findings(left.report, right.report);
  page.heading(fmt::format("FINDINGS IN BOTH ({})", shared.size()));
  if (shared.empty()) page.line("  none");
  for (std::size_t i = 0; i < std::min(shared.size(), kRows); ++i) {
    const findings::Finding& f = *shared[i].left;
    page.paragraph(safe(f.title) + phase_words(f.phase),
                   fmt::format("[{}] ", findings::strength_name(f.strength)),
                   strength_tone(f.strength));
    page.paragraph(fmt::format("{} {}, {} {}", safe(left.engine, 40), safe(f.id, 40),
                               safe(right.engine, 40), safe(shared[i].right->id, 40)),
                   "    See   ");
  }
  if (shared.size() > kRows)
    page.line(fmt::format("and {} more: see --format json", shared.size() - kRows), Tone::kFaint);
}

void unseen(TextPage& page, const Comparison& comparison) {
  page.heading("WHAT THIS COMPARISON DOES NOT SHOW");
  for (const std::string& limit : comparison.limits) page.paragraph(limit, "  - ");
  page.paragraph(
      "\"Not seen\" says what a recording holds, not what an engine can do. The site was visited "
      "once with each, one after the other: what only one shows may also be chance.",
      "  - ");
  page.paragraph(
      "Values of cookies, how often something happened and in which order are not compared.",
      "  - ");
}

void records(TextPage& page, const EnginesReport& set, const std::string& name) {
  page.heading("THE RECORDS BEHIND IT");
  for (const EngineReport& engine : set.engines) {
    const evidence::Verdict& v = engine.report.facts.seen.verdict;
    const std::string indent = "  " + pad(safe(engine.engine, 40), 10);
    page.paragraph(
        fmt::format("{}, {}, {}; {}", integrity_word(v.integrity), key_word(v.key),
                    completeness_word(v.complete), count_of(v.tree_size, "entry", "entries")),
        indent);
    page.paragraph("root " + safe(v.root_base64), "            ");
    page.paragraph("affiant report " + safe(engine.case_name, 1'000), "            ");
  }
  page.blank();
  page.line("  Check them yourself, offline:");
  page.paragraph("affiant verify " + safe(name, 1'000), "    ");
}

}  // namespace

std::string render_text(const EnginesReport& set, const TextOptions& options) {
  const Comparison comparison = compare_members(set);
  TextPage page(options);
  headline(page, set);
  findings_counts(page, set);
  counts(page, comparison);
  if (comparison.compared) {
    disagreements(page, set, comparison);
    in_both(page, set);
    unseen(page, comparison);
  }
  records(page, set, options.case_name);
  std::string out = page.take();
  if (comparison.compared) return out;
  for (const EngineReport& engine : set.engines) {
    if (!anything_observed(engine.report)) continue;
    TextOptions own = options;
    own.case_name = engine.case_name;
    out += "\n" + render_text(engine.report, own);
  }
  return out;
}

}  // namespace affiant::report
