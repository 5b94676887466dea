#include "cli/opened.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "bundle/zip.h"
#include "cli/case_set.h"
#include "cli/cases.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

std::string made_in(const fs::path& folder) {
  std::string name = (folder / ".affiant-XXXXXX").string();
  return ::mkdtemp(name.data()) == nullptr ? std::string() : name;
}

}  // namespace

ScratchDir::ScratchDir(fs::path path)
    : caught_(std::make_unique<CatchInterrupts>()), path_(std::move(path)) {}

ScratchDir::ScratchDir(ScratchDir&& other) noexcept
    : caught_(std::move(other.caught_)), path_(std::exchange(other.path_, {})) {}

ScratchDir::~ScratchDir() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<ScratchDir> ScratchDir::create(const fs::path& beside) {
  std::string made = beside.empty() ? std::string() : made_in(beside);
  std::error_code ignored;
  if (made.empty()) made = made_in(fs::temp_directory_path(ignored));
  if (made.empty())
    return fail(Code::kIo, "cannot make a temporary folder: {}. TMPDIR says where",
                std::strerror(errno));
  return ScratchDir(made);
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
