// A table of a document as rows of cells. Internal to this layer. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "policy/cookie_words.h"
#include "policy/document.h"

namespace affiant::policy {

struct Grid {
  int id = 0;
  // Null where a cell is empty. All rows equally long; no empty row.
  std::vector<std::vector<const Block*>> rows;
};

std::vector<Grid> grids_of(const Document& document);

// The only cell of a row that has text, a cell that spans several columns counted once; null when
// there are more.
const Block* only_cell(const std::vector<const Block*>& row);

struct Layout {
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  std::vector<Column> columns;
  std::size_t head = npos;  // The row of labels; npos when there is none.
  std::size_t body = 0;     // First row that is neither label nor caption.
  std::size_t name = 0;     // The column of names.
  bool phrases = false;     // Names of several words are names here too.
};

// What the labels of a row mean; kNone for cells too long to be one.
std::vector<Column> columns_of(const Document& document, const std::vector<const Block*>& row);

// Whether the table declares cookies, and how. `about_cookies`: the text around it speaks of them.
// False for any other table.
bool cookie_layout(const Document& document, const Grid& grid, bool about_cookies, Layout* layout);

}  // namespace affiant::policy
