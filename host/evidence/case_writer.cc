#include "evidence/case_writer.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "evidence/disclosure_reader.h"
#include "evidence/encode_entry.h"
#include "evidence/layout.h"
#include "evidence/sd_list.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

// Eight bytes at a time: this looks at every byte that is recorded.
bool has_control(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    if (((word - kOnes * 0x20) & ~word & kOnes << 7U) != 0) return true;
  }
  for (; i < text.size(); ++i)
    if (static_cast<std::uint8_t>(text[i]) < 0x20) return true;
  return false;
}

Status check_new_entry(const NewEntry& entry) {
  if (!is_kind(entry.kind))
    return fail(Code::kMalformed, "\"{}\" is no kind of entry ([a-z][a-z.]*)",
                printable(entry.kind));
  constexpr auto kMax = static_cast<std::uint64_t>(limits::kMaxSafeInteger);
  if (entry.session > kMax || entry.seq > kMax || entry.time_ms < 0 ||
      entry.time_ms > limits::kMaxSafeInteger)
    return fail(Code::kMalformed, "{}: session, sequence and time are integers from 0 to 2^53-1",
                entry.kind);
  const std::string_view body = entry.body;
  if (body.size() > limits::kEntryBody)
    return fail(Code::kTooLarge, "{}: a body of {} bytes is over kEntryBody ({}); store an exhibit",
                entry.kind, body.size(), limits::kEntryBody);
  if (body.size() < 2 || body.front() != '{' || body.back() != '}' || has_control(body))
    return fail(Code::kMalformed, "{}: the body is not a JSON object in one line", entry.kind);
  return {};
}

// The list in the body and the disclosures beside it must be the same, or one of them lies.
Status check_disclosures(const NewEntry& entry) {
  AFFIANT_TRY(const auto listed, read_sd_list(entry.body));
  std::vector<std::string_view> given;
  for (const Disclosure& d : entry.disclosures) {
    if (d.text().size() > limits::kDisclosureBytes - 64)
      return fail(Code::kTooLarge, "{}: a disclosure of {} bytes is over kDisclosureBytes ({})",
                  entry.kind, d.text().size(), limits::kDisclosureBytes);
    given.emplace_back(d.digest());
  }
  std::sort(given.begin(), given.end());
  if (given != listed)
    return fail(Code::kMalformed, "{}: \"_sd\" lists {} digests, {} disclosures were given",
                entry.kind, listed.size(), given.size());
  return {};
}

}  // namespace

std::int64_t CaseWriter::mono_ns() const {
  return std::clamp<std::int64_t>(env_.clock->mono_ns() - opened_ns_, 0, limits::kMaxSafeInteger);
}

Status CaseWriter::lock() {
  auto held = fs().lock_dir(dir_);
  if (!held && held.error().code == Code::kConflict)
    return fail(Code::kConflict,
                "{} is being written to by another process; end that recording first",
                printable(dir_.string()));
  if (!held) return tl::unexpected<Error>(held.error());
  lock_ = std::move(*held);
  return {};
}

Status CaseWriter::ready() const {
  if (failure_)
    return fail(failure_->code, "nothing more can be written to this case: {}", failure_->message);
  if (sealed_) return fail(Code::kClosed, "{} is sealed", printable(dir_.string()));
  return {};
}

Status CaseWriter::remember(Status status) {
  if (!status && !failure_) failure_ = status.error();
  return status;
}

Result<std::string_view> CaseWriter::next_nonce() {
  constexpr std::size_t kBytes = 16;
  if (nonces_used_ == nonces_.size()) {
    AFFIANT_CHECK(env_.random->fill(nonces_));
    nonces_used_ = 0;
  }
  nonce_ = base64url_encode(ByteView(nonces_).subspan(nonces_used_, kBytes));
  nonces_used_ += kBytes;
  return nonce_;
}

Result<std::uint64_t> CaseWriter::append(const NewEntry& entry) {
  AFFIANT_CHECK(ready());
  if (entry.kind.starts_with("log."))
    return fail(Code::kMalformed, "{}: only the log itself writes log entries", entry.kind);
  AFFIANT_CHECK(check_new_entry(entry));
  AFFIANT_CHECK(check_disclosures(entry));
  const std::uint64_t index = size();
  AFFIANT_CHECK(append_checked(entry));
  return index;
}

Status CaseWriter::append_own(std::string_view kind, std::string_view body, std::int64_t time_ms) {
  return append_checked({kind, 0, 0, std::max<std::int64_t>(time_ms, 0), body, {}});
}

Status CaseWriter::append_checked(const NewEntry& entry) {
  const std::uint64_t index = size();
  const std::int64_t now_ns = mono_ns();
  auto nonce = next_nonce();
  if (!nonce) return remember(tl::unexpected<Error>(nonce.error()));
  const std::size_t begin = pending_lines_.size();
  encode_entry(
      {{index, entry.kind, now_ns, *nonce, entry.seq, entry.session, entry.time_ms}, entry.body},
      pending_lines_);
  tree_.append(leaf_hash(std::string_view(pending_lines_).substr(begin)));
  pending_lines_ += '\n';
  for (const Disclosure& d : entry.disclosures)
    encode_disclosure_line(index, d.text(), pending_disclosures_);
  if (index == durable_) oldest_pending_ns_ = now_ns;
  if (index == signed_) oldest_unsigned_ns_ = now_ns;
  // A segment ends with its last line: what is pending never spans two.
  const bool segment_full = size() % limits::kSegmentLines == 0;
  if (size() - signed_ >= limits::kCheckpointEntries) return sign();
  if (size() - durable_ >= limits::kCommitEntries || segment_full) return commit();
  return {};
}

Status CaseWriter::commit() {
  AFFIANT_CHECK(ready());
  return remember(write_pending());
}

Result<std::unique_ptr<File>> CaseWriter::open_file(const stdfs::path& path) {
  auto file = fs().append(path);
  if (file || file.error().code != Code::kNotFound) return file;
  file = fs().create(path);
  if (file) AFFIANT_CHECK(fs().sync_dir(path.parent_path()));
  return file;
}

Status CaseWriter::write_pending() {
  if (durable_ == size()) return {};
  // An entry that is on disk must not lack its disclosures: they go first.
  if (!pending_disclosures_.empty()) {
    if (!disclosures_) {
      AFFIANT_TRY(disclosures_, open_file(dir_ / kDisclosureFile));
    }
    AFFIANT_CHECK(disclosures_->write(pending_disclosures_));
    AFFIANT_CHECK(disclosures_->sync());
    pending_disclosures_.clear();
  }
  if (!segment_) {
    AFFIANT_TRY(segment_, open_file(dir_ / segment_file(durable_ / limits::kSegmentLines)));
  }
  AFFIANT_CHECK(segment_->write(pending_lines_));
  AFFIANT_CHECK(segment_->sync());
  pending_lines_.clear();
  durable_ = size();
  if (durable_ % limits::kSegmentLines == 0) segment_.reset();
  return {};
}

Status CaseWriter::sign() {
  AFFIANT_CHECK(commit());
  if (signed_ == size()) return {};
  return remember(write_signature());
}

Status CaseWriter::write_signature() {
  AFFIANT_TRY(const std::string note,
              sign_note(format_checkpoint({origin_, size(), tree_.root()}), origin_, *key_));
  AFFIANT_CHECK(write_durably(fs(), dir_ / kCheckpointFile, note));
  signed_ = size();
  if (kept_.size() >= limits::kCheckpointsKept && !sealing_) return {};
  AFFIANT_CHECK(replace_file(fs(), dir_ / checkpoint_file(signed_), note));
  kept_.push_back(signed_);
  return {};
}

Result<std::int64_t> CaseWriter::poll() {
  AFFIANT_CHECK(ready());
  constexpr std::int64_t kNsPerMs = 1'000'000;
  const std::int64_t now = mono_ns();
  if (signed_ < size() && now - oldest_unsigned_ns_ >= limits::kCheckpointDelayMs * kNsPerMs)
    AFFIANT_CHECK(sign());
  if (durable_ < size() && now - oldest_pending_ns_ >= limits::kCommitDelayMs * kNsPerMs)
    AFFIANT_CHECK(commit());
  if (signed_ == size()) return -1;
  const std::int64_t due = durable_ < size()
                               ? oldest_pending_ns_ + limits::kCommitDelayMs * kNsPerMs
                               : oldest_unsigned_ns_ + limits::kCheckpointDelayMs * kNsPerMs;
  return std::max<std::int64_t>(1, (due - now + kNsPerMs - 1) / kNsPerMs);
}

Result<std::string> CaseWriter::add_exhibit(std::string_view bytes) {
  AFFIANT_CHECK(ready());
  if (bytes.size() > limits::kExhibitBytes)
    return fail(Code::kTooLarge, "an exhibit of {} bytes is over kExhibitBytes ({})", bytes.size(),
                limits::kExhibitBytes);
  std::string name = sha256_hex(bytes);
  if (const auto there = read_exhibit(dir_, name)) return name;
  AFFIANT_CHECK(remember(fs().make_dir(dir_ / kExhibitDir)));
  AFFIANT_CHECK(remember(write_durably(fs(), dir_ / exhibit_file(name), bytes)));
  return name;
}

void CaseWriter::finish() {
  if (!failure_ && !sealed_ && key_) (void)sign();
}

}  // namespace affiant::evidence
