#include "policy/block_builder.h"

#include <algorithm>

#include "base/limits.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLinksPerBlock = 50;  // As the extension's captures.
constexpr int kRowspan = 1'000;             // As HTML clamps colspan; a longer one is a mistake.

}  // namespace

void BlockBuilder::put(std::string_view bytes) {
  std::string& out = document_->text;
  if (!open_) {
    if (!out.empty()) out += '\n';
    start_ = out.size();
    open_ = true;
  } else if (pending_breaks_ > 0) {
    out.append(std::min<std::size_t>(pending_breaks_, 2), '\n');
  } else if (pending_space_) {
    out += ' ';
  }
  pending_space_ = false;
  pending_breaks_ = 0;
  out.append(bytes);
}

void BlockBuilder::text(std::string_view text) {
  if (full_) return;
  std::size_t run = 0, at = 0;
  const auto emit = [&](std::size_t end) {
    if (end > run) put(text.substr(run, end - run));
  };
  while (at < text.size()) {
    const std::size_t here = at;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x7F) {  // By far the most common: no decoding.
      ++at;
      continue;
    }
    const std::uint32_t c = next_code_point(text, &at);
    const bool space = is_space(c);
    if (!space && !is_invisible(c)) continue;
    emit(here);
    run = at;
    if (space && open_) pending_space_ = true;
  }
  emit(text.size());
}

void BlockBuilder::line_break() {
  if (open_) ++pending_breaks_;
}

void BlockBuilder::link_begin(std::string_view href) {
  link_end();
  in_link_ = true;
  link_href_ = href;
  link_start_ = document_->text.size();
}

void BlockBuilder::link_end() {
  if (!in_link_) return;
  in_link_ = false;
  std::string_view words;
  if (link_start_ <= document_->text.size())
    words = std::string_view(document_->text).substr(link_start_);
  while (!words.empty() && (words.front() == ' ' || words.front() == '\n')) words.remove_prefix(1);
  if (links_.size() < kLinksPerBlock) links_.push_back({std::string(words), link_href_});
}

void BlockBuilder::link(Link link) {
  if (links_.size() < kLinksPerBlock) links_.push_back(std::move(link));
}

void BlockBuilder::begin(BlockKind kind, int level) {
  if (in_cell()) {
    line_break();
    return;
  }
  flush();
  kind_ = kind;
  level_ = level;
}

void BlockBuilder::add(Block block) {
  if (document_->blocks.size() < limits::kPolicyBlocks) {
    document_->blocks.push_back(std::move(block));
    return;
  }
  if (!full_)
    document_->unread.push_back("the text after its first " +
                                std::to_string(limits::kPolicyBlocks) +
                                " paragraphs and cells (limits.h kPolicyBlocks)");
  full_ = true;
}

void BlockBuilder::flush() {
  link_end();
  if (open_) {
    Block block;
    block.kind = kind_;
    block.level = level_;
    block.start = start_;
    block.end = document_->text.size();
    block.hidden = hidden_;
    block.quoted = quoted_;
    block.links = std::move(links_);
    add(std::move(block));
  }
  links_.clear();
  open_ = pending_space_ = false;
  pending_breaks_ = 0;
}

void BlockBuilder::table_begin() {
  flush();
  Table table;
  table.id = next_table_++;
  table.outer_kind = kind_;
  table.outer_level = level_;
  tables_.push_back(std::move(table));
}

void BlockBuilder::row_begin() {
  if (tables_.empty()) return;
  if (in_cell()) cell_end();
  Table& table = tables_.back();
  place_held(table);  // What reaches into the rest of the row before.
  ++table.row;
  table.column = 0;
}

void BlockBuilder::place_held(Table& table) {
  if (table.row < 0) return;
  while (static_cast<std::size_t>(table.column) < table.held.size()) {
    Held& held = table.held[static_cast<std::size_t>(table.column)];
    if (held.rows_left > 0) {
      --held.rows_left;
      Block copy = held.block;
      copy.row = table.row;
      copy.column = table.column;
      copy.spanned = true;
      if (copy.end > copy.start) add(std::move(copy));
    }
    ++table.column;
  }
}

void BlockBuilder::cell_begin(bool header, int rowspan, int colspan) {
  if (tables_.empty()) return;
  if (in_cell()) cell_end();
  if (tables_.back().row < 0) row_begin();
  flush();
  Table& table = tables_.back();
  table.in_cell = true;
  table.header = header;
  table.rowspan = std::clamp(rowspan, 1, kRowspan);
  table.colspan = std::clamp(colspan, 1, static_cast<int>(limits::kTableColumns));
}

void BlockBuilder::place_cell(Table& table, Block cell) {
  const auto column = [&] { return static_cast<std::size_t>(table.column); };
  while (column() < table.held.size() && table.held[column()].rows_left > 0) {
    Held& held = table.held[column()];
    --held.rows_left;
    Block copy = held.block;
    copy.row = table.row;
    copy.column = table.column;
    copy.spanned = true;
    if (copy.end > copy.start) add(std::move(copy));
    ++table.column;
  }
  for (int i = 0; i < table.colspan && column() < limits::kTableColumns; ++i) {
    cell.row = table.row;
    cell.column = table.column;
    cell.spanned = i > 0;
    if (table.held.size() <= column()) table.held.resize(column() + 1);
    table.held[column()] = {table.rowspan - 1, cell};
    if (cell.end > cell.start) add(cell);
    ++table.column;
  }
}

void BlockBuilder::cell_end() {
  if (!in_cell()) return;
  Table& table = tables_.back();
  link_end();
  Block cell;
  cell.kind = BlockKind::kCell;
  cell.table = table.id;
  cell.header = table.header;
  cell.hidden = hidden_;
  cell.quoted = quoted_;
  cell.start = cell.end = document_->text.size();
  if (open_) {
    cell.start = start_;
    cell.links = std::move(links_);
  }
  links_.clear();
  open_ = pending_space_ = false;
  pending_breaks_ = 0;
  table.in_cell = false;
  if (static_cast<std::size_t>(table.row) >= limits::kTableRows) {
    if (static_cast<std::size_t>(table.row) == limits::kTableRows && table.column == 0)
      document_->unread.push_back("the rows of a table after its first " +
                                  std::to_string(limits::kTableRows) + " (limits.h kTableRows)");
    ++table.column;
    return;
  }
  place_cell(table, std::move(cell));
}

void BlockBuilder::table_end() {
  if (tables_.empty()) return;
  if (in_cell()) cell_end();
  place_held(tables_.back());
  flush();
  kind_ = tables_.back().outer_kind;
  level_ = tables_.back().outer_level;
  tables_.pop_back();
}

void BlockBuilder::finish() {
  while (!tables_.empty()) table_end();
  flush();
}

}  // namespace affiant::policy
