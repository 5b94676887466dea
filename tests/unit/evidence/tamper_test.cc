// No byte of a sealed case can change, and no file go, without being noticed.
#include <atomic>
#include <set>
#include <thread>

#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

bool notices(const fs::path& dir) {
  const auto verdict = verify_case(dir, {});
  return verdict && verdict->integrity == Integrity::kBroken && !verdict->problems.empty();
}

// Changes each byte of each file in turn (those that `stride` picks), each of its bits (with
// AFFIANT_EXHAUSTIVE) or one, another at every byte, and expects a broken verdict. Two workers on
// two copies: the walk is all system calls and SHA-256.
void flip_everything(const fs::path& original, const fs::path& scratch, bool all_bits,
                     const std::function<std::size_t(const std::string&)>& stride) {
  const std::vector<std::string> files = files_under(original);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> tried = 0;
  const auto work = [&](const fs::path& dir) {
    for (std::size_t f = next++; f < files.size(); f = next++) {
      const std::string bytes = slurp(dir / files[f]);
      for (std::size_t at = 0; at < bytes.size(); at += stride(files[f])) {
        for (unsigned bit = 0; bit < 8; ++bit) {
          const unsigned flip = 1U << (bit + at) % 8;
          std::string changed = bytes;
          changed[at] = static_cast<char>(static_cast<std::uint8_t>(changed[at]) ^ flip);
          spit(dir / files[f], changed);
          if (!notices(dir))
            ADD_FAILURE() << files[f] << ": byte " << at << " ^ " << flip << " goes unnoticed";
          ++tried;
          if (!all_bits || step(8) > 1) break;
        }
      }
      spit(dir / files[f], bytes);
    }
  };
  const fs::path second = scratch / "second";
  fs::copy(original, second, fs::copy_options::recursive);
  std::thread other([&] { work(second); });
  work(original);
  other.join();
  EXPECT_GT(tried, 1'000U);
  EXPECT_FALSE(notices(original)) << "the case must be whole again at the end";
}

TEST(Tamper, EveryByteOfEveryFileOfASealedCaseCounts) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 6));
  const auto files = files_under(tmp / "case");
  for (const char* expected :
       {"checkpoint", "checkpoints/index.note", "delegation.note", "disclosures.jsonl",
        "keys/case.pub.pem", "keys/case.vkey", "keys/identity.vkey", "seg/00000.jsonl"})
    EXPECT_THAT(files, testing::Contains(expected));
  flip_everything(tmp / "case", tmp.path(), true,
                  [](const std::string&) { return std::size_t{1}; });
}

TEST(Tamper, ABitChangedInATileIsNoticed) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 260));
  ASSERT_TRUE(fs::exists(tmp / "case/tile/0/000"));
  flip_everything(tmp / "case", tmp.path(), false, [](const std::string& file) {
    return file.starts_with("tile/") ? step(5) : std::size_t{211};
  });
}

TEST(Tamper, TheReportedPlaceIsTheByteWhereItCanBeKnownElseTheLine) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 300));
  const auto place = [&](const std::string& file, std::size_t at) {
    const std::string bytes = slurp(dir / file);
    std::string changed = bytes;
    changed[at] = static_cast<char>(static_cast<std::uint8_t>(changed[at]) ^ 1U);
    spit(dir / file, changed);
    const auto verdict = verify_case(dir, {});
    spit(dir / file, bytes);
    EXPECT_TRUE(verdict && !verdict->problems.empty());
    if (!verdict || verdict->problems.empty()) return std::string("unnoticed");
    return fmt::format("{}@{}", verdict->problems[0].file, verdict->problems[0].offset);
  };
  EXPECT_EQ(place("tile/0/000", 4'321), "tile/0/000@4321");
  EXPECT_EQ(place("keys/case.pub.pem", 50), "keys/case.pub.pem@50");
  EXPECT_EQ(place("keys/case.vkey", 30), "keys/case.vkey@30");
  EXPECT_EQ(place("checkpoint", 100), "checkpoint@100");
  const std::string seg = slurp(dir / "seg/00000.jsonl");
  const std::size_t line = seg.find("\n", 20'000) + 1;
  EXPECT_EQ(place("seg/00000.jsonl", line + 12), fmt::format("seg/00000.jsonl@{}", line));
  const std::string shut = slurp(dir / "disclosures.jsonl");
  const std::size_t second = shut.find('\n') + 1;
  EXPECT_EQ(place("disclosures.jsonl", second + 20), fmt::format("disclosures.jsonl@{}", second));
}

TEST(Tamper, EveryMissingFileIsNoticedButDisclosuresMayBeWithheld) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 1'300));
  for (const std::string& file : files_under(dir)) {
    const std::string bytes = slurp(dir / file);
    fs::remove(dir / file);
    const auto verdict = verify_case(dir, {});
    ASSERT_OK(verdict);
    if (file == "disclosures.jsonl") {
      EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
      EXPECT_EQ(verdict->withheld, 433U);
    } else {
      EXPECT_EQ(verdict->integrity, Integrity::kBroken) << file;
      std::vector<std::string> named;
      for (const Problem& p : verdict->problems) named.push_back(p.file);
      EXPECT_THAT(named, testing::Contains(file));
    }
    spit(dir / file, bytes);
  }
}

TEST(Tamper, OneWithheldDisclosureIsCountedAndTheOthersAreStillChecked) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 12));
  std::string lines = slurp(dir / "disclosures.jsonl");
  lines.erase(0, lines.find('\n') + 1);
  spit(dir / "disclosures.jsonl", lines);
  std::uint64_t seen = 0;
  const auto verdict =
      verify_case(dir, {}, [&](const Entry&, const std::vector<std::string_view>& disclosures) {
        seen += disclosures.size();
        return Status();
      });
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
  EXPECT_EQ(verdict->withheld, 1U);
  EXPECT_EQ(seen, 3U);
}

TEST(Tamper, ADisclosureOfAnotherEntryOrTwiceTheSameIsBroken) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 12));
  const std::string lines = slurp(dir / "disclosures.jsonl");
  const std::string first = lines.substr(0, lines.find('\n') + 1);
  spit(dir / "disclosures.jsonl", first + lines);
  EXPECT_TRUE(notices(dir));
  const std::size_t index = lines.find(",\"i\":4}");
  ASSERT_NE(index, std::string::npos);
  std::string moved = lines;
  moved[index + 5] = '5';
  spit(dir / "disclosures.jsonl", moved);
  EXPECT_TRUE(notices(dir));
}

TEST(Tamper, LinesRemovedAddedSwappedOrCutOffAreNoticed) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 20));
  const std::string seg = slurp(dir / "seg/00000.jsonl");
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < seg.size();) {
    const std::size_t end = seg.find('\n', at) + 1;
    lines.push_back(seg.substr(at, end - at));
    at = end;
  }
  const auto with = [&](std::vector<std::string> changed) {
    std::string text;
    for (const std::string& line : changed) text += line;
    spit(dir / "seg/00000.jsonl", text);
    return notices(dir);
  };
  for (std::size_t n = 0; n < lines.size(); ++n) {
    auto changed = lines;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(n));
    EXPECT_TRUE(with(changed)) << "without line " << n;
    changed = lines;
    changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(n), lines[n]);
    EXPECT_TRUE(with(changed)) << "line " << n << " twice";
    if (n + 1 == lines.size()) continue;
    changed = lines;
    std::swap(changed[n], changed[n + 1]);
    EXPECT_TRUE(with(changed)) << "lines " << n << " swapped";
    changed.assign(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(n) + 1);
    EXPECT_TRUE(with(changed)) << "cut after line " << n;
  }
  EXPECT_FALSE(with(lines));
  spit(dir / "seg/00000.jsonl", seg + "torn");
  EXPECT_TRUE(notices(dir)) << "bytes after the end of a sealed log";
}

TEST(Tamper, AnOlderCheckpointPutBackIsNoticed) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 20));
  fs::copy_file(dir / "checkpoints/1", dir / "checkpoint", fs::copy_options::overwrite_existing);
  EXPECT_TRUE(notices(dir));
}

TEST(Tamper, AForeignFileIsANoteAndBreaksNothing) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 5));
  spit(dir / "report.html", "hello");
  spit(dir / "tile.txt", "hello");
  const auto verdict = verify_case(dir, {});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
  EXPECT_THAT(verdict->notes, testing::Contains(testing::HasSubstr("report.html")));
}

TEST(Tamper, AKeyOfTheAttackersOwnMakesAnotherLogNotThisOne) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 5));
  ASSERT_OK(record_sealed(tmp / "forged", tmp / "mallory", 5));
  const std::string pinned = slurp(tmp / "id/identity.vkey");
  const auto forged = verify_case(tmp / "forged", {.pinned_vkey = pinned});
  ASSERT_OK(forged);
  EXPECT_EQ(forged->key, KeyVerdict::kMismatch);
  EXPECT_FALSE(forged->ok());
  for (const std::string file : {"keys/identity.vkey", "delegation.note", "keys/case.vkey"}) {
    const std::string bytes = slurp(tmp / "case" / file);
    fs::copy_file(tmp / "forged" / file, tmp / "case" / file, fs::copy_options::overwrite_existing);
    EXPECT_TRUE(notices(tmp / "case")) << file;
    spit(tmp / "case" / file, bytes);
  }
}

}  // namespace
}  // namespace affiant::evidence
