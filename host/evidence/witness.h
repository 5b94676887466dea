// A small witness (C2SP tlog-witness): cosigns a checkpoint only if it follows from the last one of
// the same log that it has cosigned.
//
// Disk: <dir>/witness.key (PKCS#8 PEM, 0600), witness.vkey, state (one line a log: SIZE ROOT
// ORIGIN, root in base64, and a last line "end COUNT"). `state` is replaced whole and durably
// before a cosignature leaves. A directory with a key and without a good `state` is refused: to
// begin at zero again would be to cosign a second history.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/fs.h"
#include "evidence/hash.h"
#include "evidence/key.h"
#include "evidence/note.h"

namespace affiant::evidence {

struct WitnessAnswer {
  int status = 0;  // Of HTTP.
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

class Witness {
 public:
  struct Options {
    std::string name;               // Of its key; used when the key is made.
    std::vector<VerifierKey> logs;  // Keys trusted for the origin that is their name.
  };
  // Makes the directory's key and state when there are neither. Holds an exclusive lock on it:
  // kConflict when another witness has it. kBroken when the state is lost or damaged.
  static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& dir, Options options,
                                               Fs& fs = system_fs());

  // The answer to a POST of `body`. `now_s`: UTC seconds. Thread-safe: the check of the old size
  // and the new state are one step.
  WitnessAnswer add_checkpoint(std::string_view body, std::uint64_t now_s);

  const VerifierKey& vkey() const { return vkey_; }
  std::size_t logs_seen() const { return seen_.size(); }

 private:
  struct Seen {
    std::uint64_t size = 0;
    Hash root{};
  };
  Witness(std::filesystem::path dir, Options options, Fs& fs, SigningKey key)
      : dir_(std::move(dir)), options_(std::move(options)), fs_(&fs), key_(std::move(key)) {}
  static Status make(Fs& fs, const std::filesystem::path& dir, const std::string& name);
  Status load_state();
  Status save_state(const std::map<std::string, Seen>& seen);

  std::filesystem::path dir_;
  Options options_;
  Fs* fs_;
  SigningKey key_;
  VerifierKey vkey_;
  std::unique_ptr<Lock> lock_;
  std::mutex mutex_;
  std::map<std::string, Seen> seen_;  // By origin.
  bool failed_ = false;               // The disk's state is not known any more.
};

}  // namespace affiant::evidence
