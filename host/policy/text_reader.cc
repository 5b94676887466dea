// Plain text. Nothing marks its parts, so layout has to: empty lines, underlines, list marks, tabs.
#include <algorithm>
#include <vector>

#include "policy/block_builder.h"
#include "policy/readers.h"
#include "policy/text_marks.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kWrapped = 45;  // A shorter line was ended on purpose.
constexpr std::size_t kHeadingBytes = 120;

std::string_view trimmed(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_last_not_of(" \t") - from + 1);
}

bool is_underline(std::string_view line) {
  return line.size() >= 3 && (line.find_first_not_of('=') == std::string_view::npos ||
                              line.find_first_not_of('-') == std::string_view::npos ||
                              line.find_first_not_of('~') == std::string_view::npos);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::size_t tabs_in(std::string_view line) {
  return static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
}

// Rows of a table pasted out of a page: at least two lines with the same number of tabs.
std::size_t table_rows(const std::vector<std::string_view>& lines, std::size_t at) {
  const std::size_t tabs = tabs_in(trimmed(lines[at]));
  std::size_t end = at;
  while (tabs > 0 && end < lines.size() && tabs_in(trimmed(lines[end])) == tabs) ++end;
  return end - at >= 2 ? end - at : 0;
}

void write_table(const std::vector<std::string_view>& lines, std::size_t from, std::size_t count,
                 BlockBuilder& builder) {
  builder.table_begin();
  for (std::size_t i = from; i < from + count; ++i) {
    builder.row_begin();
    std::string_view rest = trimmed(lines[i]);
    for (;;) {
      const std::size_t tab = rest.find('\t');
      builder.cell_begin(i == from, 1, 1);
      builder.text(rest.substr(0, tab));
      builder.cell_end();
      if (tab == std::string_view::npos) break;
      rest.remove_prefix(tab + 1);
    }
  }
  builder.table_end();
}

}  // namespace

void read_text(const std::string& text, Document* document) {
  BlockBuilder builder(document);
  const std::vector<std::string_view> lines = lines_of(text);
  bool fresh = true;  // Nothing of a block is written yet.
  std::string_view previous;
  const auto end_block = [&] {
    fresh = true;
    previous = {};
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (line.empty() || is_underline(line)) {
      end_block();
      continue;
    }
    if (const std::size_t rows = table_rows(lines, i); rows > 0) {
      write_table(lines, i, rows, builder);
      i += rows - 1;
      end_block();
      continue;
    }
    const std::string_view next = i + 1 < lines.size() ? trimmed(lines[i + 1]) : std::string_view();
    if (const std::size_t mark = list_mark(line); mark > 0) {
      builder.begin(BlockKind::kItem, 1);
      builder.text(line.substr(mark));
      fresh = false;
    } else if (fresh && ((is_underline(next) && line.size() <= kHeadingBytes) ||
                         (next.empty() && looks_like_heading(line)))) {
      builder.begin(BlockKind::kHeading, 2);
      builder.text(line);
      end_block();
      continue;
    } else if (fresh) {
      builder.begin(BlockKind::kParagraph);
      builder.text(line);
      fresh = false;
    } else {
      const bool lower = line.front() >= 'a' && line.front() <= 'z';
      if (previous.size() < kWrapped && !lower) {
        builder.line_break();
      } else {
        builder.text(" ");
      }
      builder.text(line);
    }
    previous = line;
  }
  builder.finish();
}

}  // namespace affiant::policy
