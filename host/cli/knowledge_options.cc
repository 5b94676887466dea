#include "cli/knowledge_options.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "cli/added_lists.h"
#include "cli/filter_lists.h"

namespace affiant::cli {
namespace {

// $AFFIANT_LISTS: files with ':' between, or `none`.
std::vector<std::string> lists_by_environment() {
  std::vector<std::string> out;
  const char* set = std::getenv("AFFIANT_LISTS");
  std::string_view rest = set == nullptr ? "" : set;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(':'));
    if (!one.empty()) out.emplace_back(one);
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
  return out;
}

}  // namespace

void add_knowledge_options(CLI::App& command, KnowledgeOptions* options) {
  command
      .add_option(
          "--lists", options->lists,
          "Filter list in EasyList syntax that tells trackers, or a list of owners, cookies or "
          "aliases as `affiant kb add` takes it (repeatable; `none`: no list). "
          "Default: $AFFIANT_LISTS; else those of `affiant kb add`, and EasyList and EasyPrivacy "
          "where installed")
      ->allow_extra_args(false);
  command.add_option("--psl", options->psl,
                     "Public Suffix List to tell sites by, instead of the built-in one");
}

Result<KnowledgeInUse> knowledge_in_use(const KnowledgeOptions& options) {
  AFFIANT_TRY(site::SiteTable sites, options.psl.empty() ? site::SiteTable::built_in()
                                                         : site::SiteTable::from_file(options.psl));
  KnowledgeInUse out{std::move(sites), nullptr};
  std::vector<std::string> files = options.lists.empty() ? lists_by_environment() : options.lists;
  if (files == std::vector<std::string>{"none"}) return out;
  if (files.empty()) {
    AFFIANT_TRY(files, lists_by_default());
  }
  if (files.empty()) return out;
  AFFIANT_TRY(FilterLists read, read_filter_lists(std::move(files)));
  knowledge::use_layers(std::move(read.layers));
  if (read.lists.empty()) return out;
  auto lists = std::make_shared<report::ListsInUse>(report::ListsInUse{std::move(read.engine), {}});
  for (const ListSummary& list : read.lists) {
    AFFIANT_CHECK(must_hold_rules(list));
    lists->provenance.push_back(list.provenance);
  }
  out.lists = std::move(lists);
  return out;
}

}  // namespace affiant::cli
