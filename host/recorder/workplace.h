// Where this host records: the folder of an audit (AFFIANT_RUN), or the user's own data folder.
// Nothing is created here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "base/random.h"
#include "wire/message.h"

namespace affiant::recorder {

struct Workplace {
  std::optional<wire::Plan> plan;          // Set in an audit, and only there.
  std::filesystem::path case_dir;          // Audit: the one case; may not exist yet.
  std::int64_t profile = 1;                // Audit: which of its fresh profiles this is.
  bool cleared = false;                    // Audit: of cookies and storage, before this session.
  bool keep_open = false;                  // Audit: another session follows, so nothing is sealed.
  std::filesystem::path progress_file;     // Audit: where milestones are told.
  std::filesystem::path cases_dir;         // Visit: one folder a case.
  std::filesystem::path identity_dir;      // Both.
  std::vector<std::string> extension_ids;  // Audit: accepted beside those built in.
};

// With AFFIANT_RUN: reads <AFFIANT_RUN>/plan.json strictly. Without: $AFFIANT_HOME, or the folders
// of base/paths.h. kUsage when none is an absolute path; kNotFound, kMalformed and
// kTooLarge for the plan.
Result<Workplace> find_workplace(const Environment& environment);

// A folder name that sorts by time and that no other case has:
// "20261123-221405-417-shop.example-1a2b3c4d".
Result<std::string> new_case_name(std::int64_t now_ms, std::string_view host, Random& random);

}  // namespace affiant::recorder
