// `affiant kb add`, `kb list`, `kb remove`: filter lists of the user's, each a layer with its
// licence.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "base/bytes.h"
#include "cli/added_lists.h"
#include "cli/commands.h"
#include "json/json.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string file, format = "text";
  bool replace = false;
};

int run_add(const Options& options) {
  const auto added = add_list(options.file, options.replace);
  if (!added) {
    const int code = report_error(added.error());
    return added.error().code == Code::kIo ? code : kUsageError;
  }
  fmt::print("{}", summary_text(*added));
  fmt::print("  licence: {}. It stays on this machine: reports cite single rules of it.\n",
             printable(added->provenance.licence, 300));
  return kOk;
}

int run_remove(const Options& options) {
  if (const Status removed = remove_list(options.file); !removed) {
    report_error(removed.error());
    return kUsageError;
  }
  return kOk;
}

int print_layer(const Options& options, const knowledge::Provenance& p, std::string_view kind,
                const ListSummary* list) {
  if (options.format == "json") {
    json::Value line = {{"kind", kind},
                        {"source", p.source},
                        {"version", p.version},
                        {"sha256", p.sha256},
                        {"licence", p.licence},
                        {"rules", list == nullptr ? json::Value() : json::Value(list->rules)}};
    const auto text = json::canonical(line);
    if (!text) return report_error(text.error());
    fmt::print("{}\n", *text);
    return kOk;
  }
  fmt::print("{}\n  {:<9} {}\n  {:<9} {}\n  {:<9} {}\n", printable(p.source, 400), "kind", kind,
             "version", p.version.empty() ? "not named" : printable(p.version, 100), "licence",
             printable(p.licence, 300));
  if (list != nullptr)
    fmt::print("  {:<9} {}, {} of them exceptions\n", "rules", list->rules, list->exceptions);
  fmt::print("  {:<9} {}\n", "sha256", p.sha256);
  return kOk;
}

int run_list(const Options& options) {
  for (const knowledge::Provenance& p : knowledge::provenance())
    if (const int code = print_layer(options, p, "built in", nullptr); code != kOk) return code;
  const auto added = added_lists();
  if (!added) return report_error(added.error());
  for (const auto& [files, kind] :
       {std::pair(*added, "added"),
        std::pair(installed_filter_lists(), "installed with a package")}) {
    for (const std::string& file : files) {
      const auto read = read_filter_list(file);
      if (!read) return report_error(read.error());
      const ListSummary& list = read->summary;
      if (const int code = print_layer(options, list.provenance, kind, &list); code != kOk)
        return code;
    }
  }
  return kOk;
}

}  // namespace

void add_kb_lists(CLI::App& kb, Run* run) {
  auto options = std::make_shared<Options>();
  CLI::App* add = kb.add_subcommand("add", "Keep a filter list in EasyList syntax for all reports");
  add->add_option("FILE", options->file, "The list")->required()->check(CLI::ExistingFile);
  add->add_flag("--replace", options->replace, "In place of one of the same name");
  add->footer("Example:\n  affiant kb add ~/Downloads/easyprivacy.txt\n");
  add->callback([=] { *run = [=] { return run_add(*options); }; });
  CLI::App* remove = kb.add_subcommand("remove", "Forget a list that was added");
  remove->add_option("NAME", options->file, "Its name, as `affiant kb list` has it")->required();
  remove->callback([=] { *run = [=] { return run_remove(*options); }; });
  CLI::App* list = kb.add_subcommand("list", "What hosts, cookies and requests are judged by");
  list->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  list->callback([=] { *run = [=] { return run_list(*options); }; });
}

}  // namespace affiant::cli
