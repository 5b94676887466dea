#include "cli/audit_options.h"

#include <gmock/gmock.h>

#include "cli/paths.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
using testing::HasSubstr;

class AuditOptionsTest : public ScratchHome {
 protected:
  void SetUp() override {
    ScratchHome::SetUp();
    spit(at("chromium"), "#!/bin/sh\necho 'Chromium 156.0.1.2'\n");
    std::filesystem::permissions(at("chromium"), std::filesystem::perms::owner_all);
    options_.urls = {"https://shop.example/"};
    options_.browser_path = at("chromium").string();
  }
  void expect_refused(std::string_view words) {
    const auto checked = check_audit(options_);
    ASSERT_FALSE(checked) << words;
    EXPECT_EQ(checked.error().code, Code::kUsage);
    EXPECT_THAT(checked.error().message, HasSubstr(std::string(words)));
  }
  AuditOptions options_;
};

TEST_F(AuditOptionsTest, WhatIsGivenIsCarriedOut) {
  options_.maps = {"*.shop.example:443=127.0.0.1:8443"};
  options_.wait_s = 0.5;
  options_.third_party_cookies = "block";
  options_.policy = "https://shop.example/privacy";
  const auto checked = check_audit(options_);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->recording.maps.size(), 1U);
  EXPECT_EQ(checked->recording.quiet_ms, 500);
  EXPECT_EQ(checked->recording.timeout_ms, 60'000);
  EXPECT_EQ(checked->recording.third_party_cookies, browser::ThirdPartyCookies::kBlock);
  EXPECT_EQ(checked->recording.policy_url, "https://shop.example/privacy");
  EXPECT_TRUE(checked->recording.policy_file.empty());
  EXPECT_EQ(checked->recording.browser.major, 156);
  EXPECT_EQ(checked->browsers.size(), 1U);
}

TEST_F(AuditOptionsTest, ConfirmingIdentifiersIsASecondRunInAnotherProfile) {
  options_.confirm_identifiers = true;
  const auto plan = check_audit(options_);
  ASSERT_TRUE(plan) << plan.error().to_string();
  ASSERT_EQ(plan->recording.runs.size(), 2U);
  EXPECT_EQ(plan->recording.runs[0].profile, 1);
  EXPECT_EQ(plan->recording.runs[1].profile, 2);
  EXPECT_EQ(plan->recording.runs[1].phase, plan->recording.runs[0].phase);
}

TEST_F(AuditOptionsTest, EveryPhaseIsARunInAFreshProfileAndSoIsEverySecondLook) {
  options_.phase = "no-choice,reject,accept";
  options_.revisit = options_.confirm_identifiers = options_.gpc = true;
  const auto plan = check_audit(options_);
  ASSERT_TRUE(plan) << plan.error().to_string();
  EXPECT_TRUE(plan->recording.gpc);
  std::vector<std::string> runs;
  for (const BrowserRun& run : plan->recording.runs)
    runs.push_back(run.phase + " " + std::to_string(run.profile) + (run.clear ? " cleared" : ""));
  EXPECT_EQ(runs, (std::vector<std::string>{"no-choice 1", "no-choice 1 cleared", "no-choice 2",
                                            "reject 3", "reject 3 cleared", "reject 4", "accept 5",
                                            "accept 5 cleared", "accept 6"}));
}

TEST_F(AuditOptionsTest, PhasesThatDoNotExistOrComeTwiceAreRefused) {
  for (const auto& [list, words] :
       std::vector<std::pair<const char*, const char*>>{{"nonsense", "'nonsense'"},
                                                        {"reject,reject", "twice"},
                                                        {"", "empty"},
                                                        {"reject,", "empty"}}) {
    options_.phase = list;
    expect_refused(words);
  }
}

TEST_F(AuditOptionsTest, TargetsThatCannotBeAuditedAreRefused) {
  for (const char* url :
       {"", "not a url", "shop.example", "ftp://shop.example/", "https://", "javascript:alert(1)",
        "https://user:secret@shop.example/", "about:blank"}) {
    options_.urls = {url};
    const auto checked = check_audit(options_);
    ASSERT_FALSE(checked) << url;
    EXPECT_EQ(checked.error().code, Code::kUsage) << url;
    EXPECT_EQ(checked.error().message.find("secret"), std::string::npos);
  }
  options_.urls = {"shop.example"};
  expect_refused("Did you mean https://shop.example?");
  options_.urls = {};
  expect_refused("--demo");
  options_.urls = {"https://shop.example/"};
  options_.demo = true;
  expect_refused("--demo");
}

TEST_F(AuditOptionsTest, AnAtSignInAPathIsNoPassword) {
  options_.urls = {"https://shop.example/@someone?mail=a@b"};
  EXPECT_TRUE(check_audit(options_));
}

TEST_F(AuditOptionsTest, FilesThatAreNotThereAreRefused) {
  options_.policy = at("absent.md").string();
  expect_refused("absent.md");
  options_.policy.clear();
  options_.ca = at("absent.pem").string();
  expect_refused("absent.pem");
}

TEST_F(AuditOptionsTest, APolicyFileIsTakenInsteadOfDiscovery) {
  spit(at("policy.md"), "text");
  options_.policy = at("policy.md").string();
  const auto checked = check_audit(options_);
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->recording.policy_file, at("policy.md"));
}

TEST_F(AuditOptionsTest, OneCaseOrFileIsNotForSeveralUrls) {
  options_.urls = {"https://a.example/", "https://b.example/"};
  EXPECT_TRUE(check_audit(options_));
  options_.case_dir = at("case").string();
  expect_refused("one URL");
  options_.case_dir.clear();
  options_.output.file = "report.txt";
  expect_refused("one URL");
}

TEST_F(AuditOptionsTest, ABrowserOfAnotherKindThanAskedForIsRefused) {
  options_.browser = "firefox";
  expect_refused("do not fit");
  options_.browser = "lynx";
  expect_refused("chromium,firefox");
}

TEST_F(AuditOptionsTest, SeveralEnginesAreNamedOnceEachAndWithCommasOnly) {
  EXPECT_EQ(*engine_names("firefox"), std::vector<std::string>{"firefox"});
  EXPECT_EQ(*engine_names("firefox,chromium"), (std::vector<std::string>{"firefox", "chromium"}));
  const std::vector<std::pair<const char*, const char*>> bad = {
      {"chromium,chromium", "twice"},
      {"chromium,lynx", "'lynx'"},
      {"chromium,", "a name is empty"},
      {",firefox", "a name is empty"},
      {",", "a name is empty"},
      {"chromium, firefox", "' firefox'"},
      {"Chromium,firefox", "'Chromium'"},
      {"chromium;firefox", "chromium,firefox"},
      {"chromium,firefox,\x1b[2J", "\\x1b"}};
  for (const auto& [list, words] : bad) {
    const auto names = engine_names(list);
    ASSERT_FALSE(names) << list;
    EXPECT_EQ(names.error().code, Code::kUsage) << list;
    EXPECT_THAT(names.error().message, HasSubstr(words)) << list;
    options_.browser = list;
    expect_refused(words);
  }
}

TEST_F(AuditOptionsTest, ABrowserPathIsForOneBrowser) {
  options_.browser = "chromium,firefox";
  expect_refused("--browser-path is for one browser");
}

TEST_F(AuditOptionsTest, BothEnginesAreLookedForBeforeAnythingStarts) {
  options_.browser_path.clear();
  options_.browser = "firefox,chromium";
  const std::string path = getenv("PATH");
  setenv("PATH", at("").c_str(), 1);
  const auto half = check_audit(options_);  // Chromium is there.
  spit(at("firefox-esr"), "#!/bin/sh\necho 'Mozilla Firefox 153.7.0esr'\n");
  std::filesystem::permissions(at("firefox-esr"), std::filesystem::perms::owner_all);
  const auto whole = check_audit(options_);
  setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, Code::kBrowser);
  EXPECT_THAT(half.error().message, HasSubstr("Firefox ESR is not installed"));
  ASSERT_TRUE(whole) << whole.error().message;
  ASSERT_EQ(whole->browsers.size(), 2U);
  EXPECT_EQ(whole->browsers[0].kind, browser::Kind::kFirefox) << "in the order asked for";
  EXPECT_EQ(whole->browsers[1].kind, browser::Kind::kChromium);
}

TEST_F(AuditOptionsTest, AWindowNeedsADisplay) {
  unsetenv("DISPLAY");
  unsetenv("WAYLAND_DISPLAY");
  options_.headed = true;
  expect_refused("DISPLAY");
}

class PathsTest : public ScratchHome {};

TEST_F(PathsTest, AffiantHomeOverridesBothXdgFoldersAndRelativeOnesAreIgnored) {
  setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(*data_dir(), at("affiant"));
  EXPECT_EQ(*config_dir(), at("affiant"));
  unsetenv("AFFIANT_HOME");
  EXPECT_EQ(*data_dir(), "/data/affiant");
  EXPECT_EQ(*cases_dir(), "/data/affiant/cases");
  setenv("XDG_DATA_HOME", "data", 1);
  EXPECT_EQ(*data_dir(), at("home/.local/share/affiant"));
  EXPECT_EQ(*identity_dir(), at("home/.config/affiant/identity"));
  unsetenv("HOME");
  ASSERT_FALSE(data_dir());
  EXPECT_EQ(data_dir().error().code, Code::kUsage);
}

TEST_F(PathsTest, AnExtensionFolderThatIsIncompleteIsNamed) {
  setenv("AFFIANT_EXTENSION_DIR", at("extension").c_str(), 1);
  const auto none = extension_dir();
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("build-extension.mjs"));
  spit(at("extension/chromium/manifest.json"), "{}");
  spit(at("extension/affiant-firefox.xpi"), "x");
  EXPECT_EQ(*extension_dir(), at("extension"));
  unsetenv("AFFIANT_EXTENSION_DIR");
}

}  // namespace
}  // namespace affiant::cli
