#include "recorder/viewings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/paths.h"
#include "json/json.h"

namespace affiant::recorder {
namespace {

constexpr std::size_t kWaiting = 8;
constexpr std::size_t kSummaryBytes = 256U << 10U;  // Real ones have a few KB.
constexpr std::int64_t kMostNs = 120LL * 1'000'000'000;

// Exit codes of `affiant` (docs/errors.md) with which it has written what was asked for.
constexpr std::array kWritten = {0, 1, 4};

// A report is a line of JSON a part, in this order; those that are not there are empty.
constexpr std::array<const char*, 3> kParts = {"report", "texts", "proofs"};

std::vector<std::string> arguments_for(const wire::Show& show, const std::string& dir) {
  if (show.view == wire::View::kSummary) return {"summary", dir};
  return {"summary", dir, "--parts"};
}

// How much of `text` is whole characters (UTF-8), at most `most` bytes and never nothing.
std::size_t whole(std::string_view text, std::size_t most) {
  constexpr std::size_t kCharacter = 4;
  if (text.size() <= most) return text.size();
  for (std::size_t at = most; at > most - kCharacter; --at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) return at;
  return most;
}

bool is_summary(const json::Value& value) {
  const auto schema = value.is_object() ? value.find("schema") : value.end();
  return schema != value.end() && *schema == "affiant.summary/1";
}

}  // namespace

std::filesystem::path reader_beside_host() {
  const auto program = program_file();
  if (!program) return {};
  return program->parent_path() / fmt::format("affiant{}", kProgramEnding);
}

Viewings::Viewings(std::filesystem::path program, Clock& clock, Send send)
    : program_(std::move(program)), clock_(&clock), send_(std::move(send)) {}

int Viewings::output() const { return running_ ? running_->process.output() : -1; }

std::int64_t Viewings::wait_ms() const {
  if (!running_) return -1;
  return std::max<std::int64_t>(0, (running_->ends_ns - clock_->mono_ns()) / 1'000'000 + 1);
}

Status Viewings::show(const wire::Show& wanted, const std::filesystem::path& case_dir) {
  if (waiting_.size() >= kWaiting)
    return refuse(wanted, {Code::kTooLarge, "too much is asked for at once; ask again later"});
  waiting_.push_back({wanted, case_dir});
  return running_ ? Status{} : next();
}

Status Viewings::refuse(const wire::Show& wanted, const Error& error) const {
  return answer(wanted, {}, 0, error);
}

Status Viewings::next() {
  while (!running_ && !waiting_.empty()) {
    const Wanted wanted = std::move(waiting_.front());
    waiting_.pop_front();
    auto process = ReaderProcess::start(
        program_, arguments_for(wanted.show, std::filesystem::absolute(wanted.case_dir).string()));
    if (process)
      running_.emplace(
          Running{wanted.show, std::move(*process), clock_->mono_ns() + kMostNs, std::string(), 0});
    else
      AFFIANT_CHECK(refuse(wanted.show, process.error()));
  }
  return {};
}

Status Viewings::pass_on(bool readable) {
  if (!running_) return {};
  if (clock_->mono_ns() >= running_->ends_ns)
    return end(Error{Code::kTimeout, "reading the case took too long and was given up"});
  if (!readable) return {};
  const auto more = running_->process.read(&running_->text);
  if (!more) return end(more.error());
  const bool summary = running_->show.view == wire::View::kSummary;
  if (summary && running_->text.size() > kSummaryBytes)
    return end(Error{Code::kTooLarge, "the summary of the case is too large"});
  if (!summary) AFFIANT_CHECK(send_pieces());
  if (*more) return {};
  const int code = running_->process.finish();
  if (std::find(kWritten.begin(), kWritten.end(), code) != kWritten.end()) return end({});
  return end(
      Error{code == 3 ? Code::kBroken : Code::kIo,
            fmt::format("the case could not be read (exit code {}). `affiant verify {}` says more",
                        code, running_->show.case_id)});
}

// What makes a piece, or ends a part; the rest waits for more.
Status Viewings::send_pieces() {
  std::string& text = running_->text;
  std::size_t at = 0;
  while (running_->part < kParts.size()) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::size_t line = rest.find('\n');
    if (line == std::string_view::npos && rest.size() <= wire::kPieceBytes) break;
    const std::size_t size = whole(rest.substr(0, line), wire::kPieceBytes);
    const bool done = size == line;
    AFFIANT_CHECK(send_part(rest.substr(0, size), done));
    at += size + (done ? 1 : 0);
  }
  text.erase(0, at);
  return {};
}

Status Viewings::send_part(std::string_view text, bool done) {
  AFFIANT_CHECK(send_(wire::ReportPart{
      running_->show.case_id, kParts[running_->part], std::string(text), done, {}}));
  if (done) ++running_->part;
  return {};
}

Status Viewings::end(const std::optional<Error>& error) {
  Running done = std::move(*running_);
  running_.reset();
  AFFIANT_CHECK(answer(done.show, done.text, done.part, error));
  return next();
}

Status Viewings::answer(const wire::Show& show, const std::string& text, std::size_t part,
                        const std::optional<Error>& error) const {
  if (show.view == wire::View::kReport) {
    for (; part < kParts.size(); ++part) {
      AFFIANT_CHECK(send_(wire::ReportPart{show.case_id, kParts[part], {}, true, error}));
      if (error) break;
    }
    return {};
  }
  if (error) return send_(wire::Summary{show.case_id, nullptr, error});
  auto figures = json::parse(text, "summary");
  if (!figures) return send_(wire::Summary{show.case_id, nullptr, figures.error()});
  const Error other{Code::kUnsupported,
                    "the affiant beside this host is of another version. Install both together"};
  if (!is_summary(*figures)) return send_(wire::Summary{show.case_id, nullptr, other});
  return send_(wire::Summary{show.case_id, std::move(*figures), {}});
}

}  // namespace affiant::recorder
