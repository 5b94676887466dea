#include "cli/radar_folder.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "knowledge/layer.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

Result<std::vector<fs::path>> json_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->path().extension() == ".json" && it->is_regular_file(ignored) &&
        !it->is_symlink(ignored))
      files.push_back(it->path());
    if (files.size() > knowledge::kLayerFiles)
      return fail(Code::kTooLarge, "{}: more than {} files (kLayerFiles)", folder.string(),
                  knowledge::kLayerFiles);
  }
  if (error) return fail(Code::kIo, "{}: {}", folder.string(), error.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<RadarFolder> read_radar_folder(const fs::path& folder) {
  AFFIANT_TRY(const std::vector<fs::path> files, json_files(folder));
  RadarFolder out;
  std::error_code error;
  out.name = fs::weakly_canonical(folder, error).filename().string() + ".jsonl";
  std::size_t skipped = 0;
  const auto skip = [&](std::string_view why) {
    if (++skipped <= knowledge::kLayerSkippedNamed)
      out.left_out += fmt::format("    {}\n", printable(why, 300));
  };
  for (const fs::path& file : files) {
    const auto text =
        read_file(file, knowledge::kLayerDocumentBytes, "knowledge::kLayerDocumentBytes");
    if (!text) {
      skip(text.error().message);
      continue;
    }
    const auto line = knowledge::tracker_radar_essence(file.string(), *text);
    if (!line)
      skip(line.error().message);
    else if (!*line)
      skip(file.string() + ": no file of Tracker Radar");
    else
      out.text += **line;
    if (out.text.size() > limits::kListBytes)
      return fail(Code::kTooLarge, "{}: more than {} bytes to keep (limits::kListBytes)",
                  folder.string(), limits::kListBytes);
  }
  if (out.text.empty())
    return fail(Code::kUsage, "{}: a folder without files of Tracker Radar", folder.string());
  if (skipped > 0) out.left_out = fmt::format("  {} files left out\n", skipped) + out.left_out;
  return out;
}

}  // namespace affiant::cli
