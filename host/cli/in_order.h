// Work on many things side by side, taken in the order of the things.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace affiant::cli {

// Calls `make(i)` for i in [0, total) on up to `threads` threads, and `take(i, result)` on this
// one, in order. Nobody works more than a few things ahead of what was taken, so that memory is
// bound by the threads and not by the total. `wait` is called on this thread about ten times a
// second while it waits. `make` must be thread-safe; nothing may throw.
template <typename T, typename Make, typename Take, typename Wait>
void in_order(std::size_t total, std::size_t threads, const Make& make, const Take& take,
              const Wait& wait) {
  const std::size_t ahead = 2 * threads;
  std::mutex mutex;
  std::condition_variable made, taken;
  std::map<std::size_t, T> ready;
  std::size_t next = 0, out = 0;  // To be begun, to be taken.
  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (next < total) {
      if (next >= out + ahead) {
        taken.wait(lock);
        continue;
      }
      const std::size_t i = next++;
      lock.unlock();
      T result = make(i);
      lock.lock();
      ready.emplace(i, std::move(result));
      made.notify_one();
    }
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < std::min(threads, total); ++i) workers.emplace_back(work);
  std::unique_lock lock(mutex);
  while (out < total) {
    const auto here = ready.find(out);
    if (here == ready.end()) {
      made.wait_for(lock, std::chrono::milliseconds(100));
      lock.unlock();
      wait();
      lock.lock();
      continue;
    }
    T result = std::move(here->second);
    ready.erase(here);
    const std::size_t i = out++;
    taken.notify_all();
    lock.unlock();
    take(i, std::move(result));
    lock.lock();
  }
}

}  // namespace affiant::cli
