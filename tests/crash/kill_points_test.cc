// kill -9 at every file operation of append, commit, checkpoint and seal, and at seeded operations
// of several lives of one case. After each kill the verdict is the one that the table has for the
// files that are there; after recovery nothing acknowledged is missing and nothing is forked.
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <sstream>

#include "process.h"

namespace affiant::evidence {
namespace {

using namespace test;

struct Expected {
  bool key, close_signed, tail, events;
  Row row;
};
// clang-format off
const Expected kTable[] = {
    // case.key  signed log.close  more than signed  events (and no session.close)
    {true,  false, false, true,  {"intact", "open", "", 0}},
    {true,  false, false, false, {"intact", "open", "", 0}},
    {true,  false, true,  true,  {"unsigned-tail", "open", "", 0}},
    {true,  false, true,  false, {"unsigned-tail", "open", "", 0}},
    {true,  true,  false, true,  {"intact", "open", "", 0}},              // Sealing is not finished.
    {true,  true,  false, false, {"intact", "open", "", 0}},
    {false, true,  false, true,  {"intact", "ended-abnormally", "", 0}},  // Sealed.
    {false, true,  false, false, {"intact", "complete", "", 0}}};
// clang-format on
const Row kNeverACase{"broken", "", "checkpoint", 3};

// The row for a case, from its bytes alone: nothing of what is tested is used.
Row expected_row(const fs::path& dir) {
  std::istringstream checkpoint(slurp(dir / "checkpoint"));
  std::string line;
  std::getline(checkpoint, line);
  std::getline(checkpoint, line);
  const std::string log = slurp(dir / "seg/00000.jsonl");
  const auto lines = static_cast<std::uint64_t>(std::count(log.begin(), log.end(), '\n'));
  const std::size_t last = log.rfind('\n', log.size() < 2 ? 0 : log.size() - 2) + 1;
  const bool closed = log.find(R"("k":"log.close")", last) != std::string::npos;
  const bool tail = lines > std::stoull(line) || !log.ends_with('\n');
  const bool events = log.find("\"s\":1,") != std::string::npos;
  for (const Expected& e : kTable)
    if (e.key == fs::exists(dir / "case.key") && e.close_signed == (closed && !tail) &&
        e.tail == tail && e.events == events)
      return e.row;
  return {"no state of the table", "", "", -1};
}

// Every signature that reached a disk, over all lives of a case.
class Ledger {
 public:
  void add(std::uint64_t size, const std::string& root, const std::string& when) {
    const auto [it, fresh] = roots_.try_emplace(size, root);
    EXPECT_EQ(it->second, root) << when << ": two trees signed at size " << size;
    EXPECT_GE(size, roots_.rbegin()->first) << when << ": signed below what was signed";
  }
  // Only what was signed is kept, under the root that was signed.
  void check_kept(const fs::path& dir, const std::string& when) const {
    for (const auto& file : fs::directory_iterator(dir / "checkpoints")) {
      if (file.path().filename() == "index.note") continue;
      std::istringstream note(slurp(file.path()));
      std::string origin, size, root;
      note >> origin >> size >> root;
      const auto it = roots_.find(std::stoull(size));
      if (it != roots_.end()) {
        EXPECT_EQ(it->second, root) << when << ": forked at " << size;
      } else {
        EXPECT_GT(std::stoull(size), roots_.rbegin()->first) << when;
      }
    }
  }

 private:
  std::map<std::uint64_t, std::string> roots_;
};

struct Story {
  fs::path dir;
  Ledger ledger;
  std::uint64_t acknowledged = 0;
  std::string when;
  std::string killed_at;  // "OPERATION FILE" of the last life; empty: it ended by itself.
};

// One life of a case, and all that must hold after it. False when there is no case to go on with.
bool live(Story& story, const fs::path& id, int seed, int at, const char* how) {
  story.when += fmt::format("[seed {} killed {} operation {}]", seed, how, at);
  story.killed_at.clear();
  Process writer({AFFIANT_CRASH_WRITER, story.dir, id, "script", std::to_string(seed),
                  std::to_string(at), how});
  std::istringstream lines(writer.read_all());
  const int status = writer.wait();
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(1));
    std::uint64_t number = 0;
    std::string root;
    if (line.starts_with("k ")) story.killed_at = line.substr(2);
    if (line.starts_with("d ") && words >> number)
      story.acknowledged = std::max(story.acknowledged, number);
    if (line.starts_with("s ") && words >> number >> root)
      story.ledger.add(number, root, story.when);
  }
  EXPECT_EQ(WIFSIGNALED(status), !story.killed_at.empty()) << story.when << " status " << status;
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << story.when;
  if (!fs::exists(story.dir / "checkpoint")) {
    EXPECT_EQ(story.acknowledged, 0U) << story.when;
    const auto verdict = verify_case(story.dir, {});
    if (verdict) {
      EXPECT_EQ(row_of(verdict).integrity, kNeverACase.integrity) << story.when;
      EXPECT_EQ(row_of(verdict).exit_code, kNeverACase.exit_code) << story.when;
    }
    EXPECT_FALSE(CaseLog::open(story.dir)) << story.when;
    return false;
  }
  const auto verdict = check_entries(story.dir, story.acknowledged, story.when);
  EXPECT_EQ(row_of(verdict), expected_row(story.dir))
      << story.when << " at " << story.killed_at << "\n"
      << describe(*verdict);
  return true;
}

// The last recovery: the case is sealed and whole.
void finish(const Story& story) {
  {
    auto log = CaseLog::open(story.dir);
    if (log) {
      EXPECT_TRUE(log->seal(1)) << story.when;
    } else {
      EXPECT_EQ(log.error().code, Code::kClosed) << story.when << log.error().to_string();
    }
  }
  const auto verdict = check_entries(story.dir, story.acknowledged, story.when);
  EXPECT_TRUE(verdict->sealed) << story.when;
  EXPECT_EQ(row_of(verdict), expected_row(story.dir)) << story.when << describe(*verdict);
  EXPECT_EQ(row_of(verify_case(story.dir, {.pinned_vkey = "", .strict = true})), row_of(verdict));
  EXPECT_EQ(verdict->withheld, 0U) << story.when;
  story.ledger.check_kept(story.dir, story.when);
  for (const std::string& file : files_under(story.dir))
    EXPECT_FALSE(file.ends_with(".tmp") || file == "case.key") << story.when << ": " << file;
}

constexpr const char* kHows[] = {"before", "half", "after"};

TEST(KillPoints, EveryFileOperationOfALifeSurvivesKillNine) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  constexpr int kSeed = 6;    // Some 280 events and the seal.
  constexpr int kMost = 400;  // Operations of that life, with room.
  int ended = 0;
  std::mutex mutex;
  std::map<std::string, std::set<std::string>> hit;  // "OPERATION FILE": how.
  on_two_cores(kMost * 3, [&](int n) {
    Story story;
    story.dir = tmp / ("case" + std::to_string(n));
    const bool there = live(story, tmp / "id", kSeed, n / 3, kHows[n % 3]);
    if (there) finish(story);
    fs::remove_all(story.dir);
    const std::lock_guard lock(mutex);
    if (story.killed_at.empty())
      ++ended;
    else
      hit[story.killed_at].insert(kHows[n % 3]);
  });
  for (const char* step : {"create case.key",
                           "write case.key",
                           "sync case.key",
                           "rename delegation.note",
                           "create 00000.jsonl",
                           "write 00000.jsonl",
                           "sync 00000.jsonl",
                           "create disclosures.jsonl",
                           "write disclosures.jsonl",
                           "sync disclosures.jsonl",
                           "create checkpoint.tmp",
                           "write checkpoint.tmp",
                           "sync checkpoint.tmp",
                           "rename checkpoint",
                           "create 000",
                           "write 000",
                           "sync 000",
                           "sync_dir tile",
                           "sync_dir checkpoints",
                           "write index.note.tmp",
                           "sync index.note.tmp",
                           "rename index.note",
                           "overwrite case.key",
                           "remove case.key"})
    EXPECT_EQ(hit[step].size(), 3U) << step << " was not killed before, within and after";
  EXPECT_GT(ended, 0) << "the life is longer than kMost operations";
}

TEST(KillPoints, FiveHundredSeededKillsOverSeveralLivesForkNothing) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  std::atomic<int> kills = 0;
  std::atomic<int> torn = 0;
  on_two_cores(340, [&](int n) {
    std::mt19937 random(static_cast<unsigned>(n));
    Story story;
    story.dir = tmp / ("case" + std::to_string(n));
    bool there = true;
    for (int life = 0; life < 3 && there; ++life) {
      // What comes later in a life is longer there: genesis has some 50 operations, recovery 10.
      const int at = static_cast<int>(life == 0 ? 40 + random() % 120 : random() % 60);
      there =
          live(story, tmp / "id", static_cast<int>(random() % 1'000'000), at, kHows[random() % 3]);
      kills += story.killed_at.empty() ? 0 : 1;
    }
    if (there) finish(story);
    torn += fs::exists(story.dir / "torn") ? 1 : 0;
    fs::remove_all(story.dir);
  });
  EXPECT_GE(kills, 500);
  EXPECT_GT(torn, 10) << "kills must have come in the middle of lines";
}

}  // namespace
}  // namespace affiant::evidence
