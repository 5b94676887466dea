// The filter lists that a command asks: files the user names, else those that Debian installs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "filters/filters.h"
#include "knowledge/knowledge.h"

namespace affiant::cli {

struct ListSummary {
  std::string file;
  std::size_t rules = 0, exceptions = 0;
  filters::SkippedByKind skipped;
  knowledge::Provenance provenance;  // By what its head says of itself.
};

struct FilterLists {
  filters::Engine engine;
  std::vector<ListSummary> lists;  // In the order in which they were read.
};

// The files of EasyList and EasyPrivacy that a Debian package brings, or none.
std::vector<std::string> installed_filter_lists();

struct ReadList {
  std::string text;
  filters::FilterList list;
  ListSummary summary;
};
// Errors name the file and the place in it. A list without a rule that can match is read as well.
Result<ReadList> read_filter_list(const std::string& file);
// kUsage, naming it, for such a list.
Status must_hold_rules(const ListSummary& list);

// `files` empty: installed_filter_lists(), kNotFound with what to do when there are none. Other
// errors name the file and the place in it.
Result<FilterLists> read_filter_lists(std::vector<std::string> files);

// "easylist.txt: 48,511 rules ...", and what was skipped with its first lines; one line each.
std::string summary_text(const ListSummary& list);

}  // namespace affiant::cli
