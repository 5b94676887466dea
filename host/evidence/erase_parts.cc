// What erasing does on disk. At each point the case verifies: a file is replaced in one rename, and
// what a replaced file held is overwritten only then.
#include "evidence/case_files.h"
#include "evidence/destroy.h"
#include "evidence/filter.h"
#include "evidence/layout.h"
#include "evidence/verify.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr const char* kOldSuffix = ".erased.tmp";  // A writer's name for what is unfinished.

// Puts `fresh` in the place of `file`, and zeros over what was there. The second name keeps the old
// bytes within reach until they are overwritten, also after a crash.
Status replace_and_destroy(Fs& fs, const stdfs::path& fresh, const stdfs::path& file) {
  const stdfs::path old = file.string() + kOldSuffix;
  std::error_code ignored;
  if (stdfs::exists(file, ignored)) AFFIANT_CHECK(fs.link(file, old));
  AFFIANT_CHECK(fs.rename(fresh, file));
  AFFIANT_CHECK(fs.sync_dir(file.parent_path()));
  if (!stdfs::exists(old, ignored)) return {};
  return destroy_key_file(fs, old);
}

// An exhibit half overwritten would have other bytes than its name says: it loses that name first.
Status destroy_exhibit(Fs& fs, const stdfs::path& file) {
  const stdfs::path old = file.string() + kOldSuffix;
  AFFIANT_CHECK(fs.rename(file, old));
  AFFIANT_CHECK(fs.sync_dir(file.parent_path()));
  return destroy_key_file(fs, old);
}

// Leftovers of a call that was cut short. Where it ended before the rename, both names are of one
// file, which is still wanted.
Status sweep(Fs& fs, const stdfs::path& dir) {
  for (const stdfs::path& folder : {dir, dir / kSegmentDir, dir / kExhibitDir}) {
    AFFIANT_TRY(const auto names, list_dir(folder));
    for (const std::string& name : names) {
      if (!name.ends_with(kOldSuffix)) continue;
      const stdfs::path old = folder / name;
      const stdfs::path file =
          folder / name.substr(0, name.size() - std::string_view(kOldSuffix).size());
      std::error_code error;
      const bool same = stdfs::exists(file, error) && stdfs::equivalent(old, file, error);
      if (error) return fail(Code::kIo, "cannot read {}: {}", old.string(), error.message());
      AFFIANT_CHECK(same ? fs.remove(old) : destroy_key_file(fs, old));
    }
  }
  return {};
}

}  // namespace

Result<Filtered> erase_parts(Fs& fs, const stdfs::path& dir, const Filter& filter) {
  AFFIANT_TRY(const auto lock, fs.lock_dir(dir));
  AFFIANT_TRY(const Verdict verdict, verify_case(dir, {}));
  if (verdict.integrity == Integrity::kBroken)
    return fail(Code::kBroken,
                "the case is broken, so nothing is taken out of it: `affiant verify` says where");
  if (!verdict.sealed)
    return fail(Code::kUsage,
                "the case is not sealed. Parts can be erased once its recording is over");
  AFFIANT_CHECK(sweep(fs, dir));
  const stdfs::path work = dir / "erase.tmp";
  std::error_code error;
  stdfs::remove_all(work, error);
  AFFIANT_CHECK(fs.make_dir(work));
  AFFIANT_TRY(Filtered done, filter_segments(fs, dir, work, filter, true));
  AFFIANT_CHECK(filter_disclosures(fs, dir, work / kDisclosureFile, filter, true, done));
  // Disclosures first: once its row is gone, a disclosure would answer to nothing.
  AFFIANT_CHECK(replace_and_destroy(fs, work / kDisclosureFile, dir / kDisclosureFile));
  for (const std::uint64_t segment : done.segments)
    AFFIANT_CHECK(
        replace_and_destroy(fs, work / segment_file(segment), dir / segment_file(segment)));
  AFFIANT_TRY(const auto exhibits, list_dir(dir / kExhibitDir));
  for (const std::string& name : exhibits)
    if (!done.exhibits.contains(name)) AFFIANT_CHECK(destroy_exhibit(fs, dir / kExhibitDir / name));
  stdfs::remove_all(work, error);
  return done;
}

}  // namespace affiant::evidence
