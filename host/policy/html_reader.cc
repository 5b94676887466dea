// HTML as the blocks of a document.
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "policy/block_builder.h"
#include "policy/html_sax.h"
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

std::string_view attribute(HtmlAttributes attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (html_view(attributes[0]) == name) return html_view(attributes[1]);
  }
  return {};
}

bool has_attribute(HtmlAttributes attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (html_view(attributes[0]) == name) return true;
  }
  return false;
}

bool hides(HtmlAttributes attributes) {
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

struct Reader final : HtmlReader {
  explicit Reader(Document* document) : out(document), builder(document) {}

  void start(std::string_view name, HtmlAttributes attributes) override;
  void end(std::string_view name) override;
  void characters(std::string_view text) override;

  struct Open {
    Element element;
    bool hid;
  };

  std::size_t depth() const override { return stack.size(); }
  std::string too_deep() const override {
    return "the page after the place where more than " + std::to_string(limits::kHtmlDepth) +
           " elements stand inside each other (limits.h kHtmlDepth)";
  }
  void leave(const Open& open);

  Document* out;
  BlockBuilder builder;
  std::vector<Open> stack;
  int skip = 0, lists = 0, hidden = 0, quotes = 0, pre = 0, titles = 0;
};

void Reader::start(std::string_view name, HtmlAttributes attributes) {
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
  const Element element = element_of(name);
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

}  // namespace

Status read_html(const std::string& text, std::string_view what, Document* document) {
  Reader reader(document);
  if (!reader.parse(text, &document->unread)) {
    if (text.empty()) return {};
    return fail(Code::kInternal, "{}: the HTML parser could not be started", printable(what));
  }
  reader.builder.finish();
  return {};
}

}  // namespace affiant::policy
