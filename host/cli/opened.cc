#include "cli/opened.h"

#include <string_view>
#include <utility>

#include "bundle/zip.h"
#include "cli/case_set.h"
#include "cli/cases.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".affiant";  // Hidden: no listing of cases takes it for one.

}  // namespace

ScratchDir::ScratchDir(browser::TempDir dir)
    : caught_(std::make_unique<CatchInterrupts>()), dir_(std::move(dir)) {}

Result<ScratchDir> ScratchDir::create(const fs::path& beside) {
  if (!beside.empty())
    if (auto made = browser::TempDir::create(kPrefix, beside)) return ScratchDir(std::move(*made));
  std::error_code ignored;
  AFFIANT_TRY(auto made, browser::TempDir::create(kPrefix, fs::temp_directory_path(ignored)));
  return ScratchDir(std::move(made));
}

Result<Opened> open_case_or_bundle(const std::string& name) {
  AFFIANT_TRY(const fs::path found, find_case(name));
  std::error_code ignored;
  if (!fs::is_regular_file(found, ignored)) return Opened{found, case_id_of(found), std::nullopt};
  AFFIANT_TRY(ScratchDir scratch, ScratchDir::create());
  AFFIANT_CHECK(
      bundle::unpack(found, scratch.path(), [](std::uint64_t) { return !interrupted(); }));
  const fs::path dir = scratch.path();
  return Opened{dir, found.filename().string(), std::move(scratch)};
}

}  // namespace affiant::cli
