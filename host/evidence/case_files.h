// The files of a case that the log cites by hash, and those that do not belong.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/verify.h"

namespace affiant::evidence {

// Adds the exhibits that an entry with this body cites.
void collect_exhibits(std::string_view body, std::set<std::string>& out);

// Every file in exhibits/ must have the bytes of its name, and every cited one must be there.
void check_exhibits(const std::filesystem::path& dir, const std::set<std::string>& cited,
                    Verdict& verdict);

// The same for torn/ and the hashes that log.recovered entries name. Returns the names of good
// files that no entry names: a recovery stopped half-way.
std::vector<std::string> check_torn(const std::filesystem::path& dir,
                                    const std::set<std::string>& named, Verdict& verdict);

// Whether a case of so many entries, or a bundle of it, may hold a file of that name, relative to
// it and spelt as docs/log-format.md does: nothing else passes, no path that leads out of it.
bool is_case_file(const std::string& file, std::uint64_t last_segment, std::uint64_t entries);
// Those of them that only a bundle has.
bool is_bundle_only_file(const std::string& file);

// Notes every file that is no part of a case of this size.
void note_unknown_files(const std::filesystem::path& dir, std::uint64_t last_segment,
                        std::uint64_t entries, Verdict& verdict);

// SHA-256 of a file read in pieces, as 64 hex digits.
Result<std::string> hash_file(const std::filesystem::path& path);

}  // namespace affiant::evidence
