#include "policy/document.h"

#include <algorithm>
#include <array>
#include <utility>

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

// Behind a byte order mark or an empty line it is one too.
bool is_pdf(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return first < 64 && bytes.substr(first).starts_with("%PDF-");
}

// What begins like a file of another kind, in words.
std::string_view binary_kind(std::string_view bytes) {
  constexpr auto kKinds = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"PK\x03\x04", "a ZIP file or an office document (.docx, .odt)"},
       {"\xD0\xCF\x11\xE0", "an office document of the old kind (.doc)"},
       {"{\\rtf", "an RTF document"},
       {"\x1F\x8B", "a gzip file"},
       {"\x89PNG", "a picture"},
       {"\xFF\xD8\xFF", "a picture"},
       {"GIF8", "a picture"}});
  for (const auto& [begins, kind] : kKinds) {
    if (bytes.starts_with(begins)) return kind;
  }
  return {};
}

// The encoding that a page says it is in, when that is none that is read here; else empty.
std::string foreign_charset(std::string_view text) {
  const std::string head = lower(text.substr(0, 2'048));
  const std::size_t at = head.find("charset=");
  if (at == std::string::npos) return {};
  std::size_t from = at + 8;
  while (from < head.size() && (head[from] == '"' || head[from] == '\'' || head[from] == ' '))
    ++from;
  const std::size_t end = std::min(head.find_first_of("\"'> ;/", from), head.size());
  const std::string name = head.substr(from, end - from);
  const bool western = name.starts_with("utf") || name.starts_with("windows-1252") ||
                       name.starts_with("cp1252") || name.starts_with("iso-8859-1") ||
                       name.starts_with("latin") || name.find("ascii") != std::string::npos;
  return western && name != "iso-8859-10" && name != "iso-8859-11" && name != "iso-8859-13" &&
                 name != "iso-8859-14" && name != "iso-8859-16"
             ? std::string()
             : name;
}

void say_encoding(const CleanText& clean, Format format, Document* document) {
  if (clean.replaced > 0)
    document->unread.push_back(std::to_string(clean.replaced) +
                               (clean.replaced == 1 ? " byte" : " bytes") +
                               " that are no characters of the text's encoding");
  if (clean.encoding != Encoding::kWindows1252 || format != Format::kHtml) return;
  const std::string charset = foreign_charset(clean.text);
  if (!charset.empty())
    document->unread.push_back("the letters outside ASCII of a page in " + printable(charset, 40) +
                               ", an encoding that is not read");
}

// What outline_of() leaves out, and why. Text in another alphabet altogether is not meant.
void say_disguised(Document* document) {
  std::size_t blocks = 0;
  std::string example;
  for (const Block& block : document->blocks) {
    const std::string_view text = document->of(block);
    std::size_t at = 0;
    const std::string_view word = block.spanned ? "" : next_disguised_word(text, &at);
    if (word.empty()) continue;
    const auto other = std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned char>(c) >> 6U) == 3;
    });
    if (static_cast<std::size_t>(other) * 3 > text.size()) continue;
    if (blocks++ == 0) example = printable(word, 60);
  }
  if (blocks == 0) return;
  document->unread.push_back(
      std::to_string(blocks) + (blocks == 1 ? " passage" : " passages") +
      " with words that are not what they look like, of letters from two alphabets or that could "
      "not be decoded (\"" +
      example + "\")");
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
  Document document;
  if (is_pdf(bytes)) {
    AFFIANT_CHECK(read_pdf(bytes, what, &document));
    say_disguised(&document);
    return document;
  }
  if (const std::string_view kind = binary_kind(bytes); !kind.empty())
    return fail(Code::kUnsupported,
                "{}: {}, which is not read; save the policy as HTML, PDF or plain text",
                printable(what), kind);
  CleanText clean = clean_utf8(bytes);
  say_encoding(clean, format, &document);
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
  say_disguised(&document);
  return document;
}

}  // namespace affiant::policy
