#include "cli/filter_lists.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/limits.h"

namespace affiant::cli {
namespace {

// Debian's packages webext-ublock-origin-chromium and webext-ublock-origin-firefox.
constexpr std::array<std::string_view, 2> kFolders = {
    "/usr/share/chromium/extensions/ublock-origin/assets/thirdparties/easylist",
    "/usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}/uBlock0@raymondhill.net/"
    "assets/thirdparties/easylist"};

// "! Title: EasyList", within the first lines.
std::string said_of_itself(std::string_view text, std::string_view field) {
  constexpr std::size_t kHeadLines = 60, kFieldBytes = 300;
  for (std::size_t n = 0; n < kHeadLines && !text.empty(); ++n) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (line.starts_with('!') || line.starts_with('#') || line.starts_with(' '))
      line.remove_prefix(1);
    if (!line.starts_with(field) || !line.substr(field.size()).starts_with(':')) continue;
    line.remove_prefix(field.size() + 1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    return printable(line, kFieldBytes);
  }
  return {};
}

std::string name_of(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

}  // namespace

knowledge::Provenance provenance_of_list(const std::string& file, std::string_view text) {
  std::string title = said_of_itself(text, "Title");
  std::string version = said_of_itself(text, "Version");
  // "%timestamp%": a list that was not put together by its publisher.
  if (version.empty() || version.find('%') != std::string::npos)
    version = said_of_itself(text, "Last modified");
  if (version.find('%') != std::string::npos) version.clear();
  std::string licence = said_of_itself(text, "Licence");
  if (licence.empty()) licence = said_of_itself(text, "License");
  const std::string name = printable(std::filesystem::path(file).filename().string(), 200);
  return {title.empty() ? name : title + " (" + name + ")", std::move(version),
          hex_digest(Digest::kSha256, text),
          licence.empty() ? "the list names none" : std::move(licence)};
}

std::vector<std::string> installed_filter_lists() {
  for (const std::string_view folder : kFolders) {
    std::vector<std::string> files;
    for (const std::string_view name : {"easylist.txt", "easyprivacy.txt"}) {
      const auto path = std::filesystem::path(folder) / name;
      std::error_code ignored;
      if (std::filesystem::is_regular_file(path, ignored)) files.push_back(path.string());
    }
    if (!files.empty()) return files;
  }
  return {};
}

Result<std::string> read_list_text(const std::string& file) {
  return read_file(file, limits::kListBytes, "limits::kListBytes");
}

Result<ReadList> read_filter_list(const std::string& file, std::string text) {
  AFFIANT_TRY(filters::FilterList list, filters::FilterList::parse(file, text));
  ListSummary summary{file, list.rules(), list.exceptions(), list.skipped(),
                      provenance_of_list(file, text)};
  return ReadList{std::move(text), std::move(list), std::move(summary)};
}

Result<knowledge::Layer> read_layer_file(const std::string& file, std::string_view text) {
  return knowledge::read_layer(name_of(file), text);
}

Result<std::vector<knowledge::Layer>> layers_of(const std::vector<std::string>& files) {
  std::vector<knowledge::Layer> layers;
  for (const std::string& file : files) {
    AFFIANT_TRY(const std::string text, read_list_text(file));
    if (knowledge::is_layer(text)) {
      AFFIANT_TRY(knowledge::Layer layer, read_layer_file(file, text));
      layers.push_back(std::move(layer));
    } else {
      layers.push_back(knowledge::read_alias_sections(text, provenance_of_list(file, text)));
    }
  }
  return layers;
}

Status must_hold_rules(const ListSummary& list) {
  if (list.rules > 0) return {};
  return fail(Code::kUsage, "{}: holds no rule that can match a request",
              printable(list.file, 400));
}

Result<FilterLists> read_filter_lists(std::vector<std::string> files) {
  if (files.empty()) files = installed_filter_lists();
  if (files.empty())
    return fail(Code::kNotFound,
                "no filter list: give one with --lists FILE, or install EasyList and EasyPrivacy "
                "(Debian: apt-get install webext-ublock-origin-chromium)");
  std::vector<filters::FilterList> lists;
  std::vector<ListSummary> summaries;
  std::vector<knowledge::Layer> layers;
  for (const std::string& file : files) {
    AFFIANT_TRY(std::string text, read_list_text(file));
    if (knowledge::is_layer(text)) {
      AFFIANT_TRY(knowledge::Layer layer, read_layer_file(file, text));
      layers.push_back(std::move(layer));
      continue;
    }
    AFFIANT_TRY(ReadList read, read_filter_list(file, std::move(text)));
    layers.push_back(knowledge::read_alias_sections(read.text, read.summary.provenance));
    summaries.push_back(std::move(read.summary));
    lists.push_back(std::move(read.list));
  }
  AFFIANT_TRY(filters::Engine engine, filters::Engine::create(std::move(lists)));
  return FilterLists{std::move(engine), std::move(summaries), std::move(layers)};
}

std::string summary_text(const std::string& file, const knowledge::Layer& layer) {
  std::string out = fmt::format("{}: {}, {} hosts, {} cookies, {} aliases\n", printable(file, 400),
                                knowledge::layer_kind_name(layer.kind), layer.hosts.size(),
                                layer.cookies.size(), layer.aliases.size());
  if (layer.skipped.count > 0) out += fmt::format("  {} skipped\n", layer.skipped.count);
  for (const std::string& place : layer.skipped.first) out += fmt::format("    {}\n", place);
  return out;
}

std::string summary_text(const ListSummary& list) {
  std::string out = fmt::format("{}: {} rules, {} of them exceptions\n", printable(list.file, 400),
                                list.rules, list.exceptions);
  for (std::size_t kind = 0; kind < list.skipped.size(); ++kind) {
    const filters::Skipped& skipped = list.skipped[kind];
    if (skipped.count == 0) continue;
    out += fmt::format("  {} skipped: {}\n", skipped.count,
                       filters::skip_words(static_cast<filters::Skip>(kind)));
    for (const filters::SkippedLine& line : skipped.first)
      out += fmt::format("    line {}: {}\n", line.line, line.text);
  }
  return out;
}

}  // namespace affiant::cli
