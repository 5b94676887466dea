#include <algorithm>
#include <array>

#include "report/text_page.h"
#include "report/views.h"

namespace affiant::report {
namespace {

constexpr std::size_t kRows = 200;

void more(TextPage& page, std::size_t total) {
  if (total > kRows)
    page.line(fmt::format("  and {} more: see --format json", total - kRows), Tone::kFaint);
}

std::string listed(const std::set<std::string>& names, std::size_t most) {
  std::string out;
  std::size_t n = 0;
  for (const std::string& name : names) {
    if (n++ == most) return out + fmt::format(" and {} more", names.size() - most);
    out += (out.empty() ? "" : ", ") + safe(name, 120);
  }
  return out;
}

void cookies(TextPage& page, const Report& report) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < report.facts.cookies.size(); ++i)
    if (!report.facts.cookies[i].repeats) rows.push_back(i);
  const std::size_t repeats = report.facts.cookies.size() - rows.size();
  page.heading(fmt::format("COOKIES ({})", rows.size()));
  if (rows.empty()) {
    page.line("  none seen");
    return;
  }
  // Lifetime 11, party 5, outcome 8, gaps; the rest is shared by name and domain.
  const std::size_t wide = page.columns() - 2 - 11 - 5 - 8 - 4 * 1;
  const std::size_t name = wide / 2;
  const std::size_t domain = wide - name;
  const auto row = [&](std::string_view a, std::string_view b, std::string_view c,
                       std::string_view d, std::string_view e) {
    return "  " + pad(a, name) + " " + pad(b, domain) + " " + pad(c, 11) + " " + pad(d, 5) + " " +
           fit(e, 8);
  };
  page.line(row("name", "domain", "lifetime", "party", "outcome"), Tone::kFaint);
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    const detect::CookieFact& c = report.facts.cookies[rows[i]];
    page.line(row(safe(c.story.name), safe(c.story.domain), cookie_lifetime(c.story),
                  c.party == site::Party::kFirst ? "first" : "third", safe(c.story.outcome, 20)));
    std::string about = cookie_setter(c.story);
    if (!c.owner.empty()) about += ", " + safe(c.owner, 80);
    if (!c.category.empty()) about += ", " + safe(c.category, 40);
    if (c.identifier_confirmed == true)
      about += ", an identifier: a second profile got another value";
    else if (c.identifier_like)
      about += ", looks like an identifier";
    if (c.by_third_party_script) about += ", the site's own, set by another site's script";
    if (!c.story.reason.empty())
      about += "; " + safe(c.story.outcome, 20) + ": " + safe(c.story.reason);
    const SeenIn seen = report.repeats.cookies.empty() ? SeenIn{} : report.repeats.cookies[rows[i]];
    if (seen.of > 0) about += "; " + seen_in_words(seen);
    page.paragraph(about, "      ");
  }
  more(page, rows.size());
  if (repeats > 0)
    page.paragraph(fmt::format("Later fresh profiles got them again, {} in all; the JSON report "
                               "has those rows.",
                               count_of(repeats, "row")),
                   "  ");
}

void thirds(TextPage& page, const Report& report) {
  const std::vector<OwnerRow> rows = third_parties(report);
  page.heading(fmt::format("THIRD PARTIES ({})", rows.size()));
  if (rows.empty()) {
    page.line("  none seen");
    return;
  }
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    const OwnerRow& r = rows[i];
    std::string about = count_of(r.requests, "request");
    if (!r.categories.empty()) about += ", " + listed(r.categories, 4);
    if (r.tracker) about += ", tracker";
    if (!r.owner_known) about += ", owner not known";
    const auto seen = report.repeats.third_parties.find(r.name);
    if (seen != report.repeats.third_parties.end()) about += ", " + seen_in_words(seen->second);
    page.paragraph(about, "  " + pad(safe(r.name), 26) + " ");
    page.paragraph(listed(r.hosts, 6), "      ");
  }
  more(page, rows.size());
}

void storage(TextPage& page, const Report& report) {
  const std::vector<StorageRow> rows = storage_rows(report);
  page.heading(fmt::format("STORAGE ({})", rows.size()));
  if (rows.empty()) {
    page.line("  none seen");
    return;
  }
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    const observe::StorageItem& item = *rows[i].fact->item;
    std::string about = safe(item.area, 40) + " of " + safe(item.origin, 120);
    if (item.op == "present") about += ", found there, made by: not seen";
    if (!item.script_host.empty()) about += ", by script of " + safe(item.script_host, 120);
    page.paragraph(about, "  " + pad(item.key ? safe(*item.key) : "(withheld)", 26) + " ");
  }
  more(page, rows.size());
}

// Left out when there are none: what no script did needs no heading.
void techniques(TextPage& page, const Report& report) {
  const auto& rows = report.facts.techniques;
  if (rows.empty()) return;
  page.heading(fmt::format("TECHNIQUES ({})", rows.size()));
  for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
    const detect::TechniqueFact& t = rows[i];
    // What a script did; the rest says itself who it is about.
    constexpr std::array<std::string_view, 7> kNoScript = {
        "cname",  "cookie-sync",         "link-decoration", "bounce",
        "replay", "server-side-tagging", "respawn"};
    const bool scripts =
        std::find(kNoScript.begin(), kNoScript.end(), t.technique) == kNoScript.end();
    const std::string who = !scripts ? std::string()
                            : t.script_host.empty()
                                ? std::string("a script ")
                                : "a script of " + safe(t.script_host, 120) + " ";
    page.paragraph(fmt::format("{}{} (entry {})", who, safe(t.detail), t.entries.front()),
                   "  " + pad(safe(t.technique, 20), 14) + " ");
  }
  more(page, rows.size());
}

}  // namespace

std::string cookie_lifetime(const observe::CookieStory& story) {
  if (story.session_cookie) return "session";
  return story.lifetime_s ? lifetime_text(*story.lifetime_s) : "not known";
}

std::string cookie_setter(const observe::CookieStory& story) {
  if (story.mechanism == "http")
    return story.set_by_host.empty() ? "by a response"
                                     : "by a response of " + safe(story.set_by_host, 120);
  if (story.mechanism == "document.cookie" || story.mechanism == "cookieStore")
    return story.set_by_host.empty() ? "by a script"
                                     : "by a script of " + safe(story.set_by_host, 120);
  return "set by: not seen";
}

void inventory_section(TextPage& page, const Report& report) {
  cookies(page, report);
  thirds(page, report);
  storage(page, report);
  techniques(page, report);
}

}  // namespace affiant::report
