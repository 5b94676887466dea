#include "recorder/case_history.h"

#include <algorithm>

#include "evidence/entry.h"
#include "evidence/segment_reader.h"
#include "json/json.h"

namespace affiant::recorder {
namespace {

Status take_entry(const evidence::Entry& entry, CaseHistory& history) {
  const auto& head = entry.head;
  if (head.session == 0 || head.session < history.last_session) return {};
  if (head.session > history.last_session) {
    history.last_session = head.session;
    history.last.emplace();
    history.last->id = head.session;
  }
  SessionState& session = *history.last;
  session.last_ms = head.time_ms;
  if (head.seq > 0) {
    ++session.received;
    session.last_q = std::max(session.last_q, head.seq);
  }
  if (head.kind == "session.close") session.closed = true;
  if (head.kind != "session.open" && head.kind != "session.resume") return {};
  AFFIANT_TRY(const json::Value body, json::parse(entry.body, head.kind));
  AFFIANT_TRY(auto reader, json::Reader::open(body, std::string(head.kind)));
  AFFIANT_TRY(session.boot, reader.string("boot"));
  if (head.kind == "session.open") {
    AFFIANT_TRY(session.browser, reader.string("browser"));
  }
  return {};
}

}  // namespace

Result<CaseHistory> read_history(const std::filesystem::path& case_dir) {
  CaseHistory history;
  evidence::SegmentReader reader(case_dir);
  evidence::LineBatch batch;
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more) return history;
    for (std::size_t i = 0; i < batch.lines(); ++i) {
      AFFIANT_TRY(const evidence::Entry entry, evidence::parse_entry(batch.line(i)));
      AFFIANT_CHECK(take_entry(entry, history));
    }
  }
}

}  // namespace affiant::recorder
