#include "cli/console.h"

#include <cstdio>

#include "base/bytes.h"
#include "base/streams.h"
#include "base/terminal.h"

namespace affiant::cli {

Console::Console(bool quiet) : quiet_(quiet), moving_(!quiet && sequences_work(kStderr)) {}

void Console::say(std::string_view text) {
  if (quiet_) return;
  clear();
  fmt::print(stderr, "affiant: {}\n", printable(text, 1'000));
}

void Console::waiting_for(std::string_view what) {
  clear();
  what_ = printable(what, 60);
  since_ = std::chrono::steady_clock::now();
}

void Console::detail(std::string_view text) {
  detail_ = text.empty() ? "" : ", " + printable(text, 40);
}

void Console::tick() {
  if (!moving_ || what_.empty()) return;
  static constexpr std::string_view kTurns = "|/-\\";
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - since_);
  // One turn in four calls of a loop of 50 ms.
  fmt::print(stderr, "\r\x1b[K{} {} {} s{}", kTurns[turn_++ / 4 % kTurns.size()], what_,
             seconds.count(), detail_);
  std::fflush(stderr);
  shown_ = true;
}

void Console::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace affiant::cli
