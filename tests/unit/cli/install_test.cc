#include "cli/install.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "json/json.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
namespace fs = std::filesystem;
using browser::Kind;
using testing::HasSubstr;

class InstallTest : public ScratchHome {
 protected:
  InstallOptions options() const {
    InstallOptions o;
    o.record = at("config/native-manifests.json");
    o.host = "/opt/affiant/affiant-host";
    o.places = {
        {"Chromium", Kind::kChromium, at("home/.config/chromium/NativeMessagingHosts"),
         at("etc/chromium"), true},
        {"Firefox", Kind::kFirefox, at("home/.mozilla/native-messaging-hosts"), std::nullopt, true},
        {"Vivaldi", Kind::kChromium, at("home/.config/vivaldi/NativeMessagingHosts"), std::nullopt,
         false}};
    return o;
  }
  fs::path chromium() const {
    return at("home/.config/chromium/NativeMessagingHosts") / *browser::native_manifest_name();
  }
  fs::path firefox() const {
    return at("home/.mozilla/native-messaging-hosts") / *browser::native_manifest_name();
  }
};

TEST_F(InstallTest, WritesForBrowsersThatAreThereOnlyAndUninstallLeavesNoTrace) {
  fs::create_directories(at("home"));
  const auto steps = install_manifests(options());
  ASSERT_TRUE(steps) << steps.error().message;
  ASSERT_EQ(steps->size(), 2U);
  const auto c = json::parse(slurp(chromium()), "c"), f = json::parse(slurp(firefox()), "f");
  ASSERT_TRUE(c && f);
  EXPECT_EQ((*c)["path"], "/opt/affiant/affiant-host");
  EXPECT_EQ((*c)["type"], "stdio");
  EXPECT_THAT((*c)["allowed_origins"][0].get<std::string>(), HasSubstr("chrome-extension://"));
  EXPECT_THAT((*f)["allowed_extensions"][0].get<std::string>(), HasSubstr("@"));
  EXPECT_FALSE(c->contains("allowed_extensions"));
  const auto gone = uninstall_manifests(options());
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_TRUE(fs::is_empty(at("home")));
  EXPECT_FALSE(fs::exists(at("config")));
}

TEST_F(InstallTest, TwiceIsAsOnce) {
  ASSERT_TRUE(install_manifests(options()));
  const std::string before = slurp(chromium()), record = slurp(options().record);
  const auto again = install_manifests(options());
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)[0].step, Step::kUnchanged);
  EXPECT_EQ(slurp(chromium()), before);
  EXPECT_EQ(slurp(options().record), record);
  ASSERT_TRUE(uninstall_manifests(options()));
  const auto nothing = uninstall_manifests(options());
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->empty());
}

TEST_F(InstallTest, AFolderThatWasThereBeforeStays) {
  fs::create_directories(chromium().parent_path());
  spit(at("home/.mozilla/native-messaging-hosts/other.json"), "{}");
  ASSERT_TRUE(install_manifests(options()));
  ASSERT_TRUE(uninstall_manifests(options()));
  EXPECT_TRUE(fs::is_directory(chromium().parent_path()));
  EXPECT_EQ(slurp(at("home/.mozilla/native-messaging-hosts/other.json")), "{}");
}

TEST_F(InstallTest, AnotherProgramsFileIsNeverWrittenOrRemoved) {
  for (const char* text : {"{\"name\":\"other\",\"path\":\"/x\"}", "not json", ""}) {
    spit(chromium(), text);
    const auto steps = install_manifests(options());
    ASSERT_TRUE(steps);
    EXPECT_EQ((*steps)[0].step, Step::kNotOurs);
    EXPECT_EQ(slurp(chromium()), text);
  }
  fs::remove(chromium());
  ASSERT_TRUE(install_manifests(options()));
  spit(chromium(), "{\"name\":\"other\"}");
  const auto gone = uninstall_manifests(options());
  ASSERT_TRUE(gone);
  EXPECT_EQ(slurp(chromium()), "{\"name\":\"other\"}");
  EXPECT_FALSE(fs::exists(firefox()));
}

TEST_F(InstallTest, AnOldManifestOfOursIsBroughtUpToDate) {
  InstallOptions old = options();
  old.host = "/old/affiant-host";
  ASSERT_TRUE(install_manifests(old));
  const auto steps = install_manifests(options());
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kWritten);
  EXPECT_EQ(browser::manifest_target(chromium())->value(), "/opt/affiant/affiant-host");
}

TEST_F(InstallTest, ADryRunChangesNothing) {
  InstallOptions dry = options();
  dry.dry_run = true;
  const auto steps = install_manifests(dry);
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->size(), 2U);
  EXPECT_FALSE(fs::exists(at("home")));
  EXPECT_FALSE(fs::exists(at("config")));
  ASSERT_TRUE(install_manifests(options()));
  ASSERT_TRUE(uninstall_manifests(dry));
  EXPECT_TRUE(fs::exists(chromium()));
}

TEST_F(InstallTest, ForTheWholeMachineOnlyBrowsersThatHaveAFolderForIt) {
  InstallOptions system = options();
  system.system = true;
  const auto steps = install_manifests(system);
  ASSERT_TRUE(steps);
  ASSERT_EQ(steps->size(), 1U);
  EXPECT_EQ((*steps)[0].file.parent_path(), at("etc/chromium"));
  EXPECT_EQ(fs::status((*steps)[0].file).permissions() & fs::perms::others_read,
            fs::perms::others_read);
}

TEST_F(InstallTest, ABrokenRecordIsRefusedBeforeAnythingIsTouched) {
  spit(options().record, "{\"files\":[\"relative\"],\"folders\":[]}");
  EXPECT_FALSE(install_manifests(options()));
  EXPECT_FALSE(uninstall_manifests(options()));
  EXPECT_FALSE(fs::exists(chromium()));
}

TEST_F(InstallTest, EveryRowOfTheTableIsReadable) {
  const auto places = browser::places(at("home"), at("home/.config"));
  ASSERT_TRUE(places) << places.error().message;
  EXPECT_GE(places->size(), 5U);
  for (const browser::Place& p : *places) {
    EXPECT_TRUE(p.user.is_absolute()) << p.browser;
    EXPECT_EQ(p.user.string().find("${"), std::string::npos) << p.browser;
  }
  EXPECT_FALSE(browser::places("", "/x"));
}

}  // namespace
}  // namespace affiant::cli
