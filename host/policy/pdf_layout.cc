#include "policy/pdf_layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace affiant::policy {
namespace {

constexpr double kFarthest = 100'000;  // Points; a PDF's page has at most 14,400.

double number(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(name);
  if (at == std::string_view::npos) return 0;
  const char* from = tag.data() + at + name.size();
  double value = 0;
  const auto [end, error] = std::from_chars(from, tag.data() + tag.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return 0;
  return std::clamp(value, -kFarthest, kFarthest);
}

std::string unescaped(std::string_view text) {
  static constexpr auto kEntities = std::to_array<std::pair<std::string_view, char>>(
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}});
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto* entity = std::find_if(kEntities.begin(), kEntities.end(),
                                      [&](const auto& e) { return text.starts_with(e.first); });
    const bool found = entity != kEntities.end();
    out += found ? entity->second : text.front();
    text.remove_prefix(found ? entity->first.size() : 1);
  }
  return out;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  PdfLayout run() {
    for (std::size_t at = text_.find('<'); at != std::string_view::npos; at = text_.find('<', at)) {
      const std::size_t end = text_.find('>', at);
      if (end == std::string_view::npos) break;
      const std::string_view tag = text_.substr(at, end - at);
      at = end + 1;
      const std::string_view inside =
          text_.substr(at, std::min(text_.find('<', at), text_.size()) - at);
      if (tag.starts_with("<word ")) {
        word(tag, inside);
      } else if (tag.starts_with("<line ")) {
        start_line(tag);
      } else if (tag == "</line") {
        end_line();
      } else if (tag.starts_with("<block ")) {
        ++line_.block;
      } else if (tag == "<flow") {
        ++line_.flow;
      } else if (tag.starts_with("<page ")) {
        out_.page_heights.push_back(number(tag, "height=\""));
      } else if (tag == "<title") {
        out_.title = unescaped(inside);
      }
    }
    end_line();
    return std::move(out_);
  }

 private:
  void start_line(std::string_view tag) {
    end_line();
    line_.left = number(tag, "xMin=\"");
    line_.right = number(tag, "xMax=\"");
    line_.top = number(tag, "yMin=\"");
    line_.bottom = number(tag, "yMax=\"");
  }

  void word(std::string_view tag, std::string_view text) {
    const std::string plain = unescaped(text);
    if (plain.empty()) return;
    if (plain.size() > longest_) {
      longest_ = plain.size();
      line_.height = number(tag, "yMax=\"") - number(tag, "yMin=\"");
    }
    if (!line_.text.empty()) line_.text += ' ';
    line_.text += plain;
  }

  void end_line() {
    if (!line_.text.empty() && !out_.page_heights.empty()) {
      line_.page = out_.page_heights.size() - 1;
      out_.lines.push_back(line_);
    }
    line_.text.clear();
    longest_ = 0;
  }

  std::string_view text_;
  PdfLayout out_;
  PdfLine line_;
  std::size_t longest_ = 0;
};

}  // namespace

PdfLayout parse_pdf_layout(std::string_view text) { return Parser(text).run(); }

}  // namespace affiant::policy
