// What a person sees while something runs: one line per milestone on stderr, and on a terminal a
// last line that moves. Nothing at all when quiet. Not thread-safe.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>

namespace affiant::cli {

class Console {
 public:
  explicit Console(bool quiet);
  ~Console() { clear(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // "affiant: <text>", control characters made visible.
  void say(std::string_view text);
  // What is being waited for; shown with a spinner and the seconds since, on a terminal only.
  void waiting_for(std::string_view what);
  // Added to the moving line: "412 events".
  void detail(std::string_view text);
  // Moves the spinner. Cheap; call it from a polling loop.
  void tick();
  // Takes the moving line away, so that something else can write.
  void clear();

 private:
  bool quiet_, moving_;
  bool shown_ = false;
  std::string what_, detail_;
  std::chrono::steady_clock::time_point since_;
  unsigned turn_ = 0;
};

}  // namespace affiant::cli
