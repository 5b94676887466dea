// A case on disk, open for writing: one append-only log, its exhibits, its case key
// (docs/log-format.md).
//
// Lifetime: create() or open() takes an exclusive lock on the case that the destructor releases; a
// second writer gets Code::kConflict. Not thread-safe: one thread drives a CaseLog. After any
// failed write or sync the object refuses all further work (Code::kIo or kNoSpace): the caller
// stops, and the next open() recovers. Nothing is retried.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/fs.h"
#include "base/random.h"
#include "evidence/entry.h"

namespace affiant::evidence {

class Identity;  // identity.h: the long-lived key that signs delegations.

struct NewEntry {
  std::string_view kind;
  std::uint64_t session = 0;
  std::uint64_t seq = 0;
  std::int64_t time_ms = 0;  // UTC ms.
  std::string_view
      body;  // RFC 8785 bytes of an object whose "_sd", if any, lists the digests below, sorted.
  std::vector<Disclosure> disclosures;
};

// What open() found above the last signed checkpoint.
struct Recovery {
  bool recovered = false;         // A log.recovered entry was written.
  std::uint64_t last_signed = 0;  // Size of the last signed tree.
  std::uint64_t kept = 0;         // Whole, contiguous lines kept above it.
  std::uint64_t torn_bytes = 0;   // Bytes of a torn last line, moved to torn/.
};

// Where a case gets its files, time and randomness from; tests put their own in.
struct Environment {
  Fs* fs = &system_fs();
  Clock* clock = &system_clock();
  Random* random = &system_random();
};

class CaseWriter;

class CaseLog {
 public:
  struct Options {
    std::string site;      // Host under audit, for log.genesis; may be empty.
    std::string producer;  // e.g. "affiant 0.1.0".
  };
  // Makes `dir` (which must not exist or be empty), a fresh case key, the delegation note,
  // log.genesis, a checkpoint.
  static Result<CaseLog> create(const std::filesystem::path& dir, const Identity& identity,
                                const Options& options, const Environment& environment = {});
  // Opens a case that is not sealed, recovering an unsigned tail. kClosed when sealed, kBroken when
  // anything at or below the last checkpoint does not verify (nothing is changed then). A seal that
  // was begun is finished first; then kClosed too.
  static Result<CaseLog> open(const std::filesystem::path& dir,
                              const Environment& environment = {});

  CaseLog(CaseLog&&) noexcept;
  CaseLog& operator=(CaseLog&&) noexcept;
  ~CaseLog();  // Commits and signs what is pending, best effort; does not seal.

  // Buffers one entry and returns its leaf index. Durable only once durable() is greater than the
  // index. Commits by itself at limits::kCommitEntries, signs by itself at
  // limits::kCheckpointEntries.
  Result<std::uint64_t> append(const NewEntry& entry);
  // Stores bytes under their SHA-256 and returns it (64 lower-case hex digits). Durable on return.
  // Idempotent.
  Result<std::string> add_exhibit(std::string_view bytes);
  // Cites a time stamp (RFC 3161 TimeStampResp) of the checkpoint that is signed now: a log.time
  // entry, signed at once. kUsage when anything is appended and not signed, or it stamps another.
  Status cite_time(std::string_view response, std::int64_t time_ms);
  // Makes everything appended so far durable (disclosures first, then the segment).
  Status commit();
  // Commits, then signs and durably replaces the checkpoint.
  Status sign();
  // commit() when the oldest pending entry is older than limits::kCommitDelayMs, sign() when the
  // oldest unsigned one is older than kCheckpointDelayMs. Call it from an idle loop. Returns ms
  // until it should be called again, or -1.
  Result<std::int64_t> poll();
  // Appends log.close, signs the last checkpoint, destroys the case key. Nothing can be appended
  // afterwards, by anyone.
  Status seal(std::int64_t time_ms);

  std::uint64_t size() const;     // Entries appended.
  std::uint64_t durable() const;  // Entries on disk.
  const Recovery& recovery() const;
  const std::string& origin() const;
  std::string root_base64() const;  // Root of the tree of size() entries.
  const std::filesystem::path& dir() const;

 private:
  explicit CaseLog(std::unique_ptr<CaseWriter> writer);
  std::unique_ptr<CaseWriter> writer_;
};

}  // namespace affiant::evidence
