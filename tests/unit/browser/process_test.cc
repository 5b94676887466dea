#include "browser/process.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "browser/temp_dir.h"

namespace affiant::browser {
namespace {
namespace fs = std::filesystem;

class ProcessTest : public testing::Test {
 protected:
  void SetUp() override {
    auto dir = TempDir::create("affiant-test");
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
  }
  Command shell(std::string script) const {
    Command command;
    command.argv = {"/bin/sh", "-c", std::move(script)};
    command.output = dir_->path() / "out";
    return command;
  }
  pid_t wait_for_pid(const char* name) const {
    for (int i = 0; i < 500; ++i) {
      std::ifstream in(dir_->path() / name);
      pid_t pid = 0;
      if (in >> pid && pid > 0 && in.peek() == '\n') return pid;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return 0;
  }
  std::optional<TempDir> dir_;
};

bool alive(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  return std::getline(in, line) && line.find(") Z") == std::string::npos;
}

TEST_F(ProcessTest, EndsAreToldInWords) {
  auto done = Process::start(shell("exit 3"));
  ASSERT_TRUE(done);
  while (done->running()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(done->ending(), "exit status 3");
  auto killed = Process::start(shell("kill -9 $$"));
  ASSERT_TRUE(killed);
  while (killed->running()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(killed->ending(), "killed by signal 9");
}

TEST_F(ProcessTest, AProgramThatCannotBeExecutedIsAnErrorAtOnce) {
  Command command = shell("");
  command.argv = {(dir_->path() / "nothing").string()};
  const auto started = Process::start(command);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Code::kBrowser);
  EXPECT_NE(started.error().message.find("No such file"), std::string::npos);
}

TEST_F(ProcessTest, EnvironmentIsSetAndTakenAway) {
  setenv("AFFIANT_TEST_GONE", "x", 1);
  setenv("AFFIANT_TEST_CHANGED", "x", 1);
  Command command = shell("echo \"${AFFIANT_TEST_GONE-gone} $AFFIANT_TEST_CHANGED\"");
  command.set["AFFIANT_TEST_CHANGED"] = "y";
  command.unset.insert("AFFIANT_TEST_GONE");
  const auto output = run_to_end(command, 10'000);
  ASSERT_TRUE(output) << output.error().message;
  EXPECT_EQ(*output, "gone y\n");
}

TEST_F(ProcessTest, DescendantsThatLeftTheGroupAndIgnoreSigtermAreStoppedToo) {
  const std::string path = dir_->path().string();
  auto process = Process::start(shell(
      "cd '" + path +
      "'; trap '' TERM;"
      "setsid sh -c 'trap \"\" TERM; (setsid sh -c \"echo \\$\\$ >deep; exec sleep 1000\" &) ; "
      "echo $$ >session; exec sleep 1000' & echo $$ >leader; wait; sleep 1000"));
  ASSERT_TRUE(process);
  const pid_t leader = wait_for_pid("leader"), session = wait_for_pid("session"),
              deep = wait_for_pid("deep");
  ASSERT_TRUE(leader && session && deep);
  EXPECT_TRUE(alive(leader) && alive(session) && alive(deep));
  process->stop(100, 100);
  EXPECT_FALSE(alive(leader) || alive(session) || alive(deep));
}

TEST_F(ProcessTest, OthersOfOurChildrenAreLeftAlone) {
  auto first = Process::start(shell("exec sleep 1000"));
  ASSERT_TRUE(first);
  auto second = Process::start(shell("exec sleep 1000"));
  ASSERT_TRUE(second);
  second->stop(0, 0);
  EXPECT_TRUE(first->running());
}

TEST_F(ProcessTest, WhatEndsByItselfAfterItsParentIsGivenTheTime) {
  const std::string path = dir_->path().string();
  auto process = Process::start(
      shell("cd '" + path + "'; (sleep 0.3; echo done >late) & echo $$ >leader; exec sleep 1000"));
  ASSERT_TRUE(process);
  ASSERT_NE(wait_for_pid("leader"), 0);
  process->stop(1'000, 3'000);
  EXPECT_TRUE(fs::exists(dir_->path() / "late"));
}

TEST_F(ProcessTest, TheFamilyIsFoundByName) {
  auto process = Process::start(shell("sleep 1000 & wait"));
  ASSERT_TRUE(process);
  for (int i = 0; i < 500 && process->family("sleep").empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(process->family("sleep").size(), 1U);
  EXPECT_EQ(process->family("no-such-name").size(), 0U);
  EXPECT_GE(process->family().size(), 2U);
}

TEST_F(ProcessTest, ACommandThatHangsIsEnded) {
  const auto before = std::chrono::steady_clock::now();
  const auto output = run_to_end(shell("sleep 1000"), 200);
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().code, Code::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST(TempDirTest, IsPrivateAndGoneAfterwards) {
  fs::path path;
  {
    const auto dir = TempDir::create("affiant-test");
    ASSERT_TRUE(dir);
    path = dir->path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    std::ofstream(path / "file") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TempDirTest, OnlyWhatAKilledProcessLeftIsTidiedAway) {
  const auto live = TempDir::create("affiant-tidy");
  ASSERT_TRUE(live);
  const fs::path base = live->path().parent_path();
  const auto make = [&](const char* name, fs::perms perms, bool old) {
    const fs::path path = base / name;
    fs::remove_all(path);
    fs::create_directories(path);
    std::ofstream(path / "cookies") << "x";
    fs::permissions(path, perms);
    if (old) fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::minutes(5));
    return path;
  };
  fs::last_write_time(live->path(), fs::file_time_type::clock::now() - std::chrono::minutes(5));
  const fs::path left = make("affiant-tidy-abc123", fs::perms::owner_all, true);
  const fs::path fresh = make("affiant-tidy-abc124", fs::perms::owner_all, false);
  const fs::path open = make("affiant-tidy-abc125", fs::perms::all, true);
  const fs::path other = make("affiant-tidy-longer-name", fs::perms::owner_all, true);
  EXPECT_EQ(TempDir::remove_abandoned("affiant-tidy"), 1);
  EXPECT_FALSE(fs::exists(left));
  for (const fs::path& path : {live->path(), fresh, open, other})
    EXPECT_TRUE(fs::exists(path)) << path;
  for (const fs::path& path : {fresh, open, other}) fs::remove_all(path);
}

}  // namespace
}  // namespace affiant::browser
