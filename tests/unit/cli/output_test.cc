#include "cli/output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/brought.h"
#include "cli/fail_on.h"
#include "shared_data.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

class Output : public ::testing::Test {
 protected:
  Output() : dir_(fs::temp_directory_path() / fmt::format("affiant-output-{}", getpid())) {
    fs::create_directories(dir_);
  }
  ~Output() override {
    std::error_code ignored;
    fs::remove_all(dir_, ignored);
  }
  fs::path dir_;
};

report::Report observed_with(std::initializer_list<findings::Strength> strengths) {
  report::Report report;
  observe::Page page;
  page.role = "site";
  page.result = "loaded";
  report.facts.seen.pages = {page};
  for (const findings::Strength s : strengths) {
    findings::Finding finding;
    finding.strength = s;
    report.findings.push_back(finding);
  }
  return report;
}

TEST(FailOn, TheStrengthNamedAndAllAboveItCount) {
  using findings::Strength;
  const report::Report vague = observed_with({Strength::kNote, Strength::kVague});
  EXPECT_EQ(exit_for_findings(vague, "contradicted"), kOk);
  EXPECT_EQ(exit_for_findings(vague, "undeclared"), kOk);
  EXPECT_EQ(exit_for_findings(vague, "vague"), kFindings);
  EXPECT_EQ(exit_for_findings(vague, "note"), kFindings);
  EXPECT_EQ(exit_for_findings(vague, "never"), kOk);
  const report::Report grave = observed_with({Strength::kContradicted});
  for (const char* word : {"contradicted", "undeclared", "vague", "note"})
    EXPECT_EQ(exit_for_findings(grave, word), kFindings) << word;
  EXPECT_EQ(exit_for_findings(grave, "never"), kOk);
  EXPECT_EQ(exit_for_findings(observed_with({}), "note"), kOk);
}

TEST(FailOn, ASiteThatWasNotObservedIsNeverClean) {
  report::Report report = observed_with({});
  report.facts.seen.pages[0].result = "failed";
  for (const char* word : kFailOnWords) EXPECT_EQ(exit_for_findings(report, word), kNotObserved);
  report.facts.seen.pages.clear();
  EXPECT_EQ(exit_for_findings(report, "never"), kNotObserved);
}

TEST_F(Output, AFileIsReplacedWholeAndNothingIsLeftBesideIt) {
  OutputOptions options;
  options.format = "json";
  options.file = (dir_ / "report.json").string();
  std::ofstream(options.file) << std::string(1'000'000, 'x');
  ASSERT_TRUE(write_report(observed_with({}), options));
  const std::string text = test::read_file(options.file);
  EXPECT_TRUE(text.starts_with("{\n  \"schema\": \"affiant.report/1\"")) << text.substr(0, 80);
  EXPECT_TRUE(text.ends_with("}\n"));
  EXPECT_EQ(std::distance(fs::directory_iterator(dir_), fs::directory_iterator()), 1);
}

TEST_F(Output, ALinkIsWrittenThroughAndADeviceIsNotReplaced) {
  OutputOptions options;
  std::ofstream(dir_ / "real.txt") << "old";
  fs::create_symlink(dir_ / "real.txt", dir_ / "link.txt");
  options.file = (dir_ / "link.txt").string();
  ASSERT_TRUE(write_report(observed_with({}), options));
  EXPECT_TRUE(fs::is_symlink(dir_ / "link.txt"));
  EXPECT_NE(test::read_file(dir_ / "real.txt"), "old");
  options.file = "/dev/null";
  ASSERT_TRUE(write_report(observed_with({}), options));
  struct stat after {};
  ASSERT_EQ(::stat("/dev/null", &after), 0);
  EXPECT_TRUE(S_ISCHR(after.st_mode));
}

TEST_F(Output, AFolderThatIsNotThereAndAFullDiskAreNamed) {
  OutputOptions options;
  options.file = (dir_ / "absent" / "report.txt").string();
  const Status none = write_report(observed_with({}), options);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
  EXPECT_NE(none.error().message.find("absent"), std::string::npos);
  options.file = "/dev/full";
  const Status full = write_report(observed_with({}), options);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, Code::kNoSpace) << full.error().to_string();
}

TEST_F(Output, AKeyIsAFileOrAVerifierKeyAndNothingElse) {
  EXPECT_EQ(key_text("").value(), "");
  EXPECT_EQ(key_text("example.org/id+c0ffee00+AAAA").value(), "example.org/id+c0ffee00+AAAA");
  std::ofstream(dir_ / "key") << "from a file\n";
  EXPECT_EQ(key_text((dir_ / "key").string()).value(), "from a file\n");
  const auto neither = key_text("no-such-file");
  ASSERT_FALSE(neither);
  EXPECT_EQ(neither.error().code, Code::kUsage);
}

}  // namespace
}  // namespace affiant::cli
