#include "cli/added_lists.h"

#include <iterator>

#include "base/bytes.h"
#include "base/fs.h"
#include "cli/paths.h"
#include "cli/radar_folder.h"

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

Result<AddedList> add_list(const fs::path& file, bool replace) {
  std::error_code error;
  RadarFolder radar;
  if (fs::is_directory(file, error)) {
    AFFIANT_TRY(radar, read_radar_folder(file));
  } else {
    AFFIANT_TRY(radar.text, read_list_text(file.string()));
    radar.name = file.filename().string();
  }
  AFFIANT_TRY(const fs::path folder, lists_dir());
  const fs::path to = folder / radar.name;
  AddedList added;
  if (knowledge::is_layer(radar.text)) {
    AFFIANT_TRY(const knowledge::Layer layer, read_layer_file(to.string(), radar.text));
    if (layer.hosts.empty() && layer.cookies.empty() && layer.aliases.empty())
      return fail(Code::kUsage, "{}: {}, but without a row that can be used; {} skipped",
                  printable(file.string(), 400), knowledge::layer_kind_name(layer.kind),
                  layer.skipped.count);
    added = {summary_text(to.string(), layer) + radar.left_out, layer.provenance.licence};
  } else {
    AFFIANT_TRY(ReadList read, read_filter_list(file.string(), radar.text));
    AFFIANT_CHECK(must_hold_rules(read.summary));
    read.summary.file = to.string();
    added = {summary_text(read.summary), read.summary.provenance.licence};
  }
  fs::create_directories(folder, error);
  if (error) return fail(Code::kIo, "{}: cannot be made: {}", folder.string(), error.message());
  if (fs::exists(to, error) && !replace)
    return fail(Code::kConflict, "{} is there already; --replace puts this one in its place",
                to.string());
  AFFIANT_CHECK(write_durably(system_fs(), to, radar.text));
  return added;
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
