// Lists that the user keeps with affiant: `affiant kb add`, `kb list`, `kb remove`. They lie as
// they came in <config>/lists, each a layer of its own with its licence; of a Tracker Radar folder
// what is read of it lies there as one file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/filter_lists.h"

namespace affiant::cli {

Result<std::filesystem::path> lists_dir();
// Their files, by name; none when the folder is not there.
Result<std::vector<std::string>> added_lists();
// What a report asks when it is told nothing: added_lists(), then installed_filter_lists().
Result<std::vector<std::string>> lists_by_default();

struct AddedList {
  std::string summary;  // Lines of text: what it holds, what was skipped.
  std::string licence;
};
// Copies the list of that file or folder, and says what it holds and where it lies now. kUsage when
// it holds nothing that can be used, kConflict when one of the name is there and `replace` is not
// set.
Result<AddedList> add_list(const std::filesystem::path& file, bool replace);
Status remove_list(const std::string& name);

}  // namespace affiant::cli
