#include "cli/added_lists.h"

#include <iterator>

#include "base/bytes.h"
#include "base/fs.h"
#include "cli/paths.h"

namespace affiant::cli {
namespace fs = std::filesystem;

Result<fs::path> lists_dir() {
  AFFIANT_TRY(const fs::path config, config_dir());
  return config / "lists";
}

Result<std::vector<std::string>> added_lists() {
  AFFIANT_TRY(const fs::path folder, lists_dir());
  std::vector<std::string> out;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return out;
  AFFIANT_TRY(const std::vector<std::string> names, list_dir(folder));
  for (const std::string& name : names)
    if (fs::is_regular_file(folder / name, error)) out.push_back((folder / name).string());
  return out;
}

Result<std::vector<std::string>> lists_by_default() {
  AFFIANT_TRY(std::vector<std::string> files, added_lists());
  std::vector<std::string> installed = installed_filter_lists();
  std::move(installed.begin(), installed.end(), std::back_inserter(files));
  return files;
}

Result<ListSummary> add_list(const fs::path& file, bool replace) {
  AFFIANT_TRY(ReadList read, read_filter_list(file.string()));
  AFFIANT_CHECK(must_hold_rules(read.summary));
  AFFIANT_TRY(const fs::path folder, lists_dir());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(Code::kIo, "{}: cannot be made: {}", folder.string(), error.message());
  const fs::path to = folder / file.filename();
  if (fs::exists(to, error) && !replace)
    return fail(Code::kConflict, "{} is there already; --replace puts this one in its place",
                to.string());
  AFFIANT_CHECK(write_durably(system_fs(), to, read.text));
  read.summary.file = to.string();
  return std::move(read.summary);
}

Status remove_list(const std::string& name) {
  AFFIANT_TRY(const fs::path folder, lists_dir());
  if (fs::path(name).filename() != name || name.empty())
    return fail(Code::kUsage, "{}: not the name of a list; `affiant kb list` shows them",
                printable(name));
  std::error_code error;
  if (!fs::remove(folder / name, error))
    return fail(Code::kNotFound, "no list {} was added; `affiant kb list` shows them",
                printable(name));
  return {};
}

}  // namespace affiant::cli
