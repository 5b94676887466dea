#include <fmt/format.h>

#include <array>
#include <utility>

#include "browser/native_manifest.h"
#include "browser/profile.h"
#include "json/json.h"

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

// Quiet, but no setting that a site could see: those stay as a new profile has them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 35> kPreferences = {{
    // The extension: unsigned, in the profile, active at once, and no other from elsewhere.
    {"xpinstall.signatures.required", "false"},
    {"extensions.autoDisableScopes", "0"},
    {"extensions.startupScanScopes", "15"},
    {"extensions.enabledScopes", "5"},
    {"extensions.update.enabled", "false"},
    {"extensions.getAddons.cache.enabled", "false"},
    {"extensions.systemAddon.update.enabled", "false"},
    // No first-run pages, no questions.
    {"browser.startup.page", "0"},
    {"browser.startup.homepage", "\"about:blank\""},
    {"browser.startup.homepage_override.mstone", "\"ignore\""},
    {"browser.newtabpage.enabled", "false"},
    {"browser.aboutwelcome.enabled", "false"},
    {"browser.shell.checkDefaultBrowser", "false"},
    {"browser.sessionstore.resume_from_crash", "false"},
    {"browser.tabs.warnOnClose", "false"},
    {"datareporting.policy.dataSubmissionPolicyBypassNotification", "true"},
    {"trailhead.firstrun.didSeeAboutWelcome", "true"},
    {"termsofuse.bypassNotification", "true"},
    // Nothing sent of the browser's own accord.
    {"datareporting.healthreport.uploadEnabled", "false"},
    {"toolkit.telemetry.enabled", "false"},
    {"toolkit.telemetry.unified", "false"},
    {"toolkit.telemetry.server", "\"\""},
    {"app.update.enabled", "false"},
    {"app.normandy.enabled", "false"},
    {"app.shield.optoutstudies.enabled", "false"},
    {"browser.region.update.enabled", "false"},
    {"browser.search.update", "false"},
    {"browser.safebrowsing.downloads.remote.enabled", "false"},
    {"browser.safebrowsing.provider.mozilla.updateURL", "\"\""},
    {"browser.safebrowsing.provider.google4.updateURL", "\"\""},
    {"services.settings.server", "\"data:,\""},
    {"network.captive-portal-service.enabled", "false"},
    {"network.connectivity-service.enabled", "false"},
    {"network.http.http3.enable", "false"},
    // It interrupts what a page still does when the address bar (or an extension) takes its tab
    // elsewhere, at any statement: what pages set as they leave would be a matter of chance.
    {"dom.ipc.processHangMonitor", "false"},
}};

std::string preferences(const Setup& setup) {
  std::string text;
  const auto set = [&](std::string_view name, std::string_view value) {
    text += fmt::format("user_pref(\"{}\", {});\n", name, value);
  };
  for (const auto& [name, value] : kPreferences) set(name, value);
  // nsICookieService: 0 accepts all unpartitioned, 1 rejects third parties.
  if (setup.third_party_cookies == ThirdPartyCookies::kAllow)
    set("network.cookie.cookieBehavior", "0");
  if (setup.third_party_cookies == ThirdPartyCookies::kBlock)
    set("network.cookie.cookieBehavior", "1");
  if (setup.gpc) set("privacy.globalprivacycontrol.enabled", "true");
  if (!setup.maps.empty()) {
    std::string address = "data:application/x-ns-proxy-autoconfig,";
    for (const char c : proxy_script(setup.maps, setup.socks_port))
      address += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    set("network.proxy.type", "2");
    set("network.proxy.autoconfig_url", "\"" + address + "\"");
    set("network.proxy.allow_hijacking_localhost", "true");
    set("network.proxy.socks5_remote_dns", "true");
  }
  if (setup.insecure) {
    set("marionette.port", "0");
    set("remote.prefs.recommended", "false");  // They would change what sites see.
  }
  return text;
}

}  // namespace

Result<Launch> prepare_firefox(const Browser& browser, const Setup& setup) {
  Launch launch;
  launch.profile = setup.run_dir / "profile";
  AFFIANT_CHECK(write_file(launch.profile / "user.js", preferences(setup)));
  AFFIANT_TRY(const Ids names, ids());
  AFFIANT_TRY(const std::string manifest, native_manifest(Kind::kFirefox, setup.host));
  AFFIANT_TRY(const std::string name, native_manifest_name());
  // Firefox looks under the home only, never in the profile: the child's home is below run_dir.
  AFFIANT_CHECK(
      write_file(setup.run_dir / "home" / ".mozilla" / "native-messaging-hosts" / name, manifest));
  const fs::path package = setup.extension_dir / "affiant-firefox.xpi";
  if (setup.insecure) {
    // Installed only once certificates are accepted: it navigates as soon as it runs.
    launch.install = package;
  } else {
    std::error_code error;
    fs::create_directories(launch.profile / "extensions", error);
    const fs::path copy = launch.profile / "extensions" / (names.firefox + ".xpi");
    if (!error) fs::copy_file(package, copy, fs::copy_options::overwrite_existing, error);
    if (error)
      return fail(error == std::errc::no_space_on_device ? Code::kNoSpace : Code::kIo,
                  "cannot copy {} to {}: {}", package.string(), copy.string(), error.message());
  }
  if (setup.ca) AFFIANT_CHECK(trust_in_nss(launch.profile, *setup.ca));

  launch.command = base_command(browser, setup);
  std::vector<std::string>& argv = launch.command.argv;
  if (!setup.headed) argv.push_back("--headless");
  if (setup.insecure) argv.push_back("--marionette");
  argv.insert(argv.end(), {"--no-remote", "--profile", launch.profile.string(), "about:blank"});
  return launch;
}

}  // namespace affiant::browser
