#include <algorithm>

#include "report/diff.h"
#include "report/text_page.h"
#include "report/views.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kRows = 200;
constexpr std::size_t kQuotes = 3;
constexpr std::size_t kQuoteBytes = 400;

std::string recorded(const Report& report) {
  const auto& sessions = report.facts.seen.sessions;
  if (sessions.empty()) return "";
  return fmt::format("{} with {} {}", minute_text(sessions.front().opened_ms),
                     safe(sessions.front().browser, 40),
                     safe(sessions.front().browser_version, 40));
}

std::string verdict_words(const Report& report) {
  const evidence::Verdict& v = report.facts.seen.verdict;
  return fmt::format("{}, {}, {}", integrity_word(v.integrity), key_word(v.key),
                     completeness_word(v.complete));
}

void headline(TextPage& page, const DiffReport& report) {
  page.paragraph("What changed on " +
                 safe(site_url(*report.after).value_or(report.after->facts.site)));
  page.paragraph(recorded(*report.before) + "; record " + verdict_words(*report.before),
                 "Before  ");
  page.paragraph(recorded(*report.after) + "; record " + verdict_words(*report.after), "After   ");
  page.blank();
}

std::size_t number_of(const std::vector<Difference>& all, Change change) {
  return static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const Difference& d) { return d.change == change; }));
}

void counts(TextPage& page, const DiffReport& report) {
  const Diff& diff = report.diff;
  if (diff.empty()) {
    page.paragraph(
        "Nothing changed: statements, lists, cookies, third parties, storage, techniques and "
        "findings are the same in both recordings, as far as they can be compared. What that "
        "leaves open is below.");
    return;
  }
  const auto line = [&](const char* name, const std::vector<Difference>& all, const char* gone) {
    page.paragraph(
        fmt::format(
            "{} new, {} {}, {} otherwise{}", number_of(all, Change::kNew),
            number_of(all, Change::kGone), gone, number_of(all, Change::kChanged),
            number_of(all, Change::kWording) == 0
                ? ""
                : fmt::format(", {} in other words only", number_of(all, Change::kWording))),
        std::string("  ") + name);
  };
  line("says      ", diff.said, "no longer said");
  line("does      ", diff.done, "no longer seen");
  line("findings  ", diff.findings, "no longer found");
  page.paragraph(diff.news() == 0
                     ? "no new finding, cookie or third party"
                     : fmt::format("{} for `--fail-on new`: new or graver findings, new cookies, "
                                   "new third parties",
                                   diff.news()),
                 "  news      ");
  if (diff.expected() > 0)
    page.paragraph(fmt::format("{}, by {}", count_of(diff.expected(), "difference"),
                               safe(report.after->gate->file, 200)),
                   "  expected  ");
  for (const std::string& warning :
       report.after->gate ? gate_warnings(*report.after->gate) : std::vector<std::string>())
    page.paragraph(safe(warning, 600), "  ! ", Tone::kWarning);
}

void side(TextPage& page, const char* name, const DiffSide& said) {
  constexpr const char* kIndent = "            ";
  page.paragraph(safe(said.words, 600), name);
  for (std::size_t i = 0; i < std::min(said.quotes.size(), kQuotes); ++i) {
    const Quote& q = said.quotes[i];
    page.paragraph("\"" + safe(q.text, kQuoteBytes) + "\"", kIndent);
    const std::string id =
        q.statement.empty() ? fmt::format("row {}", q.declared_cookie) : safe(q.statement, 20);
    page.paragraph(fmt::format("{}, {}, bytes {} to {}", id, safe(q.source, 200), q.start, q.end),
                   kIndent);
  }
  if (said.quotes.size() > kQuotes)
    page.paragraph(fmt::format("and {} more", said.quotes.size() - kQuotes), kIndent);
  if (!said.entries.empty()) page.paragraph(entries_words(said.entries), kIndent);
}

void section(TextPage& page, const char* heading, const std::vector<Difference>& all,
             Change change) {
  const std::size_t n = number_of(all, change);
  if (n == 0) return;
  page.heading(fmt::format("{} ({})", heading, n));
  std::size_t told = 0;
  for (const Difference& d : all) {
    if (d.change != change || ++told > kRows) continue;
    page.paragraph(safe(d.what, 600), "[" + d.kind + "] ", Tone::kWarning);
    if (change != Change::kNew) side(page, "    before  ", d.before);
    if (change != Change::kGone) side(page, "    after   ", d.after);
    if (d.is_expected())
      page.paragraph(safe(d.after.expected, 600), "    expected: ", Tone::kFaint);
    page.blank();
  }
  if (n > kRows) page.line(fmt::format("and {} more: see --format json", n - kRows), Tone::kFaint);
}

void unseen(TextPage& page, const Diff& diff) {
  page.heading("WHAT THIS COMPARISON DOES NOT SHOW");
  for (const std::string& limit : diff.limits) page.paragraph(limit, "  - ");
  page.paragraph(
      "\"No longer seen\" says what the second recording holds, not what the site has given up: "
      "it may happen at another time, on another page, to another visitor.",
      "  - ");
  page.paragraph(
      "Values of cookies, how often something happened and in which order are not "
      "compared.",
      "  - ");
}

void records(TextPage& page, const DiffReport& report) {
  page.heading("THE RECORDS BEHIND IT");
  const auto record = [&](const char* name, const Report& of, const std::string& typed) {
    const evidence::Verdict& v = of.facts.seen.verdict;
    page.paragraph(verdict_words(of) + "; " + count_of(v.tree_size, "entry", "entries"), name);
    page.paragraph("root " + safe(v.root_base64), "          ");
    page.paragraph("affiant verify " + safe(typed, 1'000), "          ");
  };
  record("  before  ", *report.before, report.before_name);
  record("  after   ", *report.after, report.after_name);
}

}  // namespace

std::string render_text(const DiffReport& report, const TextOptions& options) {
  const Diff& diff = report.diff;
  TextPage page(options);
  headline(page, report);
  counts(page, report);
  section(page, "THE SITE NEWLY SAYS", diff.said, Change::kNew);
  section(page, "THE SITE NO LONGER SAYS", diff.said, Change::kGone);
  section(page, "THE SITE SAYS OTHERWISE", diff.said, Change::kChanged);
  section(page, "NEWLY SEEN", diff.done, Change::kNew);
  section(page, "NO LONGER SEEN", diff.done, Change::kGone);
  section(page, "SEEN OTHERWISE", diff.done, Change::kChanged);
  section(page, "NEW FINDINGS", diff.findings, Change::kNew);
  section(page, "FINDINGS NO LONGER MADE", diff.findings, Change::kGone);
  section(page, "FINDINGS THAT CHANGED", diff.findings, Change::kChanged);
  section(page, "SAID IN OTHER WORDS, MEANING THE SAME", diff.said, Change::kWording);
  unseen(page, diff);
  records(page, report);
  return page.take();
}

}  // namespace affiant::report
