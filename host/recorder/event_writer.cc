#include "recorder/event_writer.h"

#include <utility>

#include "base/bytes.h"
#include "base/limits.h"
#include "evidence/verify.h"
#include "observe/vocabulary.h"
#include "recorder/fit_body.h"

namespace affiant::recorder {
namespace {

constexpr std::string_view kNote = "recorder.note";
constexpr std::size_t kReasonBytes = 1000;

const observe::Kind& known(std::string_view kind) { return *observe::find_kind(kind); }

// The numbers a gap names; a body that is not one has none.
bool gap_range(wire::Event& event, std::uint64_t* from, std::uint64_t* to) {
  if (event.kind != "gap") return false;
  const auto tree = event.tree();
  if (!tree) return false;
  const auto number = [&](const char* key, std::uint64_t* out) {
    const auto it = (*tree)->find(key);
    if (it == (*tree)->end() || !it->is_number_unsigned()) return false;
    *out = it->get<std::uint64_t>();
    return true;
  };
  return number("from", from) && number("to", to);
}

Result<observe::EncodedBody> encode(const observe::Kind& kind, json::Value& body,
                                    const std::string& what) {
  auto encoded = observe::encode_body(kind, body, what);
  if (encoded || encoded.error().code != Code::kTooLarge) return encoded;
  fit_body(kind, body);
  return observe::encode_body(kind, body, what);
}

// Where an event may not be recorded as what it claims to be.
Status check_claims(wire::Event& event, const observe::Kind* kind, std::uint64_t last_q,
                    const std::string& what) {
  if (kind == nullptr)
    return fail(Code::kUnsupported, "{}: affiant-host {} knows no such kind", what,
                AFFIANT_VERSION);
  if (!kind->from_extension)
    return fail(Code::kProtocol, "{}: this kind is written by the host alone", what);
  if (event.exhibit && !kind->exhibit)
    return fail(Code::kProtocol, "{}: this kind carries no exhibit", what);
  if (kind->exhibit)
    for (const char* field : {"exhibit", "exhibit_type", "exhibit_size"})
      if (event.body.contains(field))
        return fail(Code::kProtocol, "{}.{}: this field is written by the host alone", what, field);
  if (event.kind != "gap") return {};
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  const bool names = gap_range(event, &from, &to) && from >= 1 && from <= to &&
                     from <= last_q + 1 && to == event.q - 1;
  if (names) return {};
  return fail(Code::kProtocol, "{}: a gap names from (at most {}) to {}, the q before its own",
              what, last_q + 1, event.q - 1);
}

}  // namespace

Status append_own(evidence::CaseLog& log, std::string_view kind, std::uint64_t session,
                  std::int64_t time_ms, const json::Value& body) {
  AFFIANT_TRY(observe::EncodedBody encoded, observe::encode_body(known(kind), body, kind));
  evidence::NewEntry entry;
  entry.kind = kind;
  entry.session = session;
  entry.time_ms = time_ms;
  entry.body = encoded.bytes;
  entry.disclosures = std::move(encoded.disclosures);
  AFFIANT_CHECK(log.append(entry));
  return {};
}

Status EventWriter::check_number(wire::Event& event, bool first) const {
  if (event.q == last_q_ + 1) return {};
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  if (first && gap_range(event, &from, &to) && from >= 1 && from <= last_q_ + 1 &&
      to == event.q - 1)
    return {};
  return fail(Code::kProtocol,
              "session {}: q {} follows {}, and no gap at the head of the batch names {} to {}",
              session_, event.q, last_q_, last_q_ + 1, event.q - 1);
}

Result<EventWriter::Outcome> EventWriter::add(evidence::CaseLog& log, wire::Event& event,
                                              bool first) {
  if (event.q <= last_q_) return Outcome::kDuplicate;
  AFFIANT_CHECK(check_number(event, first));
  const observe::Kind* kind = observe::find_kind(event.kind);
  AFFIANT_TRY(const bool written, add_quickly(log, event, kind));
  if (!written) return add_slowly(log, event, kind);
  return Outcome::kWritten;
}

void EventWriter::count(const wire::Event& event) {
  last_q_ = event.q;
  ++received_;
}

// What needs no look at its fields but that of the table. False: anything else, and nothing done.
Result<bool> EventWriter::add_quickly(evidence::CaseLog& log, const wire::Event& event,
                                      const observe::Kind* kind) {
  if (event.text.empty() || kind == nullptr || !kind->from_extension || kind->exhibit ||
      event.exhibit || kind->name == "gap")
    return false;
  auto encoded = observe::encode_text(*kind, event.text);
  if (!encoded) return false;
  AFFIANT_CHECK(append(log, event, kind->name, encoded->bytes, std::move(encoded->disclosures)));
  count(event);
  return true;
}

Result<EventWriter::Outcome> EventWriter::add_slowly(evidence::CaseLog& log, wire::Event& event,
                                                     const observe::Kind* kind) {
  AFFIANT_CHECK(event.tree());
  const std::string what =
      fmt::format("event {} ({})", event.q, kind ? kind->name : printable(event.kind, 60));
  Outcome outcome = Outcome::kWritten;
  std::optional<Error> refused;
  if (auto good = check_claims(event, kind, last_q_, what); !good) {
    refused = good.error();
  } else {
    if (event.exhibit) {
      event.body["exhibit"] = evidence::sha256_hex(event.exhibit->text);
      event.body["exhibit_type"] = event.exhibit->type;
      event.body["exhibit_size"] = event.exhibit->text.size();
    }
    auto encoded = encode(*kind, event.body, what);
    if (!encoded) {
      refused = encoded.error();
    } else {
      // Before the entry that cites it, so that no crash leaves a citation without its exhibit.
      if (event.exhibit) AFFIANT_CHECK(log.add_exhibit(event.exhibit->text));
      AFFIANT_CHECK(
          append(log, event, kind->name, encoded->bytes, std::move(encoded->disclosures)));
    }
  }
  if (refused) {
    AFFIANT_CHECK(append_refusal(log, event, *refused));
    outcome = Outcome::kRefused;
  }
  count(event);
  return outcome;
}

Status EventWriter::append(evidence::CaseLog& log, const wire::Event& event, std::string_view kind,
                           std::string_view bytes, std::vector<evidence::Disclosure> disclosures) {
  evidence::NewEntry entry;
  entry.kind = kind;
  entry.session = session_;
  entry.seq = event.q;
  entry.time_ms = event.time_ms;
  entry.body = bytes;
  entry.disclosures = std::move(disclosures);
  AFFIANT_CHECK(log.append(entry));
  return {};
}

Status EventWriter::append_refusal(evidence::CaseLog& log, const wire::Event& event,
                                   const Error& why) {
  refusal_ = printable(why.to_string(), kReasonBytes);
  const json::Value body = {{"code", "event-refused"}, {"detail", refusal_}};
  AFFIANT_TRY(observe::EncodedBody encoded, observe::encode_body(known(kNote), body, kNote));
  return append(log, event, kNote, encoded.bytes, {});
}

}  // namespace affiant::recorder
