// HTML through libxml2's SAX interface: no tree is built. Its parser looks through the stack of
// open elements at every stray end tag, which hostile input makes quadratic: that work is counted
// here, and beyond a budget reading stops and says so.
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "policy/block_builder.h"
#include "policy/html_tags.h"
#include "policy/readers.h"

namespace affiant::policy {
namespace {

enum class Element : std::uint8_t {
  kInline,
  kBlock,
  kSkip,
  kHeading,
  kItem,
  kList,
  kTable,
  kRow,
  kCell,
  kBreak,
  kLink,
  kTitle,
  kQuote,
  kPre,
  kRoot
};

struct Name {
  std::string_view name;
  Element element;
};

constexpr auto kNames = std::to_array<Name>({
    {"a", Element::kLink},         {"address", Element::kBlock},    {"article", Element::kBlock},
    {"aside", Element::kBlock},    {"blockquote", Element::kQuote}, {"body", Element::kBlock},
    {"br", Element::kBreak},       {"caption", Element::kBlock},    {"center", Element::kBlock},
    {"dd", Element::kItem},        {"details", Element::kBlock},    {"div", Element::kBlock},
    {"dl", Element::kList},        {"dt", Element::kItem},          {"embed", Element::kSkip},
    {"fieldset", Element::kBlock}, {"figcaption", Element::kBlock}, {"figure", Element::kBlock},
    {"footer", Element::kBlock},   {"form", Element::kBlock},       {"h1", Element::kHeading},
    {"h2", Element::kHeading},     {"h3", Element::kHeading},       {"h4", Element::kHeading},
    {"h5", Element::kHeading},     {"h6", Element::kHeading},       {"header", Element::kBlock},
    {"hr", Element::kBlock},       {"html", Element::kRoot},        {"iframe", Element::kSkip},
    {"legend", Element::kBlock},   {"li", Element::kItem},          {"main", Element::kBlock},
    {"math", Element::kSkip},      {"menu", Element::kList},        {"nav", Element::kBlock},
    {"noscript", Element::kSkip},  {"object", Element::kSkip},      {"ol", Element::kList},
    {"option", Element::kSkip},    {"p", Element::kBlock},          {"pre", Element::kPre},
    {"script", Element::kSkip},    {"section", Element::kBlock},    {"select", Element::kSkip},
    {"style", Element::kSkip},     {"summary", Element::kBlock},    {"svg", Element::kSkip},
    {"table", Element::kTable},    {"td", Element::kCell},          {"template", Element::kSkip},
    {"textarea", Element::kSkip},  {"th", Element::kCell},          {"title", Element::kTitle},
    {"tr", Element::kRow},         {"ul", Element::kList},
});

Element element_of(std::string_view name) {
  const auto at = std::lower_bound(kNames.begin(), kNames.end(), name,
                                   [](const Name& a, std::string_view b) { return a.name < b; });
  return at != kNames.end() && at->name == name ? at->element : Element::kInline;
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

std::string_view attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (view(attributes[0]) == name) return view(attributes[1]);
  }
  return {};
}

bool has_attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (view(attributes[0]) == name) return true;
  }
  return false;
}

bool hides(const xmlChar** attributes) {
  if (has_attribute(attributes, "hidden")) return true;
  std::string style(attribute(attributes, "style"));
  std::erase_if(style, [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
  std::transform(style.begin(), style.end(), style.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

int number(std::string_view text) {
  int value = 0;
  for (const char c : text.substr(0, 6)) {
    if (c < '0' || c > '9') break;
    value = value * 10 + (c - '0');
  }
  return std::max(value, 1);
}

struct Reader {
  explicit Reader(Document* document) : out(document), builder(document) {}

  struct Open {
    Element element;
    bool hid;
  };

  void start(std::string_view name, const xmlChar** attributes);
  void end(std::string_view name);
  void characters(std::string_view text);
  void spend();
  void leave(const Open& open);

  Document* out;
  BlockBuilder builder;
  htmlParserCtxtPtr parser = nullptr;
  std::vector<Open> stack;
  std::size_t work = 0;
  int skip = 0, lists = 0, hidden = 0, quotes = 0, pre = 0, titles = 0;
  bool stopped = false;
};

// Whatever the parser does about one token, it looks at most through all that is open.
void Reader::spend() {
  work += static_cast<std::size_t>(std::max(parser->nameNr, 0));
  if (stopped || (work < limits::kHtmlWork && stack.size() < limits::kHtmlDepth)) return;
  stopped = true;
  out->unread.push_back(
      stack.size() >= limits::kHtmlDepth
          ? "the page after the place where more than " + std::to_string(limits::kHtmlDepth) +
                " elements stand inside each other (limits.h kHtmlDepth)"
          : std::string("the rest of a page whose elements are too badly nested to go on"));
  xmlStopParser(parser);
}

void Reader::start(std::string_view name, const xmlChar** attributes) {
  spend();
  if (stopped) return;
  const Element element = element_of(name);
  const bool hid = hides(attributes);
  stack.push_back({element, hid});
  if (hid && ++hidden == 1 && !builder.in_cell()) builder.begin(BlockKind::kParagraph);
  if (hid) builder.set_hidden(true);
  const auto begin = [&](BlockKind kind, int level = 0) { builder.begin(kind, level); };
  switch (element) {
    case Element::kSkip:
      ++skip;
      break;
    case Element::kTitle:
      ++titles;
      break;
    case Element::kRoot:
      if (out->declared_language.empty()) out->declared_language = attribute(attributes, "lang");
      break;
    case Element::kHeading:
      begin(BlockKind::kHeading, name[1] - '0');
      break;
    case Element::kItem:
      begin(BlockKind::kItem, std::max(lists, 1));
      break;
    case Element::kList:
      ++lists;
      begin(BlockKind::kParagraph);
      break;
    case Element::kTable:
      builder.table_begin();
      break;
    case Element::kRow:
      builder.row_begin();
      break;
    case Element::kCell:
      builder.cell_begin(name == "th", number(attribute(attributes, "rowspan")),
                         number(attribute(attributes, "colspan")));
      break;
    case Element::kBreak:
      builder.line_break();
      break;
    case Element::kLink:
      builder.link_begin(attribute(attributes, "href"));
      break;
    case Element::kQuote:
      begin(BlockKind::kParagraph);
      if (++quotes == 1) builder.set_quoted(true);
      break;
    case Element::kPre:
      ++pre;
      [[fallthrough]];
    case Element::kBlock:
      begin(lists > 0 ? BlockKind::kItem : BlockKind::kParagraph, lists);
      break;
    case Element::kInline:
      break;
  }
}

void Reader::leave(const Open& open) {
  switch (open.element) {
    case Element::kSkip:
      --skip;
      break;
    case Element::kTitle:
      --titles;
      break;
    case Element::kTable:
      builder.table_end();
      break;
    case Element::kCell:
      builder.cell_end();
      break;
    case Element::kLink:
      builder.link_end();
      break;
    case Element::kList:
      --lists;
      builder.begin(lists > 0 ? BlockKind::kItem : BlockKind::kParagraph, lists);
      break;
    case Element::kQuote:
      builder.begin(BlockKind::kParagraph);
      if (--quotes == 0) builder.set_quoted(false);
      break;
    case Element::kPre:
      --pre;
      [[fallthrough]];
    case Element::kHeading:
    case Element::kItem:
    case Element::kBlock:
      builder.begin(lists > 0 ? BlockKind::kItem : BlockKind::kParagraph, lists);
      break;
    default:
      break;
  }
  if (open.hid && --hidden == 0) {
    if (!builder.in_cell()) builder.begin(BlockKind::kParagraph);
    builder.set_hidden(false);
  }
}

void Reader::end(std::string_view name) {
  spend();
  const Element element = element_of(name);
  // libxml2 reports an end for every start, in order.
  if (stack.empty() || stack.back().element != element) return;
  const Open open = stack.back();
  stack.pop_back();
  leave(open);
}

void Reader::characters(std::string_view text) {
  if (titles > 0) {
    if (skip == 0 && out->title.size() < limits::kFieldBytes) out->title.append(text);
    return;
  }
  if (skip > 0) return;
  if (pre == 0) {
    builder.text(text);
    return;
  }
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t line = std::min(text.find('\n', at), text.size());
    builder.text(text.substr(at, line - at));
    if (line < text.size()) builder.line_break();
    at = line + 1;
  }
}

extern "C" {
void on_start(void* reader, const xmlChar* name, const xmlChar** attributes) {
  static_cast<Reader*>(reader)->start(view(name), attributes);
}
void on_end(void* reader, const xmlChar* name) { static_cast<Reader*>(reader)->end(view(name)); }
void on_characters(void* reader, const xmlChar* text, int size) {
  static_cast<Reader*>(reader)->characters(
      {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}
void on_error(void* reader, xmlErrorPtr) { static_cast<Reader*>(reader)->spend(); }
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

Status read_html(const std::string& text, std::string_view what, Document* document) {
  htmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;  // With it, errors come to `serror` alone.
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_characters;
  handler.ignorableWhitespace = on_characters;
  handler.serror = on_error;
  Reader reader(document);
  bool cut = false;
  const std::string page = without_surplus_attributes(text, &cut);
  if (cut)
    document->unread.push_back("the attributes of a tag after its first " +
                               std::to_string(kAttributes) + " (kAttributes)");
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreateMemoryParserCtxt(page.data(), static_cast<int>(page.size())));
  if (!parser) {
    if (page.empty()) return {};
    return fail(Code::kInternal, "{}: the HTML parser could not be started", printable(what));
  }
  reader.parser = parser.get();
  htmlSAXHandlerPtr own = parser->sax;
  parser->sax = &handler;
  parser->userData = &reader;
  // The text is UTF-8 by now, whatever its meta elements say.
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  parser->sax = own;
  reader.builder.finish();
  return {};
}

}  // namespace affiant::policy
