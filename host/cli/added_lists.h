// Filter lists that the user keeps with affiant: `affiant kb add`, `kb list`, `kb remove`. They lie
// as they came in <config>/lists, each a layer of its own with the licence that it names.
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

// Copies the list of that file, and says what it holds and where it lies now. kUsage when it holds
// no rule that can match, kConflict when one of the name is there and `replace` is not set.
Result<ListSummary> add_list(const std::filesystem::path& file, bool replace);
Status remove_list(const std::string& name);

}  // namespace affiant::cli
