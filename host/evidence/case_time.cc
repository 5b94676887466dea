// A time stamp of the log, cited by the log: CaseLog::cite_time().
#include "base/fs.h"
#include "base/limits.h"
#include "evidence/case_writer.h"
#include "evidence/layout.h"
#include "evidence/timestamp.h"
#include "json/json.h"

namespace affiant::evidence {

Status CaseWriter::cite_time(std::string_view response, std::int64_t time_ms) {
  AFFIANT_CHECK(ready());
  if (signed_ != size())
    return fail(Code::kUsage, "the log has entries that are not signed: sign it first");
  AFFIANT_TRY(const std::string checkpoint,
              read_file(dir_ / kCheckpointFile, limits::kNoteBytes, "kNoteBytes"));
  AFFIANT_TRY(const Timestamp token, Timestamp::parse(response));
  if (const Status fits = token.check_data(checkpoint); !fits)
    return fail(Code::kUsage, "{}", fits.error().message);
  const std::uint64_t size_stamped = signed_;
  AFFIANT_TRY(const std::string exhibit, add_exhibit(response));
  AFFIANT_TRY(const std::string body,
              json::canonical({{"exhibit", exhibit},
                               {"exhibit_size", response.size()},
                               {"exhibit_type", "application/timestamp-reply"},
                               {"size", size_stamped}}));
  AFFIANT_CHECK(append_own("log.time", body, time_ms));
  return sign();
}

}  // namespace affiant::evidence
