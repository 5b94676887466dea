#include "evidence/hash_lane.h"

#include "evidence/absent_row.h"
#include "evidence/tile_files.h"

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
  if (!plan_.threaded) {
    hash(batch, batch.lines());
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(&batch);
  }
  changed_.notify_all();
}

void HashLane::wait(std::size_t unfinished) {
  if (!plan_.threaded) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return jobs_.size() <= unfinished; });
}

void HashLane::redo(const LineBatch& batch, std::size_t lines) {
  tree_ = before_;
  roots_.resize(roots_before_);
  problems_.resize(problems_before_);
  hash(batch, lines);
}

void HashLane::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !jobs_.empty() || stop_; });
    if (jobs_.empty()) return;
    const LineBatch& batch = *jobs_.front();
    lock.unlock();
    hash(batch, batch.lines());
    lock.lock();
    jobs_.pop_front();
    changed_.notify_all();
  }
}

void HashLane::hash(const LineBatch& batch, std::size_t lines) {
  before_ = tree_;
  roots_before_ = roots_.size();
  problems_before_ = problems_.size();
  for (std::size_t n = 0; n < lines; ++n) {
    tree_.append(leaf_of_line(batch.line(n)));
    if (tree_.has_full())
      for (const Tile& tile : tree_.take_full())
        if (plan_.tiles) check_tile(plan_.dir, tile, problems_);
    if (roots_.size() < plan_.root_sizes.size() && plan_.root_sizes[roots_.size()] == tree_.size())
      roots_.push_back(tree_.root());
  }
}

void HashLane::check_edge() {
  if (!plan_.tiles) return;
  for (const Tile& tile : tree_.edge())
    if (!tile.bytes.empty()) check_tile(plan_.dir, tile, problems_);
}

}  // namespace affiant::evidence
