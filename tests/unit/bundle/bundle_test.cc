// Cases made portable and read again; zip files that are not what they should be.
#include <archive.h>
#include <archive_entry.h>

#include "bundle/portable.h"
#include "bundle/texts.h"
#include "bundle/zip.h"
#include "evidence/manifest.h"
#include "support.h"

namespace affiant::bundle {
namespace {

using namespace evidence::test;
using evidence::Completeness;
using evidence::Integrity;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t kEvents = 200;

class Bundle : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(record_sealed(dir_, tmp_ / "id", kEvents));
    fs::create_directory(copy_);
    fs::create_directory(unpacked_);
  }
  evidence::Verdict round_trip(const PortableOptions& options) {
    const auto portable = lay_out(dir_, copy_, options);
    EXPECT_TRUE(portable) << (portable ? "" : portable.error().to_string());
    EXPECT_TRUE(pack(copy_, file_));
    const auto done = unpack(file_, unpacked_);
    EXPECT_TRUE(done) << (done ? "" : done.error().to_string());
    const auto verdict = evidence::verify_case(unpacked_, {.strict = true});
    EXPECT_TRUE(verdict);
    return verdict.value_or(evidence::Verdict());
  }
  TempDir tmp_;
  fs::path dir_ = tmp_ / "case", copy_ = tmp_ / "copy", unpacked_ = tmp_ / "unpacked";
  fs::path file_ = tmp_ / "case.affiant.zip";
};

TEST_F(Bundle, ComesOutAsItWentInWithoutTheCaseKey) {
  const auto v = round_trip({});
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_EQ(v.complete, Completeness::kComplete);
  EXPECT_EQ(v.withheld, 0U);
  EXPECT_EQ(files_under(unpacked_), files_under(dir_));
  for (const std::string& file : files_under(dir_))
    EXPECT_EQ(slurp(unpacked_ / file), slurp(dir_ / file)) << file;
}

TEST_F(Bundle, TheSameCaseGivesTheSameBytesWhereverItRuns) {
  ASSERT_OK(lay_out(dir_, copy_, {}));
  ASSERT_OK(pack(copy_, file_));
  const std::string first = slurp(file_);
  ::setenv("TZ", "Pacific/Auckland", 1);
  ::tzset();
  fs::last_write_time(copy_ / "checkpoint", fs::file_time_type::clock::now());
  ASSERT_OK(pack(copy_, file_));
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_TRUE(slurp(file_) == first);
}

TEST_F(Bundle, WithheldFieldsAreNotInItAndAreCounted) {
  PortableOptions options;
  options.withhold_field = [](std::string_view name) { return name == "value"; };
  const auto v = round_trip(options);
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_EQ(v.withheld, kEvents / 3);
  EXPECT_EQ(slurp(unpacked_ / "disclosures.jsonl"), "");
}

TEST_F(Bundle, OnlyTheRowsAskedForAreInIt) {
  PortableOptions options;
  options.rows = std::set<std::uint64_t>{10, 12};
  const auto v = round_trip(options);
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_EQ(v.complete, Completeness::kPartial);
  EXPECT_EQ(v.absent_withheld, kEvents + 1 - 2);
  EXPECT_FALSE(fs::exists(unpacked_ / "exhibits")) << "no entry in it cites the policy";
  EXPECT_THAT(slurp(unpacked_ / "seg/00000.jsonl"), HasSubstr("\"i\":12,\"k\":\"cookie.change\""));
  EXPECT_THAT(slurp(unpacked_ / "seg/00000.jsonl"), Not(HasSubstr("\"i\":11,\"k\"")));
}

TEST_F(Bundle, RowsThatAreNotThereAndBrokenCasesAreRefused) {
  PortableOptions options;
  options.rows = std::set<std::uint64_t>{9'999};
  const auto none = lay_out(dir_, copy_, options);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kUsage);
  spit(dir_ / "checkpoint", "x");
  const auto broken = lay_out(dir_, copy_, {});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Code::kBroken);
}

TEST_F(Bundle, ChangedPagesAreFoundByTheManifest) {
  ASSERT_OK(lay_out(dir_, copy_, {}));
  spit(copy_ / "report.txt", "all is well\n");
  evidence::Manifest manifest;
  manifest.files["report.txt"] = evidence::sha256_hex("all is well\n");
  spit(copy_ / "manifest.json", evidence::format_manifest(manifest));
  EXPECT_TRUE(evidence::verify_case(copy_, {})->ok());
  spit(copy_ / "report.txt", "all is bad!\n");
  EXPECT_EQ(evidence::verify_case(copy_, {})->problems.front().file, "report.txt");
  spit(copy_ / "report.txt", "all is well\n");
  spit(copy_ / "README.txt", "trust me");
  EXPECT_EQ(evidence::verify_case(copy_, {})->problems.front().file, "README.txt");
}

TEST_F(Bundle, CutOrChangedAnywhereItIsNeverTakenForWhole) {
  ASSERT_OK(lay_out(dir_, copy_, {}));
  ASSERT_OK(pack(copy_, file_));
  const std::string whole = slurp(file_);
  const auto still_whole = [&] {
    fs::remove_all(unpacked_);
    fs::create_directory(unpacked_);
    if (!unpack(file_, unpacked_)) return false;
    const auto v = evidence::verify_case(unpacked_, {});
    return v && v->integrity == Integrity::kIntact && v->complete == Completeness::kComplete;
  };
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 200) {
    spit(file_, std::string_view(whole).substr(0, size));
    EXPECT_FALSE(still_whole()) << "cut to " << size;
  }
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 300) {
    std::string bent = whole;
    bent[at] = static_cast<char>(bent[at] ^ 0x10);
    spit(file_, bent);
    // A zip says many things twice or to nobody (times, versions): what counts is that no change
    // gives other evidence.
    if (!still_whole()) continue;
    for (const std::string& file : files_under(copy_))
      ASSERT_TRUE(slurp(copy_ / file) == slurp(unpacked_ / file)) << at << " " << file;
  }
}

struct Hostile {
  std::string name;
  std::string content = "x";
  unsigned type = AE_IFREG;
};

void write_zip(const fs::path& file, const std::vector<Hostile>& entries) {
  archive* a = archive_write_new();
  archive_write_set_format_zip(a);
  archive_write_open_filename(a, file.c_str());
  for (const Hostile& h : entries) {
    archive_entry* e = archive_entry_new();
    archive_entry_set_pathname(e, h.name.c_str());
    archive_entry_set_filetype(e, h.type);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, static_cast<la_int64_t>(h.content.size()));
    if (h.type == AE_IFLNK) archive_entry_set_symlink(e, h.content.c_str());
    archive_write_header(a, e);
    if (h.type == AE_IFREG) archive_write_data(a, h.content.data(), h.content.size());
    archive_entry_free(e);
  }
  archive_write_close(a);
  archive_write_free(a);
}

TEST_F(Bundle, NamesThatNoBundleHasAreRefusedAndNothingIsWrittenOutside) {
  const std::vector<std::string> names = {"../evil",
                                          "/tmp/affiant-evil",
                                          "seg/../../evil",
                                          "seg/00000.jsonl/../x",
                                          "case.key",

                                          "./checkpoint",
                                          "checkpoint/",
                                          "CHECKPOINT",
                                          "seg/0.jsonl",
                                          "tile/0/1",
                                          "exhibits/abc",
                                          "checkpoints/01",
                                          "checkpoints/-1",
                                          "proofs/x.tlog-proof",
                                          "readme.md",
                                          std::string("checkpoint\n"),
                                          "keys/other.vkey",
                                          std::string(5'000, 'a'),
                                          ".affiant"};
  for (const std::string& name : names) {
    write_zip(file_, {{name}});
    const auto done = unpack(file_, unpacked_);
    ASSERT_FALSE(done) << name;
    EXPECT_TRUE(done.error().code == Code::kMalformed) << name << ": " << done.error().message;
    EXPECT_TRUE(files_under(unpacked_).empty()) << name;
  }
  EXPECT_FALSE(fs::exists(tmp_ / "evil"));
}

TEST_F(Bundle, LinksAndNamesThatComeTwiceAreRefused) {
  write_zip(file_, {{"checkpoint", "/etc/passwd", AE_IFLNK}});
  const auto link = unpack(file_, unpacked_);
  ASSERT_FALSE(link);
  EXPECT_THAT(link.error().message, HasSubstr("not a regular file"));
  write_zip(file_, {{"checkpoint", "a"}, {"checkpoint", "b"}});
  const auto twice = unpack(file_, unpacked_);
  ASSERT_FALSE(twice);
}

TEST_F(Bundle, AZipBombStopsAtItsRatio) {
  write_zip(file_, {{"seg/00000.jsonl", std::string(100U << 20U, '\0')}});
  ASSERT_LT(fs::file_size(file_), 1U << 20U);
  const auto done = unpack(file_, unpacked_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kTooLarge);
  EXPECT_THAT(done.error().message, HasSubstr("kBundleRatio"));
  EXPECT_LT(fs::file_size(unpacked_ / "seg/00000.jsonl"), 70U << 20U);
}

TEST_F(Bundle, FilesThatAreNoZipAreSaidToBeNone) {
  for (const std::string& bytes : {std::string(), std::string("PK"), std::string("{\"a\":1}\n"),
                                   std::string(1'000, '\xff'), std::string("\x1f\x8b\x08")}) {
    spit(file_, bytes);
    const auto done = unpack(file_, unpacked_);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::kMalformed);
  }
  EXPECT_EQ(unpack(tmp_ / "absent.zip", unpacked_).error().code, Code::kNotFound);
}

TEST_F(Bundle, StoppedByItsUserItLeavesNoFile) {
  ASSERT_OK(lay_out(dir_, copy_, {}));
  const auto done = pack(copy_, file_, [](std::uint64_t) { return false; });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kInterrupted);
  EXPECT_FALSE(fs::exists(file_));
  EXPECT_FALSE(fs::exists(file_.string() + ".tmp"));
}

TEST(Manifests, OnlyFilesThatABundleMayHoldAndRealHashesAreRead) {
  const std::string hash(64, 'a');
  const auto text = [&](const std::string& name, const std::string& value) {
    return R"({"files":{")" + name + R"(":")" + value +
           R"("},"format":"affiant.bundle/1","withheld":[]})";
  };
  EXPECT_TRUE(evidence::parse_manifest(text("report.txt", hash)));
  EXPECT_FALSE(evidence::parse_manifest(text("../report.txt", hash)));
  EXPECT_FALSE(evidence::parse_manifest(text("checkpoint", hash)));
  EXPECT_FALSE(evidence::parse_manifest(text("report.txt", "abc")));
  EXPECT_FALSE(evidence::parse_manifest(text("report.txt", std::string(64, 'A'))));
  EXPECT_FALSE(evidence::parse_manifest("[]"));
  EXPECT_FALSE(
      evidence::parse_manifest(R"({"files":{},"format":"affiant.bundle/2","withheld":[]})"));
}

}  // namespace
}  // namespace affiant::bundle
