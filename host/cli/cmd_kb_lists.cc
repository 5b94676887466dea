// `affiant kb add`, `kb list`, `kb remove`: lists of the user's, each a layer with its licence.
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
  fmt::print("{}", added->summary);
  fmt::print("  licence: {}. It stays on this machine: reports cite single facts of it.\n",
             printable(added->licence, 300));
  return kOk;
}

int run_remove(const Options& options) {
  if (const Status removed = remove_list(options.file); !removed) {
    report_error(removed.error());
    return kUsageError;
  }
  return kOk;
}

// What a layer holds; of a compiled-in table nothing is told.
struct Counts {
  const ListSummary* list = nullptr;
  const knowledge::Layer* layer = nullptr;
};

json::Value to_json(const knowledge::Provenance& p, std::string_view kind, const Counts& counts) {
  const auto of_layer = [&](auto rows) {
    return counts.layer == nullptr ? json::Value() : json::Value(((*counts.layer).*rows).size());
  };
  return {{"kind", kind},
          {"source", p.source},
          {"version", p.version},
          {"sha256", p.sha256},
          {"licence", p.licence},
          {"rules", counts.list == nullptr ? json::Value() : json::Value(counts.list->rules)},
          {"hosts", of_layer(&knowledge::Layer::hosts)},
          {"cookies", of_layer(&knowledge::Layer::cookies)},
          {"aliases", of_layer(&knowledge::Layer::aliases)}};
}

int print_layer(const Options& options, const knowledge::Provenance& p, std::string_view kind,
                const Counts& counts) {
  if (options.format == "json") {
    const auto text = json::canonical(to_json(p, kind, counts));
    if (!text) return report_error(text.error());
    fmt::print("{}\n", *text);
    return kOk;
  }
  fmt::print("{}\n  {:<9} {}\n  {:<9} {}\n  {:<9} {}\n", printable(p.source, 400), "kind", kind,
             "version", p.version.empty() ? "not named" : printable(p.version, 100), "licence",
             printable(p.licence, 300));
  if (counts.list != nullptr)
    fmt::print("  {:<9} {}, {} of them exceptions\n", "rules", counts.list->rules,
               counts.list->exceptions);
  if (counts.layer != nullptr)
    fmt::print("  {:<9} {} hosts, {} cookies, {} aliases\n", "rows", counts.layer->hosts.size(),
               counts.layer->cookies.size(), counts.layer->aliases.size());
  fmt::print("  {:<9} {}\n", "sha256", p.sha256);
  return kOk;
}

// A file is a layer, or a filter list that may have sections of aliases.
Result<int> print_file(const Options& options, const std::string& file, std::string_view kind) {
  AFFIANT_TRY(std::string text, read_list_text(file));
  if (knowledge::is_layer(text)) {
    AFFIANT_TRY(const knowledge::Layer layer, read_layer_file(file, text));
    return print_layer(options, layer.provenance, kind, {nullptr, &layer});
  }
  AFFIANT_TRY(const ReadList read, read_filter_list(file, std::move(text)));
  const knowledge::Layer aliases =
      knowledge::read_alias_sections(read.text, read.summary.provenance);
  return print_layer(options, read.summary.provenance, kind,
                     {&read.summary, aliases.aliases.empty() ? nullptr : &aliases});
}

int run_list(const Options& options) {
  for (const knowledge::Provenance& p : knowledge::provenance())
    if (const int code = print_layer(options, p, "built in", {}); code != kOk) return code;
  const auto added = added_lists();
  if (!added) return report_error(added.error());
  for (const auto& [files, kind] :
       {std::pair(*added, "added"),
        std::pair(installed_filter_lists(), "installed with a package")}) {
    for (const std::string& file : files) {
      const auto code = print_file(options, file, kind);
      if (!code) return report_error(code.error());
      if (*code != kOk) return *code;
    }
  }
  return kOk;
}

}  // namespace

void add_kb_lists(CLI::App& kb, Run* run) {
  auto options = std::make_shared<Options>();
  CLI::App* add =
      kb.add_subcommand("add", "Keep a list of rules, owners, cookies or aliases for all reports");
  add->add_option("FILE", options->file,
                  "EasyList syntax, Tracker Radar (a folder, or files put together), tds.json, "
                  "Disconnect's services.json or entities.json, trackerdb.json, "
                  "open-cookie-database.csv, AdGuard's CNAME trackers: told by its content")
      ->required()
      ->check(CLI::ExistingPath);
  add->add_flag("--replace", options->replace, "In place of one of the same name");
  add->footer(
      "Examples:\n  affiant kb add ~/Downloads/easyprivacy.txt\n"
      "  affiant kb add ~/tracker-radar/domains/US\n");
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
