#include "policy/html_tags.h"

#include <algorithm>

#include "base/limits.h"

namespace affiant::policy {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Tag {
  std::size_t keep = 0;  // Where its surplus begins, or its end.
  std::size_t end = 0;   // Its '>', or what ends it without one: the next end tag, the text's end.
};

Tag tag_at(std::string_view html, std::size_t at) {
  Tag tag;
  std::size_t attributes = 0;
  char quote = '\0';
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    // What looks like a tag may be the "a < b" of a script: its end tag must not get lost.
    if (c == '>' || (c == '<' && at + 1 < html.size() && html[at + 1] == '/')) break;
    if ((c == '"' || c == '\'') && html[at - 1] == '=') quote = c;
    if (!is_space(c) && (is_space(html[at - 1]) || html[at - 1] == '/') && c != '=' &&
        ++attributes > limits::kHtmlAttributes && tag.keep == 0)
      tag.keep = at;
  }
  tag.end = at;
  if (tag.keep == 0) tag.keep = at;
  return tag;
}

}  // namespace

std::string without_surplus_attributes(std::string_view html, bool* cut) {
  *cut = false;
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    if (++at >= html.size() || !is_letter(html[at])) continue;
    const Tag tag = tag_at(html, at);
    at = tag.end;
    if (tag.keep == tag.end) continue;
    *cut = true;
    out.append(html.substr(from, tag.keep - from));
    if (tag.end < html.size() && html[tag.end] == '<') out += '>';
    from = tag.end;
  }
  return out.append(html.substr(from));
}

}  // namespace affiant::policy
