// Tables on their side: labels in the first column, a cookie in each other one.
#include <algorithm>

#include "policy/cookie_names.h"
#include "policy/cookie_tables.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLabelBytes = 60;

}  // namespace

bool read_sideways(const Document& document, const Grid& grid, const std::string& category,
                   bool about_cookies, CookieList* out) {
  const std::size_t width = grid.rows[0].size();
  if (width < 2 || grid.rows.size() < 2) return false;
  const auto text = [&](std::size_t r, std::size_t c) {
    const Block* block = grid.rows[r][c];
    return block == nullptr ? std::string_view() : document.of(*block);
  };
  const auto label = [&](std::size_t r) {
    const std::string_view head = text(r, 0);
    return head.empty() || head.size() > kLabelBytes ? Column::kNone : column_of(head);
  };
  // Ordinary tables have labels across; this one has names there. A long one is looked at in part.
  const std::size_t looked = std::min<std::size_t>(grid.rows.size(), 40);
  for (std::size_t r = 0; r < std::min<std::size_t>(looked, 3); ++r) {
    std::size_t heads = 0;
    for (std::size_t c = 1; c < width; ++c) {
      const std::string_view cell = text(r, c);
      heads += !cell.empty() && cell.size() <= kLabelBytes &&
                       cell.find('_') == std::string_view::npos && column_of(cell) != Column::kNone
                   ? 1U
                   : 0U;
    }
    if (heads > 1) return false;
  }
  std::size_t known = 0, names = 0, named = 0;
  for (std::size_t r = 0; r < looked; ++r) {
    const Column column = label(r);
    known += column != Column::kNone ? 1U : 0U;
    if (column != Column::kName && r > 0) continue;
    names += column == Column::kName ? 1U : 0U;
    for (std::size_t c = 1; c < width; ++c) {
      const std::string_view cell = text(r, c);
      const Looks looks = read_names(cell).best();
      const bool head =
          cell.find('_') == std::string_view::npos && column_of(cell) != Column::kNone;
      if (r == 0 && head && looks != Looks::kSurely) return false;
      named += column == Column::kName && looks >= Looks::kPlain ? 1U : 0U;
    }
  }
  if (names == 0 || named == 0 || known < 2 || names == known || known * 4 < looked * 3)
    return false;
  const std::size_t before = out->cookies.size();
  for (std::size_t c = 1; c < width; ++c) {
    CookieRecord record;
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
      const std::string_view cell = text(r, c);
      if (cell.empty()) continue;
      const Column column = label(r);
      if (record.begins_another(column, text(r, 0)))
        record.finish(document, category, about_cookies, out);
      record.put(column, text(r, 0), cell);
      // One cookie a table: the quotation holds the labels too.
      const Block* from =
          width == 2 && grid.rows[r][0] != nullptr ? grid.rows[r][0] : grid.rows[r][c];
      if (width == 2 || column == Column::kName) record.cover(from->start, grid.rows[r][c]->end);
    }
    if (!record.empty()) record.finish(document, category, about_cookies, out);
  }
  return out->cookies.size() > before;
}

}  // namespace affiant::policy
