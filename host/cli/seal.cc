#include "cli/seal.h"

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/case_log.h"
#include "evidence/verify.h"
#include "json/json.h"
#include "observe/vocabulary.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

Status append(evidence::CaseLog* log, std::string_view kind_name, std::uint64_t session,
              const json::Value& body, std::int64_t now_ms) {
  const observe::Kind* kind = observe::find_kind(kind_name);
  if (kind == nullptr) return fail(Code::kInternal, "no entry is called {}", kind_name);
  AFFIANT_TRY(observe::EncodedBody encoded, observe::encode_body(*kind, body, kind_name));
  evidence::NewEntry entry;
  entry.kind = kind_name;
  entry.session = session;
  entry.time_ms = now_ms;
  entry.body = encoded.bytes;
  entry.disclosures = std::move(encoded.disclosures);
  AFFIANT_TRY(const std::uint64_t leaf, log->append(entry));
  static_cast<void>(leaf);
  return {};
}

std::string_view type_of(const fs::path& file) {
  const std::string extension = file.extension().string();
  if (extension == ".html" || extension == ".htm" || extension == ".xhtml") return "text/html";
  if (extension == ".md" || extension == ".markdown") return "text/markdown";
  return "text/plain";
}

}  // namespace

Result<bool> seal_case(const fs::path& dir, std::string_view reason, std::string_view detail,
                       std::int64_t now_ms) {
  auto log = evidence::CaseLog::open(dir);
  if (!log && log.error().code == Code::kClosed) return false;
  if (!log) return tl::unexpected<Error>(log.error());
  // Signed first, so that the count below is of everything that was kept.
  AFFIANT_CHECK(log->sign());
  AFFIANT_TRY(const evidence::Verdict verdict, evidence::verify_case(dir, {}));
  for (const evidence::SessionCount& s : verdict.sessions) {
    if (!s.opened || s.closed) continue;
    AFFIANT_CHECK(append(&*log, "session.close", s.session,
                         {{"session", s.session},
                          {"received", s.received},
                          {"last_q", s.last_seq},
                          {"reason", reason},
                          {"detail", detail.empty() ? json::Value() : json::Value(detail)},
                          {"by", "cli"}},
                         now_ms));
  }
  AFFIANT_CHECK(log->seal(now_ms));
  return true;
}

Status add_policy_file(const fs::path& dir, const fs::path& file, std::int64_t now_ms) {
  AFFIANT_TRY(const std::string bytes,
              read_file(file, limits::kExhibitBytes, "limits::kExhibitBytes"));
  AFFIANT_TRY(evidence::CaseLog log, evidence::CaseLog::open(dir));
  AFFIANT_TRY(const std::string sha256, log.add_exhibit(bytes));
  AFFIANT_CHECK(append(&log, "policy.file", 0,
                       {{"name", file.filename().string()},
                        {"size", bytes.size()},
                        {"exhibit", sha256},
                        {"exhibit_type", type_of(file)},
                        {"exhibit_size", bytes.size()}},
                       now_ms));
  return log.sign();
}

}  // namespace affiant::cli
