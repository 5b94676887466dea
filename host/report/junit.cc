#include <algorithm>
#include <set>

#include "findings/catalogue.h"
#include "report/cited.h"
#include "report/exports.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::report {
namespace {

// XML 1.0: control characters cannot stand in it even when they are escaped; safe() has made words
// of them, and of text direction and of bytes that are not UTF-8. U+FFFE and U+FFFF are left.
std::string xml(std::string_view text, std::size_t max_bytes = 4'000) {
  std::string out;
  const std::string clean = safe(text, max_bytes);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    if (clean.compare(i, 3, "\xEF\xBF\xBE") == 0 || clean.compare(i, 3, "\xEF\xBF\xBF") == 0) {
      out += "\xEF\xBF\xBD";
      i += 2;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string finding_lines(const Report& report, std::size_t index, const CitedIndex& cited) {
  const findings::Finding& f = report.findings[index];
  std::string out = fmt::format("[{}] {} ({})\n", findings::strength_name(f.strength), xml(f.title),
                                xml(f.id, 40));
  for (const CitedWords& words : cited_words(f, report.declaration))
    out += fmt::format("  said: \"{}\" ({}, bytes {} to {})\n", xml(words.quote, 600),
                       xml(source_words(report.declaration, words.source)), words.start, words.end);
  for (const std::string& line : cited.lines(f)) out += "  seen: " + xml(line) + "\n";
  out += "  why: " + xml(f.explanation) + "\n";
  for (const std::string& words : standing_words(report, index))
    out += "  gate: " + xml(words) + "\n";
  if (!f.entries.empty()) out += "  see: " + xml(entries_words(f.entries)) + "\n";
  return out;
}

// Why a rule was not tried in these sessions; empty: it was.
std::string not_tried(std::string_view rule, const Report& report) {
  const auto& sessions = report.facts.seen.sessions;
  if (rule == "kept-after-reject" &&
      std::none_of(sessions.begin(), sessions.end(),
                   [](const observe::Session& s) { return s.phase == "reject"; }))
    return "no session in which consent was refused";
  if (rule == "signal-ignored" && std::none_of(sessions.begin(), sessions.end(),
                                               [](const observe::Session& s) { return s.gpc; }))
    return "no session that sent Global Privacy Control";
  return "";
}

struct Suite {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::string body;

  void add(const std::string& classname, const std::string& name, const std::string& inside) {
    ++tests;
    body += fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"", classname, name);
    body += inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n";
  }
};

Suite suite_of(const Report& report, std::string_view fail_on) {
  Suite suite;
  const CitedIndex cited(report);
  const std::string site = xml(report.facts.site_host.empty() ? "site" : report.facts.site_host);
  const std::string classname = "affiant." + site;
  const bool observed = anything_observed(report);
  if (!observed) ++suite.errors;
  suite.add(classname, "the site was observed",
            observed ? ""
                     : "      <error type=\"not-observed\" message=\"no page of the site loaded: "
                       "nothing may be concluded\"/>\n");
  for (const findings::RuleInfo& rule : findings::catalogue()) {
    std::string failing, others, strongest;
    std::size_t n = 0;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
      if (report.findings[i].rule != rule.name) continue;
      const bool fails = fails_build(report, i, fail_on);
      (fails ? failing : others) += finding_lines(report, i, cited);
      if (!fails) continue;
      if (n++ == 0) strongest = findings::strength_name(report.findings[i].strength);
    }
    std::string inside;
    const std::string untried =
        observed ? not_tried(rule.name, report) : "the site was not observed";
    if (n > 0) {
      ++suite.failures;
      inside =
          fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", strongest,
                      xml(fmt::format("{}: {}", count_of(n, "finding"), rule.sentence)), failing);
    } else if (!untried.empty() && others.empty()) {
      ++suite.skipped;
      inside = fmt::format("      <skipped message=\"{}\"/>\n", xml(untried));
    }
    if (!others.empty()) inside += fmt::format("      <system-out>{}</system-out>\n", others);
    suite.add(classname, fmt::format("F{} {}", rule.number, rule.name), inside);
  }
  return suite;
}

}  // namespace

std::string render_junit(const Parts& parts, std::string_view fail_on) {
  if (fail_on.empty() || fail_on == "never") fail_on = "undeclared";
  Suite all;
  for (const Part& part : parts) {
    const Report& report = *part.report;
    const Suite suite = suite_of(report, fail_on);
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    const std::string name = part.case_name.empty() ? report.case_id : part.case_name;
    all.body += fmt::format(
        "  <testsuite name=\"affiant {}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "skipped=\"{}\" time=\"0\" timestamp=\"{}\">\n    <properties>\n"
        "      <property name=\"case\" value=\"{}\"/>\n"
        "      <property name=\"fail-on\" value=\"{}\"/>\n    </properties>\n{}",
        xml(site_url(report).value_or(report.facts.site_host)), suite.tests, suite.failures,
        suite.errors, suite.skipped, xml(report.generated_at.substr(0, 19), 40), xml(name),
        xml(fail_on, 40), suite.body);
    std::string warnings;
    if (report.gate)
      for (const std::string& warning : gate_warnings(*report.gate))
        warnings += xml(warning) + "\n";
    if (!warnings.empty()) all.body += fmt::format("    <system-out>{}</system-out>\n", warnings);
    all.body += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"affiant\" tests=\"{}\" "
      "failures=\"{}\" errors=\"{}\" time=\"0\">\n{}</testsuites>\n",
      all.tests, all.failures, all.errors, all.body);
}

}  // namespace affiant::report
