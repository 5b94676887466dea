// doctor names each cause it can see, with its mend.
#include <gmock/gmock.h>

#include "browser/native_manifest.h"
#include "cli/doctor_browsers.h"
#include "json/json.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
namespace fs = std::filesystem;
using browser::Kind;
using testing::HasSubstr;

class DoctorTest : public ScratchHome {
 protected:
  void SetUp() override {
    ScratchHome::SetUp();
    fs::create_directories(at("home/.config/chromium"));
    fs::create_directories(at("proc"));
    program("affiant-host " AFFIANT_VERSION);
  }
  browser::Where where() const {
    return {at("home"), at("home/.config"), at("home/.local/share"), at("bin"), dir_->path()};
  }
  fs::path host() const { return at("opt/affiant-host"); }
  fs::path own() const {
    return at("home/.config/chromium/NativeMessagingHosts") / *browser::native_manifest_name();
  }
  // A program in the host's place that says that version.
  void program(const std::string& version) const {
    fs::remove(host());
    spit(host(), "#!/bin/sh\necho '" + version + "'\n");
    fs::permissions(host(), fs::perms::owner_all);
  }
  // Our manifest with one thing changed.
  void manifest(const std::string& key, const json::Value& value, const fs::path& file) const {
    auto text = json::parse(*browser::native_manifest(Kind::kChromium, host()), "m");
    if (!key.empty()) (*text)[key] = value;
    spit(file, text->dump());
  }
  std::vector<Check> examine() const {
    return check_browsers(*browser::places(where()), where(), at("proc"));
  }
  // The only check there is, as it must be.
  void expect(Health health, const std::string& detail, const std::string& mend) const {
    const auto checks = examine();
    ASSERT_EQ(checks.size(), 1U) << checks[0].detail;
    EXPECT_EQ(checks[0].health, health) << checks[0].detail;
    EXPECT_THAT(checks[0].detail, HasSubstr(detail));
    EXPECT_THAT(checks[0].mend, HasSubstr(mend));
  }
};

TEST_F(DoctorTest, AGoodManifestIsWellAndNoneIsANote) {
  expect(Health::kNote, "not registered", "affiant install");
  manifest("", {}, own());
  expect(Health::kWell, own().string(), "");
}

TEST_F(DoctorTest, WhatIsWrongWithTheProgramIsNamed) {
  manifest("", {}, own());
  fs::permissions(host(), fs::perms::owner_read);
  expect(Health::kIll, "cannot be executed", "chmod +x");
  program("affiant-host 0.0.1");
  expect(Health::kIll, "which is affiant-host 0.0.1; this is affiant " AFFIANT_VERSION,
         "affiant install");
  program("something else");
  expect(Health::kIll, "another program", "affiant install");
  fs::remove(host());
  expect(Health::kIll, "which is not there: moved, or removed", "affiant install");
  manifest("path", "affiant-host", own());
  expect(Health::kIll, "no absolute path", "affiant install");
}

TEST_F(DoctorTest, WhatIsWrongWithTheManifestIsNamed) {
  manifest("allowed_origins", {"chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"}, own());
  expect(Health::kIll, "does not allow our extension", "affiant install");
  manifest("allowed_origins", json::Value::array(), own());
  expect(Health::kIll, "does not allow our extension", "affiant install");
  manifest("type", "socket", own());
  expect(Health::kIll, "instead of stdio", "affiant install");
  manifest("path", "/opt/other/program", own());
  expect(Health::kIll, "another program's manifest under our name", "whose it is");
  manifest("name", "org.other", own());
  expect(Health::kIll, "calls itself \"org.other\"", "Remove that file");
  spit(own(), "{");
  expect(Health::kIll, own().string(), "Remove that file");
}

TEST_F(DoctorTest, ABadManifestOfAPersonHidesAGoodOneForAllUsers) {
  const fs::path all = at("etc/chromium/native-messaging-hosts") / *browser::native_manifest_name();
  manifest("", {}, all);
  expect(Health::kWell, all.string(), "");
  manifest("type", "socket", own());
  expect(Health::kIll, own().string(), "affiant install");
  fs::remove(own());
  manifest("allowed_origins", json::Value::array(), all);
  expect(Health::kIll, all.string(), "affiant install --system");
}

TEST_F(DoctorTest, PoliciesThatForbidAreNamedWithTheirFile) {
  manifest("", {}, own());
  const fs::path file = at("etc/chromium/policies/managed/rules.json");
  const auto told = [&](const std::string& text) {
    spit(file, text);
    for (const Check& check : examine())
      if (check.what == "policy for Chromium") {
        EXPECT_EQ(check.health, Health::kIll);
        EXPECT_THAT(check.detail, HasSubstr(file.string()));
        return check.detail + " | " + check.mend;
      }
    return std::string();
  };
  EXPECT_THAT(told(R"({"NativeMessagingBlocklist":["*"]})"), HasSubstr("NativeMessagingAllowlist"));
  EXPECT_THAT(told(R"({"NativeMessagingBlocklist":["app.affiant.host"]})"),
              HasSubstr("names app.affiant.host"));
  EXPECT_EQ(told(R"({"NativeMessagingBlocklist":["*"],
                     "NativeMessagingAllowlist":["app.affiant.host"]})"),
            "");
  EXPECT_EQ(told(R"({"NativeMessagingBlocklist":["org.other"]})"), "");
  EXPECT_THAT(told(R"({"NativeMessagingUserLevelHosts":false})"), HasSubstr("install --system"));
  EXPECT_THAT(told(R"({"ExtensionInstallBlocklist":["*"]})"), HasSubstr("every extension"));
  EXPECT_THAT(told(R"({"ExtensionSettings":{"*":{"installation_mode":"blocked"}}})"),
              HasSubstr("is blocked"));
  EXPECT_EQ(told("not json"), "");
  // For Firefox, whose own file holds one rule of the kind.
  fs::create_directories(at("home/.mozilla"));
  spit(at("etc/firefox/policies/policies.json"),
       R"({"policies":{"ExtensionSettings":{"*":{"installation_mode":"blocked"}}}})");
  bool firefox = false;
  for (const Check& check : examine()) firefox = firefox || check.what == "policy for Firefox";
  EXPECT_TRUE(firefox);
}

TEST_F(DoctorTest, HostsForAllUsersAreEnoughWhereAPersonsOwnAreForbidden) {
  manifest("", {}, at("etc/chromium/native-messaging-hosts") / *browser::native_manifest_name());
  spit(at("etc/chromium/policies/managed/a.json"), R"({"NativeMessagingUserLevelHosts":false})");
  EXPECT_EQ(examine().size(), 1U);
}

TEST_F(DoctorTest, AManifestWhereNoBrowserLooksIsPointedOut) {
  manifest("", {}, own());
  const fs::path astray =
      at("home/.config/chromium/Default/NativeMessagingHosts") / *browser::native_manifest_name();
  manifest("", {}, astray);
  const auto checks = examine();
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_THAT(checks[1].detail, HasSubstr(astray.string()));
  EXPECT_THAT(checks[1].mend, HasSubstr(own().parent_path().string()));
}

TEST_F(DoctorTest, ABrowserThatRunsWithAnotherProfileIsPointedOut) {
  manifest("", {}, own());
  using namespace std::string_literals;
  spit(at("proc/77/cmdline"), "/usr/lib/chromium\0--user-data-dir=/tmp/mine\0"s);
  spit(at("proc/78/cmdline"), "/usr/lib/chromium\0--type=renderer\0--user-data-dir=/tmp/mine\0"s);
  spit(at("proc/79/cmdline"),
       "/usr/lib/chromium\0--user-data-dir=" + at("home/.config/chromium").string() + "\0"s);
  const auto checks = examine();
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].health, Health::kNote);
  EXPECT_THAT(checks[1].what, HasSubstr("77"));
  EXPECT_THAT(checks[1].detail, HasSubstr("/tmp/mine/NativeMessagingHosts"));
}

TEST_F(DoctorTest, SandboxesAreNamed) {
  manifest("", {}, own());
  fs::create_directories(at("snap/chromium"));
  fs::create_directories(at("var/lib/flatpak/app/com.google.Chrome"));
  const fs::path app = at("home/.var/app/com.google.Chrome");
  manifest("path", (app / "data/affiant/affiant-host").string(),
           app / "config/google-chrome/NativeMessagingHosts" / *browser::native_manifest_name());
  auto checks = examine();
  ASSERT_EQ(checks.size(), 3U);
  EXPECT_THAT(checks[1].what, HasSubstr("Chromium (Snap)"));
  EXPECT_THAT(checks[1].mend, HasSubstr("no snap"));
  EXPECT_EQ(checks[2].health, Health::kIll) << "its script is missing";
  spit(app / "data/affiant/affiant-host", *browser::flatpak_wrapper(host()));
  fs::permissions(app / "data/affiant/affiant-host", fs::perms::owner_all);
  checks = examine();
  EXPECT_THAT(checks[2].mend, HasSubstr("--talk-name=org.freedesktop.Flatpak com.google.Chrome"));
  spit(at("var/lib/flatpak/overrides/com.google.Chrome"),
       "[Session Bus Policy]\norg.freedesktop.Flatpak=talk\n");
  EXPECT_EQ(examine()[2].health, Health::kWell);
}

class DoctorExtension : public DoctorTest {
 protected:
  void SetUp() override {
    DoctorTest::SetUp();
    manifest("", {}, own());
  }
  // Chromium's notes of our extension, as measured in Chromium 156.
  void noted(const json::Value& entry, const std::string& profile = "Default",
             const std::string& file = "Preferences") const {
    const json::Value all = {{"extensions", {{"settings", {{browser::ids()->chromium, entry}}}}}};
    spit(at("home/.config/chromium/" + profile + "/" + file), all.dump());
  }
  void addon(const json::Value& entry) const {
    json::Value it = {{"id", browser::ids()->firefox}, {"version", AFFIANT_VERSION}};
    it.update(entry);
    spit(at("home/.mozilla/firefox/a1.default-esr/extensions.json"),
         json::Value{{"addons", {{{"id", "other@x"}}, it}}}.dump());
  }
  Check only(const std::string& browser) const {
    Check found{Health::kIll, "", "nothing said", ""};
    int n = 0;
    for (const Check& check : examine())
      if (check.what == "extension in " + browser && ++n > 0) found = check;
    EXPECT_EQ(n, 1) << browser;
    return found;
  }
  fs::path loaded(const std::string& version) const {
    spit(at("opt/extension/manifest.json"), json::Value{{"version", version}}.dump());
    return at("opt/extension");
  }
};

TEST_F(DoctorExtension, LoadedAndSwitchedOnIsWell) {
  noted({{"location", 8},
         {"path", loaded(AFFIANT_VERSION).string()},
         {"disable_reasons", json::Value::array()}});
  const Check check = only("Chromium");
  EXPECT_EQ(check.health, Health::kWell) << check.detail;
  EXPECT_THAT(check.detail, HasSubstr("switched on in " + at("home/.config/chromium").string()));
}

TEST_F(DoctorExtension, InNoProfileSaysHowItIsLoaded) {
  spit(at("home/.config/chromium/Default/Preferences"), "{}");
  spit(at("home/.config/chromium/Profile 1/Preferences"), R"({"extensions":{"settings":[]}})");
  Check check = only("Chromium");
  EXPECT_EQ(check.health, Health::kNote);
  EXPECT_THAT(check.detail, HasSubstr("in none of its profiles (2 looked at"));
  EXPECT_THAT(check.mend, HasSubstr("chrome://extensions"));
  spit(at("home/.mozilla/firefox/a1.default-esr/extensions.json"), R"({"addons":[]})");
  EXPECT_THAT(only("Firefox").mend, HasSubstr("about:debugging"));
}

TEST_F(DoctorExtension, OneThatAPackageBringsNeedsOnlyAStart) {
  spit(at("home/.config/chromium/Default/Preferences"), "{}");
  spit(at("usr/share/chromium/extensions") / browser::ids()->chromium / "manifest.json", "{}");
  EXPECT_THAT(only("Chromium").detail, HasSubstr("next start"));
}

TEST_F(DoctorExtension, WhyItDoesNotRunIsSaid) {
  const auto why = [&](const json::Value& entry) {
    noted(entry);
    const Check check = only("Chromium");
    EXPECT_EQ(check.health, Health::kNote);
    EXPECT_THAT(check.mend, HasSubstr("chrome://extensions"));
    return check.detail;
  };
  EXPECT_THAT(why({{"disable_reasons", {1}}}), HasSubstr("switched off by hand"));
  EXPECT_THAT(why({{"disable_reasons", 1}}), HasSubstr("switched off by hand"));
  EXPECT_THAT(why({{"disable_reasons", {2}}}), HasSubstr("allow new permissions"));
  EXPECT_THAT(why({{"disable_reasons", {65536}}}), HasSubstr("blocked by policy"));
  EXPECT_THAT(why({{"disable_reasons", {1 << 25}}}), HasSubstr("switched off by the browser"));
  EXPECT_THAT(why({{"state", 0}}), HasSubstr("switched off"));
  EXPECT_THAT(why({{"location", 8}, {"path", at("gone").string()}}), HasSubstr("is gone"));
  fs::remove_all(at("home/.config/chromium/Default"));
  addon({{"active", false}, {"userDisabled", true}});
  EXPECT_THAT(only("Firefox").detail, HasSubstr("switched off by hand"));
  addon({{"active", false}, {"appDisabled", true}});
  EXPECT_THAT(only("Firefox").detail, HasSubstr("unsigned"));
  addon({{"active", false}});
  EXPECT_EQ(only("Firefox").health, Health::kWell) << "active is noted late";
}

TEST_F(DoctorExtension, AnotherVersionIsNamedWithWhereItComesFrom) {
  noted({{"path", loaded("0.0.1").string()}}, "Default", "Secure Preferences");
  spit(at("home/.config/chromium/Default/Preferences"), "{}");
  const Check check = only("Chromium");
  EXPECT_THAT(check.detail, HasSubstr("0.0.1 in "));
  EXPECT_THAT(check.mend, HasSubstr(at("opt/extension").string()));
}

TEST_F(DoctorExtension, NotesThatCannotBeReadAreNoAbsence) {
  spit(at("home/.config/chromium/Default/Preferences"), "{\"extensions\":");
  EXPECT_THAT(only("Chromium").detail, HasSubstr("cannot be told: "));
  spit(at("home/.config/chromium/Default/Preferences"),
       R"({"extensions":{"settings":{")" + browser::ids()->chromium + R"(":7}}})");
  EXPECT_THAT(only("Chromium").detail, HasSubstr("in none of its profiles"));
  noted({{"path", 7}, {"manifest", "x"}, {"disable_reasons", "y"}, {"state", nullptr}});
  EXPECT_EQ(only("Chromium").health, Health::kWell);
}

}  // namespace
}  // namespace affiant::cli
