#include "cli/audit_options.h"

#include <algorithm>
#include <cstdlib>

#include "base/bytes.h"
#include "base/limits.h"
#include "cli/runs.h"
#include "site/site.h"

namespace affiant::cli {
namespace fs = std::filesystem;

void add_audit_options(CLI::App& command, AuditOptions* o) {
  command.add_option("URL", o->urls, "What to audit; several are audited one after another");
  command.add_flag("--demo", o->demo, "Audit the built-in demo site instead");
  command.add_option("--browser", o->browser,
                     "chromium, firefox, or chromium,firefox: both, one after the other, into one "
                     "case set (default: the first found)");
  command.add_option("--browser-path", o->browser_path, "The browser's program; not with two");
  command.add_flag("--headed", o->headed, "Show the browser's window");
  command.add_option("--pages", o->pages, "How many further pages of the site to visit")
      ->check(CLI::Range(0, limits::kMaxPages))
      ->capture_default_str();
  command
      .add_option("--phase", o->phase,
                  "Consent phases, each in a fresh profile: no-choice, reject, accept, or several "
                  "with commas between")
      ->capture_default_str();
  command.add_flag("--confirm-identifiers", o->confirm_identifiers,
                   "Visit once more in a second fresh profile: which values tell the two apart");
  command.add_flag("--revisit", o->revisit,
                   "Visit once more with cookies and storage cleared and the cache kept: what "
                   "comes back with the same value");
  command.add_flag("--canary", o->canary,
                   "Type a made-up e-mail address and text into the pages' fields, submit "
                   "nothing, and record request bodies: who is sent them all the same");
  command.add_flag("--gpc", o->gpc, "Send Global Privacy Control in every visit");
  command
      .add_option("--third-party-cookies", o->third_party_cookies,
                  "default, allow or block; the mode found is in the report")
      ->check(CLI::IsMember({"default", "allow", "block"}))
      ->capture_default_str();
  command.add_option("--wait", o->wait_s, "Seconds without a request after which a page is done")
      ->check(CLI::Range(0.1, 600.0))
      ->capture_default_str();
  command.add_option("--timeout", o->timeout_s, "Seconds that a page is given")
      ->check(CLI::Range(1.0, 3'600.0))
      ->capture_default_str();
  command.add_option("--policy", o->policy, "The policy: a URL or a file (default: discover it)");
  command
      .add_option("--map", o->maps,
                  "HOST[:PORT]=ADDR:PORT: reach HOST (or *.HOST) there; repeatable")
      ->allow_extra_args(false);
  command.add_option("--ca", o->ca, "A certificate authority (PEM) to trust in this audit");
  command.add_flag("--insecure", o->insecure, "Accept any certificate");
  add_knowledge_options(command, &o->knowledge);
  command.add_option("--tsa", o->authority.url,
                     "Have this time-stamp authority (RFC 3161) stamp the beginning and the end");
  command.add_option("--tsa-ca", o->authority.ca_file,
                     "PEM file with its root: what it does not vouch for is refused");
  command.add_option("--case", o->case_dir, "Where the case goes (default: the data folder)");
  add_gate_options(command, &o->gate);
  command
      .add_option("--runs", o->runs,
                  "Visit this often, each time in a fresh profile: what is not seen every time "
                  "fails no build")
      ->check(CLI::Range(1, kMostRuns))
      ->capture_default_str();
  command.add_flag("--quiet,-q", o->quiet, "No progress on stderr");
  add_output_options(command, &o->output);
}

Status check_url(const std::string& url) {
  const auto parsed = site::parse_url(url);
  if (!parsed) {
    const bool bare = url.find("://") == std::string::npos && url.find(' ') == std::string::npos &&
                      url.find('.') != std::string::npos;
    return fail(Code::kUsage, "{} is not a URL that can be audited: {}{}", printable(url),
                parsed.error().message,
                bare ? ". Did you mean https://" + printable(url) + "?" : "");
  }
  if (parsed->scheme != "http" && parsed->scheme != "https")
    return fail(Code::kUsage, "{} cannot be audited: only http and https can, not {}",
                printable(url), parsed->scheme);
  if (parsed->host.empty()) return fail(Code::kUsage, "{} names no host", printable(url));
  if (url.size() > limits::kUrlBytes)
    return fail(Code::kUsage, "the URL is longer than {} bytes (limits::kUrlBytes)",
                limits::kUrlBytes);
  const std::size_t start = url.find("://") + 3;
  if (url.substr(start, url.find_first_of("/?#", start) - start).find('@') != std::string::npos)
    return fail(Code::kUsage,
                "the URL holds a user name or password, which would go into the "
                "evidence: leave it out");
  return {};
}

namespace {

// The words of a comma list, each known and there once; `example` is a good list of them.
Result<std::vector<std::string>> words_of(std::string_view option, const std::string& list,
                                          const std::vector<std::string>& known,
                                          std::string_view example) {
  std::vector<std::string> names;
  std::string_view rest = list;
  for (bool more = true; more;) {
    const std::size_t comma = rest.find(',');
    more = comma != std::string_view::npos;
    const std::string name(rest.substr(0, comma));
    rest.remove_prefix(more ? comma + 1 : rest.size());
    if (name.empty())
      return fail(Code::kUsage, "{} {}: a name is empty. Give, without spaces, one or more of {}",
                  option, printable(list), example);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(Code::kUsage, "{} {}: there is no '{}' here. Give one or more of {}", option,
                  printable(list), printable(name), example);
    if (std::find(names.begin(), names.end(), name) != names.end())
      return fail(Code::kUsage, "{} {}: {} is there twice", option, printable(list), name);
    names.push_back(name);
  }
  return names;
}

}  // namespace

Result<std::vector<std::string>> engine_names(const std::string& list) {
  return words_of("--browser", list, {"chromium", "firefox"}, "chromium,firefox");
}

Result<std::vector<std::string>> phase_names(const std::string& list) {
  return words_of("--phase", list, {"no-choice", "reject", "accept"}, "no-choice,reject,accept");
}

Result<browser::Browser> choose_browser(const std::string& name, const std::string& path) {
  std::optional<browser::Kind> wanted;
  if (!name.empty()) {
    AFFIANT_TRY(wanted, browser::kind_from_name(name));
  }
  if (!path.empty()) {
    AFFIANT_TRY(browser::Browser found, browser::identify(path));
    if (wanted && found.kind != *wanted)
      return fail(Code::kUsage, "--browser {} and --browser-path {} do not fit: that is {} {}",
                  name, path, browser::kind_name(found.kind), found.version);
    return found;
  }
  if (wanted) return browser::find(*wanted);
  auto chromium = browser::find(browser::Kind::kChromium);
  if (chromium) return chromium;
  auto firefox = browser::find(browser::Kind::kFirefox);
  if (firefox) return firefox;
  return fail(Code::kBrowser, "no browser to record with. {}. {}", chromium.error().message,
              firefox.error().message);
}

namespace {

Result<std::vector<browser::Browser>> choose_browsers(const AuditOptions& o) {
  std::vector<std::string> names = {""};  // The first found.
  if (!o.browser.empty()) {
    AFFIANT_TRY(names, engine_names(o.browser));
  }
  if (names.size() > 1 && !o.browser_path.empty())
    return fail(Code::kUsage, "--browser-path is for one browser; --browser names {}",
                names.size());
  std::vector<browser::Browser> found;
  for (const std::string& name : names) {
    AFFIANT_TRY(browser::Browser browser, choose_browser(name, o.browser_path));
    found.push_back(std::move(browser));
  }
  return found;
}

}  // namespace

Result<AuditPlan> check_audit(const AuditOptions& o) {
  AFFIANT_TRY(const std::vector<std::string> phases, phase_names(o.phase));
  if (o.demo != o.urls.empty())
    return fail(Code::kUsage, "what is to be audited? Give one or more URLs, or --demo");
  if (o.urls.size() > 1 && (!o.case_dir.empty() || !o.output.file.empty()))
    return fail(Code::kUsage, "--case and -o are for one URL; {} are given", o.urls.size());
  for (const std::string& url : o.urls) AFFIANT_CHECK(check_url(url));
  AFFIANT_CHECK(check_output(o.output));
  AuditPlan plan;
  RecordingOptions& r = plan.recording;
  if (o.authority.url.empty() && !o.authority.ca_file.empty())
    return fail(Code::kUsage, "--tsa-ca goes with --tsa URL: which authority is to be asked?");
  if (!o.authority.url.empty()) {
    AFFIANT_TRY(r.authority, read_authority(o.authority));
  }
  std::error_code error;
  if (o.policy.starts_with("http://") || o.policy.starts_with("https://")) {
    AFFIANT_CHECK(check_url(o.policy));
    r.policy_url = o.policy;
  } else if (!o.policy.empty()) {
    r.policy_file = o.policy;
    if (!fs::is_regular_file(r.policy_file, error))
      return fail(Code::kUsage,
                  "--policy {}: there is no such file, and it is no http or https URL",
                  printable(o.policy));
    if (fs::file_size(r.policy_file, error) > limits::kExhibitBytes)
      return fail(Code::kUsage, "--policy {}: larger than {} bytes (limits::kExhibitBytes)",
                  printable(o.policy), limits::kExhibitBytes);
  }
  if (!o.ca.empty()) {
    if (!fs::is_regular_file(o.ca, error))
      return fail(Code::kUsage, "--ca {}: there is no such file", printable(o.ca));
    r.ca = fs::path(o.ca);
  }
  for (const std::string& text : o.maps) {
    AFFIANT_TRY(browser::MapRule rule, browser::parse_map_rule(text));
    r.maps.push_back(std::move(rule));
  }
  if (o.headed && std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr)
    return fail(Code::kUsage,
                "--headed needs a display: neither DISPLAY nor WAYLAND_DISPLAY is set");
  if (o.third_party_cookies == "allow") r.third_party_cookies = browser::ThirdPartyCookies::kAllow;
  if (o.third_party_cookies == "block") r.third_party_cookies = browser::ThirdPartyCookies::kBlock;
  r.pages = o.pages;
  r.runs.clear();
  int profile = 0;
  for (const std::string& phase : phases) {
    r.runs.push_back({phase, ++profile});
    if (o.revisit) r.runs.push_back({phase, profile, true});
    // Several runs are several profiles already.
    if (o.confirm_identifiers && o.runs == 1) r.runs.push_back({phase, ++profile});
  }
  r.gpc = o.gpc;
  r.canary = o.canary;
  repeat_runs(o.runs, &r.runs);
  r.quiet_ms = static_cast<std::int64_t>(o.wait_s * 1000);
  r.timeout_ms = static_cast<std::int64_t>(o.timeout_s * 1000);
  r.insecure = o.insecure;
  r.headed = o.headed;
  AFFIANT_TRY(plan.browsers, choose_browsers(o));
  r.browser = plan.browsers.front();
  return plan;
}

}  // namespace affiant::cli
