#include "evidence/hash_lane.h"

#include "evidence/absent_row.h"
#include "evidence/layout.h"
#include "evidence/problem.h"

namespace affiant::evidence {

HashLane::HashLane(Plan plan) : plan_(std::move(plan)) {
  // The empty tree's root, when a checkpoint covers it.
  if (!plan_.root_sizes.empty() && plan_.root_sizes[0] == 0) roots_.push_back(tree_.root());
  if (plan_.threaded) thread_ = std::thread([this] { run(); });
}

HashLane::~HashLane() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void HashLane::start(const LineBatch& batch) {
  before_ = tree_;
  roots_before_ = roots_.size();
  problems_before_ = problems_.size();
  tiles_before_ = tail_tiles_.size();
  if (!plan_.threaded) {
    hash(batch, batch.lines());
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    job_ = &batch;
  }
  changed_.notify_all();
}

void HashLane::wait() {
  if (!plan_.threaded) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return job_ == nullptr; });
}

void HashLane::redo(const LineBatch& batch, std::size_t lines) {
  tree_ = before_;
  roots_.resize(roots_before_);
  problems_.resize(problems_before_);
  tail_tiles_.resize(tiles_before_);
  hash(batch, lines);
}

void HashLane::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return job_ != nullptr || stop_; });
    if (job_ == nullptr) return;
    const LineBatch& batch = *job_;
    lock.unlock();
    hash(batch, batch.lines());
    lock.lock();
    job_ = nullptr;
    changed_.notify_all();
  }
}

void HashLane::hash(const LineBatch& batch, std::size_t lines) {
  for (std::size_t n = 0; n < lines; ++n) {
    tree_.append(leaf_of_line(batch.line(n)));
    if (tree_.has_full()) take_tiles();
    if (roots_.size() < plan_.root_sizes.size() && plan_.root_sizes[roots_.size()] == tree_.size())
      roots_.push_back(tree_.root());
  }
}

void HashLane::take_tiles() {
  for (Tile& tile : tree_.take_full()) {
    if (tile.end() > plan_.signed_size) {
      if (plan_.keep_tail_tiles) tail_tiles_.push_back(std::move(tile));
      continue;
    }
    const std::string name = tile_file(tile.level, tile.index);
    const auto stored = read_file(plan_.dir / name, tile.bytes.size(), "a full tile");
    if (!stored)
      problems_.push_back({name, 0, std::nullopt, stored.error().message});
    else if (*stored != tile.bytes)
      problems_.push_back({name, first_difference(*stored, tile.bytes), std::nullopt,
                           "the tile is not that of the entries"});
  }
}

}  // namespace affiant::evidence
