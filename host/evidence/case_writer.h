// What is behind CaseLog. States: writing, failed (after any failed write or sync), sealed.
//
// What is durable when (docs/log-format.md, "Order of writes"):
//   commit()  disclosures written and synced, then lines written and synced; then durable_ moves
//   sign()    commit, `checkpoint` (temporary file, sync, rename, directory sync), its copy (the
//             same, but that its name need not last until the seal)
//   seal()    log.close, sign, tiles, checkpoints/index.note, case.key overwritten, unlinked,
//   synced
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/case_log.h"
#include "evidence/examine.h"
#include "evidence/key.h"
#include "evidence/merkle.h"

namespace affiant::evidence {

class CaseWriter {
 public:
  static Result<std::unique_ptr<CaseWriter>> create(const std::filesystem::path& dir,
                                                    const Identity& identity,
                                                    const CaseLog::Options& options,
                                                    const Environment& environment);
  static Result<std::unique_ptr<CaseWriter>> open(const std::filesystem::path& dir,
                                                  const Environment& environment);

  Result<std::uint64_t> append(const NewEntry& entry);
  Result<std::string> add_exhibit(std::string_view bytes);
  Status cite_time(std::string_view response, std::int64_t time_ms);
  Status commit();
  Status sign();
  Result<std::int64_t> poll();
  Status seal(std::int64_t time_ms);
  void finish();  // Of the destructor: commits and signs, best effort.

  std::uint64_t size() const { return tree_.size(); }
  std::uint64_t durable() const { return durable_; }
  const Recovery& recovery() const { return recovery_; }
  const std::string& origin() const { return origin_; }
  Hash root() const { return tree_.root(); }
  const std::filesystem::path& dir() const { return dir_; }

 private:
  CaseWriter(std::filesystem::path dir, const Environment& environment)
      : dir_(std::move(dir)), env_(environment), opened_ns_(environment.clock->mono_ns()) {}

  Fs& fs() const { return *env_.fs; }
  std::int64_t mono_ns() const;
  Status lock();
  Status ready() const;            // Fails when failed or sealed.
  Status remember(Status status);  // Turns to failed when `status` is an error.

  Status lay_out(const Identity& identity, const CaseLog::Options& options);
  Status recover(Examination& found);
  Status move_torn_bytes(const Examination& found, std::string* name);
  Status finish_seal(const Examination& found);
  Status load_key();

  Status append_own(std::string_view kind, std::string_view body, std::int64_t time_ms);
  Status append_checked(const NewEntry& entry);
  Result<std::string_view> next_nonce();
  Result<std::unique_ptr<File>> open_file(const std::filesystem::path& path);  // Made when absent.
  Status write_pending();
  Status write_signature();
  Status write_last();
  Status destroy_key();

  std::filesystem::path dir_;
  Environment env_;
  std::int64_t opened_ns_;
  std::unique_ptr<Lock> lock_;
  std::optional<SigningKey> key_;
  std::string origin_;

  CompactTree tree_;                 // Of everything appended.
  std::vector<std::uint64_t> kept_;  // Sizes in checkpoints/.
  std::unique_ptr<File> segment_;
  std::unique_ptr<File> disclosures_;
  std::string pending_lines_;
  std::string pending_disclosures_;
  std::uint64_t durable_ = 0;
  std::uint64_t signed_ = 0;
  std::int64_t oldest_pending_ns_ = 0;  // Of what is appended and not durable.
  std::int64_t oldest_unsigned_ns_ = 0;

  std::array<std::uint8_t, 1024> nonces_{};  // Random bytes, used 16 at a time.
  std::size_t nonces_used_ = sizeof(nonces_);
  std::string nonce_;

  Recovery recovery_;
  std::optional<Error> failure_;
  bool sealing_ = false;  // The checkpoint to come is the last.
  bool sealed_ = false;
};

}  // namespace affiant::evidence
