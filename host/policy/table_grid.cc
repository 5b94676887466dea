#include "policy/table_grid.h"

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "policy/cookie_names.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kHeadBytes = 90;  // A longer cell is no label.

std::string_view text_of(const Document& document, const Block* cell) {
  return cell == nullptr ? std::string_view() : document.of(*cell);
}

bool is_rule(std::string_view cell) {
  return cell.find_first_not_of("-: ") == std::string_view::npos;
}

// "www.shop.example": no figure, no underscore, a last label of letters only.
bool is_host(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 3 > name.size()) return false;
  return name.find_first_of("_*#$ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos &&
         name.substr(dot + 1).find_first_not_of("abcdefghijklmnopqrstuvwxyz") ==
             std::string_view::npos;
}

bool odd_name(std::string_view name) {
  if (!may_be_name(name) || is_host(name)) return false;
  if (name.find_first_of("_*#.$0123456789") != std::string_view::npos) return true;
  for (std::size_t i = 1; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    if (upper && name[i - 1] >= 'a' && name[i - 1] <= 'z') return true;  // "siteCountry"
  }
  return name.size() > 1 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z'); });
}

struct Share {
  std::size_t of = 0, good = 0;
  bool most() const { return of > 0 && good * 5 >= of * 3; }
};

Share names_share(const Document& document, const Grid& grid, std::size_t column, std::size_t body,
                  bool strictly) {
  Share share;
  for (std::size_t r = body; r < grid.rows.size(); ++r) {
    const std::string_view cell = text_of(document, grid.rows[r][column]);
    if (cell.empty()) continue;
    ++share.of;
    share.good += holds_names(cell, strictly) ? 1U : 0U;
  }
  return share;
}

bool mentions_cookie(std::string_view text) {
  const std::string folded = fold(text);
  for (const std::string_view word :
       {"cookie", "traceur", "tracker", "local storage", "localstorage"}) {
    if (folded.find(word) != std::string::npos) return true;
  }
  return false;
}

// A column of odd names beside one of lifetimes, without any head.
bool headless(const Document& document, const Grid& grid, std::string_view above, Layout* layout) {
  if (!mentions_cookie(above) || grid.rows.size() < 2) return false;
  const std::size_t width = grid.rows[0].size();
  layout->columns.assign(width, Column::kNone);
  layout->body = 0;
  for (std::size_t c = 0; c < width; ++c) {
    if (!names_share(document, grid, c, 0, true).most()) continue;
    for (std::size_t other = 0; other < width; ++other) {
      Share share;
      for (const auto& row : grid.rows) {
        const std::string_view cell = text_of(document, row[other]);
        if (cell.empty()) continue;
        ++share.of;
        share.good += cell.size() < 60 && lifetime_of(cell).stated ? 1U : 0U;
      }
      if (other == c || !share.most()) continue;
      layout->columns[c] = Column::kName;
      layout->columns[other] = Column::kLifetime;
      layout->name = c;
      return true;
    }
  }
  return false;
}

}  // namespace

bool holds_names(std::string_view cell, bool strictly) {
  const std::vector<std::string> names = names_in(cell);
  if (names.empty()) return false;
  std::size_t good = 0;
  for (const std::string& name : names) {
    const auto spaces = std::count(name.begin(), name.end(), ' ');
    // The name may be followed by what kind it is: "wp-settings cookie", "Traceur Firebase".
    const bool plain = spaces == 0 && may_be_name(name);
    good += (strictly ? odd_name(name)
                      : plain || (spaces <= 2 && odd_name(name.substr(0, name.find(' ')))))
                ? 1U
                : 0U;
  }
  return good * 2 >= names.size() && good > 0;
}

std::vector<Grid> grids_of(const Document& document) {
  std::map<int, std::map<int, std::map<int, const Block*>>> tables;
  std::map<int, std::size_t> first;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    if (block.kind != BlockKind::kCell || block.row < 0 || block.column < 0 ||
        static_cast<std::size_t>(block.column) >= limits::kTableColumns)
      continue;
    first.try_emplace(block.table, i);
    tables[block.table][block.row].try_emplace(block.column, &block);
  }
  std::vector<Grid> grids;
  for (const auto& [id, rows] : tables) {
    Grid grid;
    grid.id = id;
    grid.first_block = first[id];
    std::size_t width = 0;
    for (const auto& [row, cells] : rows)
      width = std::max(width, static_cast<std::size_t>(cells.rbegin()->first) + 1);
    for (const auto& [row, cells] : rows) {
      std::vector<const Block*> line(width, nullptr);
      bool only_rules = true, header = true;
      for (const auto& [column, cell] : cells) {
        line[static_cast<std::size_t>(column)] = cell;
        only_rules = only_rules && is_rule(document.of(*cell));
        header = header && cell->header;
      }
      if (only_rules) continue;  // The "---" of a table written twice.
      if (grid.rows.empty()) grid.marked_header = header;
      grid.rows.push_back(std::move(line));
    }
    if (!grid.rows.empty()) grids.push_back(std::move(grid));
  }
  return grids;
}

bool cookie_layout(const Document& document, const Grid& grid, std::string_view above,
                   Layout* layout) {
  if (grid.rows.size() < 2) return false;
  const auto& head = grid.rows[0];
  layout->columns.assign(head.size(), Column::kNone);
  layout->body = 1;
  bool cookie_said = mentions_cookie(above), found = false;
  std::size_t known = 0;
  std::size_t names_by_look = 0;
  for (std::size_t c = 0; c < head.size(); ++c) {
    const std::string_view label = text_of(document, head[c]);
    if (label.empty() || label.size() > kHeadBytes) continue;
    cookie_said = cookie_said || mentions_cookie(label);
    Column column = column_of(label);
    if (column == Column::kName && found) {
      // Of two columns that may hold the names, the one that looks like it.
      if (names_share(document, grid, c, 1, true).good > names_by_look) {
        layout->columns[layout->name] = Column::kCategory;
      } else {
        column = Column::kCategory;
      }
    }
    if (column == Column::kName) {
      layout->name = c;
      found = true;
      names_by_look = names_share(document, grid, c, 1, true).good;
    }
    layout->columns[c] = column;
    known += column != Column::kNone ? 1U : 0U;
  }
  if (!found) return headless(document, grid, above, layout);
  if (known < 2 && head.size() > 1 && !cookie_said) return false;
  // A lost rowspan moves names to the left, so any column but the last may hold some of them.
  Share plain = names_share(document, grid, layout->name, 1, false);
  Share odd = names_share(document, grid, layout->name, 1, true);
  for (std::size_t c = 0; c < layout->name; ++c) {
    const Share left = names_share(document, grid, c, 1, true);
    plain.good += left.good;
    odd.good += left.good;
  }
  if (!plain.most()) return false;
  return cookie_said ? odd.good > 0 || known >= 2 : odd.most() && known >= 2;
}

}  // namespace affiant::policy
