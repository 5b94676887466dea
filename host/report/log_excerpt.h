// Entries of a verified case as they stand in the log, each with its inclusion proof, and when
// every entry was made: what the HTML report needs beside the report itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "policy/declaration.h"

namespace affiant::report {

struct Report;

struct ExcerptEntry {
  std::uint64_t index = 0;
  std::string line;                      // The leaf's bytes.
  std::vector<std::string> disclosures;  // But for those of cookie and storage values.
  std::vector<std::string> path;         // Base64, from the leaf's sibling up.
};

struct LogExcerpt {
  std::string checkpoint;             // The signed note; empty: nothing was read.
  std::string verifier_key;           // Of the case, as in keys/case.vkey.
  std::vector<ExcerptEntry> entries;  // Ascending.
  std::uint64_t left_out = 0;         // Of those asked for, how many would have been too much.
  // UTC, ms, of each entry of the tree, as its sender claims; of an absent one that of the entry
  // before it.
  std::vector<std::int64_t> times_ms;
  std::vector<std::uint64_t> sessions;  // Of each entry; 0: of none, or absent.
  // By the id of a source of the declaration: the blocks of its text, where its exhibit is here.
  std::map<int, std::vector<policy::Block>> outlines;
};

// All entries that the report cites, each once: those of the strongest findings first, then those
// of cookies, storage, techniques and requests.
std::vector<std::uint64_t> entries_by_weight(const Report& report);

// `wanted` in order until they are limit_of_excerpt() bytes; an entry that is withheld from this
// copy is passed over. Values of cookies and storage are left out, since a report is shown to more
// people than a case. Nothing is verified here: only for a case that was.
Result<LogExcerpt> read_log_excerpt(const std::filesystem::path& case_dir, std::uint64_t tree_size,
                                    const std::vector<std::uint64_t>& wanted);

// LogExcerpt::outlines: each text read again from its exhibit, and kept only if it is the same.
std::map<int, std::vector<policy::Block>> read_outlines(const std::filesystem::path& case_dir,
                                                        const policy::Declaration& declaration);

}  // namespace affiant::report
