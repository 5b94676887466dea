// Verification of a case directory: offline, streaming, constant memory, one verdict per axis.
// Trusts nothing in the case but what the signature by the case key covers, and says whether that
// key itself was pinned by the caller.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/entry.h"

namespace affiant::evidence {

enum class Integrity : std::uint8_t { kIntact, kUnsignedTail, kBroken };
enum class KeyVerdict : std::uint8_t { kPinned, kUnpinned, kMismatch };
// kPartial: entries are absent (withheld from this copy, or erased), so it cannot be told; nothing
// that is shown speaks against it.
enum class Completeness : std::uint8_t { kComplete, kGaps, kEndedAbnormally, kOpen, kPartial };

// kNone: nobody brought a policy.
enum class PolicyVerdict : std::uint8_t { kNone, kSatisfied, kNotSatisfied };

struct Problem {
  std::string file;          // Relative to the case.
  std::uint64_t offset = 0;  // Byte offset of the first bad place in it.
  std::optional<std::uint64_t> leaf;
  std::string what;
};

struct SessionCount {
  std::uint64_t session = 0;
  std::uint64_t received = 0;  // Entries with this session and a sender sequence number.
  std::uint64_t last_seq = 0;
  std::uint64_t missing = 0;  // Sequence numbers covered by gap entries.
  bool opened = false;
  bool closed = false;
  std::int64_t down_ms = 0;  // Sum over session.resume.
};

// An RFC 3161 time stamp of the case: its first `size` entries existed at `time_ms`.
struct Anchor {
  std::string file;  // anchors/<size>.tsr
  std::uint64_t size = 0;
  std::int64_t time_ms = 0;  // UTC.
  std::optional<std::int64_t> accuracy_ms;
  std::string authority;  // As it calls itself; may be empty.
  bool proved = false;    // Under the authority that the verifier brought.
  std::string unproved_because;
};

// A time stamp that the log cites: what comes after `entry` was signed after `time_ms`.
struct CitedTime {
  std::uint64_t entry = 0;
  std::string file;          // exhibits/<sha256>
  std::int64_t time_ms = 0;  // UTC; 0 when it cannot be read.
  std::optional<std::int64_t> accuracy_ms;
  std::string authority;
  bool proved = false;
  std::string unproved_because;
};

struct Verdict {
  Integrity integrity = Integrity::kBroken;
  KeyVerdict key = KeyVerdict::kUnpinned;
  Completeness complete = Completeness::kOpen;
  // "claimed": no time stamp. "stamped": there is one, and the verifier brought no authority.
  // "anchored": proved under the one brought. "mismatch": none of those there is.
  std::string time = "claimed";
  bool authority_brought = false;
  std::vector<Anchor> anchors;   // Those that fit the log, ascending by size.
  std::vector<CitedTime> since;  // By log.time entries, in order.
  int witnesses = 0;  // Of the policy's, those whose cosignature of the last checkpoint verifies.
  PolicyVerdict policy = PolicyVerdict::kNone;
  std::string origin;
  std::string identity;  // Name of the delegating identity key, e.g. "affiant.invalid/id/39f7…".
  std::uint64_t tree_size = 0;  // Of the last checkpoint.
  std::string root_base64;
  bool sealed = false;
  std::uint64_t withheld =
      0;                     // Disclosures whose digest is in the log but whose text is not there.
  std::uint64_t erased = 0;  // Disclosures that disclosures.jsonl says were erased.
  std::uint64_t absent_withheld = 0;   // Entries of which only the leaf hash is there …
  std::uint64_t absent_erased = 0;     // … withheld from this copy, or erased for good.
  std::uint64_t exhibits = 0;          // Different exhibits cited and there.
  std::uint64_t gaps = 0;              // Sequence numbers that never came, over all sessions.
  std::uint64_t unsigned_entries = 0;  // Whole entries above the last checkpoint.
  std::uint64_t torn_bytes = 0;        // Bytes of a begun line after them.
  std::uint64_t recovered = 0;         // log.recovered entries.
  std::vector<SessionCount> sessions;
  std::vector<Problem> problems;  // Never empty when integrity is broken.
  std::vector<std::string>
      notes;  // What a reader should know and what breaks nothing, e.g. unknown files.
  // Who brings a key, an authority or a policy wants it to vouch for something here.
  bool ok() const {
    return integrity != Integrity::kBroken && key != KeyVerdict::kMismatch &&
           (!authority_brought || time == "anchored") && policy != PolicyVerdict::kNotSatisfied;
  }
};

struct VerifyOptions {
  std::string
      pinned_vkey;  // A C2SP vkey or a PEM public key of the identity or the case; empty: unpinned.
  bool strict = false;      // Also: every stored line is the RFC 8785 form of what it parses to.
  std::string policy = {};  // C2SP tlog-policy: whose cosignatures count; empty: nobody's.
  std::string tsa_ca_pem = {};  // Certificates of time-stamp authorities that the caller trusts.
};

// Called for each entry in order, with the texts of its disclosures that are there. Views live
// during the call only. Returning an error stops the walk with it.
using Visit = std::function<Status(const Entry&, const std::vector<std::string_view>& disclosures)>;

// An error only when the case cannot be read at all (not there, not a case); a broken one is a
// Verdict with problems. `visit` sees entries before the verdict is known: use what it collected
// only when verdict.ok().
Result<Verdict> verify_case(const std::filesystem::path& dir, const VerifyOptions& options,
                            const Visit& visit = {});

// Reads an exhibit and checks its SHA-256. kNotFound when it is not there, kBroken when it is
// another's bytes.
Result<std::string> read_exhibit(const std::filesystem::path& dir, std::string_view sha256_hex);

std::string sha256_hex(std::string_view bytes);

}  // namespace affiant::evidence
