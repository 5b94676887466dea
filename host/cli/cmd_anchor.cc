// `affiant anchor CASE --tsa URL`: a time stamp (RFC 3161) over the signed head of the log, from an
// authority that the user names.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cli/authority.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/verify_text.h"
#include "evidence/hand_check.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  AuthorityOptions authority;
};

Status anchor_one(const std::filesystem::path& dir, const std::string& name,
                  const Authority& authority) {
  AFFIANT_TRY(const Anchored done, anchor_case(dir, authority));
  if (done.was_there) {
    fmt::print(stderr,
               "affiant: {} has a time stamp of all its {} signed entries already: {}. It is kept "
               "and nobody is asked\n",
               printable(name), done.size, done.file);
    return {};
  }
  fmt::print("{}: {} entries existed by {}, says {}{}\n", printable(name), done.size,
             utc_text(done.time_ms), done.by,
             authority.ca.empty() ? ". Nobody has vouched for it yet: verify with --tsa-ca FILE"
                                  : ", and the authority you trust vouches for it");
  if (done.unsigned_entries > 0)
    fmt::print("{} more entries are not signed yet and not covered\n", done.unsigned_entries);
  fmt::print("{}\n\nBy hand:\n\n{}", printable((dir / done.file).string(), 4'096),
             evidence::anchor_check_command(dir, done.size, done.time_ms, authority.ca_file));
  return {};
}

int anchor(const Options& options) {
  const auto dir = find_case(options.name);
  if (!dir) return report_error(dir.error());
  const auto authority = read_authority(options.authority);
  if (!authority) return report_error(authority.error());
  std::vector<SetMember> members = set_members(*dir);
  const bool is_set = !members.empty();
  if (!is_set) members.push_back({"", *dir});
  int worst = kOk;
  for (const SetMember& member : members) {
    const std::string name = is_set ? options.name + "/" + member.engine : options.name;
    const Status done = anchor_one(member.dir, name, *authority);
    if (!done)
      worst = graver(worst, report_error(is_set ? Error{done.error().code,
                                                        member.engine + ": " + done.error().message}
                                                : done.error()));
  }
  return worst;
}

}  // namespace

void add_anchor(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "anchor", "Have an outside authority stamp the record with the time (RFC 3161)");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseHelp)->required();
  command->add_option("--tsa", options->authority.url, "The authority's URL, http: or https:")
      ->required();
  command->add_option("--ca", options->authority.ca_file,
                      "PEM file with the authority's root: what it does not vouch for is refused");
  command->add_option(
      "--chain", options->authority.chain_file,
      "PEM file with the authority's own certificate and those between, kept beside "
      "the time stamp: for an authority that does not send them");
  command->add_option("--tls-ca", options->authority.tls_ca_file,
                      "PEM file with roots for the https: connection instead of the system's");
  command->footer(
      "The authority is sent one SHA-256 hash and a random number: nothing of the record.\n"
      "Its answer proves that the record existed by then. That it is no older than it says is "
      "proved\n"
      "by `affiant audit --tsa URL`, which takes a time stamp before the recording too.\n"
      "A sealed case can be anchored, too. One time stamp is kept for each size of the log.\n"
      "\n"
      "Examples:\n"
      "  affiant anchor last --tsa http://tsa.example/tsr --ca tsa-root.pem\n"
      "  affiant verify last --tsa-ca tsa-root.pem\n"
      "\n"
      "Exit codes: 0 stamped, now or before; 2 usage; 3 the record is broken, or the answer is "
      "not\n"
      "what was asked or not proved under --ca; 4 no usable answer. Nothing is stored unless 0.");
  command->callback([=] { *run = [=] { return anchor(*options); }; });
}

}  // namespace affiant::cli
