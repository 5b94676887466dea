// What may befall a case, each kind with the verdict it must get: the table is the promise.
#include <thread>

#include "cli/commands.h"
#include "json/json.h"
#include "support.h"
#include "verdict_row.h"

namespace affiant::evidence {
namespace {

using namespace test;

constexpr std::uint64_t kSigned = 40;  // Events of the open case that are signed; 20 more are not.

void xor_bit(const fs::path& path, std::size_t at) {
  std::string bytes = slurp(path);
  bytes.at(at) = static_cast<char>(static_cast<std::uint8_t>(bytes[at]) ^ 1U);
  spit(path, bytes);
}
void cut(const fs::path& path, std::uintmax_t bytes) {
  fs::resize_file(path, fs::file_size(path) - bytes);
}
std::size_t line_begin(const fs::path& path, std::uint64_t line) {
  const std::string bytes = slurp(path);
  std::size_t at = 0;
  for (std::uint64_t n = 0; n < line; ++n) at = bytes.find('\n', at) + 1;
  return at;
}

// A case with a signed part, an unsigned tail, disclosures and an exhibit; not sealed.
void record_open(const fs::path& dir, const fs::path& id) {
  const auto identity = Identity::load_or_create(id);
  ASSERT_OK(identity);
  const fs::path made = dir.string() + ".made";
  {
    auto log = CaseLog::create(made, *identity, {"shop.example", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, kSigned));
    ASSERT_OK(log->sign());
    ASSERT_OK(append_events(*log, kSigned + 1, 20));
    ASSERT_OK(log->commit());
    fs::copy(made, dir, fs::copy_options::recursive);  // Before the destructor signs.
  }
  fs::remove_all(made);
}

struct Hardship {
  const char* what;
  bool sealed;
  void (*befall)(const fs::path& dir);
  Row row;
};

// clang-format off
const Hardship kTable[] = {
  {"nothing, sealed", true, [](const fs::path&) {}, {"intact", "complete", "", 0}},
  {"nothing, open", false, [](const fs::path&) {}, {"unsigned-tail", "open", "", 0}},

  {"a bit of an entry", true, [](const fs::path& d) { xor_bit(d / "seg/00000.jsonl", line_begin(d / "seg/00000.jsonl", 5) + 9); },
   {"broken", "complete", "seg/00000.jsonl", 3}},
  {"a bit of the envelope", true, [](const fs::path& d) { xor_bit(d / "seg/00000.jsonl", line_begin(d / "seg/00000.jsonl", 5) - 3); },
   {"broken", "ended-abnormally", "seg/00000.jsonl", 3}},
  {"a bit of the checkpoint", true, [](const fs::path& d) { xor_bit(d / "checkpoint", 100); },
   {"broken", "ended-abnormally", "checkpoint", 3}},
  {"a bit of a kept checkpoint", true, [](const fs::path& d) { xor_bit(d / "checkpoints/1", 100); },
   {"broken", "complete", "checkpoints/1", 3}},
  {"a bit of the index", true, [](const fs::path& d) { xor_bit(d / "checkpoints/index.note", 5); },
   {"broken", "complete", "checkpoints/index.note", 3}},
  {"a bit of a tile", true, [](const fs::path& d) { xor_bit(d / "tile/0/000", 4'000); },
   {"broken", "complete", "tile/0/000", 3}},
  {"a bit of the delegation", true, [](const fs::path& d) { xor_bit(d / "delegation.note", 40); },
   {"broken", "ended-abnormally", "delegation.note", 3}},
  {"a bit of the case's key", true, [](const fs::path& d) { xor_bit(d / "keys/case.vkey", 120); },
   {"broken", "ended-abnormally", "keys/case.vkey", 3}},
  {"a bit of the case's PEM", true, [](const fs::path& d) { xor_bit(d / "keys/case.pub.pem", 60); },
   {"broken", "complete", "keys/case.pub.pem", 3}},
  {"a bit of the identity's key", true, [](const fs::path& d) { xor_bit(d / "keys/identity.vkey", 80); },
   {"broken", "complete", "keys/identity.vkey", 3}},
  {"a bit of a disclosure", true, [](const fs::path& d) { xor_bit(d / "disclosures.jsonl", 20); },
   {"broken", "complete", "disclosures.jsonl", 3}},
  {"a bit of an exhibit", true, [](const fs::path& d) { xor_bit(fs::directory_iterator(d / "exhibits")->path(), 2); },
   {"broken", "complete", "exhibits/", 3}},

  {"the end cut, sealed", true, [](const fs::path& d) { cut(d / "seg/00000.jsonl", 1); },
   {"broken", "ended-abnormally", "seg/00000.jsonl", 3}},
  {"the tail cut, open", false, [](const fs::path& d) { cut(d / "seg/00000.jsonl", 30); },
   {"unsigned-tail", "open", "", 0}},
  {"all of the tail cut, open", false, [](const fs::path& d) { fs::resize_file(d / "seg/00000.jsonl", line_begin(d / "seg/00000.jsonl", kSigned + 1)); },
   {"intact", "open", "", 0}},
  {"cut below what is signed, open", false, [](const fs::path& d) { fs::resize_file(d / "seg/00000.jsonl", line_begin(d / "seg/00000.jsonl", kSigned + 1) - 1); },
   {"broken", "open", "seg/00000.jsonl", 3}},
  {"the checkpoint put back", false, [](const fs::path& d) { fs::copy_file(d / "checkpoints/1", d / "checkpoint", fs::copy_options::overwrite_existing); },
   {"broken", "open", "checkpoint", 3}},
  {"disclosures withheld", true, [](const fs::path& d) { fs::remove(d / "disclosures.jsonl"); },
   {"intact", "complete", "", 0}},
  {"a disclosure line cut, sealed", true, [](const fs::path& d) { cut(d / "disclosures.jsonl", 3); },
   {"broken", "complete", "disclosures.jsonl", 3}},
  {"a disclosure line cut, open", false, [](const fs::path& d) { cut(d / "disclosures.jsonl", 3); },
   {"unsigned-tail", "open", "", 0}},
  {"the log gone", true, [](const fs::path& d) { fs::remove(d / "seg/00000.jsonl"); },
   {"broken", "ended-abnormally", "seg/00000.jsonl", 3}},
  {"the checkpoint gone", true, [](const fs::path& d) { fs::remove(d / "checkpoint"); },
   {"broken", "ended-abnormally", "checkpoint", 3}},
  {"the key kept", true, [](const fs::path& d) { spit(d / "case.key", std::string(32, 'k')); },
   {"intact", "open", "", 0}},
  {"the key of an open case gone", false, [](const fs::path& d) { fs::remove(d / "case.key"); },
   {"unsigned-tail", "ended-abnormally", "", 0}},
  {"an empty folder", true, [](const fs::path& d) { fs::remove_all(d); fs::create_directory(d); },
   {"unreadable", "open", "", 2}},
};
// clang-format on

// What `affiant verify --json` prints and exits with.
Row by_command(const fs::path& dir) {
  CLI::App app;
  cli::Run run;
  cli::add_verify(app, &run);
  std::vector<std::string> arguments = {"--json", dir.string(), "verify"};  // CLI11: reversed.
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  app.parse(arguments);
  const int code = run();
  ::fflush(stdout);
  const std::string text = testing::internal::GetCapturedStdout();
  testing::internal::GetCapturedStderr();
  if (text.empty()) return {"unreadable", "open", "", code};
  const auto json = json::parse(text, "verdict");
  if (!json) return {json.error().to_string(), "", "", code};
  const auto& problems = (*json)["problems"];
  return {(*json)["integrity"], (*json)["complete"],
          problems.empty() ? "" : problems[0]["file"].get<std::string>(), code};
}

TEST(Hardship, EachKindGetsTheVerdictOfTheTableFromTheCommandToo) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "sealed", tmp / "id", 300));
  record_open(tmp / "open", tmp / "id");
  if (HasFatalFailure()) return;
  for (const Hardship& hardship : kTable) {
    const fs::path dir = tmp / "case";
    fs::copy(tmp / (hardship.sealed ? "sealed" : "open"), dir, fs::copy_options::recursive);
    hardship.befall(dir);
    for (Row row : {row_of(verify_case(dir, {})), by_command(dir)}) {
      if (hardship.row.file.ends_with('/') && row.file.starts_with(hardship.row.file))
        row.file = hardship.row.file;
      EXPECT_EQ(row, hardship.row) << hardship.what;
    }
    fs::remove_all(dir);
  }
}

constexpr std::size_t kLast = 64U << 10U;

TEST(Hardship, ALogCutAnywhereInItsLast64KbIsAsTheTableSays) {
  const TempDir tmp;
  const fs::path original = tmp / "original";
  {
    const auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(tmp / "made", *identity, {"", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, 20, std::string(2'000, 's')));
    ASSERT_OK(log->sign());
    ASSERT_OK(append_events(*log, 21, 12, std::string(2'000, 't')));
    ASSERT_OK(log->commit());
    fs::copy(tmp / "made", original, fs::copy_options::recursive);
  }
  const std::string seg = slurp(original / "seg/00000.jsonl");
  ASSERT_GT(seg.size(), kLast);
  const std::size_t signed_end = line_begin(original / "seg/00000.jsonl", 21);
  ASSERT_LT(seg.size() - kLast, signed_end);
  ASSERT_LT(signed_end, seg.size() - 20'000);
  const Row below{"broken", "open", "seg/00000.jsonl", 3};
  const Row at{"intact", "open", "", 0};
  const Row above{"unsigned-tail", "open", "", 0};
  // Two readers, each of a copy of its own that only gets shorter.
  const auto work = [&](const fs::path& dir, std::size_t from, std::size_t to) {
    fs::copy(original, dir, fs::copy_options::recursive);
    for (std::size_t size = to; size > from && !HasFailure(); --size) {
      if (!tried(seg, size - 1, 29)) continue;
      fs::resize_file(dir / "seg/00000.jsonl", size - 1);
      const Row& expected = size - 1 < signed_end ? below : size - 1 == signed_end ? at : above;
      const auto verdict = verify_case(dir, {});
      EXPECT_EQ(row_of(verdict), expected) << size - 1;
      if (expected == above) {
        EXPECT_EQ(verdict->torn_bytes, size - 1 - (seg.rfind('\n', size - 2) + 1)) << size - 1;
      }
    }
  };
  const std::size_t middle = seg.size() - kLast / 2;
  std::thread other(work, tmp / "second", seg.size() - kLast, middle);
  work(tmp / "first", middle, seg.size() + 1);
  other.join();
}

TEST(Hardship, ASealedCaseIsBrokenByAFileCutAtAnyByteAndSaysWhichButDisclosuresEndWhereTheyLike) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 8));
  for (const std::string& file : files_under(dir)) {
    const std::string bytes = slurp(dir / file);
    for (std::size_t size = bytes.size(); size-- > 0;) {
      if (!tried(bytes, size, 11)) continue;
      fs::resize_file(dir / file, size);
      const auto verdict = verify_case(dir, {});
      const bool whole_lines = size == 0 || bytes[size - 1] == '\n';
      if (file == "disclosures.jsonl" && whole_lines) {
        EXPECT_EQ(row_of(verdict), (Row{"intact", "complete", "", 0})) << size;
        continue;
      }
      EXPECT_EQ(row_of(verdict).integrity, "broken") << file << " cut to " << size;
      EXPECT_EQ(row_of(verdict).file, file) << "cut to " << size;
      EXPECT_EQ(row_of(verdict).exit_code, 3);
    }
    spit(dir / file, bytes);
    if (HasFailure()) return;
  }
}

// Flips that nothing signs: the tail of an open case. It is never reported as signed.
TEST(Hardship, ABitOfTheUnsignedTailIsNeverCalledIntact) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  record_open(dir, tmp / "id");
  if (HasFatalFailure()) return;
  const fs::path seg = dir / "seg/00000.jsonl";
  const std::string bytes = slurp(seg);
  for (std::size_t at = line_begin(seg, kSigned + 1); at < bytes.size(); ++at) {
    if (!tried(bytes, at, 5)) continue;
    std::string changed = bytes;
    changed[at] = static_cast<char>(static_cast<std::uint8_t>(changed[at]) ^ (1U << at % 8));
    spit(seg, changed);
    const Row row = row_of(verify_case(dir, {}));
    EXPECT_TRUE(row.integrity == "unsigned-tail" || row.integrity == "broken") << at << row;
    EXPECT_EQ(row.complete, "open");
  }
}

// Clocks that go back: the user's (set, or wrong until the network is there), and the machine's.
class WildClock final : public Clock {
 public:
  std::int64_t utc_ms() override { return utc; }
  std::int64_t mono_ns() override { return mono; }
  std::int64_t utc = 1'790'000'000'000;
  std::int64_t mono = 5'000'000'000'000;
};

TEST(Hardship, AClockThatGoesBackLosesNothingAndTheOrderStays) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  WildClock clock;
  Environment environment;
  environment.clock = &clock;
  const auto event = [](CaseLog& log, std::uint64_t q, std::int64_t time_ms) -> Status {
    AFFIANT_CHECK(log.append({"cookie.change", 1, q, time_ms, R"({"text":"x"})", {}}));
    return {};
  };
  {
    auto log = CaseLog::create(tmp / "case", *identity, {"", "t"}, environment);
    ASSERT_OK(log);
    ASSERT_OK(log->append({"session.open", 1, 0, clock.utc, session_open(1), {}}));
    ASSERT_OK(event(*log, 1, clock.utc));
    clock.utc -= 365LL * 24 * 3'600'000;  // A year.
    clock.mono -= 4'000'000'000'000;      // Before the case was made.
    ASSERT_OK(event(*log, 2, clock.utc));
    ASSERT_OK(log->poll());
    clock.mono = 0;
    ASSERT_OK(event(*log, 3, 0));
    ASSERT_OK(log->commit());
    EXPECT_EQ(log->durable(), 5U);
  }
  clock.mono = 7;  // Another boot.
  {
    auto log = CaseLog::open(tmp / "case", environment);
    ASSERT_OK(log);
    ASSERT_OK(event(*log, 4, clock.utc));
    clock.mono += 300'000'000;
    ASSERT_OK(log->poll());
    EXPECT_EQ(log->durable(), log->size()) << "a commit is due after 250 ms of the new clock";
    ASSERT_OK(log->append({"session.close", 1, 0, 0, session_close(1, 4, 4), {}}));
    ASSERT_OK(log->seal(clock.utc));
  }
  std::vector<std::uint64_t> order;
  const auto verdict = verify_case(tmp / "case", {}, [&](const Entry& e, const auto&) {
    if (e.head.seq > 0) order.push_back(e.head.seq);
    EXPECT_GE(e.head.mono_ns, 0);
    return Status();
  });
  EXPECT_EQ(row_of(verdict), (Row{"intact", "complete", "", 0})) << describe(*verdict);
  EXPECT_EQ(order, (std::vector<std::uint64_t>{1, 2, 3, 4}));
}

}  // namespace
}  // namespace affiant::evidence
