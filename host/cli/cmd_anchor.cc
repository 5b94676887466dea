// `affiant anchor CASE --tsa URL`: a time stamp (RFC 3161) over the signed head of the log, from an
// authority that the user names.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/verify_text.h"
#include "evidence/anchors.h"
#include "evidence/hand_check.h"
#include "evidence/layout.h"
#include "evidence/timestamp.h"
#include "evidence/verify.h"
#include "net/http.h"

namespace affiant::cli {
namespace {

using evidence::AnchorPart;
using evidence::AnchorPoint;
using evidence::Timestamp;

struct Options {
  std::string name;
  std::string url;
  std::string ca_file;
  std::string chain_file;
  std::string tls_ca_file;
};

// PEM texts, read and checked before anybody is asked for anything.
struct Trust {
  std::string ca;
  std::string chain;
};

Result<std::string> read_pem(const std::string& option, const std::string& file) {
  if (file.empty()) return file;
  AFFIANT_TRY(std::string pem, read_file(file, limits::kCertificateBytes, "kCertificateBytes"));
  if (const Status good = evidence::check_certificates(pem); !good)
    return fail(Code::kUsage, "{} {}: {}", option, printable(file), good.error().message);
  return pem;
}

// The answer to `request`, when it is a whole HTTP answer with a granted time stamp in it.
Result<std::string> ask(const Options& options, const std::string& request) {
  auto got = net::post({.url = options.url,
                        .content_type = "application/timestamp-query",
                        .body = request,
                        .max_answer_bytes = limits::kTimestampBytes,
                        .ca_file = options.tls_ca_file});
  if (!got && got.error().code == Code::kTooLarge)  // Theirs, not the user's.
    return fail(Code::kNetwork, "{}", got.error().message);
  AFFIANT_TRY(net::HttpAnswer answer, std::move(got));
  if (answer.status != 200)
    return fail(Code::kNetwork, "{} answered with HTTP status {} and no time stamp",
                printable(options.url), answer.status);
  if (const auto token = Timestamp::parse(answer.body); !token)
    return fail(Code::kNetwork, "{} sent no time stamp that can be used ({}, {} bytes): {}",
                printable(options.url),
                answer.content_type.empty() ? "no content type" : printable(answer.content_type),
                answer.body.size(), token.error().message);
  return std::move(answer.body);
}

// That it answers what was asked, and that whoever verifies later has what is needed.
Status check_answer(const Timestamp& token, const evidence::TimestampRequest& request,
                    const std::string& data, const Trust& trust) {
  AFFIANT_CHECK(token.check_data(data));
  AFFIANT_CHECK(token.check_nonce(request.nonce));
  if (Status own = token.check_own_signature(trust.chain); !own) {
    if (own.error().code != Code::kNotFound) return own;
    return fail(Code::kUsage,
                "{}, so nobody could check it later. Get it from the authority in PEM form and "
                "give it with --chain FILE",
                own.error().message);
  }
  return trust.ca.empty() ? Status() : token.check_under(trust.ca, trust.chain);
}

// Somebody may have put a stamp of their own there, so that no better one is taken.
Status check_kept(const std::filesystem::path& dir, const std::string& file, const Trust& trust) {
  if (trust.ca.empty()) return {};
  AFFIANT_TRY(const evidence::Verdict verdict,
              evidence::verify_case(dir, {.pinned_vkey = {}, .tsa_ca_pem = trust.ca}));
  for (const evidence::Anchor& anchor : verdict.anchors)
    if (anchor.file == file && !anchor.proved)
      return fail(Code::kCrypto,
                  "{} is there already, and it is {}. It is kept; to take another, move it away",
                  file, anchor.unproved_because);
  return {};
}

Status anchor_one(const std::filesystem::path& dir, const std::string& name, const Options& options,
                  const Trust& trust) {
  AFFIANT_TRY(const AnchorPoint point, evidence::anchor_point(dir));
  const std::string file = evidence::anchor_file(point.size, AnchorPart::kResponse);
  if (point.there) {
    AFFIANT_CHECK(check_kept(dir, file, trust));
    fmt::print(stderr,
               "affiant: {} has a time stamp of all its {} signed entries already: {}. It is kept "
               "and nobody is asked\n",
               printable(name), point.size, file);
    return {};
  }
  AFFIANT_TRY(const auto request,
              evidence::make_timestamp_request(point.checkpoint, system_random()));
  AFFIANT_TRY(const std::string response, ask(options, request.der));
  AFFIANT_TRY(const Timestamp token, Timestamp::parse(response));
  if (const Status good = check_answer(token, request, point.checkpoint, trust); !good)
    return fail(good.error().code, "{}: {}. Nothing was stored", printable(options.url),
                good.error().message);
  AFFIANT_CHECK(evidence::store_anchor(system_fs(), dir, point, response, trust.chain));

  const evidence::TimestampFacts& facts = token.facts();
  fmt::print("{}: {} entries existed by {}, says {}{}\n", printable(name), point.size,
             utc_text(facts.time_ms),
             facts.authority.empty() ? printable(options.url) : printable(facts.authority),
             trust.ca.empty() ? ". Nobody has vouched for it yet: verify with --tsa-ca FILE"
                              : ", and the authority you trust vouches for it");
  if (point.unsigned_entries > 0)
    fmt::print("{} more entries are not signed yet and not covered\n", point.unsigned_entries);
  fmt::print("{}\n\nBy hand:\n\n{}", printable((dir / file).string(), 4'096),
             evidence::anchor_check_command(dir, point.size, facts.time_ms, options.ca_file));
  return {};
}

int anchor(const Options& options) {
  const auto dir = find_case(options.name);
  if (!dir) return report_error(dir.error());
  const auto ca = read_pem("--ca", options.ca_file);
  if (!ca) return report_error(ca.error());
  const auto chain = read_pem("--chain", options.chain_file);
  if (!chain) return report_error(chain.error());
  const auto tls = read_pem("--tls-ca", options.tls_ca_file);
  if (!tls) return report_error(tls.error());
  std::vector<SetMember> members = set_members(*dir);
  const bool is_set = !members.empty();
  if (!is_set) members.push_back({"", *dir});
  int worst = kOk;
  for (const SetMember& member : members) {
    const std::string name = is_set ? options.name + "/" + member.engine : options.name;
    const Status done = anchor_one(member.dir, name, options, {*ca, *chain});
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
  command->add_option("--tsa", options->url, "The authority's URL, http: or https:")->required();
  command->add_option("--ca", options->ca_file,
                      "PEM file with the authority's root: what it does not vouch for is refused");
  command->add_option(
      "--chain", options->chain_file,
      "PEM file with the authority's own certificate and those between, kept beside "
      "the time stamp: for an authority that does not send them");
  command->add_option("--tls-ca", options->tls_ca_file,
                      "PEM file with roots for the https: connection instead of the system's");
  command->footer(
      "The authority is sent one SHA-256 hash and a random number: nothing of the record.\n"
      "Its answer proves that the record existed by then; when it began stays the recorder's "
      "word.\n"
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
