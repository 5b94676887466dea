// A folder of Tracker Radar: one JSON file a domain or entity, some of several megabytes, in tens
// of thousands.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace affiant::cli {

struct RadarFolder {
  std::string text;      // What a layer uses of each file, a line each, in the order of paths.
  std::string name;      // Of a file that holds it: "US.jsonl".
  std::string left_out;  // Lines of text; empty: nothing was.
};

// kUsage when no file of it is of Tracker Radar. Links are not followed.
Result<RadarFolder> read_radar_folder(const std::filesystem::path& folder);

}  // namespace affiant::cli
