// One recording of one site: a browser is started with the extension and the host, handed a plan,
// followed to its end, and everything it started is ended again. The evidence is the host's alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "browser/session.h"
#include "cli/authority.h"
#include "cli/console.h"

namespace affiant::cli {

// One run of the browser: a session of the case.
struct BrowserRun {
  std::string phase =
      "no-choice";     // Or "reject", "accept": which choice is made on the first page.
  int profile = 1;     // From 1; each is fresh when it is used first.
  bool clear = false;  // Of one that was used: its cookies and storage go first, its cache stays.
};

struct RecordingOptions {
  std::string url;
  browser::Browser browser;
  std::filesystem::path case_dir;      // Must not exist, or be empty.
  std::filesystem::path identity_dir;  // Whose key signs; empty: the user's own.
  int pages = 2;
  std::vector<BrowserRun> runs = {
      BrowserRun{}};  // One after the other, into one case; at least one.
  std::int64_t quiet_ms = 3'000;
  std::int64_t timeout_ms = 60'000;   // A page.
  std::string policy_url;             // Empty: discover, unless policy_file is set.
  std::filesystem::path policy_file;  // Empty: none.
  browser::ThirdPartyCookies third_party_cookies = browser::ThirdPartyCookies::kDefault;
  std::vector<browser::MapRule> maps;
  std::optional<std::filesystem::path> ca;
  bool insecure = false;
  bool headed = false;
  bool gpc = false;     // Send Global Privacy Control, in every run.
  bool canary = false;  // Type made-up personal data into pages and record what they send.
  std::optional<Authority> authority;  // Stamps the beginning and the end.
};

struct Recording {
  std::filesystem::path case_dir;  // Sealed.
  std::uint64_t entries = 0;
  // Why the record is not what was asked for (the first page did not load, the browser died, ...).
  // Nothing may be concluded from the absence of anything then.
  std::optional<Error> failure;
  // Why the sealed record has no time stamp, where one was asked for.
  std::optional<Error> not_stamped;
};

// Fails when nothing at all could be recorded, and leaves no case then. Otherwise the case is
// sealed, unless even that failed: then `failure` says so. Catches interrupts while it runs.
Result<Recording> record(const RecordingOptions& options, Console* console);

std::int64_t now_ms();  // UTC.

// Says what to do when a time stamp was asked for and is not there; the exit code, 0 when all is
// well. `name`: what to type for the case.
int say_not_stamped(const Recording& recorded, const std::string& name);

}  // namespace affiant::cli
