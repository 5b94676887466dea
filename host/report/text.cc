#include <algorithm>

#include "report/text_page.h"

namespace affiant::report {
namespace {

constexpr int kFewestColumns = 60;
constexpr int kMostColumns = 200;

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kFaint:
      return "\x1b[2m";
    case Tone::kBad:
      return "\x1b[1;31m";
    case Tone::kWarning:
      return "\x1b[1;33m";
    case Tone::kMild:
      return "\x1b[1;36m";
    case Tone::kPlain:
      break;
  }
  return "";
}

}  // namespace

TextPage::TextPage(const TextOptions& options)
    : columns_(static_cast<std::size_t>(std::clamp(options.columns, kFewestColumns, kMostColumns))),
      colour_(options.colour) {}

std::string TextPage::tinted(std::string_view text, Tone tone) const {
  const std::string_view escape = colour_ ? escape_of(tone) : "";
  return escape.empty() ? std::string(text) : std::string(escape) + std::string(text) + "\x1b[0m";
}

void TextPage::blank() { out_ += '\n'; }

void TextPage::heading(std::string_view text) {
  if (!out_.empty() && !out_.ends_with("\n\n")) blank();
  out_ += tinted(text, Tone::kStrong) + "\n\n";
}

void TextPage::paragraph(std::string_view text, std::string_view first, Tone first_tone) {
  std::string lines = wrap(text, columns_, first);
  if (first_tone != Tone::kPlain && lines.starts_with(first))
    lines.replace(0, first.size(), tinted(first, first_tone));
  out_ += lines;
}

void TextPage::line(std::string_view text) { line(text, Tone::kPlain); }
void TextPage::line(std::string_view text, Tone tone) {
  out_ += tinted(fit(text, columns_), tone) + "\n";
}

std::string_view strength_sentence(findings::Strength strength) {
  switch (strength) {
    case findings::Strength::kContradicted:
      return "done, although the site says that it is not";
    case findings::Strength::kUndeclared:
      return "done, and nowhere said";
    case findings::Strength::kVague:
      return "done, and said only in general words";
    case findings::Strength::kNote:
      break;
  }
  return "worth knowing; no reproach";
}

Tone strength_tone(findings::Strength strength) {
  switch (strength) {
    case findings::Strength::kContradicted:
      return Tone::kBad;
    case findings::Strength::kUndeclared:
      return Tone::kWarning;
    case findings::Strength::kVague:
      return Tone::kMild;
    case findings::Strength::kNote:
      break;
  }
  return Tone::kFaint;
}

std::string render_text(const Report& report, const TextOptions& options) {
  TextPage page(options);
  headline_section(page, report, options.fail_on);
  findings_section(page, report);
  unseen_section(page, report);
  evidence_section(page, report, options.case_name.empty() ? report.case_id : options.case_name);
  inventory_section(page, report);
  return page.take();
}

}  // namespace affiant::report
