#include "policy/markdown_lines.h"

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kFrontMatterBytes = 16'384;
constexpr std::size_t kTitleBytes = 200;

std::string_view trimmed(std::string_view line) {
  const std::size_t from = line.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_last_not_of(" \t\r") - from + 1);
}

// The line at `*at`, which moves behind it.
std::string_view next_line(std::string_view text, std::size_t* at) {
  const std::size_t end = std::min(text.find('\n', *at), text.size());
  const std::string_view line = text.substr(*at, end - *at);
  *at = std::min(end + 1, text.size());
  return line;
}

// The end of "og_image" in "og_image: a.png"; npos when the line does not begin with a key.
std::size_t key_end(std::string_view line, char sign) {
  std::size_t end = 0;
  while (end < line.size() &&
         (line[end] == '_' || line[end] == '-' || line[end] == '.' ||
          (line[end] >= '0' && line[end] <= '9') || (line[end] >= 'a' && line[end] <= 'z') ||
          (line[end] >= 'A' && line[end] <= 'Z')))
    ++end;
  const std::size_t after =
      sign == '=' ? std::min(line.find_first_not_of(' ', end), line.size()) : end;
  const bool key = end > 0 && after < line.size() && line[after] == sign;
  return key && (sign == '=' || after + 1 == line.size() || line[after + 1] == ' ' ||
                 line[after + 1] == '\r')
             ? after
             : std::string_view::npos;
}

// "_ga_{id}", "_ga_#", "_ga_*": names of cookies, whose underscores are no emphasis.
std::string keep_underscores(std::string_view line) {
  std::string out;
  const bool code = line.find('`') != std::string_view::npos;
  bool name = false;  // The word began with an underscore.
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool first = i == 0 || line[i - 1] == ' ' || line[i - 1] == '|' || line[i - 1] == '>';
    if (first) name = line.substr(i).starts_with('_') || line.substr(i).starts_with("^_");
    const std::string_view rest = line.substr(i + 1);
    const bool mask = !rest.empty() && std::string_view("{<[#*").find(rest[0]) < 5;
    if (!code && name && !first && line[i] == '_' && line[i - 1] != '\\' &&
        (mask || rest.starts_with(".*")))
      out += '\\';
    out += line[i];
  }
  return out;
}

// "{% include banner.html %}", "{: .wide}", ":::note": told to a site's generator, and shown to
// nobody.
bool is_for_generator(std::string_view line) {
  line = trimmed(line);
  for (const auto& [opens, closes] :
       {std::pair<std::string_view, std::string_view>{"{%", "%}"}, {"{{", "}}"}, {"{:", "}"}}) {
    if (line.starts_with(opens) && line.ends_with(closes) && line.size() >= 4 &&
        line.find(closes) + closes.size() == line.size())
      return true;
  }
  return line.starts_with(":::") && line.find(' ') == std::string_view::npos;
}

std::ptrdiff_t bars_in(std::string_view line) { return std::count(line.begin(), line.end(), '|'); }

bool is_delimiter(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
         line.find_first_not_of("|-: \t\r") == std::string_view::npos;
}

// Cells of a row; an escaped bar parts none.
std::ptrdiff_t cells_in(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::ptrdiff_t cells = 1;
  for (std::size_t i = 0; i < line.size(); ++i)
    cells += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
  return cells;
}

}  // namespace

std::size_t front_matter(std::string_view text, std::string* title) {
  std::size_t at = 0;
  const std::string_view fence = trimmed(next_line(text, &at));
  if (fence != "---" && fence != "+++") return 0;
  const char sign = fence == "---" ? ':' : '=';
  std::string_view called;
  for (bool keyed = false; at < std::min(text.size(), kFrontMatterBytes);) {
    const std::string_view line = next_line(text, &at), words = trimmed(line);
    if (keyed && (words == fence || words == "...")) {
      if (called.size() > 1 && (called.front() == '"' || called.front() == '\'') &&
          called.back() == called.front())
        called = called.substr(1, called.size() - 2);
      *title = cut(called, kTitleBytes);
      return at;
    }
    // What belongs to the key before, or to nobody.
    const bool goes_on =
        keyed && (line.starts_with(' ') || line.starts_with('\t') || line.starts_with("- ") ||
                  line.starts_with(']') || line.starts_with('}'));
    if (words.empty() || line.starts_with('#') || goes_on) continue;
    const std::size_t key = key_end(line, sign);
    if (key == std::string_view::npos) return 0;
    keyed = true;
    if (trimmed(line.substr(0, key)) == "title") called = trimmed(line.substr(key + 1));
  }
  return 0;
}

std::string mended_lines(std::string_view text, bool* cut) {
  std::string out;
  out.reserve(text.size() + 64);
  std::string_view above;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = next_line(text, &at);
    const std::size_t bar = line.rfind('|');
    const std::string_view rest = bar == std::string_view::npos ? "" : line.substr(bar + 1);
    const std::string_view row = line.substr(0, line.size() - rest.size());
    if (bar != std::string_view::npos && line.front() == '|' &&
        row.find("---") != std::string_view::npos && is_delimiter(row) &&
        rest.find_first_not_of(" \t-:") != std::string_view::npos) {
      // Pages turned into Markdown by programs glue what followed the table's head to its delimiter
      // row: "| --- | --- |Strictly Necessary". Those words become a paragraph of their own.
      out.append(row).append("\n\n").append(rest).append("\n\n");
    } else if (is_for_generator(line)) {
      out += '\n';
    } else if (bars_in(line) > limits::kMarkdownBars) {
      // Dear to the parser, and no row.
      *cut = true;
      out.append(keep_underscores(line)).append("\n");
      std::replace(out.end() - static_cast<std::ptrdiff_t>(line.size()) - 1, out.end(), '|', ' ');
    } else if (is_delimiter(line) && bars_in(above) <= limits::kMarkdownBars &&
               cells_in(line) < cells_in(above)) {
      // Of fewer cells than the head: some generators take it, the parser does not.
      const std::string_view given = trimmed(line);
      out.append(given.starts_with('|') ? "" : "|").append(given);
      if (!given.ends_with('|')) out += '|';
      for (std::ptrdiff_t missing = cells_in(above) - cells_in(given); missing > 0; --missing)
        out += "-|";
      out += '\n';
    } else {
      out.append(keep_underscores(line)).append("\n");
    }
    above = line;
  }
  return out;
}

}  // namespace affiant::policy
