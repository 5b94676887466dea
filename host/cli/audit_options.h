// The options of `affiant audit`, from the command line's words to something that can be carried
// out.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/fail_on.h"
#include "cli/knowledge_options.h"
#include "cli/output.h"
#include "cli/recording.h"

namespace affiant::cli {

struct AuditOptions {
  std::vector<std::string> urls;
  bool demo = false;
  std::string browser;  // One engine, or several with commas between.
  std::string browser_path;
  bool headed = false;
  int pages = 2;
  std::string phase = "no-choice";
  bool gpc = false;
  bool confirm_identifiers = false;
  bool revisit = false;
  bool canary = false;
  std::string third_party_cookies = "default";
  double wait_s = 3;
  double timeout_s = 60;
  std::string policy;
  std::vector<std::string> maps;
  std::string ca;
  bool insecure = false;
  KnowledgeOptions knowledge;
  AuthorityOptions authority;
  std::string case_dir;
  GateOptions gate;
  int runs = 1;
  bool quiet = false;
  OutputOptions output;
};

void add_audit_options(CLI::App& command, AuditOptions* options);

struct AuditPlan {
  RecordingOptions recording;              // Lacks url, case_dir and, in a case set, browser.
  std::vector<browser::Browser> browsers;  // In the order asked for; several make a case set.
};

// Checks everything that can be checked before a browser starts; what is not in this version is
// refused here. kUsage or kBrowser: also when one of several browsers is not there, so that half a
// case set is not recorded in vain.
Result<AuditPlan> check_audit(const AuditOptions& options);

// "chromium,firefox" as names, at least one. kUsage for unknown, empty or repeated ones.
Result<std::vector<std::string>> engine_names(const std::string& list);

// "no-choice,reject" as names, likewise.
Result<std::vector<std::string>> phase_names(const std::string& list);

// kUsage, with what is wrong, unless it is an http or https URL that can be put into evidence.
Status check_url(const std::string& url);

// One name of --browser (or none) and --browser-path, or the first browser found.
Result<browser::Browser> choose_browser(const std::string& name, const std::string& path);

}  // namespace affiant::cli
