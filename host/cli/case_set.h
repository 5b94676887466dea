// A case set: one folder with one case an engine in it, named after the engine. Nothing else is
// there and nothing about it is written down (docs/adr/0005): each case is sealed on its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::cli {

struct SetMember {
  std::string engine;  // "chromium", "firefox": the folder's name.
  std::filesystem::path dir;
};

// The engines that a whole set has a case of.
const std::vector<std::string>& set_engines();

// The cases in `dir`, in the order of set_engines(). Empty when it is no set: a case is none.
std::vector<SetMember> set_members(const std::filesystem::path& dir);
std::vector<std::string> missing_engines(const std::vector<SetMember>& members);

// What a report calls a case: the folder's name, for a member of a set after that of the set.
std::string case_id_of(const std::filesystem::path& dir);

// erase_case() for a case or for all members of a set, and the set's folder. Nothing is removed
// unless all of it can be.
Status erase_case_or_set(const std::filesystem::path& dir);

}  // namespace affiant::cli
