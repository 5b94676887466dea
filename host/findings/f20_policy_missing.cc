// F20: no policy to hold the site against: none linked, not reachable, not a policy, or in words
// that cannot be read.
#include <algorithm>

#include "findings/in_words.h"
#include "findings/rules.h"
#include "findings/words.h"
#include "observe/policy_kinds.h"

namespace affiant::findings {
namespace {

bool anything_loaded(const observe::Observations& seen) {
  const bool page = std::any_of(seen.pages.begin(), seen.pages.end(), [](const observe::Page& p) {
    return p.role != "policy" && p.result == "loaded";
  });
  return page || (seen.pages.empty() &&
                  std::any_of(seen.requests.begin(), seen.requests.end(),
                              [](const observe::Request& r) { return r.failure.empty(); }));
}

std::string address(const observe::PolicyCapture& capture) {
  return capture.url ? *capture.url : capture.host.empty() ? capture.file_name : capture.host;
}

std::string what_happened(const observe::PolicyCapture& capture) {
  const std::string where = address(capture);
  if (capture.result == "error-status")
    return where + " answered with status " +
           (capture.status ? std::to_string(*capture.status) : "of an error");
  if (capture.result == "not-html")
    return where + " is " + (capture.content_type.empty() ? "not a page" : capture.content_type) +
           ", which cannot be read";
  if (capture.result == "empty") return where + " is an empty page";
  return where + " could not be loaded";
}

// Whether a page for people was looked for. That a site has none of the files for machines says
// nothing: hardly any has them all.
bool is_policy_page(const observe::PolicyCapture& capture) {
  return !capture.file_name.empty() || observe::is_page_kind(capture.kind);
}

struct Attempts {
  std::vector<std::string> failures;
  std::set<observe::Leaf> failed;
  std::size_t captured = 0;
};

Attempts attempts_of(const observe::Observations& seen) {
  Attempts out;
  for (const observe::PolicyCapture& capture : seen.policies) {
    if (!is_policy_page(capture)) continue;
    if (capture.result == "captured" || !capture.exhibit.empty()) {
      ++out.captured;
      continue;
    }
    std::string words = what_happened(capture);
    if (std::find(out.failures.begin(), out.failures.end(), words) == out.failures.end())
      out.failures.push_back(std::move(words));
    out.failed.insert(capture.entry);
  }
  std::sort(out.failures.begin(), out.failures.end());
  return out;
}

// What could not be read, but for faults within a file for machines that was read.
std::vector<std::string> unread_words(const policy::Declaration& said) {
  std::vector<std::string> out;
  for (const std::string& unread : said.unread) {
    const bool of_machine_file =
        std::any_of(said.sources.begin(), said.sources.end(), [&](const policy::Source& source) {
          return !source.url.empty() && unread.starts_with(source.url) &&
                 !in_words(said, source.id);
        });
    if (!of_machine_file) out.push_back(unread);
  }
  return out;
}

bool by_hand(const observe::Observations& seen) {
  return std::any_of(seen.sessions.begin(), seen.sessions.end(),
                     [](const observe::Session& s) { return s.purpose == "visit"; });
}

}  // namespace

Drafts policy_missing(const Context& context) {
  const observe::Observations& seen = context.done.seen;
  if (!anything_loaded(seen)) return {};
  const Attempts attempts = attempts_of(seen);
  const bool has_words =
      std::any_of(context.said.sources.begin(), context.said.sources.end(),
                  [&](const policy::Source& source) { return in_words(context.said, source.id); });
  const std::vector<std::string> unread = unread_words(context.said);
  Finding f;
  f.strength = Strength::kUndeclared;
  std::set<observe::Leaf> entries = attempts.failed;
  const std::string& site = context.done.site_host;
  if (context.said.is_policy) {
    if (attempts.failures.empty() && unread.empty()) return {};
    // One policy was read; what could not be read beside it may declare what the others do not.
    f.strength = Strength::kNote;
    f.title = "A part of what the site declares could not be read";
    std::vector<std::string> reasons = attempts.failures;
    reasons.insert(reasons.end(), unread.begin(), unread.end());
    f.explanation = "Not read: " + list(reasons, 4) +
                    ". It may declare what the other findings call undeclared.";
  } else if (has_words || attempts.captured > 0) {
    f.title = "What the site offers as its privacy policy could not be read as one";
    f.explanation = unread.empty()
                        ? "A text was captured, but it does not read as a privacy policy: it may "
                          "be a notice, an error page, or in a language that is not read yet."
                        : "A text was captured, but: " + list(unread, 4) + ".";
    f.explanation += " Nothing of it was held against the site; give the right text with --policy.";
    for (const observe::PolicyCapture& capture : seen.policies)
      if (is_policy_page(capture)) entries.insert(capture.entry);
  } else if (!attempts.failures.empty()) {
    f.title = "The site's privacy policy could not be reached";
    f.explanation = list(attempts.failures, 4) + ". So nothing that was seen on " + site +
                    " is declared anywhere this recording could look.";
  } else if (by_hand(seen)) {
    // Nobody looked for one: that is no lack of the site's.
    f.strength = Strength::kNote;
    f.title = "The site's policy was not read in this recording";
    f.explanation =
        "A recording by hand reads a policy when its page is opened in the recorded tab, and none "
        "was. So nothing that was seen on " +
        site + " is called undeclared. Open the policy while recording, or name it with --policy.";
    for (const observe::PolicyLink& link : seen.links) entries.insert(link.entry);
  } else {
    f.title = "No privacy policy was found";
    f.explanation = "No link on the pages of " + site +
                    " that were looked at leads to a privacy or cookie policy. If there is one, "
                    "name it with --policy.";
    for (const observe::PolicyLink& link : seen.links) entries.insert(link.entry);
    for (const observe::Leaf leaf : context.page_entries()) entries.insert(leaf);
  }
  f.phase = context.phases.empty() ? "" : context.phases.front();
  // Where no entry shows the lack, the pages that were looked at stand for it.
  f.entries = entries.empty() ? context.page_entries() : sorted(entries);
  return {{"policy", std::move(f)}};
}

}  // namespace affiant::findings
