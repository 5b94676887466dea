// Appending: what is refused, when things become durable and signed, how segments follow each
// other.
#include "evidence/case_log.h"
#include "evidence/segment_reader.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

class TestClock final : public Clock {
 public:
  std::int64_t utc_ms() override { return 1'790'000'000'000; }
  std::int64_t mono_ns() override { return now_ms * 1'000'000; }
  std::int64_t now_ms = 5'000;
};

class Writer : public testing::Test {
 protected:
  void SetUp() override {
    auto identity = Identity::load_or_create(tmp_ / "id");
    ASSERT_OK(identity);
    environment_.clock = &clock_;
    auto log = CaseLog::create(dir_, *identity, {"shop.example", "t"}, environment_);
    ASSERT_OK(log);
    log_ = std::make_unique<CaseLog>(std::move(*log));
  }
  Code refused(const NewEntry& entry) {
    const std::uint64_t size = log_->size();
    const auto result = log_->append(entry);
    EXPECT_FALSE(result);
    EXPECT_EQ(log_->size(), size) << "a refused entry leaves no trace";
    return result ? Code::kInternal : result.error().code;
  }
  TempDir tmp_;
  fs::path dir_ = tmp_ / "case";
  TestClock clock_;
  Environment environment_;
  std::unique_ptr<CaseLog> log_;
};

TEST_F(Writer, EntriesThatCouldNotBeVerifiedAreRefusedAndTheLogGoesOn) {
  const Disclosure d = make_disclosure("value", "\"v\"");
  const std::string with = R"({"_sd":[")" + d.digest() + R"("],"a":1})";
  EXPECT_EQ(refused({"Request", 1, 1, 1, "{}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"a\",\"x\":\"", 1, 1, 1, "{}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"", 1, 1, 1, "{}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"log.close", 0, 0, 1, R"({"entries":2})", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, "[]", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, "", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, "{\n}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, -1, "{}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1ULL << 53U, 1, "{}", {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, "{\"a\":\"" + std::string(60'000, 'x') + "\"}", {}}),
            Code::kTooLarge);
  EXPECT_EQ(refused({"request", 1, 1, 1, with, {}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, "{}", {d}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, with, {d, d}}), Code::kMalformed);
  EXPECT_EQ(refused({"request", 1, 1, 1, with, {make_disclosure("value", "1")}}), Code::kMalformed);
  EXPECT_TRUE(log_->append({"request", 1, 1, 1, with, {d}}));
  ASSERT_OK(log_->seal(1));
  EXPECT_EQ(verify_case(dir_, {})->integrity, Integrity::kIntact);
  EXPECT_EQ(log_->append({"request", 1, 2, 1, "{}", {}}).error().code, Code::kClosed);
  EXPECT_EQ(log_->seal(1).error().code, Code::kClosed);
}

TEST_F(Writer, CommitsAt64EntriesAndSignsAt1000ByItself) {
  ASSERT_OK(append_events(*log_, 1, 63));
  EXPECT_EQ(log_->durable(), 1U);
  ASSERT_OK(append_events(*log_, 64, 1));
  EXPECT_EQ(log_->durable(), 65U);
  EXPECT_FALSE(fs::exists(dir_ / "checkpoints/1001"));
  ASSERT_OK(append_events(*log_, 65, 936));
  EXPECT_TRUE(fs::exists(dir_ / "checkpoints/1001"));
  EXPECT_EQ(slurp(dir_ / "checkpoint"), slurp(dir_ / "checkpoints/1001"));
}

TEST_F(Writer, PollCommitsAfter250MsSignsAfter10SAndSaysWhenToComeBack) {
  EXPECT_EQ(*log_->poll(), -1) << "nothing is pending";
  ASSERT_OK(append_events(*log_, 1, 1));
  EXPECT_EQ(*log_->poll(), 250);
  clock_.now_ms += 249;
  EXPECT_EQ(*log_->poll(), 1);
  EXPECT_EQ(log_->durable(), 1U);
  clock_.now_ms += 1;
  EXPECT_EQ(*log_->poll(), 9'750);
  EXPECT_EQ(log_->durable(), 2U);
  EXPECT_FALSE(fs::exists(dir_ / "checkpoints/2"));
  clock_.now_ms += 9'750;
  EXPECT_EQ(*log_->poll(), -1);
  EXPECT_TRUE(fs::exists(dir_ / "checkpoints/2"));
}

TEST_F(Writer, AnExhibitIsStoredOnceAndReadBackChecked) {
  const std::string bytes("policy \0 text", 13);
  const auto name = log_->add_exhibit(bytes);
  ASSERT_OK(name);
  EXPECT_EQ(*name, sha256_hex(bytes));
  EXPECT_EQ(*log_->add_exhibit(bytes), *name);
  EXPECT_EQ(*read_exhibit(dir_, *name), bytes);
  spit(dir_ / "exhibits" / *name, "other");
  EXPECT_EQ(read_exhibit(dir_, *name).error().code, Code::kBroken);
  EXPECT_EQ(*log_->add_exhibit(bytes), *name);
  EXPECT_EQ(*read_exhibit(dir_, *name), bytes) << "a bad copy is replaced, not trusted";
  EXPECT_EQ(read_exhibit(dir_, std::string(64, 'a')).error().code, Code::kNotFound);
  EXPECT_EQ(read_exhibit(dir_, "../checkpoint").error().code, Code::kMalformed);
}

TEST_F(Writer, ASegmentHolds65536LinesAndTilesOfThreeLevelsAppear) {
  for (std::uint64_t q = 1; q <= 65'700; ++q)
    ASSERT_TRUE(log_->append({"request", 1, q, 1, R"({"a":1})", {}}));
  ASSERT_OK(log_->seal(1));
  EXPECT_TRUE(fs::exists(dir_ / "seg/00001.jsonl"));
  EXPECT_TRUE(fs::exists(dir_ / "tile/0/255"));
  EXPECT_TRUE(fs::exists(dir_ / "tile/1/000"));
  EXPECT_EQ(fs::file_size(dir_ / "tile/0/256.p/166"), 166U * 32);
  EXPECT_TRUE(fs::exists(dir_ / "tile/2/000.p/1"));
  const std::string first = slurp(dir_ / "seg/00000.jsonl");
  EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 65'536);
  const auto verdict = verify_case(dir_, {});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
  EXPECT_EQ(verdict->tree_size, 65'702U);
  EXPECT_THAT(verdict->notes, testing::Not(testing::Contains(testing::HasSubstr("no part"))));

  // The last line of the first segment becomes the first of the second: same lines, other files.
  const std::size_t cut = first.rfind('\n', first.size() - 2) + 1;
  spit(dir_ / "seg/00001.jsonl", first.substr(cut) + slurp(dir_ / "seg/00001.jsonl"));
  spit(dir_ / "seg/00000.jsonl", first.substr(0, cut));
  EXPECT_EQ(verify_case(dir_, {})->integrity, Integrity::kBroken);
}

TEST_F(Writer, AVisitorSeesEveryEntryAndMayStopTheWalk) {
  ASSERT_OK(append_events(*log_, 1, 10));
  ASSERT_OK(log_->sign());
  std::vector<std::string> kinds;
  const auto verdict = verify_case(dir_, {}, [&](const Entry& e, const auto&) {
    kinds.emplace_back(e.head.kind);
    return Status();
  });
  ASSERT_OK(verdict);
  EXPECT_EQ(kinds.size(), 11U);
  EXPECT_EQ(kinds[0], "log.genesis");
  const auto stopped = verify_case(dir_, {}, [&](const Entry&, const auto&) -> Status {
    return fail(Code::kUnsupported, "enough");
  });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().message, "enough");
}

TEST_F(Writer, StrictRefusesASpellingThatIsNotRfc8785EvenWhenSigned) {
  ASSERT_TRUE(log_->append({"request", 1, 1, 1, R"({"b":1,"a":2})", {}}));
  ASSERT_OK(log_->seal(1));
  EXPECT_EQ(verify_case(dir_, {})->integrity, Integrity::kIntact);
  const auto verdict = verify_case(dir_, {.pinned_vkey = "", .strict = true});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kBroken);
  EXPECT_EQ(verdict->problems[0].leaf, 1U);
}

TEST(NewCase, AFolderThatIsNotEmptyIsRefusedAndLeftAlone) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  fs::create_directory(tmp / "case");
  spit(tmp / "case/thesis.txt", "mine");
  const auto log = CaseLog::create(tmp / "case", *identity, {"", "t"});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kConflict);
  EXPECT_EQ(files_under(tmp / "case"), std::vector<std::string>{"thesis.txt"});
}

TEST(ParseEntry, EveryOtherSpellingOfTheEnvelopeIsRefused) {
  const std::string good =
      R"({"b":{"a":1},"i":3,"k":"cookie.change","m":750,"n":"uiUryNRHXSKykWVRUzBQZw","q":3,"s":1,"t":9,"v":1})";
  ASSERT_OK(parse_entry(good));
  EXPECT_EQ(parse_entry(good)->body, R"({"a":1})");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  for (const std::string& bad : {with("\"i\":3", "\"i\":03"),
                                 with("\"i\":3", "\"i\":-3"),
                                 with("\"i\":3", "\"i\":3.0"),
                                 with("\"i\":3", "\"i\": 3"),
                                 with("\"i\":3", "\"i\":9007199254740992"),
                                 with("\"q\":3", "\"q\":99999999999999999999"),
                                 with("cookie.change", "Cookie"),
                                 with("cookie.change", ""),
                                 with("uiUryNRHXSKykWVRUzBQZw", "uiUryNRHXSKykWVRUzBQZx"),
                                 with("uiUryNRHXSKykWVRUzBQZw", "uiUryNRHXSKykWVRUzBQ"),
                                 with("uiUryNRHXSKykWVRUzBQZw", "uiUryNRHXSKyk+VRUzBQZw"),
                                 with("\"v\":1", "\"v\":2"),
                                 with(",\"s\":1", ""),
                                 with("{\"a\":1}", "[]"),
                                 with("{\"a\":1}", ""),
                                 good + " ",
                                 " " + good,
                                 good.substr(1),
                                 std::string(),
                                 std::string("{}"),
                                 std::string(",\"v\":1}")})
    EXPECT_FALSE(parse_entry(bad)) << bad;
  for (std::size_t n = 0; n < good.size(); ++n) EXPECT_FALSE(parse_entry(good.substr(0, n))) << n;
}

}  // namespace
}  // namespace affiant::evidence
