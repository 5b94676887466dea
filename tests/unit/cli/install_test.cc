// install and uninstall: what is written, and that exactly that is taken back.
#include "json/json.h"
#include "unit/cli/install_fixture.h"

namespace affiant::cli {
namespace {

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
  for (const char* text :
       {"{\"name\":\"other\",\"path\":\"/x\"}", "not json", "", "[]",
        "{\"name\":\"app.affiant.host\",\"path\":\"/opt/other/host\",\"type\":\"stdio\"}"}) {
    spit(chromium(), text);
    const auto steps = install_manifests(options());
    ASSERT_TRUE(steps);
    EXPECT_EQ((*steps)[0].step, Step::kNotOurs);
    EXPECT_THAT((*steps)[0].detail, HasSubstr(chromium().string()));
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

TEST_F(InstallTest, ALinkThatLeadsNowhereIsLeftAloneAndNamed) {
  fs::create_directories(chromium().parent_path());
  fs::create_symlink("/gone", chromium());
  const auto steps = install_manifests(options());
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kNotOurs);
  EXPECT_THAT((*steps)[0].detail, HasSubstr("a link to /gone, which is not there"));
  EXPECT_TRUE(fs::is_symlink(chromium()));
}

TEST_F(InstallTest, UninstallLeavesAManifestOfOursThatSomebodyChanged) {
  ASSERT_TRUE(install_manifests(options()));
  const std::string changed = *browser::native_manifest(Kind::kChromium, "/elsewhere/affiant-host");
  spit(chromium(), changed);
  const auto gone = uninstall_manifests(options());
  ASSERT_TRUE(gone);
  EXPECT_EQ((*gone)[0].step, Step::kNotOurs);
  EXPECT_EQ(slurp(chromium()), changed);
}

TEST_F(InstallTest, AHalfRemovedInstallationIsMadeWholeOrTakenBackWhole) {
  fs::create_directories(at("home"));
  const auto before = everything();
  // Its manifest and its folder are gone: nothing to take back, and nothing is left.
  ASSERT_TRUE(install_manifests(options()));
  fs::remove_all(chromium().parent_path());
  const auto gone = uninstall_manifests(options());
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ((*gone)[0].step, Step::kGone);
  EXPECT_EQ(everything(), before);
  // The record is gone: uninstall names what it does not know, install takes it over.
  ASSERT_TRUE(install_manifests(options()));
  fs::remove(options().record);
  const auto unknown = uninstall_manifests(options());
  ASSERT_TRUE(unknown);
  ASSERT_EQ(unknown->size(), 2U);
  EXPECT_EQ((*unknown)[0].step, Step::kNotOurs);
  EXPECT_THAT((*unknown)[0].detail, HasSubstr("not noted"));
  EXPECT_TRUE(fs::exists(chromium()) && fs::exists(firefox()));
  ASSERT_TRUE(install_manifests(options()));
  ASSERT_TRUE(uninstall_manifests(options()));
  EXPECT_FALSE(fs::exists(chromium()) || fs::exists(firefox()));
}

TEST_F(InstallTest, TheRecordOfAnOlderVersionIsUnderstood) {
  ASSERT_TRUE(install_manifests(options()));
  const json::Value old = {{"version", 1},
                           {"files", {chromium().string(), firefox().string()}},
                           {"folders", {chromium().parent_path().string()}}};
  spit(options().record, old.dump());
  ASSERT_TRUE(uninstall_manifests(options()));
  EXPECT_FALSE(fs::exists(chromium().parent_path()) || fs::exists(firefox()));
}

TEST_F(InstallTest, WhatCannotBeWrittenForOneBrowserLeavesNoTraceAndStopsNoOther) {
  spit(at("home/.config/chromium"), "a file where a folder should be");
  const auto steps = install_manifests(options());
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kFailed);
  EXPECT_THAT((*steps)[0].detail, HasSubstr("is no folder"));
  EXPECT_EQ((*steps)[1].step, Step::kWritten);
  ASSERT_TRUE(uninstall_manifests(options()));
  EXPECT_EQ(everything().size(), 3U) << "home, .config and the file";
}

TEST_F(InstallTest, NothingIsChangedWhereItCannotBeNoted) {
  spit(at("config"), "a file");
  const auto before = everything();
  const auto steps = install_manifests(options());
  ASSERT_FALSE(steps);
  EXPECT_THAT(steps.error().message, HasSubstr("nothing was changed"));
  EXPECT_THAT(steps.error().message, HasSubstr("AFFIANT_HOME"));
  EXPECT_EQ(everything(), before);
}

TEST_F(InstallTest, AHomeWithSpacesAndLettersBeyondAscii) {
  InstallOptions o = options();
  const fs::path home = at("Zoë O'Brien \"日本\"");
  o.where.home = home;
  o.host = home / "bin dir/affiant-host";
  o.places[0].user = home / ".config/chromium/NativeMessagingHosts";
  o.places[1].user = home / ".mozilla/native-messaging-hosts";
  o.record = home / ".config/affiant/native-manifests.json";
  fs::create_directories(home);
  const auto before = everything();
  ASSERT_TRUE(install_manifests(o));
  const auto written =
      browser::read_manifest(Kind::kChromium, o.places[0].user / *browser::native_manifest_name());
  ASSERT_TRUE(written && *written);
  EXPECT_EQ((*written)->path, o.host);
  ASSERT_TRUE(uninstall_manifests(o));
  EXPECT_EQ(everything(), before);
}

TEST_F(InstallTest, InTheMachinesFoldersAPackagesManifestIsNeitherTakenOverNorRemoved) {
  InstallOptions system = options();
  system.system = true;
  system.host = at("usr/affiant-host");
  const fs::path file = at("etc/chromium") / *browser::native_manifest_name();
  spit(at("pkg/affiant-host"), "");
  // Another installation that works is left alone, and named.
  spit(file, *browser::native_manifest(Kind::kChromium, at("pkg/affiant-host")));
  auto steps = install_manifests(system);
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kNotOurs);
  EXPECT_THAT((*steps)[0].detail, HasSubstr("another installation"));
  // This one's own, but put there by its package.
  system.host = at("pkg/affiant-host");
  steps = install_manifests(system);
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kUnchanged);
  const auto gone = uninstall_manifests(system);
  ASSERT_TRUE(gone);
  EXPECT_TRUE(fs::exists(file));
  EXPECT_THAT((*gone)[0].detail, HasSubstr("package"));
  // What a removed package left behind points nowhere: that is mended.
  fs::remove(at("pkg/affiant-host"));
  system.host = "/opt/affiant/affiant-host";
  steps = install_manifests(system);
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kWritten);
  EXPECT_THAT((*steps)[0].detail, HasSubstr("which is not there"));
}

TEST_F(InstallTest, AnOldManifestOfOursIsBroughtUpToDate) {
  InstallOptions old = options();
  old.host = "/old/affiant-host";
  ASSERT_TRUE(install_manifests(old));
  const auto steps = install_manifests(options());
  ASSERT_TRUE(steps);
  EXPECT_EQ((*steps)[0].step, Step::kWritten);
  EXPECT_THAT((*steps)[0].detail, HasSubstr("/old/affiant-host, which is not there"));
  EXPECT_EQ(browser::read_manifest(Kind::kChromium, chromium())->value().path,
            "/opt/affiant/affiant-host");
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
  ASSERT_EQ(steps->size(), 2U);
  EXPECT_EQ((*steps)[1].step, Step::kCannot);
  EXPECT_THAT((*steps)[1].detail, HasSubstr("as each user"));
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

}  // namespace
}  // namespace affiant::cli
