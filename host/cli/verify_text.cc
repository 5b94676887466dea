#include "cli/verify_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/bytes.h"
#include "report/words.h"

namespace affiant::cli {
namespace {

using evidence::Completeness;
using evidence::Integrity;
using evidence::KeyVerdict;
using evidence::Problem;
using evidence::Verdict;

constexpr std::size_t kProblemsShown = 10;
constexpr std::size_t kNotesShown = 20;

std::string place(const Problem& problem) {
  const std::string leaf = problem.leaf ? fmt::format(" (entry {})", *problem.leaf) : "";
  return fmt::format("{} at byte {}{}: {}", printable(problem.file), problem.offset, leaf,
                     printable(problem.what, 1'000));
}

std::string integrity_text(const Verdict& v) {
  switch (v.integrity) {
    case Integrity::kIntact:
      return fmt::format("intact: the {} entries are exactly those that were signed{}", v.tree_size,
                         v.sealed ? ", and the log is sealed: its key is destroyed" : "");
    case Integrity::kUnsignedTail:
      return fmt::format(
          "unsigned tail: {} entries are exactly those that were signed; {} more entries and {} "
          "torn bytes after them are signed by nobody",
          v.tree_size, v.unsigned_entries, v.torn_bytes);
    case Integrity::kBroken:
      break;
  }
  return "BROKEN: this is not what was signed. Nothing in it can be relied on";
}

std::string key_text(const Verdict& v, const std::string& case_name) {
  switch (v.key) {
    case KeyVerdict::kPinned:
      return "pinned: signed under the key you gave";
    case KeyVerdict::kMismatch:
      return "MISMATCH: not signed under the key you gave. Somebody else made this record";
    case KeyVerdict::kUnpinned:
      break;
  }
  return fmt::format(
      "UNPINNED: somebody signed this; nothing in it can prove who. Get the maker's identity.vkey "
      "by a way you trust, then run: affiant verify {} --key identity.vkey",
      case_name);
}

std::string complete_text(const Verdict& v) {
  switch (v.complete) {
    case Completeness::kComplete:
      return "complete: every event that the host received is here, and every session was closed. "
             "What the browser hid is not known";
    case Completeness::kGaps:
      return fmt::format("GAPS: {} events never reached the log, and it says so", v.gaps);
    case Completeness::kOpen:
      return "OPEN: the log is not sealed. It is still being written, or its writer stopped";
    case Completeness::kPartial:
      return fmt::format(
          "PARTIAL: {} entries are not shown, only that they are there. Whether every event is "
          "here "
          "cannot be told; nothing that is shown speaks against it",
          v.absent_withheld + v.absent_erased);
    case Completeness::kEndedAbnormally:
      break;
  }
  return "ENDED ABNORMALLY: a session has no proper end. What came after its last entry is not "
         "known";
}

std::string entries_of(const evidence::Anchor& anchor, const Verdict& v) {
  return anchor.size == v.tree_size
             ? fmt::format("all {} signed entries", anchor.size)
             : fmt::format("the first {} of {} signed entries", anchor.size, v.tree_size);
}

// The last anchor that is proved, or the last at all: it covers what the others do.
std::string time_text(const Verdict& v, const std::string& case_name) {
  const evidence::Anchor* best = nullptr;
  for (const evidence::Anchor& anchor : v.anchors)
    if (v.time != "anchored" || anchor.proved) best = &anchor;
  if (best == nullptr)
    return fmt::format(
        "claimed: times are of the recorder's own clock; no outsider vouches for "
        "them{}",
        v.authority_brought ? ", nor does the authority you gave" : "");
  const std::string said = fmt::format(
      "{} existed by {}{}", entries_of(*best, v), utc_text(best->time_ms),
      best->accuracy_ms ? fmt::format(" (give or take {} ms)", *best->accuracy_ms) : "");
  const std::string who =
      best->authority.empty() ? "an authority without a name" : printable(best->authority);
  if (v.time == "anchored")
    return fmt::format(
        "anchored: {}, proved by {} under the authority you gave{}", said, who,
        v.since.empty() ? ". That they are not older than they say is the recorder's word" : "");
  if (v.time == "mismatch")
    return fmt::format(
        "MISMATCH: the authority you gave vouches for none of the {} time stamps; "
        "{} says that {}",
        v.anchors.size(), who, said);
  return fmt::format(
      "STAMPED, unproved: {}, says {}; anybody can make such a stamp. Get the authority's root "
      "certificate by a way you trust, then run: affiant verify {} --tsa-ca FILE",
      said, who, case_name);
}

// The first time stamp that is proved, or the first at all: most comes after it.
std::string since_text(const Verdict& v) {
  const evidence::CitedTime* best = nullptr;
  for (const evidence::CitedTime& cited : v.since)
    if (best == nullptr || (cited.proved && !best->proved)) best = &cited;
  const std::string who =
      best->authority.empty() ? "an authority without a name" : printable(best->authority);
  if (best->time_ms == 0)
    return fmt::format("nothing: the time stamp that entry {} cites cannot be read: {}",
                       best->entry, printable(best->unproved_because, 1'000));
  return fmt::format("{}: what comes after entry {} was signed after {}, {} {}",
                     best->proved ? "proved" : "STAMPED, unproved", best->entry,
                     utc_text(best->time_ms), best->proved ? "as" : "says",
                     best->proved ? who + " under the authority you gave has it" : who);
}

// What both kinds of time stamp say, added to what tells them apart.
template <typename Stamp>
json::Value stamp_json(json::Value out, const Stamp& stamp) {
  out["file"] = stamp.file;
  out["time"] = utc_text(stamp.time_ms);
  out["time_ms"] = stamp.time_ms;
  out["accuracy_ms"] = stamp.accuracy_ms ? json::Value(*stamp.accuracy_ms) : json::Value();
  out["authority"] = printable(stamp.authority);
  out["proved"] = stamp.proved;
  out["unproved_because"] =
      stamp.proved ? json::Value() : json::Value(printable(stamp.unproved_because, 1'000));
  return out;
}

std::string witnesses_text(const Verdict& v) {
  if (v.policy == evidence::PolicyVerdict::kNone) return "none asked for: no --policy was given";
  return fmt::format("{} of the policy's have cosigned this tree: {}", v.witnesses,
                     v.policy == evidence::PolicyVerdict::kSatisfied
                         ? "the policy is satisfied"
                         : "the policy is NOT SATISFIED");
}

json::Value problem_json(const Problem& problem) {
  return {{"file", printable(problem.file)},
          {"offset", problem.offset},
          {"entry", problem.leaf ? json::Value(*problem.leaf) : json::Value()},
          {"what", printable(problem.what, 1'000)}};
}

}  // namespace

std::string utc_text(std::int64_t time_ms) {
  const std::int64_t ms = (time_ms % 1'000 + 1'000) % 1'000;
  const std::time_t seconds = (time_ms - ms) / 1'000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}{}Z", fmt::gmtime(seconds),
                     ms == 0 ? "" : fmt::format(".{:03}", ms));
}

std::string verdict_text(const Verdict& v, const std::string& case_name) {
  std::string out;
  const auto line = [&](std::string_view label, const std::string& text) {
    out += fmt::format("{:<14}{}\n", label, text);
  };
  line("log", v.origin.empty() ? "unknown" : printable(v.origin));
  line("identity", v.identity.empty() ? "unknown" : printable(v.identity));
  line("integrity", integrity_text(v));
  line("key", key_text(v, case_name));
  line("completeness", complete_text(v));
  line("time", time_text(v, case_name));
  if (!v.since.empty()) line("not before", since_text(v));
  line("witnesses", witnesses_text(v));
  line("counts",
       fmt::format("{} fields withheld, {} erased; {} entries withheld, {} erased; {} events "
                   "missing in gaps; {} exhibits, {} sessions",
                   v.withheld, v.erased, v.absent_withheld, v.absent_erased, v.gaps, v.exhibits,
                   v.sessions.size()));
  if (!v.problems.empty()) line("first bad", place(v.problems.front()));
  for (std::size_t i = 1; i < v.problems.size() && i < kProblemsShown; ++i)
    line("also bad", place(v.problems[i]));
  if (v.problems.size() > kProblemsShown)
    line("also bad", fmt::format("{} more places", v.problems.size() - kProblemsShown));
  for (std::size_t i = 0; i < v.notes.size() && i < kNotesShown; ++i)
    line("note", printable(v.notes[i], 1'000));
  if (v.notes.size() > kNotesShown)
    line("note", fmt::format("{} more notes", v.notes.size() - kNotesShown));
  return out;
}

json::Value verdict_json(const Verdict& v) {
  json::Value out = {{"integrity", report::integrity_word(v.integrity)},
                     {"key", report::key_word(v.key)},
                     {"complete", report::completeness_word(v.complete)},
                     {"time", v.time},
                     {"witnesses", v.witnesses},
                     {"policy", report::policy_word(v.policy)},
                     {"ok", v.ok()},
                     {"origin", printable(v.origin)},
                     {"identity", printable(v.identity)},
                     {"tree_size", v.tree_size},
                     {"root", v.root_base64},
                     {"sealed", v.sealed},
                     {"withheld", v.withheld},
                     {"erased", v.erased},
                     {"entries_withheld", v.absent_withheld},
                     {"entries_erased", v.absent_erased},
                     {"gaps", v.gaps},
                     {"exhibits", v.exhibits},
                     {"unsigned_entries", v.unsigned_entries},
                     {"torn_bytes", v.torn_bytes},
                     {"recovered", v.recovered},
                     {"anchors", json::Value::array()},
                     {"since", json::Value::array()},
                     {"sessions", json::Value::array()},
                     {"problems", json::Value::array()},
                     {"notes", json::Value::array()}};
  for (const evidence::SessionCount& s : v.sessions)
    out["sessions"].push_back({{"session", s.session},
                               {"received", s.received},
                               {"last_q", s.last_seq},
                               {"missing", s.missing},
                               {"opened", s.opened},
                               {"closed", s.closed},
                               {"down_ms", s.down_ms}});
  for (const evidence::Anchor& anchor : v.anchors)
    out["anchors"].push_back(stamp_json({{"size", anchor.size}}, anchor));
  for (const evidence::CitedTime& cited : v.since)
    out["since"].push_back(stamp_json({{"entry", cited.entry}}, cited));
  for (const Problem& problem : v.problems) out["problems"].push_back(problem_json(problem));
  for (const std::string& note : v.notes) out["notes"].push_back(printable(note, 1'000));
  return out;
}

}  // namespace affiant::cli
