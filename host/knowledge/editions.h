// The edition of a table that look-ups read, and those it replaced: they stay, because views into
// them live as long as the program. Internal to this layer.
#pragma once

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace affiant::knowledge {

template <typename Table>
class Editions {
 public:
  explicit Editions(Table first) { publish(std::move(first)); }
  const Table& current() const { return *current_.load(std::memory_order_acquire); }
  void publish(Table next) {
    kept_.push_back(std::make_unique<const Table>(std::move(next)));
    current_.store(kept_.back().get(), std::memory_order_release);
  }

 private:
  std::vector<std::unique_ptr<const Table>> kept_;
  std::atomic<const Table*> current_{nullptr};
};

}  // namespace affiant::knowledge
