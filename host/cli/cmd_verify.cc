// `affiant verify CASE`: is the record intact, whose is it, is it complete. Offline.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/brought.h"
#include "cli/case_set.h"
#include "cli/commands.h"
#include "cli/opened.h"
#include "cli/verify_text.h"
#include "evidence/hand_check.h"
#include "evidence/verify.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  BroughtOptions brought;
  bool strict = false;
  bool json = false;
};

Result<evidence::Verdict> verdict_of(const std::filesystem::path& dir, const Options& options) {
  AFFIANT_TRY(evidence::VerifyOptions wanted, what_is_brought(options.brought));
  wanted.strict = options.strict;
  return evidence::verify_case(dir, wanted);
}

// `here`: the folder is not one that stays.
void print_text(const evidence::Verdict& verdict, const std::filesystem::path& dir, bool here,
                const std::string& name, const Options& options) {
  fmt::print("{}", verdict_text(verdict, printable(name)));
  fmt::print(
      "\nThe signatures by hand, with a shell and openssl 3 (the hashes of the entries "
      "need more: docs/log-format.md){}:\n\n{}",
      here ? ", in a folder where you have unzipped it" : "",
      here ? evidence::hand_check_here() : evidence::hand_check_commands(dir));
  if (!verdict.anchors.empty()) fmt::print("\nThe time stamps:\n\n");
  for (const evidence::Anchor& anchor : verdict.anchors)
    fmt::print("{}", here ? evidence::anchor_check_here(dir, anchor.size, anchor.time_ms,
                                                        options.brought.tsa_ca)
                          : evidence::anchor_check_command(dir, anchor.size, anchor.time_ms,
                                                           options.brought.tsa_ca));
}

int print_json(const json::Value& value) {
  const auto text = json::canonical(value);
  if (!text) return report_error(text.error());
  fmt::print("{}\n", *text);
  return kOk;
}

int verify_one(const Opened& opened, const Options& options) {
  const auto verdict = verdict_of(opened.dir, options);
  if (!verdict) return report_error(verdict.error());
  if (!options.json)
    print_text(*verdict, opened.dir, opened.scratch.has_value(), options.name, options);
  else if (const int code = print_json(verdict_json(*verdict)); code != kOk)
    return code;
  return verdict->ok() ? kOk : kBrokenEvidence;
}

// Each member on its own: a set proves nothing beyond what its members do, and one that is not
// there breaks none of the others.
int verify_set(const std::vector<SetMember>& members, const Options& options) {
  const std::vector<std::string> missing = missing_engines(members);
  json::Value all = {{"ok", true}, {"members", json::Value::array()}, {"missing", missing}};
  int worst = kOk;
  for (const SetMember& member : members) {
    const auto verdict = verdict_of(member.dir, options);
    const bool ok = verdict && verdict->ok();
    worst = graver(worst, !verdict ? report_error({verdict.error().code,
                                                   member.engine + ": " + verdict.error().message})
                          : ok     ? kOk
                                   : kBrokenEvidence);
    if (!ok) all["ok"] = false;
    all["members"].push_back({{"browser", member.engine},
                              {"verdict", verdict ? verdict_json(*verdict) : json::Value()}});
    if (options.json || !verdict) continue;
    fmt::print("{}{}\n\n", member.dir == members.front().dir ? "" : "\n", member.engine);
    print_text(*verdict, member.dir, false, options.name + "/" + member.engine, options);
  }
  for (const std::string& engine : missing)
    fmt::print(stderr, "affiant: the case set holds no case of {}\n", engine);
  return options.json ? graver(worst, print_json(all)) : worst;
}

int verify(const Options& options) {
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  const std::vector<SetMember> members = set_members(opened->dir);
  return members.empty() ? verify_one(*opened, options) : verify_set(members, options);
}

}  // namespace

void add_verify(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("verify", "Say whether a record is intact, whose it is, how complete");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  add_brought_options(*command, &options->brought, "--policy");
  command->add_flag("--strict", options->strict,
                    "Also check that every line is in the one spelling of RFC 8785");
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([=] { *run = [=] { return verify(*options); }; });
}

}  // namespace affiant::cli
