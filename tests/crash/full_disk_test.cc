// A disk that is full, and a file that may not grow.
#include <sys/mount.h>
#include <sys/resource.h>

#include "process.h"

namespace affiant::evidence {
namespace {

using namespace test;

// What a verifier says while the disk is full, and after the case went on when there was room.
const Row kStopped[] = {{"intact", "open", "", 0}, {"unsigned-tail", "open", "", 0}};
const Row kSealed{"intact", "ended-abnormally", "", 0};  // Its session has no session.close.

// A small file system, as only root can make one.
class SmallDisk {
 public:
  SmallDisk(const fs::path& at, int kilobytes) : at_(at) {
    fs::create_directories(at);
    mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, size(kilobytes).c_str()) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  bool grow() {
    return ::mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT, size(8'192).c_str()) == 0;
  }

 private:
  static std::string size(int kilobytes) { return "size=" + std::to_string(kilobytes) + "k"; }
  fs::path at_;
  bool mounted_ = false;
};

// Writes until it fails, and goes on when `make_room` has made some.
void fill_and_go_on(const fs::path& dir, const Identity& identity, Code expected,
                    const std::function<void()>& make_room) {
  std::uint64_t acknowledged = 0;
  {
    auto log = CaseLog::create(dir, identity, {"", "t"});
    if (!log) {  // Too small for the beginning of a case: there is one if its checkpoint is there.
      EXPECT_EQ(log.error().code, expected) << log.error().to_string();
      make_room();
      EXPECT_EQ(CaseLog::open(dir).has_value(), fs::exists(dir / "checkpoint"));
      return;
    }
    Status status;
    for (std::uint64_t q = 1; status && q < 100'000; ++q) {
      acknowledged = log->durable();
      status = append_events(*log, q, 1, std::string(400, 'd'));
      if (status && q % 50 == 0) status = log->sign();
    }
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, expected) << status.error().to_string();
    EXPECT_FALSE(log->commit()) << "a failed case stays failed";
    acknowledged = std::max(acknowledged, log->durable());
  }
  const auto full = verify_case(dir, {});
  EXPECT_THAT(kStopped, testing::Contains(row_of(full))) << describe(*full);
  make_room();
  auto log = CaseLog::open(dir);
  ASSERT_OK(log);
  EXPECT_GE(log->size(), acknowledged);
  ASSERT_OK(append_events(*log, 100'000, 10));
  ASSERT_OK(log->seal(1));
  const auto verdict = verify_case(dir, {});
  EXPECT_EQ(row_of(verdict), kSealed) << describe(*verdict);
  EXPECT_EQ(verdict->withheld, 0U);
}

TEST(FullDisk, StopsTheWriterWhereverItFillsAndTheCaseGoesOnWhenThereIsRoomAgain) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  // Page by page, so that it fills within segments, tiles, checkpoints and at the beginning.
  for (int kilobytes = 16; kilobytes <= 480; kilobytes += kilobytes < 200 ? 4 : 20) {
    SmallDisk disk(tmp / "disk", kilobytes);
    if (!disk.mounted())
      GTEST_SKIP() << "only root can mount a small tmpfs: NOT TESTED here (the injected full disk "
                      "of evidence_test and the file that may not grow are)";
    SCOPED_TRACE(kilobytes);
    fill_and_go_on(tmp / "disk/case", *identity, Code::kNoSpace,
                   [&disk] { EXPECT_TRUE(disk.grow()); });
    if (HasFatalFailure()) return;
  }
}

TEST(FullDisk, AFileThatMayNotGrowStopsTheWriterAndTheCaseGoesOnAfterwards) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  ::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t most : {9'000U, 50'000U, 50'001U, 123'456U}) {
    SCOPED_TRACE(most);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{most, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto room = [&before] { EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0); };
    fill_and_go_on(tmp / fmt::format("case{}", most), *identity, Code::kIo, room);
    room();
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace affiant::evidence
