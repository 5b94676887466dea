#include "report/cited.h"

#include <set>

#include "report/text_page.h"

namespace affiant::report {
namespace {

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

}  // namespace

CitedIndex::CitedIndex(const Report& report) {
  for (const detect::CookieFact& c : report.facts.cookies)
    for (const observe::Leaf leaf : c.story.entries) by_entry_[leaf].cookies.push_back(&c);
  for (const detect::RequestFact& r : report.facts.requests)
    by_entry_[r.request->entry].requests.push_back(&r);
  for (const detect::StorageFact& s : report.facts.storage)
    by_entry_[s.item->entry].storage.push_back(&s);
  for (const observe::PolicyCapture& p : report.facts.seen.policies)
    by_entry_[p.entry].policies.push_back(&p);
}

const Shown& CitedIndex::at(observe::Leaf entry) const {
  static const Shown kNothing;
  const auto found = by_entry_.find(entry);
  return found == by_entry_.end() ? kNothing : found->second;
}

std::vector<std::string> CitedIndex::lines(const findings::Finding& finding) const {
  std::vector<std::string> lines;
  // One thing in several runs, or set several times, is one line.
  auto add = [&, told = std::set<std::string>()](std::string line) mutable {
    if (told.insert(line).second) lines.push_back(std::move(line));
  };
  struct Host {
    std::size_t requests = 0;
    std::set<std::string> types;
    std::string owner;
  };
  std::map<std::string, Host> hosts;
  for (const observe::Leaf leaf : finding.entries) {
    const Shown& shown = at(leaf);
    for (const detect::CookieFact* c : shown.cookies) add(cookie_words(*c));
    for (const detect::StorageFact* s : shown.storage)
      add(fmt::format("{} key {} of {}", safe(s->item->area, 40),
                      safe(s->item->key.value_or("(withheld)"), 80), safe(s->item->origin, 120)));
    for (const observe::PolicyCapture* p : shown.policies) add(policy_words(*p));
    for (const detect::RequestFact* r : shown.requests) {
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
    add(fmt::format("{} to {} ({}){}", count_of(host.requests, "request"), safe(name, 120), types,
                    host.owner.empty() ? "" : ", " + safe(host.owner, 80)));
  }
  return lines;
}

std::string source_words(const policy::Declaration& declaration, int source) {
  for (const policy::Source& s : declaration.sources)
    if (s.id == source) return safe(s.kind, 40) + (s.url.empty() ? "" : " " + safe(s.url));
  return "source " + std::to_string(source);
}

std::vector<CitedWords> cited_words(const findings::Finding& finding,
                                    const policy::Declaration& declaration) {
  std::vector<CitedWords> out;
  for (const std::string& id : finding.statements)
    for (const policy::Statement& s : declaration.statements)
      if (s.id == id && !s.quote.empty())
        out.push_back({&s, nullptr, s.source, s.start, s.end, s.quote});
  for (const int index : finding.declared_cookies) {
    if (index < 0 || static_cast<std::size_t>(index) >= declaration.cookies.size()) continue;
    const policy::DeclaredCookie& c = declaration.cookies[static_cast<std::size_t>(index)];
    if (!c.quote.empty()) out.push_back({nullptr, &c, c.source, c.start, c.end, c.quote});
  }
  return out;
}

}  // namespace affiant::report
