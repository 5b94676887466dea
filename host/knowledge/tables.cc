#include "knowledge/tables.h"

#include <algorithm>

namespace affiant::knowledge {
namespace {

std::vector<std::string_view> cells(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  std::size_t at = 0;
  while (true) {
    const std::size_t next = text.find(separator, at);
    out.push_back(text.substr(at, next == std::string_view::npos ? next : next - at));
    if (next == std::string_view::npos) return out;
    at = next + 1;
  }
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out = cells(text, separator);
  std::erase_if(out, [](std::string_view part) { return part.empty(); });
  return out;
}

std::vector<Row> parse_rows(std::string_view text, std::size_t columns, std::size_t* bad) {
  std::vector<Row> rows;
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with('#')) continue;
    Row row = cells(line, '\t');
    if (row.size() == columns) {
      rows.push_back(std::move(row));
    } else if (bad != nullptr) {
      ++*bad;
    }
  }
  return rows;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

}  // namespace affiant::knowledge
