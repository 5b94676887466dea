// Processes that are started, listened to and found dead; and what must hold of a case they left.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "json/json.h"
#include "support.h"
#include "verdict_row.h"

namespace affiant::evidence::test {

class Process {
 public:
  // `ahead`: bytes that it can write before somebody reads them (0: as the system has it).
  explicit Process(const std::vector<std::string>& arguments, int ahead = 0) {
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) != 0) std::abort();
    if (ahead > 0) ::fcntl(fds[1], F_SETPIPE_SZ, ahead);
    std::vector<char*> argv;
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    // Only what is safe between fork and exec: other threads of this test hold locks.
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(fds[1], STDOUT_FILENO);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    ::close(fds[1]);
    out_ = fds[0];
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    kill();
    ::close(out_);
  }
  // What it wrote since the last call, at least one byte of it unless it has ended.
  std::string read_some() {
    char buffer[65'536];
    const ssize_t n = ::read(out_, buffer, sizeof buffer);
    return {buffer, n > 0 ? static_cast<std::size_t>(n) : 0};
  }
  std::string read_all() {
    std::string all;
    for (std::string some = read_some(); !some.empty(); some = read_some()) all += some;
    return all;
  }
  int wait() {
    if (pid_ > 0) ::waitpid(pid_, &status_, 0);
    pid_ = 0;
    return status_;
  }
  void kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    wait();
  }

 private:
  pid_t pid_ = 0;
  int out_ = -1;
  int status_ = 0;
};

// Every acknowledged entry is there, is the one that was written, and has its disclosure.
inline Result<Verdict> check_entries(const fs::path& dir, std::uint64_t acknowledged,
                                     const std::string& when) {
  std::uint64_t entries = 0;
  auto verdict = verify_case(
      dir, {}, [&](const Entry& e, const std::vector<std::string_view>& disclosures) -> Status {
        ++entries;
        if (e.head.kind != "request") return {};
        AFFIANT_TRY(const auto body, json::parse(e.body, "body"));
        EXPECT_EQ(body["at"], e.head.index) << when;
        EXPECT_EQ(disclosures.size(), body.contains("_sd") ? 1U : 0U) << when;
        return {};
      });
  EXPECT_TRUE(verdict) << when << verdict.error().to_string();
  if (!verdict) return verdict;
  EXPECT_NE(verdict->integrity, Integrity::kBroken) << when << describe(*verdict);
  EXPECT_GE(entries, acknowledged) << when;
  return verdict;
}

// Runs job(0) to job(n - 1), two at a time.
inline void on_two_cores(int n, const std::function<void(int)>& job) {
  std::atomic<int> next = 0;
  const auto work = [&] {
    for (int i = next++; i < n && !testing::Test::HasFailure(); i = next++) job(i);
  };
  std::thread other(work);
  work();
  other.join();
}

}  // namespace affiant::evidence::test
