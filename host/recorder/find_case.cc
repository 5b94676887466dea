#include "recorder/find_case.h"

#include <chrono>
#include <thread>

#include "base/fs.h"
#include "evidence/identity.h"

namespace affiant::recorder {
namespace {

namespace stdfs = std::filesystem;

constexpr std::int64_t kRetryMs = 50;
constexpr std::size_t kNewestVisits = 16;

bool unsealed(const stdfs::path& dir) {
  std::error_code error;
  return stdfs::exists(dir / "case.key", error);
}

}  // namespace

Result<OpenCase> open_case(const stdfs::path& dir, std::int64_t wait_ms) {
  auto log = evidence::CaseLog::open(dir);
  for (std::int64_t waited = 0; !log && log.error().code == Code::kConflict && waited < wait_ms;
       waited += kRetryMs) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kRetryMs));
    log = evidence::CaseLog::open(dir);
  }
  if (!log) return tl::unexpected<Error>(log.error());
  AFFIANT_TRY(CaseHistory history, read_history(dir));
  return OpenCase{std::move(*log), std::move(history)};
}

bool case_exists(const stdfs::path& dir) {
  std::error_code error;
  return stdfs::exists(dir / "delegation.note", error);
}

Result<OpenCase> create_case(const Workplace& place, const stdfs::path& dir,
                             const std::string& host) {
  AFFIANT_TRY(const auto identity, evidence::Identity::load_or_create(place.identity_dir));
  AFFIANT_TRY(auto log,
              evidence::CaseLog::create(dir, identity, {host, "affiant " AFFIANT_VERSION}));
  return OpenCase{std::move(log), {}};
}

std::optional<OpenCase> find_left_open(const Workplace& place, const wire::Hello& hello,
                                       std::int64_t wait_ms) {
  const auto names = list_dir(place.cases_dir);
  if (!names) return std::nullopt;
  std::size_t looked_at = 0;
  for (auto name = names->rbegin(); name != names->rend() && looked_at < kNewestVisits; ++name) {
    const stdfs::path dir = place.cases_dir / *name;
    if (!unsealed(dir)) continue;
    ++looked_at;
    const auto before = read_history(dir);
    if (!before || !before->last || before->last->closed || before->last->browser != hello.browser)
      continue;
    auto opened = open_case(dir, before->last->boot == hello.boot ? wait_ms : 0);
    if (opened && opened->history.last && !opened->history.last->closed)
      return std::optional<OpenCase>(std::move(*opened));
  }
  return std::nullopt;
}

}  // namespace affiant::recorder
