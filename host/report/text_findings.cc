#include <algorithm>

#include "report/cited.h"
#include "report/text_page.h"

namespace affiant::report {
namespace {

constexpr std::size_t kSeenLines = 6;
constexpr std::size_t kQuotes = 4;
constexpr std::size_t kQuoteBytes = 600;
constexpr std::string_view kIndent = "          ";

void said(TextPage& page, const findings::Finding& finding,
          const policy::Declaration& declaration) {
  const std::vector<CitedWords> all = cited_words(finding, declaration);
  for (std::size_t i = 0; i < std::min(all.size(), kQuotes); ++i) {
    const CitedWords& words = all[i];
    page.paragraph("\"" + safe(words.quote, kQuoteBytes) + "\"", i == 0 ? "    Said  " : kIndent);
    const std::string place = source_words(declaration, words.source);
    if (words.statement != nullptr) {
      page.paragraph(fmt::format("{}, {}, bytes {} to {}", safe(words.statement->id, 20), place,
                                 words.start, words.end),
                     kIndent);
      continue;
    }
    const policy::DeclaredCookie& c = *words.cookie;
    page.paragraph(
        fmt::format("declared cookie {} ({}{}), {}", safe(c.pattern, 80), safe(c.category, 40),
                    c.session_cookie ? ", session"
                    : c.lifetime_s   ? ", " + lifetime_text(*c.lifetime_s)
                                     : "",
                    place),
        kIndent);
  }
  if (all.size() > kQuotes)
    page.line(fmt::format("{}and {} more", kIndent, all.size() - kQuotes), Tone::kFaint);
}

void finding_text(TextPage& page, std::size_t index, const Report& report,
                  const CitedIndex& cited) {
  const findings::Finding& finding = report.findings[index];
  const Standing* standing = standing_of(report, index);
  const bool expected = standing != nullptr && !standing->expected_by.empty();
  const std::string tag = fmt::format("[{}{}]", findings::strength_name(finding.strength),
                                      expected ? ", expected" : "");
  page.paragraph(safe(finding.title), tag + " ",
                 expected ? Tone::kFaint : strength_tone(finding.strength));
  said(page, finding, report.declaration);
  const std::vector<std::string> lines = cited.lines(finding);
  for (std::size_t i = 0; i < std::min(lines.size(), kSeenLines); ++i)
    page.paragraph(lines[i], i == 0 ? "    Seen  " : kIndent);
  if (lines.size() > kSeenLines)
    page.line(fmt::format("{}and {} more", kIndent, lines.size() - kSeenLines), Tone::kFaint);
  page.paragraph(safe(finding.explanation, 2'000), "    Why   ");
  const std::vector<std::string> words = standing_words(report, index);
  for (std::size_t i = 0; i < words.size(); ++i)
    page.paragraph(safe(words[i], 1'000), i == 0 ? "    Gate  " : kIndent);
  std::string log = finding.id;
  if (!finding.entries.empty()) log += ", " + entries_words(finding.entries);
  page.paragraph(safe(log, 400), "    See   ");
  page.blank();
}

}  // namespace

void findings_section(TextPage& page, const Report& report) {
  if (report.findings.empty()) return;
  page.heading("FINDINGS");
  const CitedIndex cited(report);
  using findings::Strength;
  for (const Strength strength :
       {Strength::kContradicted, Strength::kUndeclared, Strength::kVague, Strength::kNote})
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      if (report.findings[i].strength == strength) finding_text(page, i, report, cited);
}

}  // namespace affiant::report
