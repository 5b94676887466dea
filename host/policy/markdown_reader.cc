// Markdown through libcmark-gfm with its table extension, walked with its iterator.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>

#include "base/bytes.h"
#include "base/limits.h"
#include "policy/block_builder.h"
#include "policy/markdown_lines.h"
#include "policy/readers.h"

namespace affiant::policy {
namespace {

std::string_view view(const char* text) { return text == nullptr ? "" : text; }

// What stands in the text as tags: those that part words matter here, and those that are none:
// "_ga_<container-id>".
void inline_html(std::string_view tag, BlockBuilder& builder) {
  std::string name(tag.substr(0, 24));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (name.starts_with("<br")) builder.line_break();
  constexpr std::string_view kPlaceholderEnds[] = {"id>", "hash>", "name>", "number>", "key>"};
  const bool placeholder = std::any_of(std::begin(kPlaceholderEnds), std::end(kPlaceholderEnds),
                                       [&](std::string_view end) { return name.ends_with(end); }) &&
                           name.find_first_of(" =/") == std::string::npos;
  if (placeholder && name.size() == tag.size()) builder.text(tag);
}

struct Walk {
  explicit Walk(Document* document, std::string_view source)
      : out(document), what(source), builder(document) {}

  void visit(cmark_node* node, bool entering);
  bool visit_table(cmark_node* node, bool entering);
  void visit_text(cmark_node* node);
  void lines(std::string_view text);
  void put(const Document& inner);

  Document* out;
  std::string_view what;
  BlockBuilder builder;
  int lists = 0, quotes = 0, images = 0;
  bool header_row = false;
};

void Walk::lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    builder.text(text.substr(0, end));
    if (end < text.size()) builder.line_break();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Blocks of another document, its tables as tables.
void Walk::put(const Document& inner) {
  int table = -1, row = -1;
  for (const Block& block : inner.blocks) {
    const bool cell = block.kind == BlockKind::kCell;
    if (table >= 0 && (!cell || block.table != table)) builder.table_end();
    if (!cell) {
      table = -1;
      builder.begin(block.kind, block.level);
      lines(inner.of(block));
      continue;
    }
    if (block.table != table) {
      builder.table_begin();
      row = -1;
    }
    if (block.row != row) builder.row_begin();
    table = block.table;
    row = block.row;
    builder.cell_begin(block.header, 1, 1);
    lines(inner.of(block));
    builder.cell_end();
  }
  if (table >= 0) builder.table_end();
  builder.begin(BlockKind::kParagraph);
}

// "Name: a_b" and below it "Domain: ...": fields, each in its line, not a text that was wrapped.
bool begins_field(cmark_node* node) {
  if (node != nullptr && cmark_node_get_type(node) == CMARK_NODE_STRONG)
    node = cmark_node_first_child(node);
  if (node == nullptr || cmark_node_get_type(node) != CMARK_NODE_TEXT) return false;
  const std::string_view text = view(cmark_node_get_literal(node));
  constexpr std::size_t kLongestField = 24;
  const std::size_t colon = text.substr(0, kLongestField).find(':');
  return colon != std::string_view::npos && colon > 1 && text[0] >= 'A' && text[0] <= 'Z' &&
         std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), ' ') <= 2;
}

void Walk::visit_text(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_SOFTBREAK) {
    const bool field = begins_field(cmark_node_next(node)) &&
                       begins_field(cmark_node_first_child(cmark_node_parent(node)));
    if (field)
      builder.line_break();
    else
      builder.text(" ");
  } else if (type == CMARK_NODE_LINEBREAK) {
    builder.line_break();
  } else if (type == CMARK_NODE_HTML_INLINE) {
    inline_html(view(cmark_node_get_literal(node)), builder);
  } else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
    if (images == 0) builder.text(view(cmark_node_get_literal(node)));
  }
}

void Walk::visit(cmark_node* node, bool entering) {
  const cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_HEADING) {
    // Inside a list it heads no more than its item.
    if (entering && lists > 0) builder.begin(BlockKind::kItem, lists);
    if (entering && lists == 0)
      builder.begin(BlockKind::kHeading, cmark_node_get_heading_level(node));
    if (!entering) builder.begin(BlockKind::kParagraph);
  } else if (type == CMARK_NODE_PARAGRAPH) {
    if (entering) builder.begin(lists > 0 ? BlockKind::kItem : BlockKind::kParagraph, lists);
    if (!entering) builder.begin(BlockKind::kParagraph);
  } else if (type == CMARK_NODE_LIST) {
    lists += entering ? 1 : -1;
  } else if (type == CMARK_NODE_BLOCK_QUOTE) {
    quotes += entering ? 1 : -1;
    builder.begin(BlockKind::kParagraph);
    builder.set_quoted(quotes > 0);
  } else if (type == CMARK_NODE_IMAGE) {
    images += entering ? 1 : -1;
  } else if (type == CMARK_NODE_LINK) {
    if (entering) builder.link_begin(view(cmark_node_get_url(node)));
    if (!entering) builder.link_end();
  } else if (type == CMARK_NODE_CODE_BLOCK) {
    builder.begin(BlockKind::kParagraph);
    lines(view(cmark_node_get_literal(node)));
    builder.begin(BlockKind::kParagraph);
  } else if (type == CMARK_NODE_HTML_BLOCK) {
    // A page's own markup left standing: read as the page it was.
    Document inner;
    if (read_html(std::string(view(cmark_node_get_literal(node))), what, &inner)) {
      put(inner);
    }
  } else if (!visit_table(node, entering) && entering) {
    visit_text(node);
  }
}

// The extension's types have no constants in the public headers, only names.
bool Walk::visit_table(cmark_node* node, bool entering) {
  const std::string_view name = view(cmark_node_get_type_string(node));
  if (name == "table") {
    if (entering) builder.table_begin();
    if (!entering) builder.table_end();
  } else if (name == "table_row" || name == "table_header") {
    header_row = name == "table_header";
    if (entering) builder.row_begin();
  } else if (name == "table_cell") {
    if (entering) builder.cell_begin(header_row, 1, 1);
    if (!entering) builder.cell_end();
  } else {
    return false;
  }
  return true;
}

struct Free {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};

}  // namespace

Status read_markdown(const std::string& text, std::string_view what, Document* document) {
  static std::once_flag once;  // Registration is global in the library.
  std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
  const std::unique_ptr<cmark_parser, Free> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  cmark_syntax_extension* table = cmark_find_syntax_extension("table");
  if (!parser || table == nullptr)
    return fail(Code::kInternal, "{}: the Markdown parser has no tables; reinstall libcmark-gfm",
                printable(what));
  cmark_parser_attach_syntax_extension(parser.get(), table);
  bool cut = false;
  const std::string_view body = std::string_view(text).substr(front_matter(text, &document->title));
  const std::string mended = mended_lines(body, &cut);
  if (cut)
    document->unread.push_back("rows of a table with more than " +
                               std::to_string(limits::kMarkdownBars) +
                               " cells (limits::kMarkdownBars), read as text");
  cmark_parser_feed(parser.get(), mended.data(), mended.size());
  const std::unique_ptr<cmark_node, Free> root(cmark_parser_finish(parser.get()));
  if (!root) return fail(Code::kInternal, "{}: the Markdown parser gave nothing", printable(what));
  const std::unique_ptr<cmark_iter, Free> iter(cmark_iter_new(root.get()));
  Walk walk(document, what);
  for (cmark_event_type event; (event = cmark_iter_next(iter.get())) != CMARK_EVENT_DONE;)
    walk.visit(cmark_iter_get_node(iter.get()), event == CMARK_EVENT_ENTER);
  walk.builder.finish();
  return {};
}

}  // namespace affiant::policy
