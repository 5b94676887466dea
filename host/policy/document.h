// A policy text as blocks, whatever it came from: HTML, Markdown, plain text, or the extension's
// captured blocks. Offsets are bytes into `Document::text`, the plain text that quotations and
// spans refer to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::policy {

enum class BlockKind : std::uint8_t { kHeading, kParagraph, kItem, kCell };

struct Link {
  std::string text, href;
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
  std::size_t start = 0, end = 0;       // Span of its text in Document::text.
  int level = 0;                        // Heading level, or list depth of an item.
  int table = -1, row = 0, column = 0;  // Cells.
  bool header = false;                  // A cell marked as header.
  bool hidden = false;
  bool quoted = false;  // Inside a block quotation.
  bool spanned =
      false;  // A cell that a rowspan or colspan repeats: its text stands elsewhere already.
  std::vector<Link> links;
};

struct Document {
  std::string text;  // UTF-8; blocks separated by "\n".
  std::vector<Block> blocks;
  std::string title, declared_language;
  std::vector<std::string>
      unread;  // What could not be read, in words; copied into the declaration.
  std::string_view of(const Block& b) const {
    return std::string_view(text).substr(b.start, b.end - b.start);
  }
};

enum class Format : std::uint8_t { kHtml, kMarkdown, kText, kBlocks };

// By content type or file name; kText when neither says.
Format guess_format(std::string_view name_or_type, std::string_view bytes);
// Never recurses over input; caps as limits.h. `what` names the source in errors.
Result<Document> read_document(std::string_view bytes, Format format, std::string_view what);

}  // namespace affiant::policy
