// `affiant doctor`: what is wrong with this machine, and whether its browsers see what is there.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "browser/temp_dir.h"
#include "cli/audit_options.h"
#include "cli/canary.h"
#include "cli/commands.h"
#include "cli/doctor.h"
#include "cli/recording.h"
#include "demo/demo.h"
#include "observe/observations.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string browser;
  bool verbose = false, quiet = false;
};

void print(const Check& c) {
  constexpr const char* kMarks[] = {"ok  ", "note", "ILL "};
  fmt::print("{} {}: {}\n", kMarks[static_cast<int>(c.health)], c.what, c.detail);
  if (!c.mend.empty()) fmt::print("       mend: {}\n", c.mend);
}

// Records the demo into a throw-away case. True when everything known to be there was seen.
bool record_and_look(const browser::Browser& browser, const Options& options) {
  const std::string what = fmt::format("{} {}", browser::kind_name(browser.kind), browser.version);
  const auto sick = [&](const std::string& why, const std::string& mend) {
    print({Health::kIll, what, why, mend});
    return false;
  };
  const auto server = demo::DemoServer::start(0);
  if (!server) return sick(server.error().message, "Free the port, or allow listening on loopback");
  auto scratch = browser::TempDir::create("affiant-doctor");
  if (!scratch) return sick(scratch.error().message, "Set TMPDIR to a folder of yours");
  RecordingOptions recording;
  recording.url = (*server)->url();
  recording.browser = browser;
  recording.case_dir = scratch->path() / "case";
  recording.identity_dir = scratch->path() / "identity";
  recording.pages = 0;
  recording.quiet_ms = 1'500;
  Console console(options.quiet);
  const auto recorded = record(recording, &console);
  if (!recorded) return sick(recorded.error().message, "See above; then run affiant doctor again");
  if (recorded->failure)
    return sick(recorded->failure->message, "See above; then run affiant doctor again");
  const auto seen = observe::read_observations(recorded->case_dir, {});
  if (!seen) return sick(seen.error().message, "This is a defect of affiant's: please report it");
  const std::vector<Sighting> sightings = look_for_truth(*seen, recorded->case_dir);
  const auto missed =
      std::count_if(sightings.begin(), sightings.end(), [](const Sighting& s) { return !s.entry; });
  print({missed == 0 ? Health::kWell : Health::kIll, what,
         fmt::format("saw {} of the {} things known to be on the demo site; third-party cookies "
                     "are {} in it",
                     sightings.size() - static_cast<std::size_t>(missed), sightings.size(),
                     seen->sessions.empty() ? "?" : seen->sessions.front().third_party_cookies),
         missed == 0 ? ""
                     : "Conclude nothing from what this browser does not show. Update it; if that "
                       "does not help, please report the lines below"});
  for (const Sighting& s : sightings) {
    if (s.entry && !options.verbose) continue;
    fmt::print("       {:<8} {} ({} {})\n",
               s.entry ? fmt::format("entry {}", *s.entry) : "NOT SEEN", s.truth->words,
               s.truth->host, s.truth->name);
  }
  return missed == 0;
}

int examine(const Options& options) {
  bool good = true;
  for (const auto& checks : {check_machine(), check_installed_manifests()})
    for (const Check& c : checks) {
      print(c);
      good = good && c.health != Health::kIll;
    }
  std::vector<browser::Browser> browsers;
  for (const browser::Kind kind : {browser::Kind::kChromium, browser::Kind::kFirefox}) {
    if (!options.browser.empty() && options.browser != browser::kind_name(kind)) continue;
    auto found = browser::find(kind);
    if (found) {
      browsers.push_back(std::move(*found));
      continue;
    }
    // One browser is enough, unless it was asked for by name.
    const bool wanted = !options.browser.empty();
    print({wanted ? Health::kIll : Health::kNote, std::string(browser::kind_name(kind)),
           found.error().message, ""});
    good = good && !wanted;
  }
  if (browsers.empty()) {
    print(
        {Health::kIll, "browsers", "none to record with", "apt-get install chromium firefox-esr"});
    return kNotObserved;
  }
  std::fflush(stdout);
  for (const browser::Browser& b : browsers) {
    good = record_and_look(b, options) && good;
    std::fflush(stdout);
  }
  return good ? kOk : kNotObserved;
}

}  // namespace

void add_doctor(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "doctor", "Say what is wrong with this machine, and whether its browsers see what is there");
  auto options = std::make_shared<Options>();
  command->add_option("--browser", options->browser, "Only chromium, or only firefox")
      ->check(CLI::IsMember({"chromium", "firefox"}));
  command->add_flag("--verbose,-v", options->verbose, "Name also what was seen, with its entry");
  command->add_flag("--quiet,-q", options->quiet, "No progress on stderr");
  command->footer(
      "Records the built-in demo site in every browser found, and holds what was seen against "
      "what\n"
      "is known to be there. Exit code 0: all is well; 4: something could not be observed.\n");
  command->callback([=] { *run = [=] { return examine(*options); }; });
}

}  // namespace affiant::cli
