#include <algorithm>
#include <set>

#include "detect/choice.h"
#include "report/text_page.h"
#include "report/words.h"

namespace affiant::report {
namespace {

constexpr std::size_t kNotes = 8;

std::string cookie_mode(const std::string& mode) {
  if (mode == "blocked")
    return "The browser blocked third-party cookies. Attempts to set them are recorded; what would "
           "have followed is not.";
  if (mode == "partitioned")
    return "The browser kept third-party cookies apart for each site, so that they could not "
           "follow a person from one to the next.";
  if (mode == "allowed") return "The browser allowed third-party cookies.";
  return "How the browser treats third-party cookies is not known: their absence here means "
         "nothing.";
}

void completeness(TextPage& page, const observe::Observations& seen) {
  for (const evidence::SessionCount& s : seen.verdict.sessions) {
    std::string text =
        fmt::format("Session {}: {} received", s.session, count_of(s.received, "event"));
    text += s.missing == 0 ? ", none missing"
                           : fmt::format(", {} lost (the log says which)", s.missing);
    text += s.down_ms == 0 ? ", recorder never down."
                           : fmt::format(", recorder down for {} ms.", s.down_ms);
    if (!s.closed) text += " It was not closed: what came later is not in the record.";
    page.paragraph(text, "  - ");
  }
}

}  // namespace

void unseen_section(TextPage& page, const Report& report) {
  const observe::Observations& seen = report.facts.seen;
  page.heading("WHAT THIS RECORD DOES NOT SHOW");
  std::set<std::string> modes, phases;
  bool gpc = false;
  for (const observe::Session& s : seen.sessions) {
    modes.insert(cookie_mode(s.third_party_cookies));
    phases.insert(s.phase);
    gpc = gpc || s.gpc;
  }
  for (const std::string& mode : modes) page.paragraph(mode, "  - ");
  const detect::Choices choices(seen);
  for (const observe::Session& s : seen.sessions)
    if (s.phase != "no-choice" && choices.of(s.id) == nullptr)
      page.paragraph("In session " + std::to_string(s.id) + " the choice to " + safe(s.phase, 40) +
                         " was not made: what follows that choice is not in the record.",
                     "  - ");
  if (!phases.contains("accept") && !phases.contains("reject"))
    page.paragraph(
        "Nothing was clicked: what the site does after a visitor accepts or refuses is not in the "
        "record.",
        "  - ");
  else if (!phases.contains("accept"))
    page.paragraph("What the site does after a visitor accepts is not in the record.", "  - ");
  else if (!phases.contains("reject"))
    page.paragraph("What the site does after a visitor refuses is not in the record.", "  - ");
  if (!gpc)
    page.paragraph(
        "Global Privacy Control was not sent: whether the site honours it was not tried.", "  - ");
  for (const observe::Page& p : seen.pages)
    if (p.result != "loaded" && anything_observed(report))
      page.paragraph(fmt::format("{} {}{}", safe(p.url.value_or(p.host)),
                                 p.result == "failed"    ? "did not load"
                                 : p.result == "timeout" ? "was still loading when its time was up"
                                                         : "was never finished",
                                 p.error.empty() ? "." : " (" + safe(p.error) + ")."),
                     "  - ");
  completeness(page, seen);
  if (report.declaration.not_observable > 0)
    page.paragraph(fmt::format("{} of the policy speak of what no browser can see (servers, staff, "
                               "law): neither confirmed nor "
                               "denied here.",
                               count_of(static_cast<std::size_t>(report.declaration.not_observable),
                                        "passage")),
                   "  - ");
  for (const std::string& what : report.declaration.unread)
    page.paragraph("Not read: " + safe(what), "  - ");
  if (seen.withheld_fields > 0)
    page.paragraph(count_of(static_cast<std::size_t>(seen.withheld_fields), "field") +
                       " withheld from this copy of the record: what rests on them (which address "
                       "exactly, whether a value looks like an identifier) is not judged here.",
                   "  - ");
  const evidence::Verdict& verdict = seen.verdict;
  if (const std::uint64_t absent = verdict.absent_withheld + verdict.absent_erased; absent > 0)
    page.paragraph(
        fmt::format("{} of the record, of which this copy shows only that {} there: "
                    "nothing here rests on what they may say.",
                    count_of(absent, "entry", "entries"), absent == 1 ? "it is" : "they are"),
        "  - ");
  for (std::size_t i = 0; i < std::min(seen.notes.size(), kNotes); ++i)
    page.paragraph(fmt::format("The recorder noted: {} (entry {})", safe(seen.notes[i].second),
                               seen.notes[i].first),
                   "  - ");
  if (seen.notes.size() > kNotes)
    page.line(fmt::format("  - and {} more notes", seen.notes.size() - kNotes), Tone::kFaint);
  page.paragraph(
      "What did not happen during the recording may happen at another time, on another page, to "
      "another visitor.",
      "  - ");
}

void evidence_section(TextPage& page, const Report& report, std::string_view case_name) {
  using evidence::Completeness;
  using evidence::Integrity;
  using evidence::KeyVerdict;
  const evidence::Verdict& v = report.facts.seen.verdict;
  page.heading("THE RECORD BEHIND IT");
  const auto axis = [&](std::string_view name, std::string_view word, std::string_view meaning) {
    page.paragraph(meaning, fmt::format("  {:<10} {:<17}", name, word));
  };
  axis("integrity", integrity_word(v.integrity),
       v.integrity == Integrity::kIntact ? "every entry is under the signed root"
       : v.integrity == Integrity::kUnsignedTail
           ? "the last entries came after the last signature"
           : "something in the log contradicts itself: do not use it");
  axis("key", key_word(v.key),
       v.key == KeyVerdict::kPinned ? "signed by the key you named"
       : v.key == KeyVerdict::kUnpinned
           ? "nobody has vouched for the key; name the one you trust with --key"
           : "signed by another key than the one you named");
  axis("complete", completeness_word(v.complete),
       v.complete == Completeness::kComplete ? "nothing that reached the recorder is missing"
       : v.complete == Completeness::kGaps   ? "events were lost, and the log says which"
       : v.complete == Completeness::kEndedAbnormally ? "the recording stopped before its end"
       : v.complete == Completeness::kPartial ? "entries are withheld or erased: it cannot be told"
                                              : "the case is not sealed yet");
  axis("time", safe(v.time, 17),
       v.time == "claimed"   ? "the clock of the recording machine; no outside time stamp"
       : v.time == "stamped" ? "there is an outside time stamp; `affiant verify` checks whose"
                             : "existed by the time of an outside time stamp");
  axis("witnesses", std::to_string(v.witnesses),
       v.witnesses == 0 ? "no one else has signed the root" : "others have signed the root");
  page.blank();
  page.paragraph(
      fmt::format("{}, root {}", count_of(v.tree_size, "entry", "entries"), safe(v.root_base64)),
      "  ");
  page.paragraph(safe(v.origin), "  ");
  page.line("  Check it yourself, offline:");
  page.paragraph("affiant verify " + safe(case_name, 1'000), "    ");
}

}  // namespace affiant::report
