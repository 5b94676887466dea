#include "report/diff.h"

#include <algorithm>
#include <tuple>

#include "report/diff_parts.h"
#include "report/engines_ledger.h"
#include "report/text_layout.h"
#include "report/views.h"

namespace affiant::report {
namespace {

// Where the site is served, or a query, may differ from one recording to the next.
std::string path_of(const std::string& url) {
  const auto parsed = site::parse_url(url);
  return parsed ? parsed->host + parsed->path : url;
}

std::set<std::string> loaded_pages(const Report& report) {
  std::set<std::string> out;
  for (const observe::Page& page : report.facts.seen.pages)
    if (page.role != "policy" && page.result == "loaded" && page.url)
      out.insert(path_of(*page.url));
  return out;
}

std::set<std::string> read_documents(const Report& report) {
  std::set<std::string> out;
  for (const policy::Source& source : report.declaration.sources)
    if (!source.url.empty()) out.insert(path_of(source.url));
  return out;
}

std::string manner_of(const Report& report) {
  std::set<std::string> manners;
  for (const observe::Session& s : report.facts.seen.sessions)
    manners.insert(safe(s.browser, 40) + " with third-party cookies " +
                   (s.third_party_cookies.empty() ? "treated as is not known"
                                                  : safe(s.third_party_cookies, 40)));
  std::string out;
  for (const std::string& manner : manners) out += (out.empty() ? "" : " and ") + manner;
  return out;
}

void lists(const std::string& what, const std::set<std::string>& before,
           const std::set<std::string>& after, std::vector<std::string>* limits) {
  const auto only = [&](const std::set<std::string>& in, const std::set<std::string>& not_in,
                        const std::string& which) {
    std::string names;
    for (const std::string& item : in)
      if (!not_in.contains(item)) names += (names.empty() ? "" : ", ") + safe(item, 200);
    if (!names.empty())
      limits->push_back(what + " in the " + which + " recording only: " + names +
                        ". What belongs to them is in one only as well.");
  };
  only(before, after, "first");
  only(after, before, "second");
}

void limit_conditions(const Report& before, const Report& after, const Conditions& shared,
                      std::vector<std::string>* limits) {
  const auto only = [&](const Report& report, const std::string& which) {
    Conditions told;
    for (const auto& [session, condition] : conditions_of(report))
      if (!shared.contains(condition)) told.insert(condition);
    for (const auto& [phase, gpc] : told)
      limits->push_back("Only the " + which + " recording has a session of phase " +
                        safe(phase, 40) + (gpc ? " with" : " without") +
                        " Global Privacy Control: it is not compared.");
  };
  only(before, "first");
  only(after, "second");
}

void limit_silence(const std::string& which, const std::string& why,
                   std::vector<std::string>* limits) {
  if (!why.empty())
    limits->push_back("The " + which + ": " + why + ". What only the other one has is left out.");
}

std::size_t rank(Change change) { return static_cast<std::size_t>(change); }

}  // namespace

std::string_view change_name(Change change) {
  switch (change) {
    case Change::kNew:
      return "new";
    case Change::kGone:
      return "gone";
    case Change::kChanged:
      return "changed";
    case Change::kWording:
      return "wording";
  }
  return "changed";
}

bool Difference::is_news() const {
  if (is_expected() || !after.seen.in_all()) return false;
  if (change == Change::kNew) return kind == "finding" || kind == "cookie" || kind == "third-party";
  return change == Change::kChanged && before.strength && after.strength &&
         *after.strength < *before.strength;
}

namespace {

template <typename Which>
std::size_t count(const Diff& diff, Which which) {
  std::ptrdiff_t n = 0;
  for (const auto* part : {&diff.said, &diff.done, &diff.findings})
    n += std::count_if(part->begin(), part->end(), which);
  return static_cast<std::size_t>(n);
}

}  // namespace

std::size_t Diff::news() const {
  return count(*this, [](const Difference& d) { return d.is_news(); });
}

std::size_t Diff::expected() const {
  return count(*this, [](const Difference& d) { return d.is_expected(); });
}

void Differences::only_before(std::string kind, std::string what, DiffSide before,
                              std::string after_words) {
  if (!after_whole_) {
    ++left_out_;
    return;
  }
  both(Change::kGone, std::move(kind), std::move(what), std::move(before),
       {std::move(after_words), {}, {}, {}, {}});
}

void Differences::only_after(std::string kind, std::string what, DiffSide after,
                             std::string before_words) {
  if (!before_whole_) {
    ++left_out_;
    return;
  }
  both(Change::kNew, std::move(kind), std::move(what), {std::move(before_words), {}, {}, {}, {}},
       std::move(after));
}

void Differences::both(Change change, std::string kind, std::string what, DiffSide before,
                       DiffSide after) {
  before.entries = sorted_entries(std::move(before.entries));
  after.entries = sorted_entries(std::move(after.entries));
  all_.push_back({change, std::move(kind), std::move(what), std::move(before), std::move(after)});
}

std::vector<Difference> Differences::take() {
  std::stable_sort(all_.begin(), all_.end(), [](const Difference& a, const Difference& b) {
    return std::tuple(rank(a.change), a.kind, a.what) < std::tuple(rank(b.change), b.kind, b.what);
  });
  return std::move(all_);
}

std::map<std::uint64_t, Condition> conditions_of(const Report& report) {
  std::map<std::uint64_t, Condition> out;
  for (const observe::Session& s : report.facts.seen.sessions) out[s.id] = {s.phase, s.gpc};
  return out;
}

Conditions shared_conditions(const Report& before, const Report& after) {
  Conditions in_before, shared;
  for (const auto& [session, condition] : conditions_of(before)) in_before.insert(condition);
  for (const auto& [session, condition] : conditions_of(after))
    if (in_before.contains(condition)) shared.insert(condition);
  return shared;
}

std::string condition_words(const Condition& condition) {
  return phase_words(condition.first) +
         (condition.second ? ", with Global Privacy Control on" : "");
}

std::string why_words_may_lack(const Report& report) {
  if (!report.declaration.is_policy) return "no policy of the site could be read";
  if (!report.declaration.unread.empty())
    return "a part of the policy could not be read (" +
           safe(report.declaration.unread.front(), 200) + ")";
  // Of the site's files, not to have one is a fact as well.
  const auto is_page = [](const observe::PolicyCapture& p) {
    return p.kind == "privacy-policy" || p.kind == "cookie-policy" || p.kind == "unknown";
  };
  for (const observe::PolicyCapture& p : report.facts.seen.policies)
    if (is_page(p) && p.result != "captured" && p.exhibit.empty())
      return "a page of the policy could not be captured (" +
             safe(p.url.value_or(p.host.empty() ? p.file_name : p.host), 200) + ")";
  return "";
}

Result<Diff> diff_reports(const Report& before, const Report& after) {
  if (before.facts.site != after.facts.site)
    return fail(Code::kUsage, "these are recordings of two sites, {} and {}: give two of one site",
                safe(before.facts.site, 200), safe(after.facts.site, 200));
  for (const auto& [report, which] : {std::pair(&before, "first"), std::pair(&after, "second")})
    if (!anything_observed(*report))
      return fail(Code::kNetwork,
                  "the {} recording observed nothing of the site: there is nothing to compare",
                  which);
  Diff out;
  const Conditions shared = shared_conditions(before, after);
  const std::string before_lacks = why_it_may_lack(before), after_lacks = why_it_may_lack(after);
  const std::string before_unread = why_words_may_lack(before),
                    after_unread = why_words_may_lack(after);
  Differences said(before_unread.empty(), after_unread.empty());
  Differences done(before_lacks.empty(), after_lacks.empty());
  // Findings rest on both, and some on silence.
  const bool whole =
      before_lacks.empty() && after_lacks.empty() && before_unread.empty() && after_unread.empty();
  Differences findings(whole, whole);
  diff_said(before, after, &said);
  diff_done(before, after, shared, &done);
  diff_findings(before, after, shared, &findings);
  const std::size_t left_out = said.left_out() + done.left_out() + findings.left_out();
  out.said = said.take();
  out.done = done.take();
  out.findings = findings.take();
  limit_silence("first recording may lack something", before_lacks, &out.limits);
  limit_silence("second recording may lack something", after_lacks, &out.limits);
  limit_silence("first policy may say more than was read", before_unread, &out.limits);
  limit_silence("second policy may say more than was read", after_unread, &out.limits);
  if (left_out > 0) out.limits.push_back(count_of(left_out, "difference") + " left out for that.");
  limit_conditions(before, after, shared, &out.limits);
  if (const std::string b = manner_of(before), a = manner_of(after); a != b)
    out.limits.push_back("The first was recorded by " + b + ", the second by " + a +
                         ": what differs may be the browser's doing.");
  lists("Pages", loaded_pages(before), loaded_pages(after), &out.limits);
  lists("Documents of the policy", read_documents(before), read_documents(after), &out.limits);
  return out;
}

}  // namespace affiant::report
