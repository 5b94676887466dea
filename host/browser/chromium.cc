#include <sys/statvfs.h>

#include "browser/native_manifest.h"
#include "browser/profile.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

// Containers often give /dev/shm 64 MB, on which Chromium's renderers crash.
bool small_shared_memory() {
  struct statvfs room {};
  return statvfs("/dev/shm", &room) != 0 ||
         static_cast<std::uint64_t>(room.f_bavail) * room.f_frsize < (std::uint64_t{256} << 20U);
}

Status write_preferences(const fs::path& profile, ThirdPartyCookies mode) {
  if (mode == ThirdPartyCookies::kDefault) return {};
  // 0: third-party cookies allowed; 1: blocked (content_settings::CookieControlsMode).
  const json::Value preferences = {
      {"profile", {{"cookie_controls_mode", mode == ThirdPartyCookies::kAllow ? 0 : 1}}}};
  AFFIANT_TRY(const std::string text, json::canonical(preferences));
  return write_file(profile / "Default" / "Preferences", text);
}

}  // namespace

Result<Launch> prepare_chromium(const Browser& browser, const Setup& setup) {
  Launch launch;
  launch.profile = setup.run_dir / "profile";
  AFFIANT_CHECK(write_preferences(launch.profile, setup.third_party_cookies));
  AFFIANT_TRY(const std::string manifest, native_manifest(Kind::kChromium, setup.host));
  AFFIANT_TRY(const std::string name, native_manifest_name());
  AFFIANT_CHECK(write_file(launch.profile / "NativeMessagingHosts" / name, manifest));
  if (setup.ca) AFFIANT_CHECK(trust_in_nss(setup.run_dir / "home" / ".pki" / "nssdb", *setup.ca));

  launch.command = base_command(browser, setup);
  const std::string extension = (setup.extension_dir / "chromium").string();
  std::vector<std::string>& argv = launch.command.argv;
  const auto add = [&](std::string argument) { argv.push_back(std::move(argument)); };
  if (!setup.headed) add("--headless=new");
  add("--user-data-dir=" + launch.profile.string());
  add("--load-extension=" + extension);
  add("--disable-extensions-except=" + extension);
  for (const char* quiet :
       {"--no-first-run", "--no-default-browser-check", "--disable-background-networking",
        "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-quic",
        "--disable-breakpad", "--disable-crash-reporter", "--disable-domain-reliability",
        "--password-store=basic", "--mute-audio", "--window-size=1280,900",
        "--enable-logging=stderr"})
    add(quiet);
  if (!setup.sandbox) add("--no-sandbox");
  if (small_shared_memory()) add("--disable-dev-shm-usage");
  if (setup.insecure) add("--ignore-certificate-errors");
  // A Chromium that does not know the feature sends no signal; the extension sees that and says so.
  if (setup.gpc) add("--enable-features=GlobalPrivacyControlForce");
  if (!setup.maps.empty()) {
    add("--host-resolver-rules=" + host_resolver_rules(setup.maps));
    // A public page may not reach a name that is mapped to loopback without asking a person.
    add("--disable-features=LocalNetworkAccessChecks");
  }
  add("about:blank");
  return launch;
}

}  // namespace affiant::browser
