#include "cli/paths.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>

#include "base/paths.h"
#include "base/user.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

Result<fs::path> base_dir(Folder folder) {
  if (const fs::path own = from_utf8(process_environment("AFFIANT_HOME")); !own.empty()) {
    std::error_code ignored;
    fs::path absolute = fs::absolute(own, ignored);
    return ignored ? own : absolute;
  }
  return own_folder(folder, process_environment);
}

}  // namespace

Result<fs::path> data_dir() { return base_dir(Folder::kData); }
Result<fs::path> config_dir() { return base_dir(Folder::kConfig); }

Result<fs::path> cases_dir() {
  AFFIANT_TRY(const fs::path data, data_dir());
  return data / "cases";
}

Result<fs::path> identity_dir() {
  AFFIANT_TRY(const fs::path config, config_dir());
  return config / "identity";
}

Result<fs::path> program_dir() {
  AFFIANT_TRY(const fs::path program, program_file());
  return program.parent_path();
}

Result<fs::path> host_program() {
  AFFIANT_TRY(const fs::path here, program_dir());
  std::string tried;
  for (const char* place : {"affiant-host", "../libexec/affiant-host",
                            "../libexec/affiant/affiant-host", "../lib/affiant/affiant-host"}) {
    const fs::path candidate =
        (here / fmt::format("{}{}", place, kProgramEnding)).lexically_normal();
    std::error_code error;
    if (!fs::is_regular_file(candidate, error)) {
      tried += (tried.empty() ? "" : ", ") + candidate.string();
      continue;
    }
    if (!is_program(candidate))
      return fail(Code::kHost, "the recorder {} cannot be executed. Make it so: chmod +x {}",
                  candidate.string(), candidate.string());
    return candidate;
  }
  return fail(Code::kHost,
              "the recorder affiant-host is not there; looked for {}. Build or install affiant "
              "again",
              tried);
}

Result<fs::path> extension_dir() {
  const auto complete = [](const fs::path& dir) {
    std::error_code error;
    return fs::is_regular_file(dir / "chromium" / "manifest.json", error) &&
           fs::is_regular_file(dir / "affiant-firefox.xpi", error);
  };
  if (const std::string set = process_environment("AFFIANT_EXTENSION_DIR"); !set.empty()) {
    std::error_code ignored;
    const fs::path dir = fs::absolute(from_utf8(set), ignored);
    if (complete(dir)) return dir;
    return fail(Code::kNotFound,
                "AFFIANT_EXTENSION_DIR={} has no chromium/manifest.json or no affiant-firefox.xpi. "
                "Make them: node packaging/build-extension.mjs --out {}",
                dir.string(), dir.string());
  }
  AFFIANT_TRY(const fs::path here, program_dir());
  std::string tried;
  for (const char* place : {"../extension", "../share/affiant/extension", "../../../dist"}) {
    const fs::path candidate = (here / place).lexically_normal();
    if (complete(candidate)) return candidate;
    tried += (tried.empty() ? "" : ", ") + candidate.string();
  }
  return fail(Code::kNotFound,
              "the built browser extension is not there; looked in {}. Build it (cmake --build), "
              "or set AFFIANT_EXTENSION_DIR",
              tried);
}

}  // namespace affiant::cli
