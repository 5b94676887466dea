// An open case taken up again, and what a crash left put in order: CaseLog::open().
#include "base/limits.h"
#include "base/user.h"
#include "evidence/case_writer.h"
#include "evidence/layout.h"
#include "evidence/statements.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

// A temporary file that a crash left is worth nothing: what it was to replace is still there.
Status remove_temporaries(Fs& fs, const stdfs::path& dir) {
  std::error_code error;
  std::vector<stdfs::path> found;
  auto it = stdfs::recursive_directory_iterator(dir, error);
  for (; !error && it != stdfs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (it->path().extension() == ".tmp" && it->is_regular_file(ignored))
      found.push_back(it->path());
  }
  for (const stdfs::path& path : found) AFFIANT_CHECK(fs.remove(path));
  return {};
}

}  // namespace

Result<std::unique_ptr<CaseWriter>> CaseWriter::open(const stdfs::path& dir,
                                                     const Environment& environment) {
  std::unique_ptr<CaseWriter> writer(new CaseWriter(dir, environment));
  AFFIANT_CHECK(writer->lock());
  AFFIANT_TRY(Examination found, examine(dir, {}, {}));
  if (found.verdict.integrity == Integrity::kBroken) {
    const Problem& first = found.verdict.problems.front();
    return fail(Code::kBroken,
                "{} is broken at byte {} of {}: {}. Nothing was changed and nothing can be added; "
                "begin a new case",
                printable(dir.string()), first.offset, first.file, first.what);
  }
  if (found.verdict.sealed)
    return fail(Code::kClosed, "{} is sealed: nothing can be added", printable(dir.string()));
  writer->origin_ = found.verdict.origin;
  AFFIANT_CHECK(writer->remember(writer->recover(found)));
  return writer;
}

Status CaseWriter::load_key() {
  const stdfs::path path = dir_ / kCaseKeyFile;
  if (others_can_read(path))
    return fail(Code::kPermission,
                "{} can be read by others; `chmod 600` it, and trust the case only as far as you "
                "trust them",
                printable(path.string()));
  auto seed = read_file(path, 64);
  if (!seed && seed.error().code == Code::kNotFound)
    return fail(Code::kCrypto, "{} has lost its case key: nothing can be added",
                printable(dir_.string()));
  if (!seed) return tl::unexpected<Error>(seed.error());
  auto key = SigningKey::from_seed(as_bytes(*seed));
  wipe(*seed);
  if (!key || origin_for(key->public_key()) != origin_)
    return fail(Code::kCrypto, "{} is not the key of this case", printable(path.string()));
  key_ = std::move(*key);
  return {};
}

Status CaseWriter::recover(Examination& found) {
  tree_ = std::move(found.tree);
  durable_ = size();
  signed_ = found.verdict.tree_size;
  for (const Checkpoint& c : found.checkpoints.history) kept_.push_back(c.size);
  recovery_.last_signed = signed_;
  recovery_.kept = size() - signed_;
  recovery_.torn_bytes = found.verdict.torn_bytes;

  if (found.close_signed || found.closed) return finish_seal(found);
  AFFIANT_CHECK(load_key());
  AFFIANT_CHECK(remove_temporaries(fs(), dir_));
  std::string torn;
  AFFIANT_CHECK(move_torn_bytes(found, &torn));
  std::error_code absent;
  const auto disclosed = stdfs::file_size(dir_ / kDisclosureFile, absent);
  // Disclosures of entries that never came to be would be secrets that prove nothing.
  if (!absent && disclosed > found.disclosure_bytes)
    AFFIANT_CHECK(fs().truncate(dir_ / kDisclosureFile, found.disclosure_bytes));
  if (!found.checkpoints.last_is_kept && kept_.size() < limits::kCheckpointsKept) {
    AFFIANT_TRY(const std::string note, read_file(dir_ / kCheckpointFile, limits::kNoteBytes));
    AFFIANT_CHECK(write_durably(fs(), dir_ / checkpoint_file(signed_), note));
    kept_.push_back(signed_);
  }
  if (recovery_.kept == 0 && torn.empty()) return {};
  recovery_.recovered = true;
  const json::Value body = {{"torn_sha256", torn.empty() ? json::Value() : json::Value(torn)},
                            {"torn_bytes", recovery_.torn_bytes},
                            {"last_signed", recovery_.last_signed},
                            {"kept", recovery_.kept}};
  AFFIANT_TRY(const std::string bytes, json::canonical(body));
  AFFIANT_CHECK(append_own("log.recovered", bytes, env_.clock->utc_ms()));
  return sign();
}

Status CaseWriter::move_torn_bytes(const Examination& found, std::string* name) {
  if (recovery_.torn_bytes == 0) {
    // A recovery that was itself cut short had moved them, and not yet said so.
    if (found.torn_orphans.size() != 1) return {};
    *name = found.torn_orphans[0];
    AFFIANT_TRY(const std::string bytes, read_file(dir_ / torn_file(*name), limits::kExhibitBytes));
    recovery_.torn_bytes = bytes.size();
    return {};
  }
  if (recovery_.torn_bytes > limits::kExhibitBytes)
    return fail(Code::kTooLarge, "{} torn bytes at the end of {} are over kExhibitBytes ({})",
                recovery_.torn_bytes, segment_file(found.segment), limits::kExhibitBytes);
  const stdfs::path path = dir_ / segment_file(found.segment);
  AFFIANT_TRY(auto reader, FileReader::open(path, found.segment_bytes));
  std::string bytes(static_cast<std::size_t>(recovery_.torn_bytes), '\0');
  AFFIANT_TRY(const std::size_t n, reader.read(bytes.data(), bytes.size()));
  bytes.resize(n);
  *name = sha256_hex(bytes);
  AFFIANT_CHECK(fs().make_dir(dir_ / kTornDir));
  AFFIANT_CHECK(write_durably(fs(), dir_ / torn_file(*name), bytes));
  return fs().truncate(path, found.segment_bytes);
}

}  // namespace affiant::evidence
