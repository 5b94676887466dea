// A tree that also yields its full tiles (C2SP tlog-tiles: 256 hashes, 8,192 bytes).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "evidence/merkle.h"

namespace affiant::evidence {

struct Tile {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::string bytes;
  std::size_t width() const { return bytes.size() / sizeof(Hash); }  // 256: it is full.
};

class TiledTree {
 public:
  void append(const Hash& leaf) {
    add(0, leaf);
    tree_.append(leaf, [this](unsigned height, const Hash& hash) {
      if (height % 8 == 0) add(height / 8, hash);
    });
  }
  const CompactTree& tree() const { return tree_; }
  std::uint64_t size() const { return tree_.size(); }
  Hash root() const { return tree_.root(); }
  // The tiles completed since the last call, in the order they were completed.
  std::vector<Tile> take_full() { return std::exchange(full_, {}); }
  bool has_full() const { return !full_.empty(); }
  // The partial tile of each level, lowest first; some may have no bytes.
  const std::vector<Tile>& edge() const { return edge_; }

 private:
  static constexpr std::size_t kTileBytes = limits::kTileHashes * sizeof(Hash);

  void add(unsigned level, const Hash& hash) {
    if (level == edge_.size()) edge_.push_back({level, 0, {}});
    Tile& tile = edge_[level];
    tile.bytes.append(as_text(hash));
    if (tile.bytes.size() < kTileBytes) return;
    full_.push_back(tile);
    ++tile.index;
    tile.bytes.clear();
  }

  CompactTree tree_;
  std::vector<Tile> edge_;  // The partial tile of each level; never on disk.
  std::vector<Tile> full_;
};

}  // namespace affiant::evidence
