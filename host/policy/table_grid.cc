#include "policy/table_grid.h"

#include <algorithm>
#include <map>

#include "base/limits.h"

namespace affiant::policy {
namespace {

bool is_rule(std::string_view cell) {
  return cell.find_first_not_of("-: ") == std::string_view::npos;
}

}  // namespace

std::vector<Grid> grids_of(const Document& document) {
  std::map<int, std::map<int, std::map<int, const Block*>>> tables;
  for (const Block& block : document.blocks) {
    if (block.kind != BlockKind::kCell || block.row < 0 || block.column < 0 ||
        static_cast<std::size_t>(block.column) >= limits::kTableColumns)
      continue;
    tables[block.table][block.row].try_emplace(block.column, &block);
  }
  std::vector<Grid> grids;
  for (const auto& [id, rows] : tables) {
    Grid grid;
    grid.id = id;
    std::size_t width = 0;
    for (const auto& [row, cells] : rows)
      width = std::max(width, static_cast<std::size_t>(cells.rbegin()->first) + 1);
    for (const auto& [row, cells] : rows) {
      std::vector<const Block*> line(width, nullptr);
      bool only_rules = true;
      for (const auto& [column, cell] : cells) {
        line[static_cast<std::size_t>(column)] = cell;
        only_rules = only_rules && is_rule(document.of(*cell));
      }
      // The "---" of a table written twice.
      if (!only_rules) grid.rows.push_back(std::move(line));
    }
    if (!grid.rows.empty()) grids.push_back(std::move(grid));
  }
  return grids;
}

const Block* only_cell(const std::vector<const Block*>& row) {
  const Block* only = nullptr;
  for (const Block* block : row) {
    if (block == nullptr || (only != nullptr && block->start == only->start)) continue;
    if (only != nullptr) return nullptr;
    only = block;
  }
  return only;
}

}  // namespace affiant::policy
