// Cases on this machine: one folder each under <data>/cases, or wherever `audit --case` put one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::cli {

// Help for a CASE argument.
inline constexpr const char* kCaseHelp =
    "A case or case set: an id, a unique beginning of one, `last`, or a path";

// What a listing shows, read from the ends of a case without verifying it.
struct CaseInfo {
  std::string id;   // Name of its folder; of a member of a set, "<set>/<engine>".
  std::string set;  // Name of the set's folder; empty for a case on its own.
  std::filesystem::path dir;
  std::string site;             // Host under audit, as log.genesis names it; may be empty.
  std::int64_t started_ms = 0;  // UTC, of log.genesis; 0 when it cannot be read.
  std::uint64_t entries = 0;    // Tree size of the last checkpoint.
  std::uint64_t bytes = 0;      // On disk.
  bool sealed = false;          // Its case key is gone.
  bool imported = false;        // Out of a bundle: read-only, perhaps with parts withheld.
  bool readable = true;  // False: something in it is not as it should be; `verify` says what.
};

CaseInfo case_info(const std::filesystem::path& dir);

// Whether the folder holds what a case is made of; says nothing about whether it is intact.
bool is_case(const std::filesystem::path& dir);

// All cases under <data>/cases, those in case sets included (case_set.h), oldest first. An empty
// list when there are none.
Result<std::vector<CaseInfo>> list_cases();

// Names a case or a case set: "last" (the newest of list_cases(), or the set that it is in), a path
// (anything with a '/', or "." or ".."), an id, a prefix that only one id has, or a folder of that
// name in the current one; "<one of these>/<engine>" names a member of a set. Says nothing about
// whether the case is intact. kNotFound; kUsage when a prefix is ambiguous.
Result<std::filesystem::path> find_case(std::string_view name);

// A folder name for a new case that sorts by time: "20261123-221405-417-shop.example".
std::string new_case_id(std::int64_t now_ms, std::string_view site);

// Lets the owner write all of it, or (an imported case) nobody; best effort.
void set_writable(const std::filesystem::path& dir, bool writable);

// Overwrites and removes every file of a case, then its folder. Only names that a case is made of
// are touched: kUsage, with nothing removed, when the folder is no case or holds anything else.
Status erase_case(const std::filesystem::path& dir);
// The same checks, and nothing else.
Status check_erasable(const std::filesystem::path& dir);

}  // namespace affiant::cli
