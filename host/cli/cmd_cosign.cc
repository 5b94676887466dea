// `affiant cosign CASE --witness URL`: asks witnesses to cosign the last checkpoint.
#include <fmt/format.h>

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "evidence/add_checkpoint.h"
#include "evidence/cosignature.h"
#include "evidence/cosigned.h"
#include "evidence/decimal.h"
#include "evidence/layout.h"
#include "evidence/proof_builder.h"
#include "evidence/verify.h"
#include "net/http.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  std::vector<std::string> urls;
  std::vector<std::string> keys;
  std::string ca;
};

struct Subject {
  std::filesystem::path dir;
  std::uint64_t size = 0;
  std::string checkpoint;  // The signed note.
};

Result<Subject> subject_of(const std::filesystem::path& dir) {
  AFFIANT_TRY(const auto verdict, evidence::verify_case(dir, {}));
  if (verdict.integrity == evidence::Integrity::kBroken)
    return fail(Code::kBroken, "the case is broken: `affiant verify` says where");
  AFFIANT_TRY(std::string checkpoint,
              read_file(dir / evidence::kCheckpointFile, limits::kNoteBytes, "kNoteBytes"));
  return Subject{dir, verdict.tree_size, std::move(checkpoint)};
}

Result<net::HttpAnswer> ask(const Subject& subject, std::uint64_t old_size, const std::string& url,
                            const std::string& ca) {
  evidence::AddCheckpoint request;
  request.old_size = old_size;
  request.checkpoint = subject.checkpoint;
  if (old_size > 0 && old_size < subject.size) {
    evidence::ProofBuilder builder(subject.dir, subject.size);
    AFFIANT_TRY(request.proof, builder.consistency(old_size));
  }
  net::HttpRequest http;
  http.url = url + (url.ends_with('/') ? "add-checkpoint" : "/add-checkpoint");
  http.content_type = "text/plain; charset=utf-8";
  http.body = evidence::format_add_checkpoint(request);
  http.ca_file = ca;
  return net::post(http);
}

// The size that a 409 names.
Result<std::uint64_t> conflicting_size(const net::HttpAnswer& answer, const Subject& subject,
                                       const std::string& url) {
  std::string_view text = answer.body;
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto size = evidence::parse_decimal(text);
  if (!size)
    return fail(Code::kProtocol, "{} answered 409 without the size it has", printable(url));
  if (*size > subject.size)
    return fail(Code::kConflict,
                "{} has cosigned a tree of {} entries of this log, and this case has {}: the case "
                "was rolled back, or somebody else writes this log",
                printable(url), *size, subject.size);
  return *size;
}

// The good line among those of the answer.
Result<std::string> cosignature_in(const net::HttpAnswer& answer, const Subject& subject,
                                   const evidence::VerifierKey& key, const std::string& url) {
  const std::string cosigned = subject.checkpoint + answer.body;  // A note is views of it.
  const auto note = evidence::parse_note(cosigned);
  if (!note)
    return fail(Code::kProtocol, "{} answered with no signature lines: {}", printable(url),
                note.error().message);
  constexpr std::uint64_t kClockSlack = 300;
  for (const evidence::NoteSignature& signature : note->signatures) {
    if (signature.name != key.name || signature.id != key.id) continue;
    AFFIANT_TRY(const std::uint64_t time, evidence::verify_cosignature(note->text, signature, key));
    if (time > static_cast<std::uint64_t>(std::time(nullptr)) + kClockSlack)
      return fail(Code::kProtocol, "{} cosigned for a time in the future", printable(url));
    return evidence::format_signature(signature);
  }
  return fail(Code::kCrypto, "{} did not sign with the key {} that you gave", printable(url),
              printable(key.name));
}

Status cosign_with(const Subject& subject, const std::string& url, const evidence::VerifierKey& key,
                   const std::string& ca) {
  AFFIANT_TRY(auto answer, ask(subject, 0, url, ca));
  if (answer.status == 409) {
    AFFIANT_TRY(const std::uint64_t size, conflicting_size(answer, subject, url));
    AFFIANT_TRY(answer, ask(subject, size, url, ca));
  }
  if (answer.status == 409)
    return fail(Code::kConflict, "{} was asked by somebody else meanwhile: run the command again",
                printable(url));
  if (answer.status == 404)
    return fail(Code::kNotFound, "{} does not know this log. Give its operator the key in {}",
                printable(url), (subject.dir / evidence::kCaseVkeyFile).string());
  if (answer.status != 200)
    return fail(Code::kProtocol, "{} answered {}: {}", printable(url), answer.status,
                printable(answer.body, 300));
  AFFIANT_TRY(const std::string line, cosignature_in(answer, subject, key, url));
  return evidence::add_cosignature(system_fs(), subject.dir, subject.size, line);
}

int cosign_case(const std::filesystem::path& dir, const std::string& name, const Options& options) {
  const auto subject = subject_of(dir);
  if (!subject) return report_error({subject.error().code, name + ": " + subject.error().message});
  int worst = kOk;
  for (std::size_t i = 0; i < options.urls.size(); ++i) {
    const auto key = evidence::parse_vkey(options.keys[i]);
    if (!key || key->type != 0x04)
      return report_error(
          {Code::kUsage, "--witness-key: not a cosigner's verifier key (type 0x04)"});
    const Status done = cosign_with(*subject, options.urls[i], *key, options.ca);
    if (!done)
      worst = graver(worst, report_error(done.error()));
    else
      fmt::print(stderr, "affiant: {} cosigned the tree of {} entries of {}\n",
                 printable(key->name), subject->size, name);
  }
  return worst;
}

int run_cosign(const Options& options) {
  if (options.urls.size() != options.keys.size())
    return report_error(
        {Code::kUsage, "each --witness needs its --witness-key, in the same order"});
  const auto dir = find_case(options.name);
  if (!dir) return report_error(dir.error());
  const std::vector<SetMember> members = set_members(*dir);
  if (members.empty()) return cosign_case(*dir, options.name, options);
  int worst = kOk;
  for (const SetMember& member : members)
    worst = graver(worst, cosign_case(member.dir, options.name + "/" + member.engine, options));
  return worst;
}

}  // namespace

void add_cosign(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("cosign", "Ask witnesses to cosign the last checkpoint of a case");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseHelp)->required();
  command->add_option("--witness", options->urls, "A witness's address (submission prefix)")
      ->required();
  command->add_option("--witness-key", options->keys, "Its verifier key, got from its operator")
      ->required();
  command->add_option("--tls-ca", options->ca, "PEM file of the authority for https addresses");
  command->footer(
      "A witness has seen a log grow, and cosigns no other history of it. `affiant verify CASE "
      "--policy FILE` says\nwhether enough of those that you trust have.\n\n"
      "Example:\n"
      "  affiant cosign last --witness http://127.0.0.1:7380 --witness-key "
      "'affiant.invalid/witness+…'\n");
  command->callback([=] { *run = [=] { return run_cosign(*options); }; });
}

}  // namespace affiant::cli
