// Two processes on one case, a reader beside a writer, and a folder that may not be written to.
#include <memory>

#include "process.h"

namespace affiant::evidence {
namespace {

using namespace test;

constexpr uid_t kNobody = 65'534;

TEST(TwoHosts, TheSecondIsTurnedAwayUntilTheFirstDiesAndThenGoesOn) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  const fs::path dir = tmp / "case";
  Process first({AFFIANT_CRASH_WRITER, dir, tmp / "id", "create"});
  std::string said = first.read_some();
  ASSERT_FALSE(said.empty());
  for (int n = 0; n < 10; ++n) {
    const auto second = CaseLog::open(dir);
    EXPECT_FALSE(second);
    if (!second) {
      EXPECT_EQ(second.error().code, Code::kConflict) << second.error().to_string();
    }
    Process third({AFFIANT_CRASH_WRITER, dir, tmp / "id", "open"});
    EXPECT_EQ(third.read_all(), "") << "nothing may be acknowledged by it";
    EXPECT_EQ(WEXITSTATUS(third.wait()), 1);
    said += first.read_some();
  }
  first.kill();
  said += first.read_all();
  said.resize(said.rfind('\n'));
  const std::uint64_t acknowledged = std::stoull(said.substr(said.rfind('\n') + 1));
  EXPECT_GT(acknowledged, 100U);
  {
    auto log = CaseLog::open(dir);
    ASSERT_OK(log);
    EXPECT_GE(log->size(), acknowledged);
    ASSERT_OK(log->seal(1));
  }
  const auto verdict = check_entries(dir, acknowledged, "two hosts");
  EXPECT_EQ(row_of(verdict), (Row{"intact", "ended-abnormally", "", 0})) << describe(*verdict);
}

TEST(TwoHosts, OfManyThatMakeOneCaseExactlyOneDoes) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  for (int round = 0; round < 10; ++round) {
    const fs::path dir = tmp / ("case" + std::to_string(round));
    std::vector<std::unique_ptr<Process>> hosts;
    for (int n = 0; n < 4; ++n)
      hosts.push_back(std::make_unique<Process>(
          std::vector<std::string>{AFFIANT_CRASH_WRITER, dir, tmp / "id", "create"}));
    int made = 0;
    for (const auto& host : hosts) made += host->read_some().empty() ? 0 : 1;
    hosts.clear();
    EXPECT_EQ(made, 1);
    EXPECT_NE(row_of(check_entries(dir, 1, "race")).integrity, "broken");
  }
}

// The one who verifies a case that is being written must not be told that somebody changed it.
TEST(TwoHosts, AReaderBesideTheWriterNeverSeesABrokenCase) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  const fs::path dir = tmp / "case";
  // It gets ahead by a page of lines only: a case that grows faster than it is read has no end.
  Process writer({AFFIANT_CRASH_WRITER, dir, tmp / "id", "create"}, 4'096);
  for (int n = 0; n < 40; ++n) {
    ASSERT_FALSE(writer.read_some().empty());
    const auto verdict = verify_case(dir, {});
    EXPECT_NE(row_of(verdict).integrity, "broken") << n << describe(*verdict);
    EXPECT_EQ(row_of(verdict).complete, "open");
  }
}

// Runs `job` as a user without any rights and returns what it returns.
int as_nobody(const std::function<int()>& job) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::setgid(kNobody) == 0 && ::setuid(kNobody) == 0 ? job() : 126);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int code_of(const Status& status) { return status ? 0 : static_cast<int>(status.error().code); }
// The code with which going on with a case fails.
int going_on(const fs::path& dir) {
  auto log = CaseLog::open(dir);
  if (!log) return static_cast<int>(log.error().code);
  const Status appended = append_events(*log, 50, 1);
  return code_of(appended ? log->commit() : appended);
}

TEST(ReadOnly, AFolderThatMayNotBeWrittenToIsVerifiedButNotGoneOnWith) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become another user: NOT TESTED here";
  const TempDir tmp;
  fs::permissions(tmp.path(), fs::perms(0755));
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  const fs::path dir = tmp / "case";
  {
    auto log = CaseLog::create(dir, *identity, {"", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, 20));
  }
  const auto mode = [&dir](fs::perms folders, fs::perms files) {
    fs::permissions(dir, folders);
    for (const auto& item : fs::recursive_directory_iterator(dir))
      fs::permissions(item.path(), item.is_directory() ? folders : files);
  };
  // Another's case that one may read (but for its key), and one's own in which nothing may change.
  struct {
    const char* what;
    uid_t owner;
    unsigned folders, files;
    Row row;
    int open_code;
  } const table[] = {{"another's", 0, 0755, 0644, {"intact", "open", "", 0}, 6},
                     {"own, read-only", kNobody, 0500, 0400, {"intact", "open", "", 0}, 6},
                     {"own, unreadable", kNobody, 0000, 0000, {"unreadable", "open", "", 2}, 6}};
  for (const auto& line : table) {
    SCOPED_TRACE(line.what);
    mode(fs::perms(line.folders), fs::perms(line.files));
    fs::permissions(dir / "case.key", fs::perms(line.files & 0700));
    ASSERT_EQ(::chown(dir.c_str(), line.owner, line.owner), 0);
    for (const auto& item : fs::recursive_directory_iterator(dir))
      ASSERT_EQ(::chown(item.path().c_str(), line.owner, line.owner), 0);
    EXPECT_EQ(as_nobody([&] { return row_of(verify_case(dir, {})) == line.row ? 0 : 1; }), 0);
    EXPECT_EQ(as_nobody([&] { return going_on(dir); }), line.open_code);
  }
  mode(fs::perms(0700), fs::perms(0600));
  ASSERT_EQ(::chown(dir.c_str(), 0, 0), 0);
  EXPECT_EQ(row_of(verify_case(dir, {})), (Row{"intact", "open", "", 0})) << "nothing was changed";
  // And no new case in a folder of others.
  fs::create_directories(tmp / "locked");
  fs::copy(tmp / "id", tmp / "theirs", fs::copy_options::recursive);
  EXPECT_EQ(as_nobody([&] {
              auto made = CaseLog::create(tmp / "locked/case", *identity, {"", "t"});
              return made ? 0 : static_cast<int>(made.error().code);
            }),
            6);
}

}  // namespace
}  // namespace affiant::evidence
