#include "cli/runs.h"

#include <gtest/gtest.h>

#include "cli/fail_on.h"
#include "cli/output.h"
#include "scratch_home.h"

namespace affiant::cli {
namespace {

std::string told(const std::vector<BrowserRun>& runs) {
  std::string out;
  for (const BrowserRun& run : runs)
    out += run.phase + " " + std::to_string(run.profile) + (run.clear ? " cleared; " : "; ");
  return out;
}

TEST(Runs, EachVisitOfAFreshProfileIsRepeatedInOneOfItsOwn) {
  std::vector<BrowserRun> runs = {{"no-choice", 1}, {"no-choice", 1, true}, {"reject", 2}};
  repeat_runs(1, &runs);
  EXPECT_EQ(told(runs), "no-choice 1; no-choice 1 cleared; reject 2; ");
  repeat_runs(3, &runs);
  EXPECT_EQ(told(runs),
            "no-choice 1; no-choice 1 cleared; reject 2; no-choice 3; reject 4; no-choice 5; "
            "reject 6; ");
}

class GateFile : public ScratchHome {};

TEST_F(GateFile, NoFileIsReadThatWasNotNamed) {
  spit(at("affiant.toml"), "this is no TOML");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(at(""));
  const auto gate = gate_in_use({});
  std::filesystem::current_path(before);
  ASSERT_TRUE(gate);
  EXPECT_EQ(gate->expected, nullptr);
}

TEST_F(GateFile, AFileThatIsNotThereOrMeansNothingIsNamed) {
  const auto none = gate_in_use({"vague", at("none.toml").string()});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kUsage);
  EXPECT_NE(none.error().message.find("none.toml"), std::string::npos);
  spit(at("bad.toml"), "version = 1\nnonsense = 2\n");
  const auto bad = gate_in_use({"vague", at("bad.toml").string()});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, Code::kMalformed);
  EXPECT_NE(bad.error().message.find("bad.toml:2:1: "), std::string::npos) << bad.error().message;
}

TEST(OutputOptions, ATableIsOfACsv) {
  OutputOptions options;
  options.table = "cookies";
  ASSERT_FALSE(check_output(options));
  options.format = "csv";
  EXPECT_TRUE(check_output(options));
}

}  // namespace
}  // namespace affiant::cli
