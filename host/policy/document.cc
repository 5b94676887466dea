#include "policy/document.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "policy/readers.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return text.ends_with(end); });
}

// Tags that plain text and Markdown do not begin with.
bool looks_like_html(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 2'048));
  if (head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos)
    return true;
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string::npos && head[first] == '<' &&
         (head.find("<p") != std::string::npos || head.find("<div") != std::string::npos ||
          head.find("<h1") != std::string::npos || head.find("<body") != std::string::npos ||
          head.find("<table") != std::string::npos);
}

// What only Markdown has: headings with '#', links, rows between bars.
bool looks_like_markdown(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 16'384);
  return head.starts_with("# ") || head.find("\n# ") != std::string_view::npos ||
         head.find("\n## ") != std::string_view::npos ||
         head.find("](http") != std::string_view::npos ||
         head.find("| --- |") != std::string_view::npos;
}

constexpr std::size_t kWrapped = 45;       // Bytes: a shorter line was ended on purpose.
constexpr std::size_t kLongestLine = 140;  // A longer one was not wrapped.
constexpr std::size_t kFewestWrapped = 10;

std::string_view last_line(std::string_view text) {
  const std::size_t at = text.rfind('\n');
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

bool is_cut_off(std::string_view text) {
  return text.size() >= kWrapped &&
         std::string_view(".!?:;)").find(text.back()) == std::string_view::npos;
}

// Some pages wrap their lines with an empty line after each: every paragraph is then a line. Where
// most paragraphs are cut off so, they are joined again.
void join_wrapped(Document* document) {
  std::size_t long_ones = 0, cut_off = 0;
  for (const Block& block : document->blocks) {
    if (block.kind != BlockKind::kParagraph || block.end - block.start < kWrapped) continue;
    ++long_ones;
    cut_off += is_cut_off(document->of(block)) && block.end - block.start < kLongestLine ? 1U : 0U;
  }
  if (cut_off < kFewestWrapped || cut_off * 2 < long_ones) return;
  std::vector<Block> joined;
  for (Block& block : document->blocks) {
    const bool goes_on = !joined.empty() && block.kind == BlockKind::kParagraph &&
                         joined.back().kind == BlockKind::kParagraph &&
                         is_cut_off(last_line(document->of(joined.back())));
    if (!goes_on) {
      joined.push_back(std::move(block));
      continue;
    }
    joined.back().end = block.end;
    for (Link& link : block.links) joined.back().links.push_back(std::move(link));
  }
  document->blocks = std::move(joined);
}

}  // namespace

Format guess_format(std::string_view name_or_type, std::string_view bytes) {
  std::string name = lower(name_or_type);
  if (name.find('/') != std::string::npos && name.find(';') != std::string::npos)
    name.resize(name.find(';'));  // "text/html; charset=utf-8"
  if (ends_with_any(name, {"blocks+json"})) return Format::kBlocks;
  if (ends_with_any(name, {".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml"}))
    return Format::kHtml;
  if (ends_with_any(name, {".md", ".markdown", "text/markdown"})) return Format::kMarkdown;
  if (ends_with_any(name, {".txt", "text/plain"})) return Format::kText;
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && bytes[first] == '{' &&
      bytes.find("\"blocks\"") != std::string_view::npos)
    return Format::kBlocks;
  if (looks_like_html(bytes)) return Format::kHtml;
  return looks_like_markdown(bytes) ? Format::kMarkdown : Format::kText;
}

Result<Document> read_document(std::string_view bytes, Format format, std::string_view what) {
  if (bytes.size() > limits::kPolicyBytes)
    return fail(Code::kTooLarge, "{}: {} bytes, above the cap of {} (limits.h kPolicyBytes)",
                printable(what), bytes.size(), limits::kPolicyBytes);
  if (bytes.starts_with("%PDF-"))
    return fail(Code::kUnsupported,
                "{}: a PDF, which is not read; save the policy as HTML or plain text",
                printable(what));
  CleanText clean = clean_utf8(bytes);
  Document document;
  if (clean.replaced > 0)
    document.unread.push_back(std::to_string(clean.replaced) +
                              (clean.replaced == 1 ? " byte" : " bytes") +
                              " that are not UTF-8, read as unknown characters");
  switch (format) {
    case Format::kHtml:
      AFFIANT_CHECK(read_html(clean.text, what, &document));
      break;
    case Format::kMarkdown:
      AFFIANT_CHECK(read_markdown(clean.text, what, &document));
      break;
    case Format::kText:
      read_text(clean.text, &document);
      break;
    case Format::kBlocks:
      AFFIANT_CHECK(read_blocks(clean.text, what, &document));
      break;
  }
  join_wrapped(&document);
  return document;
}

}  // namespace affiant::policy
