#include <algorithm>

#include "report/cited.h"
#include "report/exports.h"
#include "report/text_layout.h"
#include "report/text_page.h"
#include "report/views.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kDetailed = 40;  // A comment has at most 65,536 characters.
constexpr std::size_t kLines = 5;

// Words of a site as text. An empty comment behind '@', '#', ':' and '!' keeps a name from being
// called, a number from being linked, and ":word:" from becoming a picture.
std::string md(std::string_view text, std::size_t max_bytes = 300) {
  std::string out;
  for (const char c : safe(text, max_bytes)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '@':
      case '#':
      case '!':
      case '~':
        out += '\\';
        out += c;
        out += "<!-- -->";
        break;
      case ':':
        out += "\\:<!-- -->";
        break;
      default:
        if (std::string_view("\\`*_{}[]()+.|$^=-").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
  }
  return out;
}

std::string verdict(const Report& report, std::string_view fail_on) {
  if (!anything_observed(report))
    return "**Not observed:** no page of the site loaded. It is no sign that all is well.\n\n";
  const bool asked = !fail_on.empty() && fail_on != "never";
  const std::size_t n = count_failing(report, fail_on);
  if (asked && n > 0)
    return fmt::format("**Fails:** {} at or above `{}`.\n\n", count_of(n, "finding"), fail_on);
  if (asked)
    return fmt::format("**Passes:** no finding at or above `{}` that counts.\n\n", fail_on);
  return report.findings.empty() ? "**No finding.**\n\n" : "";
}

void counts(const Report& report, std::string* out) {
  using findings::Strength;
  *out += "| strength | findings | expected | meaning |\n|---|---:|---:|---|\n";
  for (const Strength strength :
       {Strength::kContradicted, Strength::kUndeclared, Strength::kVague, Strength::kNote}) {
    const auto [n, expected] = count_of_strength(report, strength);
    *out += fmt::format("| {} | {} | {} | {} |\n", findings::strength_name(strength), n, expected,
                        strength_sentence(strength));
  }
  *out += "\n";
}

void finding_md(const Report& report, std::size_t index, const CitedIndex& cited,
                std::string* out) {
  const findings::Finding& f = report.findings[index];
  *out += fmt::format("- **{}** · {} · {}\n", findings::strength_name(f.strength), md(f.title),
                      md(f.id, 40));
  const std::vector<CitedWords> quotes = cited_words(f, report.declaration);
  for (std::size_t i = 0; i < std::min(quotes.size(), kLines); ++i)
    *out += fmt::format("  - said: “{}” ({}, bytes {} to {})\n", md(quotes[i].quote, 600),
                        md(source_words(report.declaration, quotes[i].source)), quotes[i].start,
                        quotes[i].end);
  const std::vector<std::string> lines = cited.lines(f);
  for (std::size_t i = 0; i < std::min(lines.size(), kLines); ++i)
    *out += "  - seen: " + md(lines[i], 600) + "\n";
  if (lines.size() > kLines) *out += fmt::format("  - and {} more\n", lines.size() - kLines);
  *out += "  - why: " + md(f.explanation, 2'000) + "\n";
  for (const std::string& words : standing_words(report, index))
    *out += "  - gate: " + md(words, 1'000) + "\n";
  if (!f.entries.empty()) *out += "  - see: " + entries_words(f.entries) + "\n";
}

// Those that fail the build first, then by strength.
std::vector<std::size_t> order_of(const Report& report, std::string_view fail_on) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.findings.size(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const bool fa = fails_build(report, a, fail_on), fb = fails_build(report, b, fail_on);
    return fa != fb ? fa : report.findings[a].strength < report.findings[b].strength;
  });
  return order;
}

std::string part_md(const Part& part, std::string_view fail_on) {
  const Report& report = *part.report;
  const CitedIndex cited(report);
  std::string out = "## affiant: " + md(site_url(report).value_or(report.facts.site_host)) + "\n\n";
  out += verdict(report, fail_on);
  counts(report, &out);
  if (report.gate) {
    const std::vector<std::string> warnings = gate_warnings(*report.gate);
    for (const std::string& warning : warnings) out += "> " + md(warning, 1'000) + "\n>\n";
    if (!warnings.empty()) out += "\n";
  }
  const std::vector<std::size_t> order = order_of(report, fail_on);
  const std::size_t shown = std::min(order.size(), kDetailed);
  // Where nobody asks for a build, all are told alike.
  const bool asked = fail_on_strength(fail_on).has_value();
  const auto failing = static_cast<std::size_t>(
      std::count_if(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown),
                    [&](std::size_t i) { return !asked || fails_build(report, i, fail_on); }));
  for (std::size_t i = 0; i < failing; ++i) finding_md(report, order[i], cited, &out);
  if (failing < shown) {
    out += fmt::format("\n<details><summary>{} that fail no build</summary>\n\n",
                       count_of(order.size() - failing, "finding"));
    for (std::size_t i = failing; i < shown; ++i) finding_md(report, order[i], cited, &out);
    out += "\n</details>\n";
  }
  if (order.size() > shown)
    out += fmt::format("\nand {} more: see `--format json` or `html`.\n", order.size() - shown);
  const evidence::Verdict& v = report.facts.seen.verdict;
  const std::string name = part.case_name.empty() ? report.case_id : part.case_name;
  out += fmt::format("\nRecord: {}, {}, root {}. Check it offline: affiant verify {}\n",
                     integrity_word(v.integrity), count_of(v.tree_size, "entry", "entries"),
                     md(v.root_base64), md(name, 1'000));
  return out;
}

}  // namespace

std::string render_markdown(const Parts& parts, std::string_view fail_on) {
  std::string out;
  for (const Part& part : parts) out += (out.empty() ? "" : "\n") + part_md(part, fail_on);
  return out;
}

}  // namespace affiant::report
