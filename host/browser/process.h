// A child process with everything it starts: one process group, adopted orphans, stopped together.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::browser {

struct Command {
  std::vector<std::string> argv;           // argv[0] is a path.
  std::map<std::string, std::string> set;  // Environment to add or replace,
  std::set<std::string> unset;             // and to take away.
  std::filesystem::path output;            // stdout and stderr go there; created 0600.
  std::filesystem::path directory;         // Working directory; empty: ours.
};

// Not thread-safe. While one lives, this process adopts orphans (PR_SET_CHILD_SUBREAPER), so that
// descendants which left the group are found too; and the child is killed should this process
// vanish.
class Process {
 public:
  // kBrowser, with the operating system's words, when the program cannot be executed.
  static Result<Process> start(const Command& command);
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();  // stop(0, 0).

  pid_t pid() const { return pid_; }
  bool running();  // Reaps.
  // How it ended, in words ("exit status 1", "killed by signal 9"); nothing while it runs.
  std::optional<std::string> ending();

  // SIGTERM to the child, up to `term_ms` for it to end, up to `rest_ms` more for what it started
  // to end by itself, then SIGKILL for all that is left. Returns when nothing is left. Idempotent.
  void stop(std::int64_t term_ms, std::int64_t rest_ms);

  // Living processes that descend from the child, itself included, with the given name
  // (/proc/PID/comm, at most 15 bytes); an empty name: all.
  std::vector<pid_t> family(std::string_view name = {}) const;

 private:
  Process(pid_t pid, std::set<pid_t> before) : pid_(pid), before_(std::move(before)) {}
  void reap();
  pid_t pid_ = 0;
  std::set<pid_t> before_;  // Children that this process had already.
  std::optional<int> status_;
};

// Runs a command to its end and returns what it wrote to stdout and stderr (at most 64 KiB). An
// exit status other than 0 is kIo with that output; kTimeout when it takes longer.
Result<std::string> run_to_end(Command command, std::int64_t timeout_ms);

}  // namespace affiant::browser
