// The compiled-in tables as rows. Internal to this layer.
//
// A table is UTF-8 text, one row a line, cells parted by one tab; lines that start with '#' and
// empty lines are comments.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::knowledge {

struct EmbeddedTable {
  std::string_view name;    // "vendors.tsv"
  std::string_view sha256;  // Hex, of the file.
  std::string_view text;
};
extern const EmbeddedTable k_owners_table;
extern const EmbeddedTable k_vendors_table;
extern const EmbeddedTable k_cookies_table;
extern const EmbeddedTable k_third_party_web_table;  // Without rows where it could not be had.

using Row = std::vector<std::string_view>;

// Rows of exactly `columns` cells; others are left out and counted in `bad`. Cells point into
// `text`.
std::vector<Row> parse_rows(std::string_view text, std::size_t columns, std::size_t* bad = nullptr);

// Cells of a list, parted by `separator`; empty parts are left out.
std::vector<std::string_view> split(std::string_view text, char separator);

std::string lower(std::string_view text);  // ASCII only.

}  // namespace affiant::knowledge
