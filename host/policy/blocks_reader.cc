// The extension's captures (docs/protocol.md, policy.page).
#include <algorithm>

#include "json/json.h"
#include "policy/block_builder.h"
#include "policy/readers.h"

namespace affiant::policy {
namespace {

void write_text(std::string_view text, BlockBuilder& builder) {
  for (;;) {
    const std::size_t line = text.find('\n');
    builder.text(text.substr(0, line));
    if (line == std::string_view::npos) return;
    builder.line_break();
    text.remove_prefix(line + 1);
  }
}

Result<int> small(json::Reader& reader, std::string_view key, int most) {
  AFFIANT_TRY(const auto value, reader.optional_integer(key));
  return static_cast<int>(std::clamp<std::int64_t>(value.value_or(0), 0, most));
}

class Capture {
 public:
  explicit Capture(Document* document) : document_(document), builder_(document) {}

  Status block(const json::Value& value, std::string what) {
    AFFIANT_TRY(auto reader, json::Reader::open(value, std::move(what)));
    AFFIANT_TRY(const auto kind, reader.string("kind"));
    AFFIANT_TRY(const auto text, reader.string("text", limits::kPolicyBytes));
    AFFIANT_TRY(const bool hidden, reader.optional_boolean("hidden", false));
    if (kind == "cell") {
      AFFIANT_CHECK(place(reader));
    } else {
      end_table();
      if (kind == "heading") {
        AFFIANT_TRY(const int level, small(reader, "level", 6));
        builder_.begin(BlockKind::kHeading, std::max(level, 1));
      } else if (kind == "item") {
        AFFIANT_TRY(const int depth, small(reader, "depth", 64));
        builder_.begin(BlockKind::kItem, std::max(depth, 1));
      } else {
        builder_.begin(BlockKind::kParagraph);
      }
    }
    builder_.set_hidden(hidden);
    write_text(text, builder_);
    AFFIANT_CHECK(links(reader));
    if (kind == "cell") builder_.cell_end();
    return {};
  }

  void finish() {
    end_table();
    builder_.finish();
  }

 private:
  void end_table() {
    if (table_ >= 0) builder_.table_end();
    table_ = -1;
  }

  // Columns are the builder's own reckoning, as the extension's: both lay spans out alike.
  Status place(json::Reader& reader) {
    AFFIANT_TRY(const auto table, reader.integer("table"));
    AFFIANT_TRY(const auto row, reader.integer("row"));
    AFFIANT_TRY(const bool header, reader.optional_boolean("header", false));
    AFFIANT_TRY(const int rowspan, small(reader, "rowspan", 20'000));
    AFFIANT_TRY(const int colspan, small(reader, "colspan", 64));
    if (table != table_) {
      end_table();
      builder_.table_begin();
      table_ = table;
      row_ = -1;
    }
    if (row != row_) builder_.row_begin();
    row_ = row;
    builder_.cell_begin(header, rowspan, colspan);
    return {};
  }

  // A link's text stands in the block's text already.
  Status links(json::Reader& reader) {
    if (!reader.has("links")) return {};
    AFFIANT_TRY(const json::Value* list, reader.array("links", 1'000));
    for (const json::Value& value : *list) {
      AFFIANT_TRY(auto link, json::Reader::open(value, reader.what() + ".links"));
      AFFIANT_TRY(const auto text, link.optional_string("text"));
      AFFIANT_TRY(const auto href, link.optional_string("href", limits::kUrlBytes));
      builder_.link({text.value_or(""), href.value_or("")});
    }
    return {};
  }

  Document* document_;
  BlockBuilder builder_;
  std::int64_t table_ = -1, row_ = -1;
};

}  // namespace

Status read_blocks(const std::string& text, std::string_view what, Document* document) {
  AFFIANT_TRY(const json::Value value, json::parse(text, what, json::Surrogates::kReplace));
  AFFIANT_TRY(auto reader, json::Reader::open(value, std::string(what)));
  AFFIANT_TRY(const auto version, reader.integer("v"));
  if (version != 1)
    return fail(Code::kUnsupported,
                "{}: blocks of version {}, this program reads version 1; use a newer affiant", what,
                version);
  AFFIANT_TRY(const auto title, reader.optional_string("title"));
  AFFIANT_TRY(const auto language, reader.optional_string("lang"));
  document->title = title.value_or("");
  document->declared_language = language.value_or("");
  AFFIANT_TRY(const json::Value* blocks, reader.array("blocks", limits::kPolicyBlocks));
  Capture capture(document);
  std::size_t n = 0;
  for (const json::Value& block : *blocks)
    AFFIANT_CHECK(capture.block(block, std::string(what) + ".blocks[" + std::to_string(n++) + "]"));
  capture.finish();
  AFFIANT_TRY(const bool truncated, reader.optional_boolean("truncated", false));
  if (truncated)
    document->unread.push_back("the rest of a page that was too long to be captured whole");
  return {};
}

}  // namespace affiant::policy
