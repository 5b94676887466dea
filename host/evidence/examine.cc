#include "evidence/examine.h"

#include <algorithm>
#include <array>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/anchors.h"
#include "evidence/case_files.h"
#include "evidence/case_keys.h"
#include "evidence/cosigned.h"
#include "evidence/entry_check.h"
#include "evidence/hash_lane.h"
#include "evidence/layout.h"
#include "evidence/locate.h"
#include "evidence/manifest.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr std::uintmax_t kThreadFromBytes = 1U << 20U;  // Below, starting a thread costs more.

bool is_there(const stdfs::path& path) {
  std::error_code ignored;
  return stdfs::exists(stdfs::symlink_status(path, ignored));
}

bool looks_like_case(const stdfs::path& dir) {
  return is_there(dir / kCheckpointFile) || is_there(dir / kDelegationFile) ||
         is_there(dir / kSegmentDir) || is_there(dir / kKeyDir);
}

std::uintmax_t first_segment_bytes(const stdfs::path& dir) {
  std::error_code error;
  const std::uintmax_t size = stdfs::file_size(dir / segment_file(0), error);
  return error ? 0 : size;
}

// The sizes at which roots are wanted: those of all signed checkpoints.
std::vector<std::uint64_t> signed_sizes(const CheckpointFiles& files) {
  std::vector<std::uint64_t> sizes;
  for (const Checkpoint& c : files.history) sizes.push_back(c.size);
  for (const Checkpoint& c : files.anchored) sizes.push_back(c.size);
  if (files.last) sizes.push_back(files.last->size);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

const Hash* signed_root(const CheckpointFiles& files, std::uint64_t size) {
  if (files.last && files.last->size == size) return &files.last->root;
  if (const Checkpoint* kept = files.find(size)) return &kept->root;
  for (const Checkpoint& c : files.anchored)
    if (c.size == size) return &c.root;
  return nullptr;
}

class Examiner {
 public:
  Examiner(const stdfs::path& dir, const VerifyOptions& options, const Visit& visit)
      : dir_(dir), options_(options), visit_(visit) {}

  Result<Examination> run() {
    AFFIANT_TRY(const auto pin, pinned());
    keys_ = load_case_keys(dir_, verdict().problems);
    verdict().origin = keys_.origin;
    if (keys_.identity) verdict().identity = keys_.identity->name;
    judge_key(pin);
    if (keys_.case_key) {
      out_.checkpoints = load_checkpoints(dir_, *keys_.case_key, verdict().problems);
      AFFIANT_TRY(out_.checkpoints.anchored,
                  check_anchors(dir_, *keys_.case_key, out_.checkpoints, options_, verdict()));
    }
    if (out_.checkpoints.last) {
      verdict().tree_size = out_.checkpoints.last->size;
      verdict().root_base64 = base64_encode(out_.checkpoints.last->root);
      AFFIANT_CHECK(judge_cosignatures(dir_, out_.checkpoints.last->size,
                                       format_checkpoint(*out_.checkpoints.last), *keys_.case_key,
                                       options_.policy, verdict()));
    }
    AFFIANT_CHECK(walk());
    judge_integrity();
    return std::move(out_);
  }

 private:
  Verdict& verdict() { return out_.verdict; }
  std::uint64_t signed_size() const {
    return out_.checkpoints.last ? out_.checkpoints.last->size : 0;
  }

  Result<std::optional<PublicKey>> pinned() const {
    if (options_.pinned_vkey.empty()) return std::nullopt;
    AFFIANT_TRY(const PublicKey key, parse_pinned_key(options_.pinned_vkey));
    return key;
  }

  void judge_key(const std::optional<PublicKey>& pin) {
    if (!pin) return;
    const bool of_case = keys_.case_key && keys_.case_key->key == *pin;
    const bool of_identity = keys_.identity && keys_.identity->key == *pin;
    verdict().key = of_case || of_identity ? KeyVerdict::kPinned : KeyVerdict::kMismatch;
  }

  Status walk() {
    AFFIANT_TRY(auto check,
                EntryCheck::create({dir_, signed_size(), keys_.origin, keys_.delegation_digest,
                                    options_.strict, &visit_}));
    const bool threaded = first_segment_bytes(dir_) >= kThreadFromBytes;
    // They are written when the log is at its end, before the index.
    const bool tiles = out_.checkpoints.index.has_value();
    HashLane lane({dir_, signed_sizes(out_.checkpoints), tiles, threaded});
    SegmentReader reader(dir_);
    AFFIANT_TRY(const bool whole, read_lines(reader, check, lane));
    finish_log(reader, check, lane, whole);
    judge_seal(check);
    check.finish(verdict().sealed, verdict());
    out_.disclosure_bytes = check.disclosures_end();
    check_exhibits(dir_, check.exhibits(), verdict());
    check_cited_times(dir_, check.times(), options_, verdict());
    out_.torn_orphans = check_torn(dir_, check.torn_named(), verdict());
    check_manifest(dir_, verdict());
    note_unknown_files(dir_, reader.segment(), check.entries(), verdict());
    check.sessions().report(verdict(), is_there(dir_ / kCaseKeyFile));
    return {};
  }

  // False when the log is bad in itself. Batches are hashed while others are parsed and read.
  Result<bool> read_lines(SegmentReader& reader, EntryCheck& check, HashLane& lane) {
    std::array<LineBatch, 4> batches;
    std::size_t current = 0;
    auto more = reader.next(batches[current]);
    while (more && *more) {
      const LineBatch& batch = batches[current];
      lane.start(batch);
      const auto good = check.check(batch);
      if (good && *good == batch.lines()) {
        current = (current + 1) % batches.size();
        lane.wait(batches.size() - 1);
        more = reader.next(batches[current]);
        continue;
      }
      lane.wait();
      if (!good) return tl::unexpected<Error>(good.error());
      if (check.problem()) {
        verdict().problems.push_back(*check.problem());
        return false;
      }
      lane.redo(batch, *good);
      break;
    }
    lane.wait();
    if (more) return true;
    verdict().problems.push_back({segment_file(reader.segment()), reader.rest_offset(),
                                  reader.lines(), more.error().message});
    return false;
  }

  void finish_log(SegmentReader& reader, EntryCheck& check, HashLane& lane, bool whole) {
    out_.segment = reader.segment();
    out_.segment_bytes = reader.rest_offset();
    std::uint64_t torn = reader.rest_bytes();
    if (check.torn()) {
      std::error_code ignored;
      out_.segment = check.torn()->segment;
      out_.segment_bytes = check.torn()->offset;
      torn = stdfs::file_size(dir_ / segment_file(out_.segment), ignored) - out_.segment_bytes;
      if (is_there(dir_ / segment_file(out_.segment + 1)))
        verdict().problems.push_back({segment_file(out_.segment), out_.segment_bytes,
                                      check.entries(), "a hole, yet another segment follows"});
    }
    verdict().torn_bytes = torn;
    const std::uint64_t entries = check.entries();
    if (whole && entries < signed_size()) {
      verdict().problems.push_back(
          {segment_file(out_.segment), out_.segment_bytes, entries,
           fmt::format("the log has {} whole entries, its checkpoint signs {}", entries,
                       signed_size())});
      whole = false;
    }
    if (whole) {
      lane.check_edge();
      compare_roots(lane);
      verdict().unsigned_entries = entries - signed_size();
    }
    std::move(lane.problems().begin(), lane.problems().end(),
              std::back_inserter(verdict().problems));
    out_.tree = lane.tree().tree();
  }

  void compare_roots(HashLane& lane) {
    const std::vector<std::uint64_t> sizes = signed_sizes(out_.checkpoints);
    std::uint64_t good = 0;
    for (std::size_t n = 0; n < lane.roots().size() && n < sizes.size(); ++n) {
      const Hash* root = signed_root(out_.checkpoints, sizes[n]);
      if (root != nullptr && *root == lane.roots()[n]) {
        good = sizes[n];
        continue;
      }
      verdict().problems.push_back(locate_damage(dir_, good, sizes[n], signed_size()));
      lane.problems().clear();  // The tiles differ because the entries do.
      return;
    }
  }

  void judge_seal(const EntryCheck& check) {
    const bool closed = check.close_index().has_value();
    out_.closed = closed;
    out_.close_signed = closed && signed_size() == *check.close_index() + 1;
    const bool key_there = is_there(dir_ / kCaseKeyFile);
    verdict().sealed = out_.close_signed && !key_there;
    if (verdict().sealed) {
      check_index(out_.checkpoints, verdict().problems);
      if (verdict().torn_bytes > 0)
        verdict().problems.push_back({segment_file(out_.segment), out_.segment_bytes, std::nullopt,
                                      "bytes after the end of a sealed log"});
    } else if (out_.checkpoints.index && !key_there) {
      // The index is signed last of all: what it vouches for cannot have come later or gone.
      verdict().problems.push_back(
          {kCheckpointFile, 0, std::nullopt,
           "checkpoints/index.note says that the log was sealed, the log has no signed log.close"});
    }
    if (out_.close_signed && key_there)
      verdict().notes.emplace_back(
          "sealing was not finished: case.key is still there, so its holder could go on with this "
          "log. Opening the case for writing finishes it");
  }

  void judge_integrity() {
    Verdict& v = verdict();
    if (!v.problems.empty() || !out_.checkpoints.last) {
      v.integrity = Integrity::kBroken;
    } else {
      v.integrity = v.unsigned_entries > 0 || v.torn_bytes > 0 ? Integrity::kUnsignedTail
                                                               : Integrity::kIntact;
    }
  }

  const stdfs::path& dir_;
  const VerifyOptions& options_;
  const Visit& visit_;
  CaseKeys keys_;
  Examination out_;
};

}  // namespace

Result<Examination> examine(const stdfs::path& dir, const VerifyOptions& options,
                            const Visit& visit) {
  std::error_code error;
  if (!stdfs::is_directory(dir, error))
    return fail(Code::kNotFound, "no case at {}: {}", printable(dir.string()),
                error ? error.message() : "not a directory");
  if (!looks_like_case(dir))
    return fail(Code::kNotFound, "{} is not a case: it has neither checkpoint nor seg/",
                printable(dir.string()));
  return Examiner(dir, options, visit).run();
}

Result<Verdict> verify_case(const stdfs::path& dir, const VerifyOptions& options,
                            const Visit& visit) {
  AFFIANT_TRY(auto examination, examine(dir, options, visit));
  return std::move(examination.verdict);
}

Result<std::string> read_exhibit(const stdfs::path& dir, std::string_view sha256_hex_name) {
  const std::string name(sha256_hex_name);
  if (name.size() != 64 || !hex_decode(name))
    return fail(Code::kMalformed, "\"{}\" is not the SHA-256 of an exhibit", printable(name));
  AFFIANT_TRY(std::string bytes,
              read_file(dir / exhibit_file(name), limits::kExhibitBytes, "kExhibitBytes"));
  if (sha256_hex(bytes) != name)
    return fail(Code::kBroken, "exhibits/{} does not have the bytes its name is the SHA-256 of",
                name);
  return bytes;
}

}  // namespace affiant::evidence
