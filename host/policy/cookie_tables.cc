#include "policy/cookie_tables.h"

#include <algorithm>

#include "policy/cookie_names.h"
#include "policy/cookie_words.h"
#include "policy/table_grid.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLabelBytes = 140;  // A longer paragraph above a table is no label of it.

// The labels above a table: the nearest short paragraph and heading. `wide` reaches further, for
// whether cookies are the subject at all.
std::string text_above(const Document& document, std::size_t first_block, bool wide) {
  std::string out;
  std::size_t looked = 0;
  for (std::size_t i = first_block; i-- > 0 && looked < (wide ? 4U : 2U); ++looked) {
    const Block& block = document.blocks[i];
    if (block.kind == BlockKind::kCell) break;
    const std::string_view text = document.of(block);
    if (wide || text.size() <= kLabelBytes) out.append(text).append("\n");
    if (block.kind == BlockKind::kHeading) break;
  }
  return out;
}

// The nearest label above that names a category.
std::string category_above(const Document& document, std::size_t first_block) {
  for (std::size_t i = first_block, looked = 0; i-- > 0 && looked < 4; ++looked) {
    const Block& block = document.blocks[i];
    if (block.kind == BlockKind::kCell) break;
    const std::string_view text = document.of(block);
    if (block.kind != BlockKind::kItem) {
      std::string category = category_of(text);
      if (!category.empty() && text.size() <= kLabelBytes) return category;
    }
    if (block.kind == BlockKind::kHeading) break;
  }
  return {};
}

class TableReader {
 public:
  TableReader(const Document& document, const Grid& grid, const Layout& layout)
      : document_(document), grid_(grid), layout_(layout) {
    category_above_ = category_above(document, grid.first_block);
  }

  std::vector<DeclaredCookie> run() {
    above_.resize(layout_.columns.size());
    for (std::size_t r = layout_.body; r < grid_.rows.size(); ++r) row(r);
    return std::move(out_);
  }

 private:
  // A cell without the label that some pages repeat in it: "Name<br>x".
  std::string_view cell(std::size_t r, std::size_t c) const {
    const Block* block = c < grid_.rows[r].size() ? grid_.rows[r][c] : nullptr;
    if (block == nullptr) return {};
    std::string_view text = document_.of(*block);
    const Block* head = layout_.body > 0 ? grid_.rows[0][c] : nullptr;
    if (head == nullptr) return text;
    const std::string_view label = document_.of(*head);
    if (text.size() > label.size() && text.starts_with(label) &&
        (text[label.size()] == '\n' || (label.size() > 2 && text[label.size()] == ':'))) {
      text.remove_prefix(label.size() + 1);
      while (!text.empty() && (text.front() == '\n' || text.front() == ' ')) text.remove_prefix(1);
    }
    return text;
  }

  // How many cells a row lost at its left to a rowspan that was not kept.
  std::size_t shift(std::size_t r) const {
    const std::size_t width = grid_.rows[r].size();
    std::size_t empty = 0;
    while (empty < width && cell(r, width - 1 - empty).empty()) ++empty;
    if (empty == 0 || empty > layout_.name || empty == width) return 0;
    const std::string_view here = cell(r, layout_.name);
    if (!here.empty() && holds_names(here, true)) return 0;
    return holds_names(cell(r, layout_.name - empty), false) ? empty : 0;
  }

  void row(std::size_t r) {
    const std::size_t by = shift(r);
    const std::size_t width = layout_.columns.size();
    std::vector<std::string_view> cells(width);
    for (std::size_t c = 0; c < width; ++c) {
      const std::string_view text = c >= by ? cell(r, c - by) : std::string_view();
      const bool group = c < layout_.name && c != layout_.name;
      if ((text.empty() && group) || repeats_above(text)) {
        cells[c] = above_[c];
      } else {
        cells[c] = text;
        if (!text.empty()) above_[c] = text;
      }
    }
    declare(r, cells);
  }

  std::string_view of(const std::vector<std::string_view>& cells, Column column) const {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (layout_.columns[c] == column && !cells[c].empty()) return cells[c];
    }
    return {};
  }

  // "FUNCTIONALKeeps ...", "SECURITY Applies ...": the category glued before the purpose.
  static std::string glued_category(std::string_view purpose) {
    std::size_t capitals = 0;
    while (capitals < purpose.size() &&
           ((purpose[capitals] >= 'A' && purpose[capitals] <= 'Z') || purpose[capitals] == ' '))
      ++capitals;
    if (capitals < purpose.size() && purpose[capitals] >= 'a' && capitals > 0) --capitals;
    return capitals >= 5 ? category_of(purpose.substr(0, capitals)) : std::string();
  }

  std::string category(const std::vector<std::string_view>& cells) const {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (layout_.columns[c] == Column::kCategory) {
        if (std::string found = category_of(cells[c]); !found.empty()) return found;
      }
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      // A column whose head says nothing, of cells that name categories.
      const bool plain =
          layout_.columns[c] == Column::kNone || layout_.columns[c] == Column::kOptout;
      if (plain && cells[c].size() < 40) {
        if (std::string found = category_of(cells[c]); !found.empty()) return found;
      }
    }
    const std::string_view purpose = of(cells, Column::kPurpose);
    if (std::string found = glued_category(purpose); !found.empty()) return found;
    if (!category_above_.empty()) return category_above_;
    // One or two words that name a purpose are as good as a category.
    if (std::count(purpose.begin(), purpose.end(), ' ') <= 1) {
      if (std::string found = category_of(purpose); !found.empty()) return found;
    }
    return "unclassified";
  }

  std::string storage(const std::vector<std::string_view>& cells) const {
    for (const Column column :
         {Column::kStorage, Column::kCategory, Column::kLifetime, Column::kName}) {
      const std::string_view text = of(cells, column);
      if (text.empty() || text.size() > 60) continue;
      const std::string found = storage_of(text);
      if (!found.empty() && found != "cookie") return found;
    }
    return "cookie";
  }

  Lifetime lifetime(const std::vector<std::string_view>& cells) const {
    for (const Column column : {Column::kLifetime, Column::kStorage, Column::kCategory}) {
      Lifetime found = lifetime_of(of(cells, column));
      if (found.stated) return found;
    }
    return {};
  }

  // Names and lifetimes as parallel lists: "a, b" beside "364 Days, Session".
  static std::vector<std::string_view> list(std::string_view cell, char by) {
    std::vector<std::string_view> parts;
    for (;;) {
      const std::size_t at = cell.find(by);
      parts.push_back(cell.substr(0, at));
      if (at == std::string_view::npos) return parts;
      cell.remove_prefix(at + 1);
    }
  }

  static std::string provider(std::string_view provider, std::string_view domain,
                              std::string_view party) {
    std::string out(provider);
    if (!domain.empty())
      out = out.empty() ? std::string(domain) : out + " (" + std::string(domain) + ")";
    if (out.empty()) out = party;
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  }

  void declare(std::size_t r, const std::vector<std::string_view>& cells) {
    const std::string_view named = cells[layout_.name];
    if (named.empty() || !holds_names(named, false)) return;
    const std::vector<std::string> names = names_in(named);
    const std::string_view lives = of(cells, Column::kLifetime);
    std::vector<std::string_view> parallel = list(lives, ',');
    if (parallel.size() != names.size()) parallel = list(lives, '\n');
    DeclaredCookie row;
    row.provider = provider(of(cells, Column::kProvider), of(cells, Column::kDomain),
                            of(cells, Column::kParty));
    row.purpose = of(cells, Column::kPurpose);
    row.category = category(cells);
    row.storage = storage(cells);
    span(r, &row);
    for (std::size_t i = 0; i < names.size(); ++i) {
      row.pattern = names[i];
      Lifetime life = names.size() > 1 && parallel.size() == names.size() ? lifetime_of(parallel[i])
                                                                          : lifetime(cells);
      row.lifetime_s = life.seconds;
      row.session_cookie = life.session && row.storage == "cookie";
      out_.push_back(row);
    }
  }

  void span(std::size_t r, DeclaredCookie* row) const {
    row->start = std::string::npos;
    row->end = 0;
    for (const Block* block : grid_.rows[r]) {
      if (block == nullptr || block->spanned) continue;
      row->start = std::min(row->start, block->start);
      row->end = std::max(row->end, block->end);
    }
    if (row->start >= row->end) row->start = row->end = 0;
    row->quote = document_.text.substr(row->start, row->end - row->start);
  }

  const Document& document_;
  const Grid& grid_;
  const Layout& layout_;
  std::string category_above_;
  std::vector<std::string_view> above_;
  std::vector<DeclaredCookie> out_;
};

// A table on its side: "Name | sid", "Purpose | ...", "Lifetime | 1 year", one cookie or several.
bool read_sideways(const Document& document, const Grid& grid, std::string_view above,
                   TableCookies* out) {
  if (grid.rows[0].size() != 2 || grid.rows.size() < 2) return false;
  const auto label = [&](std::size_t r) {
    const Block* block = grid.rows[r][0];
    return block == nullptr || block->end - block->start > 60 ? Column::kNone
                                                              : column_of(document.of(*block));
  };
  std::size_t known = 0, names = 0;
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    known += label(r) != Column::kNone ? 1U : 0U;
    names += label(r) == Column::kName ? 1U : 0U;
  }
  if (label(0) != Column::kName || known * 4 < grid.rows.size() * 3 || known < 2 || names == known)
    return false;
  const Block* first = grid.rows[0][1];
  if (first == nullptr || !holds_names(document.of(*first), false)) return false;
  if (holds_names(document.of(*first), true) == false &&
      above.find("ookie") == std::string_view::npos)
    return false;
  DeclaredCookie row;
  const auto end_row = [&] {
    if (row.pattern.empty()) return;
    row.quote = document.text.substr(row.start, row.end - row.start);
    out->cookies.push_back(row);
  };
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    const Block* block = grid.rows[r][1];
    if (block == nullptr || grid.rows[r][0] == nullptr) continue;
    const std::string_view text = document.of(*block);
    const Column column = label(r);
    if (column == Column::kName) {
      end_row();
      row = {};
      const auto found = names_in(text);
      if (!found.empty()) row.pattern = found.front();
      row.start = grid.rows[r][0]->start;
    }
    row.end = block->end;
    const Lifetime life = lifetime_of(text);
    if (column == Column::kPurpose) row.purpose = text;
    if (column == Column::kProvider || (column == Column::kDomain && row.provider.empty()))
      row.provider = text;
    if (column == Column::kLifetime && life.stated) {
      row.lifetime_s = life.seconds;
      row.session_cookie = life.session;
    }
    if (column == Column::kCategory || column == Column::kStorage) {
      if (const std::string category = category_of(text); !category.empty())
        row.category = category;
      if (const std::string storage = storage_of(text); !storage.empty()) row.storage = storage;
      if (life.session && !row.lifetime_s) row.session_cookie = true;
    }
  }
  end_row();
  return true;
}

}  // namespace

TableCookies cookies_in_tables(const Document& document) {
  TableCookies out;
  for (const Grid& grid : grids_of(document)) {
    const std::string above = text_above(document, grid.first_block, true);
    if (read_sideways(document, grid, above, &out)) {
      out.tables.insert(grid.id);
      continue;
    }
    Layout layout;
    if (!cookie_layout(document, grid, above, &layout)) continue;
    std::vector<DeclaredCookie> rows = TableReader(document, grid, layout).run();
    if (rows.empty()) continue;
    out.tables.insert(grid.id);
    out.cookies.insert(out.cookies.end(), rows.begin(), rows.end());
  }
  return out;
}

}  // namespace affiant::policy
