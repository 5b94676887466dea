// Whether a table declares cookies: by its labels where it has some, and by the look of its cells
// in any case. A list of partners with "Name | Purpose" above it must not become one.
#include <algorithm>

#include "policy/cookie_lexicon.h"
#include "policy/cookie_names.h"
#include "policy/cookie_rows.h"
#include "policy/folded_text.h"
#include "policy/table_grid.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kHeadBytes = 110;    // A longer cell is no label.
constexpr std::size_t kCaptionRows = 3;    // Labels stand below so many rows of titles at most.
constexpr std::size_t kLifeBytes = 90;     // A longer cell does not state a lifetime alone.
constexpr std::size_t kSampledRows = 400;  // So many tell what a table is.

std::string_view text_of(const Document& document, const Block* cell) {
  return cell == nullptr ? std::string_view() : document.of(*cell);
}

struct Tally {
  std::size_t of = 0, plain = 0, likely = 0, surely = 0;
  bool most(std::size_t good) const { return of > 0 && good * 5 >= of * 3; }
};

// How much a cell looks like one of names and nothing else.
Looks looks_of_cell(std::string_view cell) {
  const NameList list = read_names(cell);
  if (list.names.empty() || !list.reads_as_names()) return Looks::kNone;
  const Looks best = list.best();
  // "Marketing", "necessary": a category, unless it looks like nothing but a name.
  const bool letters = std::all_of(cell.begin(), cell.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  return best < Looks::kSurely && letters && !category_of(cell).empty() ? Looks::kNone : best;
}

class Decision {
 public:
  Decision(const Document& document, const Grid& grid, bool about, Layout* layout)
      : document_(document), grid_(grid), about_(about), layout_(layout) {}

  bool run() {
    find_head();
    if (layout_->body >= grid_.rows.size()) return false;
    gather();
    if (by_label()) return true;
    return by_look();
  }

 private:
  std::string_view cell(std::size_t r, std::size_t c) const {
    return text_of(document_, grid_.rows[r][c]);
  }

  std::size_t sampled() const { return std::min(grid_.rows.size(), layout_->body + kSampledRows); }

  bool has(Column column) const {
    return std::find(layout_->columns.begin(), layout_->columns.end(), column) !=
           layout_->columns.end();
  }

  // "Cookie Subgroup | Cookies | Cookies used": made by a program out of nothing but names.
  bool generated() const { return has(Column::kParty) && has(Column::kDomain); }

  void find_head() {
    const std::size_t width = grid_.rows[0].size();
    layout_->columns.assign(width, Column::kNone);
    std::size_t r = 0;
    // Titles that span the table.
    while (r < grid_.rows.size() && r < kCaptionRows && width > 1 &&
           only_cell(grid_.rows[r]) != nullptr) {
      about_ = about_ || says_cookie(document_.of(*only_cell(grid_.rows[r])));
      ++r;
    }
    layout_->body = r;
    if (r >= grid_.rows.size()) return;
    const std::vector<Column> columns = columns_of(document_, grid_.rows[r]);
    std::size_t known = 0;
    bool cookie_label = false, names = false;
    for (std::size_t c = 0; c < width; ++c) {
      known += columns[c] != Column::kNone ? 1U : 0U;
      cookie_label = cookie_label || (columns[c] == Column::kName && is_strong_label(cell(r, c)));
      const bool mask = columns[c] == Column::kNone || cell(r, c).find('_') != std::string::npos;
      names = names || (mask && looks_of_cell(cell(r, c)) == Looks::kSurely);
    }
    if (names || (known < 2 && !cookie_label)) return;
    layout_->head = r;
    layout_->body = r + 1;
    layout_->columns = columns;
    for (std::size_t c = 0; c < width; ++c)
      about_ = about_ || (cell(r, c).size() <= kHeadBytes && says_cookie(cell(r, c)));
  }

  // What the cells say about cookies whatever the labels are.
  void gather() {
    for (std::size_t c = 0; c < layout_->columns.size(); ++c) {
      const Column column = layout_->columns[c];
      std::size_t of = 0, lives = 0, storages = 0, cookies = 0;
      for (std::size_t r = layout_->body; r < sampled(); ++r) {
        const std::string_view text = cell(r, c);
        if (text.empty()) continue;
        ++of;
        cookies += column == Column::kPurpose && says_cookie(text) ? 1U : 0U;
        if (text.size() > kLifeBytes) continue;
        lives += lifetime_of(text).stated ? 1U : 0U;
        const bool kind = column == Column::kCategory || column == Column::kStorage;
        storages += kind && says_cookie(text) && !storage_of(text).empty() ? 1U : 0U;
      }
      const bool lasting = of > 0 && lives * 5 >= of * 3;
      if (column == Column::kLifetime || column == Column::kNone) lifetimes_ |= lasting;
      if (lasting) last_lifetimes_ = c;
      about_ = about_ || (of > 0 && (storages * 5 >= of * 3 || cookies * 3 >= of));
    }
  }

  // A lost rowspan moves names to the left, so a row's names may stand in any column before.
  Tally tally(std::size_t column, bool lost) const {
    Tally t;
    for (std::size_t r = layout_->body; r < sampled(); ++r) {
      Looks looks = looks_of_cell(cell(r, column));
      const bool blank = cell(r, column).empty();
      if (lost && looks < Looks::kLikely && only_cell(grid_.rows[r]) == nullptr) {
        for (std::size_t c = 0; c < column; ++c)
          if (const Looks left = looks_of_cell(cell(r, c)); left == Looks::kSurely) looks = left;
      }
      if (blank && looks == Looks::kNone) continue;
      if (looks < Looks::kLikely && only_cell(grid_.rows[r]) != nullptr) continue;  // A title.
      ++t.of;
      t.plain += looks >= Looks::kPlain ? 1U : 0U;
      t.likely += looks >= Looks::kLikely ? 1U : 0U;
      t.surely += looks >= Looks::kSurely ? 1U : 0U;
    }
    return t;
  }

  bool by_label() {
    if (layout_->head == Layout::npos) return false;
    std::vector<Column>& columns = layout_->columns;
    // Of several columns that may hold the names, the one that looks most like it.
    std::size_t best = Layout::npos, best_good = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c] != Column::kName) continue;
      const Tally t = tally(c, false);
      const std::size_t good = 1 + t.surely * 4 + t.likely * 2 + t.plain;
      if (good > best_good) best = c;
      best_good = std::max(best_good, good);
    }
    if (best == Layout::npos) return false;
    const bool strong = is_strong_label(cell(layout_->head, best));
    const auto known =
        std::count_if(columns.begin(), columns.end(), [](Column c) { return c != Column::kNone; });
    const Tally t = tally(best, true);
    if (!(strong ? is_cookie_column(t) : is_name_column(t, static_cast<std::size_t>(known))))
      return false;
    const bool provider = has(Column::kProvider);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c == best || columns[c] != Column::kName) continue;
      const bool category = !category_of(cell(layout_->body, c)).empty();
      columns[c] = category ? Column::kCategory : provider ? Column::kNone : Column::kProvider;
    }
    layout_->name = best;
    drop_services();
    layout_->phrases = strong && generated();
    return true;
  }

  // Of "Service | Provider" the second says who.
  void drop_services() {
    std::vector<Column>& columns = layout_->columns;
    if (std::count(columns.begin(), columns.end(), Column::kProvider) < 2) return;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string label = fold_label(cell(layout_->head, c));
      const bool service = label.starts_with("serv") || label.starts_with("dienst");
      if (columns[c] == Column::kProvider && service) columns[c] = Column::kNone;
    }
  }

  bool is_cookie_column(const Tally& t) const {
    if (layout_->columns.size() > 1 && t.of == 0) return false;
    if (layout_->columns.size() == 1) return t.surely > 0 && t.most(t.likely);
    return generated() || (t.plain * 2 >= t.of && (t.likely > 0 || lifetimes_));
  }

  bool is_name_column(const Tally& t, std::size_t known) const {
    if (t.of == 0 || known < 2) return false;
    const bool well = t.surely * 4 >= t.of && t.surely > 0;
    if (about_) return (well || lifetimes_) ? t.most(t.plain) : t.most(t.likely);
    const bool whose = has(Column::kDomain) || has(Column::kParty) || has(Column::kProvider);
    return t.most(t.surely) || (well && whose && lifetimes_ && t.most(t.likely));
  }

  // A column of names that no label marks.
  bool by_look() {
    std::size_t best = Layout::npos, best_surely = 0;
    for (std::size_t c = 0; c < layout_->columns.size(); ++c) {
      const Column column = layout_->columns[c];
      if (column == Column::kPurpose || column == Column::kLifetime || column == Column::kDomain)
        continue;
      const Tally t = tally(c, false);
      if (!t.most(about_ ? t.likely : t.surely) || t.surely <= best_surely) continue;
      best = c;
      best_surely = t.surely;
    }
    if (best == Layout::npos || layout_->columns.size() < 2 || !(about_ || lifetimes_))
      return false;
    layout_->columns[best] = Column::kName;
    layout_->name = best;
    if (layout_->head == Layout::npos) guess(best);
    // Labels in words that are not known.
    if (layout_->head == Layout::npos && looks_of_cell(cell(layout_->body, best)) < Looks::kLikely)
      layout_->head = layout_->body++;
    return true;
  }

  // Without labels: lifetimes tell themselves, the longest texts are purposes.
  void guess(std::size_t names) {
    if (last_lifetimes_ != Layout::npos && last_lifetimes_ != names)
      layout_->columns[last_lifetimes_] = Column::kLifetime;
    std::size_t longest = Layout::npos, most = 0;
    for (std::size_t c = 0; c < layout_->columns.size(); ++c) {
      std::size_t bytes = 0;
      for (std::size_t r = layout_->body; r < sampled(); ++r) bytes += cell(r, c).size();
      if (layout_->columns[c] != Column::kNone || bytes <= most) continue;
      longest = c;
      most = bytes;
    }
    if (longest != Layout::npos && most > 15 * (sampled() - layout_->body))
      layout_->columns[longest] = Column::kPurpose;
  }

  const Document& document_;
  const Grid& grid_;
  bool about_, lifetimes_ = false;
  std::size_t last_lifetimes_ = Layout::npos;
  Layout* layout_;
};

}  // namespace

std::vector<Column> columns_of(const Document& document, const std::vector<const Block*>& row) {
  std::vector<Column> out;
  for (const Block* block : row) {
    const std::string_view label = text_of(document, block);
    out.push_back(label.empty() || label.size() > kHeadBytes ? Column::kNone : column_of(label));
  }
  return out;
}

bool cookie_layout(const Document& document, const Grid& grid, bool about_cookies, Layout* layout) {
  return Decision(document, grid, about_cookies, layout).run();
}

}  // namespace affiant::policy
