// The log in the layout of C2SP tlog-tiles: https://c2sp.org/tlog-tiles.
#include <fmt/format.h>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/export_bundle.h"
#include "evidence/absent_row.h"
#include "evidence/layout.h"
#include "evidence/segment_reader.h"
#include "evidence/tiled_tree.h"
#include "evidence/verify.h"

namespace affiant::cli {
namespace {

namespace stdfs = std::filesystem;

class TileWriter {
 public:
  explicit TileWriter(const stdfs::path& to) : to_(to) {}

  Status add(std::string_view line) {
    bundle_ += static_cast<char>(line.size() >> 8U);
    bundle_ += static_cast<char>(line.size() & 0xffU);
    bundle_ += line;
    tree_.append(evidence::leaf_hash(line));
    for (const evidence::Tile& tile : tree_.take_full())
      AFFIANT_CHECK(put(evidence::tile_file(tile.level, tile.index), tile.bytes));
    if (tree_.size() % limits::kTileHashes != 0) return {};
    return put_bundle(tree_.size() / limits::kTileHashes - 1, "");
  }

  Status finish() {
    for (const evidence::Tile& tile : tree_.edge())
      if (!tile.bytes.empty())
        AFFIANT_CHECK(put(evidence::tile_file(tile.level, tile.index, tile.width()), tile.bytes));
    const std::uint64_t rest = tree_.size() % limits::kTileHashes;
    return rest == 0 ? Status()
                     : put_bundle(tree_.size() / limits::kTileHashes, fmt::format(".p/{}", rest));
  }

  Status put(const std::string& name, std::string_view bytes) {
    Fs& fs = system_fs();
    AFFIANT_CHECK(fs.make_dir((to_ / name).parent_path()));
    AFFIANT_TRY(const auto file, fs.create(to_ / name));
    return file->write(bytes);
  }

 private:
  Status put_bundle(std::uint64_t index, const std::string& partial) {
    // "tile/0/x001/234" → "tile/entries/x001/234".
    const std::string name = evidence::tile_file(0, index);
    const std::string prefix = std::string(evidence::kTileDir) + "/0";
    const auto done =
        put(fmt::format("{}/entries{}{}", evidence::kTileDir, name.substr(prefix.size()), partial),
            bundle_);
    bundle_.clear();
    return done;
  }

  const stdfs::path& to_;
  evidence::TiledTree tree_;
  std::string bundle_;
};

}  // namespace

Status export_tiles(const stdfs::path& dir, const stdfs::path& to) {
  std::error_code error;
  if (stdfs::exists(to, error) && !stdfs::is_empty(to, error))
    return fail(Code::kUsage, "{} is there and not empty: name a new folder", to.string());
  AFFIANT_TRY(const auto lock, system_fs().lock_dir(dir));
  AFFIANT_TRY(const evidence::Verdict verdict, evidence::verify_case(dir, {}));
  if (verdict.integrity == evidence::Integrity::kBroken)
    return fail(Code::kBroken, "the case is broken: `affiant verify` says where");
  if (verdict.absent_withheld + verdict.absent_erased > 0)
    return fail(Code::kUsage,
                "{} of its entries are absent, which the entry bundles of tlog-tiles cannot say. "
                "Export a bundle instead",
                verdict.absent_withheld + verdict.absent_erased);
  AFFIANT_CHECK(system_fs().make_dir(to));
  TileWriter writer(to);
  evidence::SegmentReader reader(dir);
  evidence::LineBatch batch;
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more || batch.first_index >= verdict.tree_size) break;
    for (std::size_t n = 0; n < batch.lines() && batch.first_index + n < verdict.tree_size; ++n)
      AFFIANT_CHECK(writer.add(batch.line(n)));
  }
  AFFIANT_CHECK(writer.finish());
  AFFIANT_TRY(const std::string checkpoint,
              read_file(dir / evidence::kCheckpointFile, limits::kNoteBytes, "kNoteBytes"));
  return writer.put(evidence::kCheckpointFile, checkpoint);
}

}  // namespace affiant::cli
