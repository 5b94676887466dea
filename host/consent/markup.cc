#include "consent/markup.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "policy/html_sax.h"

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

struct Reader final : policy::HtmlReader {
  Markup out;

  void spend() override {
    HtmlReader::spend();
    if (!stopped() && out.elements.size() >= limits::kHtmlElements)
      stop("the rest of a page with too many elements (limits::kHtmlElements)");
  }

  void start(std::string_view name, policy::HtmlAttributes attributes) override {
    if (is_one_of(kSkipped, name)) ++skip;
    if (name == "br" || !is_one_of(kInline, name)) line();
    Element element;
    element.tag = name;
    element.start = element.end = out.text.size();
    element.parent = stack.empty() ? -1 : stack.back();
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
      const std::string_view value = policy::html_view(attributes[1]);
      if (value.size() > kAttribute) continue;
      if (policy::html_view(attributes[0]) == "class") element.classes = value;
      if (policy::html_view(attributes[0]) == "id") element.id = value;
    }
    stack.push_back(static_cast<int>(out.elements.size()));
    out.elements.push_back(std::move(element));
  }

  void end(std::string_view name) override {
    if (stack.empty() || out.elements[static_cast<std::size_t>(stack.back())].tag != name) return;
    out.elements[static_cast<std::size_t>(stack.back())].end = out.text.size();
    stack.pop_back();
    if (is_one_of(kSkipped, name)) --skip;
    if (!is_one_of(kInline, name)) line();
  }

  void characters(std::string_view text) override {
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

  // Elements that are still open: what was stopped, or never closed.
  void close_all() {
    for (const int open : stack) out.elements[static_cast<std::size_t>(open)].end = out.text.size();
  }

  std::size_t depth() const override { return stack.size(); }
  std::string too_deep() const override {
    return "the rest of a page whose elements are too badly nested to go on";
  }

  void line() {
    // Never shorter, since spans end here.
    if (out.text.empty() || out.text.back() == '\n') return;
    if (out.text.back() == ' ')
      out.text.back() = '\n';
    else
      out.text += '\n';
  }

  std::vector<int> stack;  // Of elements.
  int skip = 0;
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
  reader.parse(html, &reader.out.unread);
  reader.close_all();
  return std::move(reader.out);
}

}  // namespace affiant::consent
