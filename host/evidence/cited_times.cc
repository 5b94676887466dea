#include "evidence/cited_times.h"

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/layout.h"
#include "evidence/timestamp.h"

namespace affiant::evidence {
namespace {

// Why the token does not prove what it is cited for; what it says goes into `out`.
Status check_one(const std::filesystem::path& dir, const TimeCitation& cited,
                 const std::string& ca_pem, CitedTime& out) {
  AFFIANT_TRY(const std::string response, read_exhibit(dir, cited.exhibit));
  AFFIANT_TRY(const Timestamp token, Timestamp::parse(response));
  out.time_ms = token.facts().time_ms;
  out.accuracy_ms = token.facts().accuracy_ms;
  out.authority = token.facts().authority;
  if (cited.size > cited.index)
    return fail(Code::kBroken, "it is cited by an entry that it stamped");
  AFFIANT_TRY(const std::string stamped,
              read_file(dir / checkpoint_file(cited.size), limits::kNoteBytes, "kNoteBytes"));
  AFFIANT_CHECK(token.check_data(stamped));
  AFFIANT_CHECK(token.check_own_signature({}));
  if (ca_pem.empty()) return fail(Code::kUsage, "no certificate of the authority was given");
  return token.check_under(ca_pem, {});
}

}  // namespace

void check_cited_times(const std::filesystem::path& dir, const std::vector<TimeCitation>& citations,
                       const VerifyOptions& options, Verdict& verdict) {
  for (const TimeCitation& cited : citations) {
    CitedTime time;
    time.entry = cited.index;
    time.file = exhibit_file(cited.exhibit);
    const Status proved = check_one(dir, cited, options.tsa_ca_pem, time);
    time.proved = proved.has_value();
    if (!proved) time.unproved_because = proved.error().message;
    if (!proved && verdict.authority_brought)
      verdict.notes.push_back(
          fmt::format("the time stamp cited by entry {}: {}", cited.index, proved.error().message));
    verdict.since.push_back(std::move(time));
  }
}

}  // namespace affiant::evidence
