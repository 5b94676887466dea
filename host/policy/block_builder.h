// Puts a Document together, whatever it is read from: collapses white space, keeps spans exact,
// lays cells out in their grid. Internal to this layer. Not thread-safe; no recursion.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/document.h"

namespace affiant::policy {

class BlockBuilder {
 public:
  explicit BlockBuilder(Document* document) : document_(document) {}

  // Ends the block being written and starts another with the next text. `level`: of a heading, or
  // the depth of an item. Inside a cell a block boundary is a line break.
  void begin(BlockKind kind, int level = 0);
  // Runs of white space become one space; characters that show nothing are left out.
  void text(std::string_view text);
  void line_break();

  void link_begin(std::string_view href);
  void link_end();
  void link(Link link);  // One whose text is written already.

  void table_begin();
  void row_begin();
  void cell_begin(bool header, int rowspan, int colspan);
  void cell_end();
  void table_end();
  bool in_cell() const { return !tables_.empty() && tables_.back().in_cell; }

  void set_hidden(bool hidden) { hidden_ = hidden; }
  void set_quoted(bool quoted) { quoted_ = quoted; }

  // Ends the last block. Says in Document::unread what the caps kept out.
  void finish();

 private:
  struct Held {  // A cell that reaches into later rows.
    int rows_left = 0;
    Block block;
  };
  struct Table {
    int id = 0, row = -1, column = 0, rowspan = 1, colspan = 1;
    bool in_cell = false, header = false;
    std::vector<Held> held;  // By column.
    BlockKind outer_kind = BlockKind::kParagraph;
    int outer_level = 0;
  };

  void flush();
  void add(Block block);
  void place_held(Table& table);
  void place_cell(Table& table, Block cell);
  void put(std::string_view bytes);

  Document* document_;
  std::vector<Table> tables_;
  BlockKind kind_ = BlockKind::kParagraph;
  int level_ = 0, next_table_ = 0;
  bool hidden_ = false, quoted_ = false, open_ = false, pending_space_ = false, full_ = false;
  std::size_t start_ = 0, pending_breaks_ = 0;
  std::vector<Link> links_;
  std::size_t link_start_ = 0;
  std::string link_href_;
  bool in_link_ = false;
};

}  // namespace affiant::policy
