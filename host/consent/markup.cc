// Through libxml2's SAX interface, as host/policy/html_reader.cc, whose remarks on the parser's
// quadratic corners hold here too.
#include "consent/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/limits.h"

namespace affiant::consent {
namespace {

constexpr std::size_t kAttribute =
    400;  // Bytes: a longer one is no class or id that is looked for.

constexpr auto kSkipped = std::to_array<std::string_view>(
    {"iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea"});
constexpr auto kInline =
    std::to_array<std::string_view>({"a", "abbr", "b", "code", "em", "i", "input", "label", "small",
                                     "span", "strong", "sub", "sup"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

struct Reader {
  Markup out;
  htmlParserCtxtPtr parser = nullptr;
  std::vector<int> stack;  // Of elements; -1 for one that is not kept.
  std::size_t work = 0;
  int skip = 0;
  bool stopped = false;

  void stop(std::string_view why) {
    stopped = true;
    out.unread.emplace_back(why);
    xmlStopParser(parser);
  }

  void spend() {
    work += static_cast<std::size_t>(std::max(parser->nameNr, 0));
    if (stopped) return;
    if (work >= limits::kHtmlWork || stack.size() >= limits::kHtmlDepth)
      stop("the rest of a page whose elements are too badly nested to go on");
    if (out.elements.size() >= kElements)
      stop("the rest of a page with too many elements (kElements)");
  }

  void line() {
    // Never shorter, since spans end here.
    if (out.text.empty() || out.text.back() == '\n') return;
    if (out.text.back() == ' ')
      out.text.back() = '\n';
    else
      out.text += '\n';
  }

  void start(std::string_view name, const xmlChar** attributes) {
    spend();
    if (stopped) return;
    if (is_one_of(kSkipped, name)) ++skip;
    if (name == "br" || !is_one_of(kInline, name)) line();
    Element element;
    element.tag = name;
    element.start = element.end = out.text.size();
    element.parent = stack.empty() ? -1 : stack.back();
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      const std::string_view value = view(attributes[1]);
      if (value.size() > kAttribute) continue;
      if (view(attributes[0]) == "class") element.classes = value;
      if (view(attributes[0]) == "id") element.id = value;
    }
    stack.push_back(static_cast<int>(out.elements.size()));
    out.elements.push_back(std::move(element));
  }

  void end(std::string_view name) {
    spend();
    if (stack.empty() || out.elements[static_cast<std::size_t>(stack.back())].tag != name) return;
    out.elements[static_cast<std::size_t>(stack.back())].end = out.text.size();
    stack.pop_back();
    if (is_one_of(kSkipped, name)) --skip;
    if (!is_one_of(kInline, name)) line();
  }

  void characters(std::string_view text) {
    if (skip > 0) return;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      // U+00A0 stands for a space in cells.
      const bool nbsp = c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0';
      if (nbsp) ++i;
      if (nbsp || c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        if (!out.text.empty() && out.text.back() != ' ' && out.text.back() != '\n') out.text += ' ';
      } else {
        out.text += c;
      }
    }
  }
};

extern "C" {
void on_markup_start(void* reader, const xmlChar* name, const xmlChar** attributes) {
  static_cast<Reader*>(reader)->start(view(name), attributes);
}
void on_markup_end(void* reader, const xmlChar* name) {
  static_cast<Reader*>(reader)->end(view(name));
}
void on_markup_characters(void* reader, const xmlChar* text, int size) {
  static_cast<Reader*>(reader)->characters(
      {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}
void on_markup_error(void* reader, xmlErrorPtr) { static_cast<Reader*>(reader)->spend(); }
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

bool Element::has_class(std::string_view name) const {
  for (std::size_t at = classes.find(name); at != std::string::npos;
       at = classes.find(name, at + 1)) {
    const auto parts = [&](std::size_t i) {
      return i >= classes.size() ||
             std::string_view(" \t\n\r\f").find(classes[i]) != std::string_view::npos;
    };
    if ((at == 0 || parts(at - 1)) && parts(at + name.size())) return true;
  }
  return false;
}

std::string_view Markup::of(const Element& element) const {
  std::string_view shown = std::string_view(text).substr(
      element.start, std::max(element.end, element.start) - element.start);
  while (!shown.empty() && (shown.front() == ' ' || shown.front() == '\n')) shown.remove_prefix(1);
  while (!shown.empty() && (shown.back() == ' ' || shown.back() == '\n')) shown.remove_suffix(1);
  return shown;
}

Markup read_markup(const std::string& html) {
  Reader reader;
  htmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;  // With it, errors come to `serror` alone.
  handler.startElement = on_markup_start;
  handler.endElement = on_markup_end;
  handler.characters = on_markup_characters;
  handler.ignorableWhitespace = on_markup_characters;
  handler.serror = on_markup_error;
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(
      htmlCreateMemoryParserCtxt(html.data(), static_cast<int>(html.size())));
  if (!parser) return {};
  reader.parser = parser.get();
  htmlSAXHandlerPtr own = parser->sax;
  parser->sax = &handler;
  parser->userData = &reader;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser.get());
  parser->sax = own;
  // Elements that were still open: what was stopped, or never closed.
  for (const int open : reader.stack)
    reader.out.elements[static_cast<std::size_t>(open)].end = reader.out.text.size();
  return std::move(reader.out);
}

}  // namespace affiant::consent
