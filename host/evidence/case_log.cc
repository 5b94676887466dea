#include "evidence/case_log.h"

#include "evidence/case_writer.h"

namespace affiant::evidence {

CaseLog::CaseLog(std::unique_ptr<CaseWriter> writer) : writer_(std::move(writer)) {}
CaseLog::CaseLog(CaseLog&&) noexcept = default;
CaseLog& CaseLog::operator=(CaseLog&& other) noexcept {
  if (this != &other) {
    if (writer_) writer_->finish();
    writer_ = std::move(other.writer_);
  }
  return *this;
}
CaseLog::~CaseLog() {
  if (writer_) writer_->finish();
}

Result<CaseLog> CaseLog::create(const std::filesystem::path& dir, const Identity& identity,
                                const Options& options, const Environment& environment) {
  AFFIANT_TRY(auto writer, CaseWriter::create(dir, identity, options, environment));
  return CaseLog(std::move(writer));
}

Result<CaseLog> CaseLog::open(const std::filesystem::path& dir, const Environment& environment) {
  AFFIANT_TRY(auto writer, CaseWriter::open(dir, environment));
  return CaseLog(std::move(writer));
}

Result<std::uint64_t> CaseLog::append(const NewEntry& entry) { return writer_->append(entry); }
Result<std::string> CaseLog::add_exhibit(std::string_view bytes) {
  return writer_->add_exhibit(bytes);
}
Status CaseLog::cite_time(std::string_view response, std::int64_t time_ms) {
  return writer_->cite_time(response, time_ms);
}
Status CaseLog::commit() { return writer_->commit(); }
Status CaseLog::sign() { return writer_->sign(); }
Result<std::int64_t> CaseLog::poll() { return writer_->poll(); }
Status CaseLog::seal(std::int64_t time_ms) { return writer_->seal(time_ms); }

std::uint64_t CaseLog::size() const { return writer_->size(); }
std::uint64_t CaseLog::durable() const { return writer_->durable(); }
const Recovery& CaseLog::recovery() const { return writer_->recovery(); }
const std::string& CaseLog::origin() const { return writer_->origin(); }
std::string CaseLog::root_base64() const { return base64_encode(writer_->root()); }
const std::filesystem::path& CaseLog::dir() const { return writer_->dir(); }

}  // namespace affiant::evidence
