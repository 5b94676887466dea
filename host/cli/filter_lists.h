// The filter lists that a command asks: files the user names, else those that Debian installs; and
// among those files the layers of the knowledge base, told by their content.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "filters/filters.h"
#include "knowledge/layer.h"

namespace affiant::cli {

struct ListSummary {
  std::string file;
  std::size_t rules = 0, exceptions = 0;
  filters::SkippedByKind skipped;
  knowledge::Provenance provenance;  // By what its head says of itself.
};

struct FilterLists {
  filters::Engine engine;
  std::vector<ListSummary> lists;        // In the order in which they were read.
  std::vector<knowledge::Layer> layers;  // Likewise; with what the lists' sections say of aliases.
};

// The files of EasyList and EasyPrivacy that a Debian package brings, or none.
std::vector<std::string> installed_filter_lists();

struct ReadList {
  std::string text;
  filters::FilterList list;
  ListSummary summary;
};
// The text of a file, list or layer. Errors name the file.
Result<std::string> read_list_text(const std::string& file);
// Errors name the file and the place in it. A list without a rule that can match is read as well.
Result<ReadList> read_filter_list(const std::string& file, std::string text);
// By what the head of a list says of itself.
knowledge::Provenance provenance_of_list(const std::string& file, std::string_view text);
// A layer of the knowledge base, named by its file; kUnsupported for another format.
Result<knowledge::Layer> read_layer_file(const std::string& file, std::string_view text);
// The layers among the files, and what their filter lists say of aliases.
Result<std::vector<knowledge::Layer>> layers_of(const std::vector<std::string>& files);
// kUsage, naming it, for such a list.
Status must_hold_rules(const ListSummary& list);

// `files` empty: installed_filter_lists(), kNotFound with what to do when there are none. Other
// errors name the file and the place in it.
Result<FilterLists> read_filter_lists(std::vector<std::string> files);

// "tds.json: DuckDuckGo TDS, 6949 hosts ...", and what was skipped with its first places.
std::string summary_text(const std::string& file, const knowledge::Layer& layer);
// "easylist.txt: 48,511 rules ...", and what was skipped with its first lines; one line each.
std::string summary_text(const ListSummary& list);

}  // namespace affiant::cli
