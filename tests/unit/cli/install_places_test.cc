// install by the table of browsers: packagings, systems, and which browsers are there.
#include "browser/process.h"
#include "unit/cli/install_fixture.h"

namespace affiant::cli {
namespace {

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
