// The hashing half of a walk over a case, on a thread of its own when asked: leaf hashes, the tree,
// its roots at given sizes, and the tiles on disk held against it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "evidence/segment_reader.h"
#include "evidence/tiled_tree.h"
#include "evidence/verify.h"

namespace affiant::evidence {

class HashLane {
 public:
  struct Plan {
    std::filesystem::path dir;
    std::vector<std::uint64_t> root_sizes;  // Ascending.
    bool tiles = false;                     // They must be on disk.
    bool threaded = false;
  };
  explicit HashLane(Plan plan);
  HashLane(const HashLane&) = delete;
  HashLane& operator=(const HashLane&) = delete;
  ~HashLane();

  // start() hands a batch over; it must not change while it is one of the batches not yet hashed.
  // wait(n) returns when these are at most n, the last ones that were handed over.
  void start(const LineBatch& batch);
  void wait(std::size_t unfinished = 0);
  // After wait(): as if only the first `lines` lines of the last batch had been there.
  void redo(const LineBatch& batch, std::size_t lines);

  // After the last batch: holds the partial tiles against the disk too.
  void check_edge();

  // All valid after wait() only.
  const std::vector<Hash>& roots() const { return roots_; }  // For as many sizes as were reached.
  std::vector<Problem>& problems() { return problems_; }     // Tiles.
  TiledTree& tree() { return tree_; }

 private:
  void run();
  void hash(const LineBatch& batch, std::size_t lines);

  Plan plan_;
  TiledTree tree_;
  std::vector<Hash> roots_;
  std::vector<Problem> problems_;

  TiledTree before_;  // The state before the last batch.
  std::size_t roots_before_ = 0;
  std::size_t problems_before_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<const LineBatch*> jobs_;  // The first is being hashed.
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace affiant::evidence
