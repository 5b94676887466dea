#include "cli/recording.h"

#include <chrono>
#include <map>
#include <thread>
#include <utility>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/interrupt.h"
#include "base/limits.h"
#include "base/user.h"
#include "browser/site_data.h"
#include "browser/temp_dir.h"
#include "cli/cases.h"
#include "cli/command.h"
#include "cli/paths.h"
#include "cli/plan_file.h"
#include "cli/progress.h"
#include "cli/seal.h"
#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "evidence/layout.h"
#include "json/json.h"
#include "observe/policy_kinds.h"
#include "site/site.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::string_view kRunPrefix = "affiant-run";
constexpr milliseconds kPoll{50};
constexpr milliseconds kHello{30'000};
constexpr milliseconds kHostGone{12'000};  // The extension starts a lost host again before that.
constexpr milliseconds kLookForHost{1'000};
constexpr std::int64_t kSlackMs = 60'000;  // Start, policy link discovery, closing.

// What became of the plan.
struct Outcome {
  bool opened = false;  // A session was opened: there is something to keep.
  bool closed = false;  // The host sealed the case.
  std::string reason = "failed";
  std::optional<Error> failure;
};

Status make_case(const RecordingOptions& o, const std::string& host) {
  AFFIANT_TRY(const evidence::Identity identity,
              evidence::Identity::load_or_create(o.identity_dir));
  {
    auto log = evidence::CaseLog::create(o.case_dir, identity,
                                         {.site = host, .producer = "affiant " AFFIANT_VERSION});
    if (!log) return tl::unexpected<Error>(log.error());
    if (o.authority) {
      // Before anything is recorded, so that all of it is younger than the answer.
      AFFIANT_TRY(const std::string checkpoint,
                  read_file(o.case_dir / evidence::kCheckpointFile, limits::kNoteBytes));
      AFFIANT_TRY(const std::string response, fresh_stamp(*o.authority, checkpoint));
      AFFIANT_CHECK(log->cite_time(response, now_ms()));
    }
  }  // Let go of: the host is the next writer.
  if (!o.policy_file.empty()) AFFIANT_CHECK(add_policy_file(o.case_dir, o.policy_file, now_ms()));
  return {};
}

Error no_hello(browser::Session& session, const browser::Browser& browser) {
  std::string words = session.last_words();
  if (!words.empty()) words = ". The browser's last words: " + words;
  const bool strict =
      browser.kind == browser::Kind::kFirefox && browser.version.find("esr") == std::string::npos;
  return {Code::kHost,
          fmt::format("{} {} runs, but its extension did not reach affiant-host within {} s. {}{}",
                      browser::kind_name(browser.kind), browser.version, kHello.count() / 1000,
                      strict ? "This build of Firefox may insist on signed extensions: use "
                               "firefox-esr"
                             : "Most likely the extension could not load or the host could not "
                               "start: `affiant doctor` finds out which",
                      words)};
}

Error died(browser::Session& session, bool greeted) {
  const std::string words = session.last_words();
  return {Code::kBrowser, fmt::format("the browser ended {} ({}){}",
                                      greeted ? "in the middle of the recording" : "while starting",
                                      session.ending().value_or("no telling how"),
                                      words.empty() ? "" : ": " + words)};
}

// Follows the plan of one running browser.
class Follower {
 public:
  Follower(const RecordingOptions& options, const fs::path& run_dir, browser::Session* session,
           Console* console)
      : options_(options),
        progress_(run_dir / "progress.jsonl"),
        session_(*session),
        console_(*console) {}

  Outcome follow() {
    const auto start = SteadyClock::now();
    const auto pages = 1 + options_.pages + limits::kMaxPolicyPages;
    const auto limit = milliseconds(pages * (options_.timeout_ms + options_.quiet_ms) + kSlackMs);
    auto host_seen = start, host_asked = start;
    console_.waiting_for("waiting for the extension");
    while (!outcome_.closed && !outcome_.failure) {
      const bool alive = session_.running();  // Asked first: what it still wrote is read below.
      read();
      if (outcome_.closed || outcome_.failure) break;
      const auto now = SteadyClock::now();
      if (now - host_asked >= kLookForHost) {
        host_asked = now;
        if (session_.host_running()) host_seen = now;
      }
      if (!greeted_) host_seen = now;  // Its time runs from the hello on.
      if (interrupted()) {
        stop({Code::kInterrupted, "interrupted before the plan was done"}, "stopped");
      } else if (!alive) {
        stop(died(session_, greeted_), "failed");
      } else if (!greeted_ && now - start > kHello) {
        stop(no_hello(session_, options_.browser), "failed");
      } else if (greeted_ && now - host_seen > kHostGone) {
        stop({Code::kHost, "affiant-host ended and was not started again by the extension"},
             "failed");
      } else if (now - start > limit) {
        stop({Code::kTimeout,
              fmt::format("the plan was not done within {} s", limit.count() / 1000)},
             "timeout");
      }
      console_.tick();
      std::this_thread::sleep_for(kPoll);
    }
    read();  // A browser that is dead may have finished all the same.
    if (outcome_.closed && page_failure_ && !outcome_.failure) outcome_.failure = page_failure_;
    console_.clear();
    return outcome_;
  }

 private:
  void stop(Error error, std::string reason) {
    outcome_.failure = std::move(error);
    outcome_.reason = std::move(reason);
  }

  void read() {
    for (const Milestone& m : progress_.read_new()) handle(m);
  }

  void handle(const Milestone& m) {
    if (m.at == "hello") {
      if (greeted_) console_.say("the recorder was lost and is back");
      greeted_ = true;
    } else if (m.at == "open") {
      outcome_.opened = true;
      console_.say(m.third_party_cookies.empty() ? std::string("recording")
                                                 : "recording; third-party cookies are " +
                                                       m.third_party_cookies + " in this browser");
    } else if (m.at == "page") {
      console_.waiting_for("loading " + m.url);
    } else if (m.at == "page-done") {
      page_done(m);
    } else if (m.at == "policy") {
      say_policy(m);
    } else if (m.at == "note") {
      if (m.code == "choice-made") console_.say("choice made: " + m.detail);
      if (m.code == "choice-failed") console_.say("no choice was made: " + m.detail);
      if (m.code == "gpc-not-applied") console_.say(m.detail);
    } else if (m.at == "count") {
      if (m.events) console_.detail(fmt::format("{} events", *m.events));
    } else if (m.at == "closed") {
      outcome_.closed = true;
    } else if (m.at == "error") {
      if (m.fatal)
        stop(host_error(m), "failed");
      else
        console_.say("the recorder: " + m.message);
    }
  }

  void say_policy(const Milestone& m) {
    // Files for machines that a site may well not have are told only where they are.
    const bool page = observe::is_page_kind(m.kind);
    if (page || m.result == "captured")
      console_.say(fmt::format("{} {}: {}", page ? "policy" : m.kind,
                               m.url.empty() ? m.host : m.url, m.result));
  }

  void page_done(const Milestone& m) {
    const std::string where = m.url.empty() ? m.host : m.url;
    if (m.result == "loaded")
      console_.say(m.status && *m.status >= 400
                       ? fmt::format("loaded {} (status {})", where, *m.status)
                       : "loaded " + where);
    else
      console_.say(fmt::format("{}: {} {}", where, m.result, m.error));
    if (m.page == 0 && m.role != "policy" && m.result != "loaded")
      page_failure_ = explain_failed_page(m, options_.url, options_.timeout_ms);
    console_.waiting_for("recording");
  }

  static Error host_error(const Milestone& m) {
    Code code = Code::kHost;
    for (const Code c :
         {Code::kNoSpace, Code::kIo, Code::kProtocol, Code::kBroken, Code::kConflict})
      if (m.code == code_name(c)) code = c;
    return {code, "the recorder: " + (m.message.empty() ? m.code : m.message)};
  }

  const RecordingOptions& options_;
  ProgressReader progress_;
  browser::Session& session_;
  Console& console_;
  Outcome outcome_;
  std::optional<Error> page_failure_;
  bool greeted_ = false;
};

Result<Outcome> run_browser(const RecordingOptions& o, const BrowserRun& run,
                            const std::optional<MadeUpPerson>& canary, const fs::path& run_dir,
                            bool* sandbox, Console* console) {
  browser::Setup setup;
  setup.run_dir = run_dir;
  AFFIANT_TRY(setup.host, host_program());
  AFFIANT_TRY(setup.extension_dir, extension_dir());
  setup.third_party_cookies = o.third_party_cookies;
  setup.maps = o.maps;
  setup.ca = o.ca;
  setup.insecure = o.insecure;
  setup.headed = o.headed;
  setup.gpc = o.gpc;
  setup.sandbox = *sandbox;
  std::error_code ignored;
  for (const char* name :
       {"progress.jsonl", "browser.log", "profile/MarionetteActivePort"})  // Of the visit before.
    fs::remove_all(run_dir / name, ignored);
  if (run.clear) AFFIANT_CHECK(browser::clear_site_data(run_dir / "profile", o.browser.kind));
  for (;;) {
    AFFIANT_CHECK(write_plan(run_dir, o, run, canary));
    AFFIANT_TRY(browser::Session session, browser::Session::start(o.browser, setup));
    Outcome outcome = Follower(o, run_dir, &session, console).follow();
    const bool again = !outcome.opened && !outcome.closed && setup.sandbox && !interrupted() &&
                       session.sandbox_failed();
    // After "closed" nothing of it is needed; before, the host is given time to write what it has.
    session.stop(outcome.closed ? 1'500 : 3'000, 2'000);
    if (!again) return outcome;
    console->say("Chromium's sandbox cannot start here (a container?); once more without it");
    setup.sandbox = *sandbox = false;
    for (const char* name : {"profile", "progress.jsonl", "browser.log"})
      fs::remove_all(run_dir / name, ignored);
  }
}

// All runs, until one fails. Of a later one that opened no session the case keeps what came before.
Result<Outcome> run_all(const RecordingOptions& o, Console* console) {
  Outcome all;
  std::optional<MadeUpPerson> canary;
  if (o.canary) {
    AFFIANT_TRY(canary, made_up_person());
  }
  std::map<int, browser::TempDir> dirs;  // By profile.
  bool sandbox = !is_administrator();    // Chromium's sandbox refuses to start for root.
  for (const BrowserRun& run : o.runs) {
    auto dir = dirs.find(run.profile);
    const bool fresh = dir == dirs.end();
    if (fresh) {
      AFFIANT_TRY(browser::TempDir made, browser::TempDir::create(kRunPrefix));
      dir = dirs.emplace(run.profile, std::move(made)).first;
    }
    console->say(fmt::format("{} {}, {}{}: {}", browser::kind_name(o.browser.kind),
                             o.browser.version,
                             !fresh             ? "the same profile, cookies and storage cleared"
                             : run.profile == 1 ? "a fresh profile"
                                                : "another fresh profile",
                             run.phase == "no-choice" ? "" : ", to " + run.phase, o.url));
    Result<Outcome> outcome = run_browser(o, run, canary, dir->second.path(), &sandbox, console);
    if (!outcome && !all.opened) return outcome;
    if (!outcome) {
      all.failure = outcome.error();
      all.reason = "failed";
      return all;
    }
    const bool opened = all.opened || outcome->opened;
    all = std::move(*outcome);
    all.opened = opened;
    if (all.failure || !all.closed) return all;
  }
  return all;
}

}  // namespace

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<Recording> record(const RecordingOptions& options, Console* console) {
  const CatchInterrupts catching;
  RecordingOptions o = options;
  std::error_code error;
  o.case_dir = fs::absolute(o.case_dir, error).lexically_normal();
  if (fs::exists(o.case_dir, error) && !fs::is_empty(o.case_dir, error))
    return fail(Code::kUsage, "{} is there already and not empty: a case needs a folder of its own",
                o.case_dir.string());
  if (o.identity_dir.empty()) {
    AFFIANT_TRY(o.identity_dir, identity_dir());
  }
  AFFIANT_TRY(const site::Url url, site::parse_url(o.url));
  // A profile that a killed audit left holds what that site stored: it goes now.
  browser::TempDir::remove_abandoned(kRunPrefix);
  if (const Status made = make_case(o, url.host); !made) {
    static_cast<void>(erase_case(o.case_dir));
    return tl::unexpected<Error>(made.error());
  }
  const Result<Outcome> outcome = run_all(o, console);
  if (!outcome || !outcome->opened) {
    static_cast<void>(erase_case(o.case_dir));
    if (!outcome) return tl::unexpected<Error>(outcome.error());
    if (outcome->failure) return tl::unexpected<Error>(*outcome->failure);
    return fail(Code::kHost, "the recorder ended without having opened a session");
  }
  Recording result;
  result.case_dir = o.case_dir;
  result.failure = outcome->failure;
  const auto sealed = seal_case(o.case_dir, outcome->reason,
                                outcome->failure ? outcome->failure->message : "", now_ms());
  if (!sealed && !result.failure) result.failure = sealed.error();
  if (!sealed && result.failure && sealed.error().code == Code::kNoSpace)
    result.failure = sealed.error();
  if (sealed && *sealed && !result.failure)
    result.failure = Error{Code::kHost, "the recorder ended before it sealed the case"};
  if (o.authority && sealed) {
    const auto stamped = anchor_case(o.case_dir, *o.authority);
    if (stamped)
      console->say(
          fmt::format("time stamp by {}: {} entries existed by then", stamped->by, stamped->size));
    else
      result.not_stamped = stamped.error();
  }
  return result;
}

int say_not_stamped(const Recording& recorded, const std::string& name) {
  if (!recorded.not_stamped) return kOk;
  return report_error(
      {recorded.not_stamped->code,
       fmt::format("{}. The record is sealed and kept; try again: affiant anchor {} "
                   "--tsa URL",
                   recorded.not_stamped->message, name)});
}

}  // namespace affiant::cli
