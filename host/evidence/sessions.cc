#include "evidence/sessions.h"

#include <algorithm>

#include "json/json.h"

namespace affiant::evidence {
namespace {

// A tick is written every 60 s; twice and a half of that is no delay any more.
constexpr std::int64_t kSilenceNs = 150LL * 1'000'000'000;

Result<std::uint64_t> unsigned_field(json::Reader& reader, std::string_view key) {
  AFFIANT_TRY(const std::int64_t value, reader.integer(key));
  return static_cast<std::uint64_t>(value);
}

}  // namespace

void SessionBook::number(Session& session, std::uint64_t seq) {
  ++session.count.received;
  session.count.last_seq = std::max(session.count.last_seq, seq);
  if (seq <= session.covered) {
    ++session.repeated;
    return;
  }
  session.uncovered += seq - session.covered - 1;
  session.covered = seq;
}

void SessionBook::pass_time(Session& session, const EntryHead& head) {
  // The clock starts anew with each process that opens the case.
  if (session.last_mono_ns >= 0 && head.mono_ns >= session.last_mono_ns &&
      head.kind != "session.resume")
    session.silence_ns = std::max(session.silence_ns, head.mono_ns - session.last_mono_ns);
  session.last_mono_ns = head.mono_ns;
}

Status SessionBook::add(const Entry& entry) {
  const EntryHead& head = entry.head;
  if (head.session == 0) return {};
  const auto [it, fresh] = sessions_.try_emplace(head.session);
  Session& session = it->second;
  session.count.session = head.session;
  pass_time(session, head);
  const std::string_view kind = head.kind;
  if (kind == "session.open") session.count.opened = true;
  if (kind == "gap" || kind == "session.close" || kind == "session.resume") {
    AFFIANT_TRY(const json::Value value, json::parse(entry.body, kind));
    AFFIANT_TRY(auto body, json::Reader::open(value, std::string(kind)));
    if (kind == "gap") {
      AFFIANT_TRY(const std::uint64_t from, unsigned_field(body, "from"));
      AFFIANT_TRY(const std::uint64_t to, unsigned_field(body, "to"));
      AFFIANT_TRY(const std::uint64_t dropped, unsigned_field(body, "dropped"));
      if (to < from) return fail(Code::kMalformed, "gap: to {} is below from {}", to, from);
      // Only what it names, and what has not been seen, is excused.
      const std::uint64_t begin = std::max(from, session.covered + 1);
      const std::uint64_t hole = begin <= to ? to - begin + 1 : 0;
      if (hole > 0) {
        session.uncovered += begin - session.covered - 1;
        session.covered = to;
      }
      // What it says was dropped may have had no numbers of its own.
      session.count.missing += std::max(hole, dropped);
    } else if (kind == "session.close") {
      AFFIANT_TRY(const std::uint64_t received, unsigned_field(body, "received"));
      AFFIANT_TRY(const std::uint64_t last_q, unsigned_field(body, "last_q"));
      AFFIANT_TRY(const std::string by, body.string("by"));
      session.count.closed = true;
      session.closed_by_extension = by == "extension";
      if (received != session.count.received || last_q != session.covered)
        session.close_mismatch = fmt::format(
            "session {}: its close counts {} events up to q {}, the log has {} up to {}",
            head.session, received, last_q, session.count.received, session.covered);
    } else {
      AFFIANT_TRY(const std::int64_t down_ms, body.integer("down_ms"));
      session.count.down_ms += down_ms;
    }
  }
  if (head.seq > 0) number(session, head.seq);
  return {};
}

void SessionBook::report(Verdict& verdict, bool case_key_present) const {
  bool ended_well = true;
  bool whole = true;
  // What is absent may be all that is missing, an open and a close among it.
  std::uint64_t absent = verdict.absent_withheld + verdict.absent_erased;
  const bool partial = absent > 0;
  for (const auto& [id, session] : sessions_) {
    verdict.sessions.push_back(session.count);
    const std::uint64_t excused = std::min(absent, session.uncovered);
    const std::uint64_t uncovered = session.uncovered - excused;
    absent -= excused;
    verdict.sessions.back().missing += uncovered;
    verdict.gaps += session.count.missing + uncovered;
    ended_well = ended_well && session.count.opened && session.closed_by_extension;
    whole = whole && session.count.missing == 0 && uncovered == 0 &&
            (partial || session.close_mismatch.empty());
    if (!session.count.opened && !partial)
      verdict.notes.push_back(fmt::format("session {}: has entries but no session.open", id));
    if (uncovered > 0)
      verdict.notes.push_back(fmt::format(
          "session {}: {} sequence numbers are missing and no gap entry says so", id, uncovered));
    if (session.repeated > 0)
      verdict.notes.push_back(
          fmt::format("session {}: {} sequence numbers are repeated", id, session.repeated));
    if (!session.close_mismatch.empty() && !partial)
      verdict.notes.push_back(session.close_mismatch);
    if (session.count.closed && !session.closed_by_extension)
      verdict.notes.push_back(
          fmt::format("session {}: was not closed by the extension but afterwards", id));
    if (session.silence_ns > kSilenceNs && !partial)
      verdict.notes.push_back(
          fmt::format("session {}: {} s without an entry, where one is due every 60 s", id,
                      session.silence_ns / 1'000'000'000));
  }
  if (!verdict.sealed)
    verdict.complete = case_key_present ? Completeness::kOpen : Completeness::kEndedAbnormally;
  else if (partial && whole)
    verdict.complete = Completeness::kPartial;
  else if (!ended_well)
    verdict.complete = Completeness::kEndedAbnormally;
  else
    verdict.complete = whole ? Completeness::kComplete : Completeness::kGaps;
}

}  // namespace affiant::evidence
