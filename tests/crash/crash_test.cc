// kill -9 at seeded random moments, again and again on the same cases.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include <random>

#include "process.h"

namespace affiant::evidence {
namespace {

using namespace test;

struct Outcome {
  std::uint64_t acknowledged = 0;  // The last number that the writer printed.
  int status = 0;
};

// Runs the writer and kills it after `microseconds`.
Outcome run_and_kill(const fs::path& dir, const fs::path& id, const std::string& mode,
                     long microseconds) {
  int pipe_fds[2];
  EXPECT_EQ(::pipe2(pipe_fds, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe_fds[1], STDOUT_FILENO);
    ::execl(AFFIANT_CRASH_WRITER, "crash_writer", dir.c_str(), id.c_str(), mode.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(pipe_fds[1]);
  const timespec delay{microseconds / 1'000'000, microseconds % 1'000'000 * 1'000};
  std::string output;
  char buffer[65'536];
  // The clock starts when the writer has something to lose, unless its very start is to be hit.
  if (mode != "create" || microseconds > 2'000) {
    const ssize_t n = ::read(pipe_fds[0], buffer, sizeof buffer);
    if (n > 0) output.append(buffer, static_cast<std::size_t>(n));
  }
  // A reader that goes on: a full pipe must not hold the writer back.
  const timespec slice{0, 200'000};
  ::fcntl(pipe_fds[0], F_SETFL, O_NONBLOCK);
  timespec begin{};
  ::clock_gettime(CLOCK_MONOTONIC, &begin);
  for (;;) {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const long passed =
        (now.tv_sec - begin.tv_sec) * 1'000'000 + (now.tv_nsec - begin.tv_nsec) / 1'000;
    if (passed >= delay.tv_sec * 1'000'000 + delay.tv_nsec / 1'000) break;
    const ssize_t n = ::read(pipe_fds[0], buffer, sizeof buffer);
    if (n > 0) output.append(buffer, static_cast<std::size_t>(n));
    if (n == 0) break;
    if (n < 0) ::nanosleep(&slice, nullptr);
  }
  ::kill(child, SIGKILL);
  Outcome out;
  ::waitpid(child, &out.status, 0);
  ::fcntl(pipe_fds[0], F_SETFL, 0);
  while (const ssize_t n = ::read(pipe_fds[0], buffer, sizeof buffer)) {
    if (n < 0) break;
    output.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(pipe_fds[0]);
  const std::size_t end = output.rfind('\n');
  if (end == std::string::npos) return out;
  const std::size_t begin_of_last = output.rfind('\n', end - 1);
  out.acknowledged =
      std::stoull(output.substr(begin_of_last == std::string::npos ? 0 : begin_of_last + 1));
  return out;
}

TEST(Crash, KillNineLosesNoAcknowledgedEntry) {
  const TempDir tmp;
  std::mt19937 random(20'261'123);
  int kills = 0;
  int recoveries = 0;
  for (int round = 0; round < 20; ++round) {
    const fs::path dir = tmp / ("case" + std::to_string(round));
    std::uint64_t acknowledged = 0;
    for (int life = 0; life < 5; ++life) {
      // Most lives are short, so that genesis and recovery are hit too.
      const long delay = life == 0 ? std::uniform_int_distribution<long>(2'001, 20'000)(random)
                                   : std::uniform_int_distribution<long>(0, 15'000)(random);
      const Outcome out = run_and_kill(dir, tmp / "id", life == 0 ? "create" : "open", delay);
      ++kills;
      ASSERT_TRUE(WIFSIGNALED(out.status)) << "the writer ended by itself: status " << out.status;
      const std::string when = fmt::format("round {} life {} after {} us", round, life, delay);
      acknowledged = std::max(acknowledged, out.acknowledged);
      check_entries(dir, acknowledged, when);
      if (HasFailure()) return;
    }
    auto log = CaseLog::open(dir);
    ASSERT_OK(log);
    recoveries += log->recovery().recovered ? 1 : 0;
    EXPECT_GE(log->size(), acknowledged);
    ASSERT_OK(log->seal(1));
    const auto verdict = verify_case(dir, {.pinned_vkey = "", .strict = true});
    ASSERT_OK(verdict);
    EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
    EXPECT_TRUE(verdict->sealed);
    EXPECT_EQ(verdict->withheld, 0U);
  }
  EXPECT_EQ(kills, 100);
  EXPECT_GT(recoveries, 3) << "the kills must have come while something was unsigned";
}

TEST(Crash, KillNineWhileACaseIsMadeLeavesNothingThatPassesForOne) {
  const TempDir tmp;
  std::mt19937 random(7);
  for (int run = 0; run < 30; ++run) {
    const fs::path dir = tmp / ("case" + std::to_string(run));
    (void)run_and_kill(dir, tmp / "id", "create",
                       std::uniform_int_distribution<long>(0, 2'000)(random));
    if (!fs::exists(dir / "checkpoint")) {
      EXPECT_FALSE(CaseLog::open(dir));
      const auto verdict = verify_case(dir, {});
      EXPECT_TRUE(!verdict || verdict->integrity == Integrity::kBroken);
      continue;
    }
    check_entries(dir, 1, fmt::format("run {}", run));
    EXPECT_TRUE(CaseLog::open(dir));
  }
}

TEST(Crash, KillNineWhileSealingEndsSealedAndKeylessAfterTheNextOpen) {
  const TempDir tmp;
  std::mt19937 random(9);
  for (int run = 0; run < 30; ++run) {
    const fs::path dir = tmp / ("case" + std::to_string(run));
    const auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    { ASSERT_OK(CaseLog::create(dir, *identity, {"", "t"})); }
    const Outcome out = run_and_kill(dir, tmp / "id", "seal",
                                     std::uniform_int_distribution<long>(0, 9'000)(random));
    check_entries(dir, out.acknowledged, fmt::format("run {}", run));
    auto log = CaseLog::open(dir);
    if (log)
      ASSERT_OK(log->seal(2));
    else
      EXPECT_EQ(log.error().code, Code::kClosed) << log.error().to_string();
    const auto verdict = verify_case(dir, {});
    ASSERT_OK(verdict);
    EXPECT_TRUE(verdict->sealed) << run << describe(*verdict);
    EXPECT_EQ(verdict->integrity, Integrity::kIntact) << run << describe(*verdict);
    EXPECT_FALSE(fs::exists(dir / "case.key"));
  }
}

}  // namespace
}  // namespace affiant::evidence
