// A table of a document as rows of cells. Internal to this layer. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "policy/cookie_words.h"
#include "policy/document.h"

namespace affiant::policy {

struct Grid {
  int id = 0;
  std::size_t first_block = 0;  // Of its cells, in Document::blocks.
  std::vector<std::vector<const Block*>>
      rows;                    // Null where a cell is empty. All rows equally long; no empty row.
  bool marked_header = false;  // The first row is marked as the head.
};

std::vector<Grid> grids_of(const Document& document);

struct Layout {
  std::vector<Column> columns;
  std::size_t body = 1;  // First row that is no head.
  std::size_t name = 0;  // The column of names.
};

// Whether the table declares cookies, and how. False for any other table.
bool cookie_layout(const Document& document, const Grid& grid, std::string_view above,
                   Layout* layout);

// Whether a cell reads as one or more names of cookies. `strictly`: by the look of the name alone.
bool holds_names(std::string_view cell, bool strictly);

}  // namespace affiant::policy
