// The files of host/policy/data, compiled in by host/policy/embed.cmake. Internal to this layer.
#pragma once

#include <span>
#include <string_view>

namespace affiant::policy::tables {

extern const std::string_view kEnglish;         // en.tsv
extern const std::string_view kEnglishVendors;  // en_vendors.tsv
extern const std::string_view kLanguages;       // languages.tsv
extern const std::string_view kCookieTables;    // cookie_tables.tsv

struct LanguageTable {
  std::string_view code, text;
};
// The languages that are read by their table alone; made by host/policy/CMakeLists.txt.
std::span<const LanguageTable> language_tables();

}  // namespace affiant::policy::tables
