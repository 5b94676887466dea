#include "cli/install.h"

#include <gmock/gmock.h>

#include <map>

#include "browser/process.h"
#include "json/json.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
namespace fs = std::filesystem;
using browser::Kind;
using testing::HasSubstr;

// Windows' registry as a browser of Windows would see it.
class FakeRegistry : public Registry {
 public:
  Result<std::optional<std::string>> get(const std::string& key) override {
    const auto at = values.find(key);
    return at == values.end() ? std::nullopt : std::optional(at->second);
  }
  Status set(const std::string& key, const std::string& value) override {
    values[key] = value;
    return {};
  }
  Status remove(const std::string& key) override {
    values.erase(key);
    return {};
  }
  std::map<std::string, std::string> values;
};

class InstallTest : public ScratchHome {
 protected:
  browser::Where where() const {
    return {at("home"), at("home/.config"), at("home/.local/share"), at("bin"), dir_->path()};
  }
  // Every file and folder below the scratch folder, with what is in it.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(dir_->path()))
      all[entry.path().string()] = entry.is_regular_file() ? slurp(entry.path()) : "";
    return all;
  }
  static const InstallStep* step_of(const std::vector<InstallStep>& steps,
                                    std::string_view browser) {
    for (const InstallStep& step : steps)
      if (step.browser == browser) return &step;
    return nullptr;
  }
  InstallOptions options() const {
    InstallOptions o;
    o.record = at("config/native-manifests.json");
    o.host = "/opt/affiant/affiant-host";
    o.where = where();
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

TEST_F(InstallTest, AFlatpakGetsAScriptThatStartsTheHostOutsideAndIsToldWhatItTakes) {
  const fs::path app = at("home/.var/app/org.mozilla.firefox");
  fs::create_directories(at("var/lib/flatpak/app/org.mozilla.firefox"));
  fs::create_directories(app);
  InstallOptions o = options();
  o.host = at("it's here/affiant-host");
  spit(o.host, "#!/bin/sh\necho \"host: $*\"\n");
  fs::permissions(o.host, fs::perms::owner_all);
  o.places = *browser::places(o.where);
  const auto before = everything();
  const auto steps = install_manifests(o);
  ASSERT_TRUE(steps) << steps.error().message;
  const InstallStep* flatpak = step_of(*steps, "Firefox (Flatpak)");
  ASSERT_TRUE(flatpak);
  EXPECT_EQ(flatpak->step, Step::kWritten);
  ASSERT_FALSE(flatpak->notes.empty());
  EXPECT_THAT(flatpak->notes[0], HasSubstr("--talk-name=org.freedesktop.Flatpak "
                                           "org.mozilla.firefox"));
  const auto manifest = browser::read_manifest(Kind::kFirefox, flatpak->file);
  ASSERT_TRUE(manifest && *manifest);
  EXPECT_EQ((*manifest)->path, app / "data/affiant/affiant-host");
  // The script, run by a real shell, with a flatpak-spawn that is only there to see what it is
  // asked for.
  spit(at("bin/flatpak-spawn"), "#!/bin/sh\nshift\nexec \"$@\"\n");
  fs::permissions(at("bin/flatpak-spawn"), fs::perms::owner_all);
  browser::Command command;
  command.argv = {(*manifest)->path.string(), "/a b.json", "id"};
  command.set["PATH"] = at("bin").string() + ":/usr/bin:/bin";
  const auto said = browser::run_to_end(std::move(command), 10'000);
  ASSERT_TRUE(said) << said.error().message;
  EXPECT_EQ(*said, "host: /a b.json id\n");
  fs::remove_all(at("bin"));
  // Once it may, nothing is left to be said about it.
  spit(at("home/.local/share/flatpak/overrides/org.mozilla.firefox"),
       "[Context]\nshared=network;\n\n[Session Bus Policy]\norg.freedesktop.Flatpak=talk\n");
  const auto again = install_manifests(o);
  ASSERT_TRUE(again);
  EXPECT_EQ(step_of(*again, "Firefox (Flatpak)")->step, Step::kUnchanged);
  EXPECT_EQ(step_of(*again, "Firefox (Flatpak)")->notes.size(), 1U);
  fs::remove_all(at("home/.local"));
  ASSERT_TRUE(uninstall_manifests(o));
  EXPECT_EQ(everything(), before);
}

TEST_F(InstallTest, SnapsSayWhatTheyForbid) {
  for (const char* name : {"chromium", "firefox"}) fs::create_directories(at("snap") / name);
  InstallOptions o = options();
  o.places = *browser::places(o.where);
  const auto steps = install_manifests(o);
  ASSERT_TRUE(steps);
  const InstallStep *chromium_snap = step_of(*steps, "Chromium (Snap)"),
                    *firefox_snap = step_of(*steps, "Firefox (Snap)");
  ASSERT_TRUE(chromium_snap && firefox_snap);
  EXPECT_EQ(chromium_snap->step, Step::kCannot);
  EXPECT_THAT(chromium_snap->detail, HasSubstr("no snap"));
  EXPECT_EQ(firefox_snap->step, Step::kWritten);
  EXPECT_EQ(firefox_snap->file, firefox()) << "the portal reads the usual folders";
  EXPECT_THAT(firefox_snap->notes[0], HasSubstr("org.freedesktop.portal.WebExtensions"));
}

TEST_F(InstallTest, OnWindowsTheRegistryNamesTheManifestAndUninstallTakesTheKeyBack) {
  InstallOptions o = options();
  FakeRegistry registry;
  o.registry = &registry;
  o.where.system = browser::System::kWindows;
  o.places = *browser::places(o.where);
  registry.values["HKEY_CURRENT_USER\\Software\\Other"] = "x";
  ASSERT_TRUE(install_manifests(o));
  const std::string chrome =
      "HKEY_CURRENT_USER\\Software\\Google\\Chrome\\NativeMessagingHosts\\app.affiant.host";
  ASSERT_TRUE(registry.values.contains(chrome));
  EXPECT_EQ(registry.values.size(), 5U) << "Chromium, Chrome, Edge, Mozilla and the other";
  EXPECT_TRUE(browser::read_manifest(Kind::kChromium, registry.values[chrome])->has_value());
  ASSERT_TRUE(uninstall_manifests(o));
  EXPECT_EQ(registry.values.size(), 1U);
  EXPECT_FALSE(fs::exists(at("home/.local")));
  // A system without a registry says so instead of pretending.
  EXPECT_EQ(system_registry().set("HKEY_CURRENT_USER\\X", "y").error().code, Code::kUnsupported);
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

TEST_F(InstallTest, EveryRowOfTheTableIsReadableForEverySystem) {
  for (const auto system :
       {browser::System::kLinux, browser::System::kMacos, browser::System::kWindows}) {
    browser::Where here = where();
    here.system = system;
    const auto places = browser::places(here);
    ASSERT_TRUE(places) << places.error().message;
    EXPECT_EQ(places->size(), 9U);
    for (const browser::Place& p : *places) {
      std::vector<fs::path> all = p.unread;
      all.insert(all.end(), p.policies.begin(), p.policies.end());
      all.push_back(p.user);
      if (p.system) all.push_back(*p.system);
      for (const fs::path& path : all) {
        EXPECT_TRUE(path.is_absolute()) << p.browser;
        EXPECT_EQ(path.string().find("${"), std::string::npos) << p.browser;
        EXPECT_TRUE(path.string().starts_with(dir_->path().string())) << p.browser;
      }
      EXPECT_EQ(p.user_key.empty(), system != browser::System::kWindows) << p.browser;
    }
  }
  EXPECT_FALSE(browser::places({"", "/x", "/y"}));
}

TEST_F(InstallTest, ABrowserIsPresentByItsProgramOrItsProfileAndASnapsCommandIsNoBrowser) {
  const auto present = [&](std::string_view browser) {
    for (const browser::Place& p : *browser::places(where()))
      if (p.browser == browser) return p.present;
    return false;
  };
  EXPECT_FALSE(present("Chromium") || present("Vivaldi") || present("Firefox"));
  spit(at("bin/vivaldi"),
       "\x7f"
       "ELF");
  spit(at("bin/chromium-browser"), "#!/bin/sh\nexec /snap/bin/chromium \"$@\"\n");
  for (const char* name : {"bin/vivaldi", "bin/chromium-browser"})
    fs::permissions(at(name), fs::perms::owner_all);
  fs::create_directories(at("home/.config/mozilla"));
  EXPECT_TRUE(present("Vivaldi") && present("Firefox"));
  EXPECT_FALSE(present("Chromium"));
}

}  // namespace
}  // namespace affiant::cli
