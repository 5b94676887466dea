#include "evidence/tile_files.h"

#include <set>

#include "evidence/absent_row.h"
#include "evidence/layout.h"
#include "evidence/segment_reader.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

class TileStore {
 public:
  TileStore(Fs& fs, const stdfs::path& dir) : fs_(fs), dir_(dir) {}

  Status add(const Tile& tile) {
    const stdfs::path path = dir_ / tile_file(tile.level, tile.index, tile.width());
    if (folders_.insert(path.parent_path()).second) AFFIANT_CHECK(fs_.make_dir(path.parent_path()));
    AFFIANT_CHECK(fs_.remove(path));  // Left by a sealing that was cut short.
    AFFIANT_TRY(const auto file, fs_.create(path));
    AFFIANT_CHECK(file->write(tile.bytes));
    return file->sync();
  }

  // The names of the files, and those of the folders in theirs.
  Status finish() {
    std::set<stdfs::path> all;
    for (const stdfs::path& folder : folders_)
      for (stdfs::path at = folder; at != dir_ && all.insert(at).second; at = at.parent_path()) {
      }
    all.insert(dir_);
    for (const stdfs::path& folder : all) AFFIANT_CHECK(fs_.sync_dir(folder));
    return {};
  }

 private:
  Fs& fs_;
  const stdfs::path& dir_;
  std::set<stdfs::path> folders_;
};

}  // namespace

Status store_tiles(Fs& fs, const stdfs::path& dir) {
  TileStore store(fs, dir);
  TiledTree tree;
  SegmentReader reader(dir);
  LineBatch batch;
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more) break;
    for (std::size_t n = 0; n < batch.lines(); ++n) {
      tree.append(leaf_of_line(batch.line(n)));
      if (!tree.has_full()) continue;
      for (const Tile& tile : tree.take_full()) AFFIANT_CHECK(store.add(tile));
    }
  }
  for (const Tile& tile : tree.edge())
    if (!tile.bytes.empty()) AFFIANT_CHECK(store.add(tile));
  return store.finish();
}

void check_tile(const stdfs::path& dir, const Tile& tile, std::vector<Problem>& problems) {
  const std::string name = tile_file(tile.level, tile.index, tile.width());
  const auto stored = read_file(dir / name, tile.bytes.size(), "a tile of its width");
  if (!stored)
    problems.push_back({name, 0, std::nullopt,
                        stored.error().code == Code::kNotFound ? "the file is not there"
                                                               : stored.error().message});
  else if (*stored != tile.bytes)
    problems.push_back({name, first_difference(*stored, tile.bytes), std::nullopt,
                        "the tile is not that of the entries"});
}

}  // namespace affiant::evidence
