#include <algorithm>
#include <map>
#include <set>

#include "report/text_page.h"

namespace affiant::report {
namespace {

constexpr std::size_t kSeenLines = 6;
constexpr std::size_t kQuotes = 4;
constexpr std::size_t kQuoteBytes = 600;

// What each entry showed, so that a finding can name it.
struct Shown {
  std::vector<const detect::CookieFact*> cookies;
  std::vector<const detect::RequestFact*> requests;
  std::vector<const detect::StorageFact*> storage;
  std::vector<const observe::PolicyCapture*> policies;
};
using ByEntry = std::map<observe::Leaf, Shown>;

ByEntry by_entry(const Report& report) {
  ByEntry out;
  for (const detect::CookieFact& c : report.facts.cookies)
    for (const observe::Leaf leaf : c.story.entries) out[leaf].cookies.push_back(&c);
  for (const detect::RequestFact& r : report.facts.requests)
    out[r.request->entry].requests.push_back(&r);
  for (const detect::StorageFact& s : report.facts.storage)
    out[s.item->entry].storage.push_back(&s);
  for (const observe::PolicyCapture& p : report.facts.seen.policies)
    out[p.entry].policies.push_back(&p);
  return out;
}

std::string cookie_words(const detect::CookieFact& c) {
  std::string out =
      fmt::format("cookie {} of {}, {}, {}, {}", safe(c.story.name, 80), safe(c.story.domain, 120),
                  cookie_setter(c.story), cookie_lifetime(c.story), safe(c.story.outcome, 40));
  if (!c.owner.empty()) out += ", " + safe(c.owner, 80);
  return out;
}

std::string policy_words(const observe::PolicyCapture& p) {
  std::string out = "policy page " + safe(p.url.value_or(p.host.empty() ? p.file_name : p.host)) +
                    ": " + safe(p.result, 40);
  if (p.status) out += fmt::format(" (status {})", *p.status);
  if (!p.content_type.empty() && p.result == "not-html")
    out += " (" + safe(p.content_type, 80) + ")";
  return out;
}

// Lines that name what a finding's entries showed, each thing once.
std::vector<std::string> seen_lines(const findings::Finding& finding, const ByEntry& entries) {
  std::vector<std::string> lines;
  std::set<const void*> told;
  struct Host {
    std::size_t requests = 0;
    std::set<std::string> types;
    std::string owner;
  };
  std::map<std::string, Host> hosts;
  for (const observe::Leaf leaf : finding.entries) {
    const auto it = entries.find(leaf);
    if (it == entries.end()) continue;
    for (const detect::CookieFact* c : it->second.cookies)
      if (told.insert(c).second) lines.push_back(cookie_words(*c));
    for (const detect::StorageFact* s : it->second.storage)
      if (told.insert(s).second)
        lines.push_back(fmt::format("{} key {} of {}", safe(s->item->area, 40),
                                    safe(s->item->key.value_or("(withheld)"), 80),
                                    safe(s->item->origin, 120)));
    for (const observe::PolicyCapture* p : it->second.policies)
      if (told.insert(p).second) lines.push_back(policy_words(*p));
    for (const detect::RequestFact* r : it->second.requests) {
      Host& host = hosts[r->request->host];
      ++host.requests;
      host.types.insert(r->request->type);
      host.owner = r->owner;
    }
  }
  for (const auto& [name, host] : hosts) {
    std::string types;
    for (const std::string& type : host.types)
      types += (types.empty() ? "" : ", ") + safe(type, 40);
    lines.push_back(fmt::format("{} to {} ({}){}", count_of(host.requests, "request"),
                                safe(name, 120), types,
                                host.owner.empty() ? "" : ", " + safe(host.owner, 80)));
  }
  return lines;
}

void said(TextPage& page, const findings::Finding& finding,
          const policy::Declaration& declaration) {
  std::size_t quoted = 0;
  const auto quote = [&](const std::string& words, const std::string& place) {
    if (words.empty()) return;
    if (quoted++ >= kQuotes) return;
    page.paragraph("\"" + safe(words, kQuoteBytes) + "\"",
                   quoted == 1 ? "    Said  " : "          ");
    page.paragraph(place, "          ");
  };
  const auto place_of = [&](int id) {
    for (const policy::Source& s : declaration.sources)
      if (s.id == id) return safe(s.kind, 40) + (s.url.empty() ? "" : " " + safe(s.url));
    return std::string("source ") + std::to_string(id);
  };
  for (const std::string& id : finding.statements)
    for (const policy::Statement& s : declaration.statements)
      if (s.id == id)
        quote(s.quote, fmt::format("{}, {}, bytes {} to {}", safe(s.id, 20), place_of(s.source),
                                   s.start, s.end));
  for (const int index : finding.declared_cookies) {
    if (index < 0 || static_cast<std::size_t>(index) >= declaration.cookies.size()) continue;
    const policy::DeclaredCookie& c = declaration.cookies[static_cast<std::size_t>(index)];
    quote(c.quote,
          fmt::format("declared cookie {} ({}{}), {}", safe(c.pattern, 80), safe(c.category, 40),
                      c.session_cookie ? ", session"
                      : c.lifetime_s   ? ", " + lifetime_text(*c.lifetime_s)
                                       : "",
                      place_of(c.source)));
  }
  if (quoted > kQuotes)
    page.line(fmt::format("          and {} more", quoted - kQuotes), Tone::kFaint);
}

void finding_text(TextPage& page, const findings::Finding& finding, const Report& report,
                  const ByEntry& entries) {
  const std::string tag = fmt::format("[{}]", findings::strength_name(finding.strength));
  page.paragraph(safe(finding.title), tag + " ", strength_tone(finding.strength));
  said(page, finding, report.declaration);
  const std::vector<std::string> lines = seen_lines(finding, entries);
  for (std::size_t i = 0; i < std::min(lines.size(), kSeenLines); ++i)
    page.paragraph(lines[i], i == 0 ? "    Seen  " : "          ");
  if (lines.size() > kSeenLines)
    page.line(fmt::format("          and {} more", lines.size() - kSeenLines), Tone::kFaint);
  page.paragraph(safe(finding.explanation, 2'000), "    Why   ");
  std::string log = finding.id;
  if (!finding.entries.empty()) log += ", " + entries_words(finding.entries);
  page.paragraph(safe(log, 400), "    See   ");
  page.blank();
}

}  // namespace

void findings_section(TextPage& page, const Report& report) {
  if (report.findings.empty()) return;
  page.heading("FINDINGS");
  const ByEntry entries = by_entry(report);
  using findings::Strength;
  for (const Strength strength :
       {Strength::kContradicted, Strength::kUndeclared, Strength::kVague, Strength::kNote})
    for (const findings::Finding& finding : report.findings)
      if (finding.strength == strength) finding_text(page, finding, report, entries);
}

}  // namespace affiant::report
