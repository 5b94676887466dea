// What a command judges a record by beside the built-in tables: filter lists and a Public Suffix
// List of the user's.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "report/report.h"
#include "site/site.h"

namespace affiant::cli {

struct KnowledgeOptions {
  std::vector<std::string>
      lists;  // Files; "none" alone: no list at all; empty: lists_by_default().
  std::string psl;
};

void add_knowledge_options(CLI::App& command, KnowledgeOptions* options);

struct KnowledgeInUse {
  site::SiteTable sites;
  std::shared_ptr<const report::ListsInUse> lists;  // nullptr: none.
};

// Reads the files. kUsage for those that cannot be read or hold no rule.
Result<KnowledgeInUse> knowledge_in_use(const KnowledgeOptions& options);

}  // namespace affiant::cli
