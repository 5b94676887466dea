// Which browsers are on this machine. Running `--version` is all that is done to them here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::browser {

enum class Kind : std::uint8_t { kChromium, kFirefox };

std::string_view kind_name(Kind kind);               // "chromium", "firefox".
Result<Kind> kind_from_name(std::string_view name);  // kUsage for any other.

// The oldest versions that can record: cookies.getAll with partitionKey.hasCrossSiteAncestor in
// Chromium, content scripts in the page's own world in Firefox.
inline constexpr int kOldestChromium = 130;
inline constexpr int kOldestFirefox = 128;

struct Browser {
  Kind kind = Kind::kChromium;
  std::filesystem::path program;
  std::string version;  // "156.0.8078.79", "153.7.0esr".
  int major = 0;
};

// Asks a program what it is. kBrowser, with what to do, when it is not there, cannot be executed,
// does not answer within 10 s, is no browser of ours, or is too old.
Result<Browser> identify(const std::filesystem::path& program);

// Reads one line of `--version`. The path is only for messages.
Result<Browser> parse_version(std::string_view line, const std::filesystem::path& program);

// The first usable browser of that kind on $PATH. kBrowser names the package to install, or says
// why those that are there cannot be used.
Result<Browser> find(Kind kind);

// Everything usable on $PATH, one of each kind, in the order they are preferred.
std::vector<Browser> find_all();

}  // namespace affiant::browser
