#include "policy/cookie_tables.h"

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "policy/cookie_context.h"
#include "policy/cookie_lexicon.h"
#include "policy/cookie_names.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kTitleBytes = 140;   // A row across the table that is longer is no title.
constexpr std::size_t kCompanyBytes = 60;  // Nor one of these the name of a company.
constexpr std::size_t kCategoryBytes =
    120;  // A longer cell is a sentence, and at most begins with one.
constexpr std::size_t kLabelRows = 100;  // Looked at for labels repeated in their cells.
constexpr std::size_t kPlainBytes = 40;  // Of a cell whose column says nothing.

using Cells = std::vector<std::string_view>;

class TableReader {
 public:
  TableReader(const Document& document, const Grid& grid, Layout layout, std::string category,
              CookieList* out)
      : document_(document),
        grid_(grid),
        layout_(std::move(layout)),
        category_above_(std::move(category)),
        out_(out) {}

  void run() {
    take_labels(layout_.head);
    for (std::size_t r = 0; r < grid_.rows.size(); ++r) {
      if (r == layout_.head || is_title(r) || is_another_head(r)) continue;
      if (r >= layout_.body) row(r);
    }
  }

 private:
  // The labels of a row, and which columns repeat theirs in every cell ("Name<br>x", "Namex").
  void take_labels(std::size_t head) {
    above_.assign(layout_.columns.size(), {});
    labels_.assign(layout_.columns.size(), {});
    if (head == Layout::npos) return;
    for (std::size_t c = 0; c < labels_.size(); ++c) {
      if (grid_.rows[head][c] == nullptr) continue;
      std::string_view label = document_.of(*grid_.rows[head][c]);
      const std::size_t half = label.size() / 2;
      if (half > 3 && label.size() % 2 == 0 && label.substr(0, half) == label.substr(half))
        label = label.substr(0, half);
      std::size_t of = 0, repeated = 0;
      bool parted = true;
      const std::size_t end = std::min(grid_.rows.size(), head + kLabelRows);
      for (std::size_t r = head + 1; r < end; ++r) {
        if (grid_.rows[r][c] == nullptr || only_cell(grid_.rows[r]) != nullptr) continue;
        const std::string_view text = document_.of(*grid_.rows[r][c]);
        ++of;
        if (!text.starts_with(label) || text.size() == label.size()) continue;
        ++repeated;
        parted = parted && (text[label.size()] == '\n' || text[label.size()] == ':');
      }
      if (repeated > 0 && repeated == of && (parted || of > 1)) labels_[c] = label;
    }
  }

  std::string_view cell(std::size_t r, std::size_t c) const {
    const Block* block = c < grid_.rows[r].size() ? grid_.rows[r][c] : nullptr;
    if (block == nullptr) return {};
    std::string_view text = document_.of(*block);
    if (labels_[c].empty() || !text.starts_with(labels_[c])) return text;
    text.remove_prefix(labels_[c].size());
    while (!text.empty() && (text.front() == '\n' || text.front() == ' ' || text.front() == ':'))
      text.remove_prefix(1);
    return text;
  }

  // A row across the table says what follows it is: a category, a company.
  bool is_title(std::size_t r) {
    const Block* only = only_cell(grid_.rows[r]);
    if (only == nullptr || layout_.columns.size() < 2) return false;
    const std::string_view text = document_.of(*only);
    const std::string category = text.size() <= kTitleBytes ? category_of(text) : "";
    const Looks looks = read_names(text).best();
    if (r >= layout_.body &&
        (looks == Looks::kSurely || (looks == Looks::kLikely && category.empty())))
      return false;
    above_.assign(layout_.columns.size(), {});
    if (!category.empty()) category_here_ = category;
    if (r >= layout_.body)
      company_here_ = category.empty() && text.size() <= kCompanyBytes ? text : std::string_view();
    return true;
  }

  // The labels again, perhaps in another order: tables that were put together.
  bool is_another_head(std::size_t r) {
    if (layout_.head == Layout::npos || r <= layout_.head || r < layout_.body) return false;
    if (read_names(cell(r, layout_.name)).best() > Looks::kPlain) return false;
    const std::vector<Column> columns = columns_of(document_, grid_.rows[r]);
    std::size_t name = Layout::npos;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (grid_.rows[r][c] != nullptr && columns[c] == Column::kNone) return false;
      if (columns[c] == Column::kName && name == Layout::npos) name = c;
    }
    if (name == Layout::npos || cell(r, name).find_first_of("_*#") != std::string_view::npos)
      return false;
    layout_.columns = columns;
    layout_.name = name;
    layout_.head = r;
    take_labels(r);
    return true;
  }

  // How much a cell looks like one of names; a category or a sentence is none.
  Looks looks(std::size_t r, std::size_t c) const {
    const NameList list = read_names(cell(r, c));
    const Looks best = list.reads_as_names() ? list.best() : Looks::kNone;
    return best < Looks::kSurely && !category_of(cell(r, c)).empty() ? Looks::kNone : best;
  }

  // How many cells a row lost at its left to a rowspan that was not kept.
  std::size_t shift(std::size_t r) const {
    const std::size_t width = grid_.rows[r].size();
    std::size_t empty = 0;
    while (empty < width && cell(r, width - 1 - empty).empty()) ++empty;
    if (empty == 0 || empty == width) return 0;
    std::size_t best = layout_.name;
    const std::size_t least = layout_.name > empty ? layout_.name - empty : 0;
    for (std::size_t c = layout_.name; c-- > least;)
      if (looks(r, c) > looks(r, best)) best = c;
    return layout_.name - best;
  }

  void row(std::size_t r) {
    const std::size_t by = shift(r), width = layout_.columns.size();
    Cells cells(width);
    for (std::size_t c = 0; c < width; ++c) {
      const std::string_view text = c >= by ? cell(r, c - by) : std::string_view();
      if ((text.empty() && c < layout_.name) || repeats_above(text)) {
        cells[c] = above_[c];
      } else {
        cells[c] = text;
        if (!text.empty()) above_[c] = text;
      }
    }
    CookieFields fields;
    fields.names = cells[layout_.name];
    if (fields.names.empty()) return;
    fields.phrases = layout_.phrases;
    fields.provider = of(cells, Column::kProvider);
    if (fields.provider.empty()) fields.provider = company_here_;
    fields.domain = of(cells, Column::kDomain);
    fields.party = of(cells, Column::kParty);
    fields.purpose = of(cells, Column::kPurpose);
    fields.category = category(cells, fields.purpose);
    fields.storage = storage(cells);
    for (const Column column : {Column::kLifetime, Column::kStorage, Column::kCategory}) {
      for (std::size_t c = 0; c < width; ++c)
        if (layout_.columns[c] == column && !cells[c].empty()) fields.lifetimes.push_back(cells[c]);
    }
    span(r, &fields);
    declare(document_, fields, out_);
  }

  std::string_view of(const Cells& cells, Column column) const {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (layout_.columns[c] == column && !cells[c].empty()) return cells[c];
    }
    return {};
  }

  std::string category(const Cells& cells, std::string_view purpose) const {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (layout_.columns[c] != Column::kCategory) continue;
      std::string found =
          cells[c].size() <= kCategoryBytes ? category_of(cells[c]) : leading_category(cells[c]);
      if (!found.empty()) return found;
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      // A column whose head says nothing, of cells that name categories.
      const bool plain =
          layout_.columns[c] == Column::kNone || layout_.columns[c] == Column::kOptout;
      if (!plain || cells[c].size() >= kPlainBytes) continue;
      if (std::string found = category_of(cells[c]); !found.empty()) return found;
    }
    if (std::string found = leading_category(purpose); !found.empty()) return found;
    if (!category_here_.empty()) return category_here_;
    if (!category_above_.empty()) return category_above_;
    // One or two words that name a purpose are as good as a category.
    return std::count(purpose.begin(), purpose.end(), ' ') <= 1 ? category_of(purpose) : "";
  }

  std::string storage(const Cells& cells) const {
    for (const Column column : {Column::kStorage, Column::kCategory, Column::kLifetime}) {
      const std::string_view text = of(cells, column);
      if (text.empty() || text.size() > kPlainBytes + 20) continue;
      const std::string found = storage_of(text);
      if (!found.empty() && found != "cookie") return found;
    }
    return {};
  }

  void span(std::size_t r, CookieFields* fields) const {
    fields->start = std::string::npos;
    for (const Block* block : grid_.rows[r]) {
      if (block == nullptr || block->spanned) continue;
      fields->start = std::min(fields->start, block->start);
      fields->end = std::max(fields->end, block->end);
    }
    if (fields->start >= fields->end) fields->start = fields->end = 0;
  }

  const Document& document_;
  const Grid& grid_;
  Layout layout_;
  std::string category_above_, category_here_;  // Of the text above; of a row across the table.
  std::string_view company_here_;
  Cells above_, labels_;
  CookieList* out_;
};

}  // namespace

TableCookies cookies_in_tables(const Document& document) {
  std::map<int, Surroundings> around;
  CookieContext context(document);
  for (const Block& block : document.blocks) {
    if (block.kind == BlockKind::kCell && !around.contains(block.table))
      around.emplace(block.table, context.here());
    context.pass(block);
  }
  TableCookies out;
  CookieList list;
  for (const Grid& grid : grids_of(document)) {
    const Surroundings& place = around.at(grid.id);
    const std::size_t before = list.cookies.size();
    Layout layout;
    if (!read_sideways(document, grid, place.category, place.about_cookies, &list)) {
      if (!cookie_layout(document, grid, place.about_cookies, &layout)) continue;
      TableReader(document, grid, std::move(layout), place.category, &list).run();
    }
    if (list.cookies.size() > before) out.tables.insert(grid.id);
  }
  if (list.cut)
    out.unread.push_back("the cookies declared after the first " +
                         std::to_string(limits::kDeclaredCookies) + ", or after " +
                         std::to_string(limits::kNamesPerCell) + " names in a cell of a table");
  out.cookies = std::move(list.cookies);
  return out;
}

}  // namespace affiant::policy
