// A new case: CaseLog::create().
#include "base/limits.h"
#include "evidence/case_writer.h"
#include "evidence/identity.h"
#include "evidence/layout.h"
#include "evidence/statements.h"
#include "json/json.h"

namespace affiant::evidence {
namespace stdfs = std::filesystem;

Result<std::unique_ptr<CaseWriter>> CaseWriter::create(const stdfs::path& dir,
                                                       const Identity& identity,
                                                       const CaseLog::Options& options,
                                                       const Environment& environment) {
  std::unique_ptr<CaseWriter> writer(new CaseWriter(dir, environment));
  AFFIANT_CHECK(writer->fs().make_dir(dir));
  AFFIANT_CHECK(writer->lock());
  AFFIANT_TRY(const auto names, list_dir(dir));
  if (!names.empty())
    return fail(Code::kConflict, "{} is not empty: a new case needs a folder of its own",
                printable(dir.string()));
  AFFIANT_CHECK(writer->remember(writer->lay_out(identity, options)));
  return writer;
}

Status CaseWriter::lay_out(const Identity& identity, const CaseLog::Options& options) {
  AFFIANT_TRY(key_, SigningKey::generate(*env_.random));
  origin_ = origin_for(key_->public_key());
  for (const char* folder : {kKeyDir, kSegmentDir, kCheckpointDir})
    AFFIANT_CHECK(fs().make_dir(dir_ / folder));
  {
    AFFIANT_TRY(auto file, fs().create(dir_ / kCaseKeyFile));  // 0600, never there before.
    AFFIANT_CHECK(file->write(as_text(key_->seed())));
    AFFIANT_CHECK(file->sync());
  }
  const std::int64_t now_ms = env_.clock->utc_ms();
  const std::string vkey = format_vkey(make_vkey(origin_, key_->public_key()));
  const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(now_ms / 1000, 0));
  AFFIANT_TRY(const std::string note,
              identity.sign_note(format_delegation({origin_, vkey, seconds})));
  AFFIANT_CHECK(write_durably(fs(), dir_ / kDelegationFile, note));
  AFFIANT_CHECK(write_durably(fs(), dir_ / kCaseVkeyFile, vkey + "\n"));
  AFFIANT_CHECK(write_durably(fs(), dir_ / kCasePemFile, public_pem(key_->public_key())));
  AFFIANT_CHECK(write_durably(fs(), dir_ / kIdentityVkeyFile, identity.vkey() + "\n"));

  const json::Value body = {
      {"origin", origin_},
      {"producer", options.producer},
      {"delegation", base64url_encode(sha256(note))},
      {"site", options.site.empty() ? json::Value() : json::Value(options.site)}};
  AFFIANT_TRY(const std::string bytes, json::canonical(body));
  if (bytes.size() > limits::kEntryBody)
    return fail(Code::kTooLarge, "site and producer of a case are over kEntryBody ({})",
                limits::kEntryBody);
  AFFIANT_CHECK(append_own("log.genesis", bytes, now_ms));
  // The checkpoint comes last: a folder without one was never a whole case.
  return sign();
}

}  // namespace affiant::evidence
