// A throw-away profile and the command that starts a browser in it: nothing of the user's own
// profile, home or other extensions takes part.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/error.h"
#include "browser/browser.h"
#include "browser/map_rule.h"
#include "browser/process.h"

namespace affiant::browser {

enum class ThirdPartyCookies : std::uint8_t { kDefault, kAllow, kBlock };

struct Setup {
  std::filesystem::path run_dir;        // Private folder (0700); becomes AFFIANT_RUN.
  std::filesystem::path host;           // affiant-host.
  std::filesystem::path extension_dir;  // Holds chromium/ and affiant-firefox.xpi.
  ThirdPartyCookies third_party_cookies = ThirdPartyCookies::kDefault;
  std::vector<MapRule> maps;
  std::uint16_t socks_port = 0;  // Firefox, when there are maps.
  std::optional<std::filesystem::path> ca;
  bool insecure = false;
  bool headed = false;
  bool gpc = false;     // Send Global Privacy Control.
  bool sandbox = true;  // False: Chromium runs without its sandbox.
};

struct Launch {
  Command command;
  std::filesystem::path profile;
  std::optional<std::filesystem::path>
      install;  // Firefox with `insecure`: to be installed over Marionette.
};

// Writes everything below setup.run_dir and returns what to execute. kUsage for a --ca file that is
// no PEM certificate, kNotFound when certutil is missing.
Result<Launch> prepare(const Browser& browser, const Setup& setup);

// Of the two families, called by prepare().
Result<Launch> prepare_chromium(const Browser& browser, const Setup& setup);
Result<Launch> prepare_firefox(const Browser& browser, const Setup& setup);

// Shared pieces. The environment of the child: a home of its own below run_dir.
Command base_command(const Browser& browser, const Setup& setup);
Status write_file(const std::filesystem::path& file, std::string_view bytes);
// Makes (when it is not there) the NSS database in `dir` and trusts `ca` in it for servers.
Status trust_in_nss(const std::filesystem::path& dir, const std::filesystem::path& ca);

}  // namespace affiant::browser
