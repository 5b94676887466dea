// affiant.toml as a case shows the site: what is there now is known, what comes later is not.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "base/bytes.h"
#include "gate/expectations.h"
#include "report/finding_key.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::gate {
namespace {

// A basic string of TOML. What is not UTF-8 becomes '*', the mask of any bytes; what is not printed
// is written by its number, so that the file reads as what it is.
std::string toml_string(std::string_view text) {
  std::string clean;
  for (;;) {
    const std::size_t bad = find_invalid_utf8(text);
    clean += text.substr(0, bad);
    if (bad == std::string_view::npos) break;
    if (!clean.ends_with('*')) clean += '*';
    text.remove_prefix(bad + 1);
  }
  std::string out = "\"";
  for (std::size_t i = 0; i < clean.size();) {
    const auto byte = static_cast<unsigned char>(clean[i]);
    const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    const std::string_view one = std::string_view(clean).substr(i, size);
    i += size;
    if (one == "\"" || one == "\\") {
      out += '\\';
      out += one;
    } else if (printable(one, 32) == one) {
      out += one;
    } else {
      char32_t c = size == 1 ? byte : byte & (0x7FU >> size);
      for (std::size_t k = 1; k < size; ++k)
        c = c << 6U | (static_cast<unsigned char>(one[k]) & 0x3FU);
      out += fmt::format("\\U{:08X}", static_cast<std::uint32_t>(c));
    }
  }
  return out + "\"";
}

// A title whose figures are counts: another count is the same finding.
std::string title_mask(const findings::Finding& f) {
  if (!report::title_varies(f.rule)) return f.title;
  std::string out;
  for (const char c : f.title) {
    if (c < '0' || c > '9')
      out += c;
    else if (!out.ends_with('*'))
      out += '*';
  }
  return out;
}

std::string ending(const Known& known) {
  return fmt::format("reason = {}\nexpires = {}\n", toml_string(known.reason), known.expires);
}

// By name and domain, each with the longest life that was seen.
std::vector<AllowedCookie> cookies_of(const report::Report& report, const Known& known) {
  std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>> longest;
  for (const detect::CookieFact& fact : report.facts.cookies) {
    const observe::CookieStory& c = fact.story;
    if (c.name.empty()) continue;
    const std::string domain = c.domain.starts_with('.') ? c.domain.substr(1) : c.domain;
    auto& days = longest[{c.name, domain}];
    if (!c.session_cookie && c.lifetime_s)
      days =
          std::max(days.value_or(0), (std::max<std::int64_t>(*c.lifetime_s, 0) + 86'399) / 86'400);
    else if (c.session_cookie)
      days = std::max<std::int64_t>(days.value_or(0), 0);
  }
  std::vector<AllowedCookie> out;
  for (const auto& [key, days] : longest) out.push_back({known, key.first, key.second, days});
  return out;
}

std::vector<AllowedThirdParty> third_parties_of(const report::Report& report, const Known& known) {
  std::set<std::pair<std::string, std::string>> names;
  for (const detect::RequestFact& r : report.facts.requests)
    if (r.party == site::Party::kThird && !r.same_owner)
      names.emplace(r.owner, r.owner.empty() ? r.site : "");
  std::vector<AllowedThirdParty> out;
  for (const auto& [owner, host] : names)
    if (!owner.empty() || !host.empty()) out.push_back({known, owner, host});
  return out;
}

std::vector<IgnoredRule> still_counting(const report::Report& report, const Expectations& so_far,
                                        const Known& known) {
  const report::Gate gate = judge(so_far, report);
  std::vector<IgnoredRule> out;
  std::set<std::pair<std::string, std::string>> told;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const findings::Finding& f = report.findings[i];
    if (!gate.findings[i].expected_by.empty()) continue;
    if (told.emplace(f.rule, title_mask(f)).second) out.push_back({known, f.rule, title_mask(f)});
  }
  return out;
}

}  // namespace

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (text[i] < '0' || text[i] > '9') return false;
  const auto figure = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  return std::chrono::year_month_day(std::chrono::year(figure(0) * 100 + figure(2)),
                                     std::chrono::month(static_cast<unsigned>(figure(5))),
                                     std::chrono::day(static_cast<unsigned>(figure(8))))
      .ok();
}

std::string days_after(std::string_view day, int days) {
  const auto figure = [&](std::size_t at) { return (day[at] - '0') * 10 + day[at + 1] - '0'; };
  const std::chrono::year_month_day date(std::chrono::year(figure(0) * 100 + figure(2)),
                                         std::chrono::month(static_cast<unsigned>(figure(5))),
                                         std::chrono::day(static_cast<unsigned>(figure(8))));
  const std::chrono::year_month_day later(std::chrono::sys_days(date) + std::chrono::days(days));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(later.year()),
                     static_cast<unsigned>(later.month()), static_cast<unsigned>(later.day()));
}

std::string write_baseline(const report::Report& report, const std::string& case_name,
                           const std::string& expires) {
  const Known known{
      "seen in case " + report::safe(case_name, 200) + " when the baseline was written", expires,
      0};
  Expectations all;
  all.cookies = cookies_of(report, known);
  all.third_parties = third_parties_of(report, known);
  std::string out = fmt::format(
      "# What is known of this site, so that only what is new fails a build (docs/gate.md).\n"
      "# Give each entry a reason of your own, or take it out. After its day it counts again.\n"
      "version = 1\n");
  if (!report.facts.site.empty()) out += "site = " + toml_string(report.facts.site) + "\n";
  for (const AllowedCookie& c : all.cookies) {
    out += "\n[[cookie]]\nname = " + toml_string(c.name) + "\n";
    if (!c.domain.empty()) out += "domain = " + toml_string(c.domain) + "\n";
    if (c.lifetime_days) out += fmt::format("lifetime_days = {}\n", *c.lifetime_days);
    out += ending(known);
  }
  for (const AllowedThirdParty& t : all.third_parties)
    out += "\n[[third_party]]\n" +
           (t.owner.empty() ? "host = " + toml_string(t.host) : "owner = " + toml_string(t.owner)) +
           "\n" + ending(known);
  for (const IgnoredRule& r : still_counting(report, all, known))
    out += fmt::format("\n[[ignore]]\nrule = {}\ntitle = {}\n", toml_string(r.rule),
                       toml_string(r.title)) +
           ending(known);
  return out;
}

}  // namespace affiant::gate
