// The lines of a PDF's pages as headings, paragraphs and list items. What repeats at the head or
// foot of the pages is taken out of the text it would part; words cut at the end of a line are
// put together again.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>
#include <vector>

#include "base/limits.h"
#include "policy/block_builder.h"
#include "policy/pdf_layout.h"
#include "policy/pdf_words.h"
#include "policy/readers.h"
#include "policy/text_marks.h"
#include "policy/tokens.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr double kMargin = 0.12;       // Of a page's height, above and below: heads and feet.
constexpr double kHeadingSize = 1.15;  // Of the size of most of the text.
constexpr std::size_t kHeadingBytes = 200;
constexpr double kShortLine = 0.75;  // Of its block's width: ended on purpose.

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool ends_sentence(std::string_view text) {
  return !text.empty() && std::string_view(".!?:;").find(text.back()) != std::string_view::npos;
}

// The size that most of the text is set in.
double body_height(const std::vector<PdfLine>& lines) {
  std::map<long, std::size_t> bytes;  // By half points.
  for (const PdfLine& line : lines) bytes[std::lround(line.height * 2)] += line.text.size();
  const auto most = std::max_element(
      bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == bytes.end() ? 0 : static_cast<double>(most->first) / 2;
}

// "Page 3 of 9" is "Page # of #".
std::string without_numbers(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit || !out.ends_with('#')) out += digit ? '#' : c;
  }
  return out;
}

bool in_margin(const PdfLine& line, double page_height) {
  return line.bottom < page_height * kMargin || line.top > page_height * (1 - kMargin);
}

// Takes the lines out that stand at the head or foot of most pages. What words they hold are said
// once, and come back as the second list.
std::vector<PdfLine> take_running_heads(PdfLayout& layout) {
  std::map<std::string, std::set<std::size_t>> pages;
  const auto candidate = [&](const PdfLine& line) {
    return in_margin(line, layout.page_heights[line.page]);
  };
  for (const PdfLine& line : layout.lines)
    if (candidate(line)) pages[without_numbers(line.text)].insert(line.page);
  const std::size_t often = std::max<std::size_t>(2, layout.page_heights.size() / 2);
  std::vector<PdfLine> heads, rest;
  std::set<std::string> said;
  for (PdfLine& line : layout.lines) {
    const std::string key = candidate(line) ? without_numbers(line.text) : std::string();
    if (key.empty() || pages[key].size() < often) {
      rest.push_back(std::move(line));
    } else if (std::any_of(key.begin(), key.end(), is_letter) && said.insert(key).second) {
      heads.push_back(std::move(line));
    }
  }
  layout.lines = std::move(rest);
  return heads;
}

// Every run of letters of a text, folded: what tells "infor-" + "mation" from "third-" + "party".
class Vocabulary {
 public:
  explicit Vocabulary(const std::vector<PdfLine>& lines) {
    for (const PdfLine& line : lines) {
      const std::string text = fold(line.text);
      for (std::size_t at = 0; at < text.size();) {
        while (at < text.size() && !is_letter(text[at])) ++at;
        const std::size_t from = at;
        while (at < text.size() && is_letter(text[at])) ++at;
        // What a hyphen at the end of the line cuts off is no word yet.
        if (at > from && !(at + 1 == text.size() && text[at] == '-'))
          words_.insert(text.substr(from, at - from));
      }
    }
  }
  bool knows(const std::string& word) const { return words_.contains(word); }

 private:
  std::unordered_set<std::string> words_;
};

std::string last_word(std::string_view text) {
  std::size_t from = text.size();
  while (from > 0 && is_letter(text[from - 1])) --from;
  return fold(text.substr(from));
}

std::string first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_letter(text[end])) ++end;
  return fold(text.substr(0, end));
}

// Puts lines together to the text of one block.
class Joiner {
 public:
  explicit Joiner(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  void add(std::string_view line, bool new_line) {
    if (text_.empty()) {
      text_ = line;
    } else if (new_line) {
      text_.append("\n").append(line);
    } else if (text_.ends_with("\xC2\xAD")) {  // A soft hyphen is there for this alone.
      text_.resize(text_.size() - 2);
      text_.append(line);
    } else if (text_.size() > 1 && text_.back() == '-' && is_letter(text_[text_.size() - 2])) {
      if (cuts_a_word(line)) text_.pop_back();
      text_.append(line);
    } else {
      text_.append(" ").append(line);
    }
  }
  const std::string& text() const { return text_; }

 private:
  // A hyphen of its own stays where its halves are words of the text and what they make is none.
  bool cuts_a_word(std::string_view line) const {
    if (!is_lower(line.front())) return false;
    const std::string before = last_word(std::string_view(text_).substr(0, text_.size() - 1));
    const std::string after = first_word(line);
    if (vocabulary_.knows(before + after)) return true;
    return !vocabulary_.knows(before);
  }

  const Vocabulary& vocabulary_;
  std::string text_;
};

struct Chunk {
  BlockKind kind = BlockKind::kParagraph;
  int level = 0;
  std::vector<std::string_view> lines;
  std::vector<bool> breaks;  // Whether a line of its own begins there.
};

class Composer {
 public:
  explicit Composer(const PdfLayout& layout)
      : layout_(layout), vocabulary_(layout.lines), body_(body_height(layout.lines)) {}

  void write(BlockBuilder& builder) {
    for (std::size_t i = 0; i < layout_.lines.size(); ++i) take(i);
    for (const Chunk& chunk : chunks_) {
      Joiner text(vocabulary_);
      for (std::size_t i = 0; i < chunk.lines.size(); ++i)
        text.add(chunk.lines[i], chunk.breaks[i]);
      builder.begin(chunk.kind, chunk.level);
      std::string_view rest = text.text();
      for (;;) {
        const std::size_t line = rest.find('\n');
        builder.text(rest.substr(0, line));
        if (line == std::string_view::npos) break;
        builder.line_break();
        rest.remove_prefix(line + 1);
      }
    }
  }

 private:
  const PdfLine& line(std::size_t i) const { return layout_.lines[i]; }
  bool same_block(std::size_t i, std::size_t j) const {
    return line(i).block == line(j).block && line(i).page == line(j).page;
  }

  void take(std::size_t i) {
    const std::string_view text = line(i).text;
    if (is_bullet(text)) {  // Its words stand in a block beside it.
      item_next_ = true;
      return;
    }
    const std::size_t mark = list_mark(text);
    if (const int level = heading_level(i); level > 0) {
      const bool goes_on = i > 0 && !chunks_.empty() && same_block(i - 1, i) &&
                           chunks_.back().kind == BlockKind::kHeading &&
                           chunks_.back().level == level;
      if (!goes_on) open(BlockKind::kHeading, level);
      add(text, false);
    } else if ((mark > 0 && mark < text.size()) || item_next_) {
      open(BlockKind::kItem, 1);
      add(text.substr(mark), false);
    } else if (goes_on(i)) {
      add(text, ended_before(i));
    } else {
      open(BlockKind::kParagraph, 0);
      add(text, false);
    }
    item_next_ = false;
  }

  void open(BlockKind kind, int level) { chunks_.push_back({kind, level, {}, {}}); }
  void add(std::string_view text, bool breaks) {
    chunks_.back().lines.push_back(text);
    chunks_.back().breaks.push_back(breaks);
  }

  // Whether line i belongs to the block before: of the same block of the page, or the rest of a
  // sentence that the end of a page or column parted.
  bool goes_on(std::size_t i) const {
    if (chunks_.empty() || chunks_.back().kind == BlockKind::kHeading || i == 0) return false;
    if (same_block(i - 1, i)) return true;
    return !ends_sentence(chunks_.back().lines.back()) && is_lower(line(i).text.front());
  }

  // The line before ended long before its column did, and with a full stop.
  bool ended_before(std::size_t i) const {
    if (!same_block(i - 1, i) || !ends_sentence(line(i - 1).text)) return false;
    double left = line(i).left, right = line(i).right;
    for (std::size_t j = i - 1; same_block(j, i); --j) {
      left = std::min(left, line(j).left);
      right = std::max(right, line(j).right);
      if (j == 0 || i - j > 20) break;
    }
    return line(i - 1).right < left + (right - left) * kShortLine;
  }

  int heading_level(std::size_t i) const {
    const PdfLine& l = line(i);
    if (l.text.size() > kHeadingBytes || l.text.ends_with('.') || l.text.ends_with(',')) return 0;
    if (body_ > 0 && l.height >= body_ * kHeadingSize)
      return l.height >= body_ * 1.6 ? 1 : l.height >= body_ * 1.3 ? 2 : 3;
    return stands_alone(i) ? 3 : 0;
  }

  // A heading that only its weight sets apart: a short line by itself before a longer one.
  bool stands_alone(std::size_t i) const {
    const std::string_view text = line(i).text;
    if (item_next_ || list_mark(text) > 0 || !looks_like_heading(text)) return false;
    if (i > 0 && (same_block(i - 1, i) || !ends_sentence(line(i - 1).text))) return false;
    if (i + 1 >= layout_.lines.size() || same_block(i, i + 1)) return false;
    const PdfLine& next = line(i + 1);
    return next.page == line(i).page && next.flow == line(i).flow &&
           next.text.size() > text.size() && !is_lower(next.text.front());
  }

  const PdfLayout& layout_;
  const Vocabulary vocabulary_;
  const double body_;
  std::vector<Chunk> chunks_;
  bool item_next_ = false;
};

std::string plural(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

void say_what_is_missing(const PdfLayout& layout, Document* document) {
  std::set<std::size_t> with_words;
  for (const PdfLine& line : layout.lines) with_words.insert(line.page);
  const std::size_t pages = layout.page_heights.size();
  if (with_words.empty()) {
    document->unread.push_back(
        plural(pages, "page", "pages") +
        " of a PDF that hold no text: a scan, perhaps, whose letters are pictures; a text "
        "recognition program (OCR) has to turn them into text first");
  } else if (with_words.size() < pages) {
    document->unread.push_back(plural(pages - with_words.size(), "page", "pages") +
                               " of a PDF without text: blank, or pictures of text");
  }
}

// A program's own title for a file says nothing about whose policy it is.
bool says_something(std::string_view title) {
  return !title.starts_with("Microsoft Word") && !title.starts_with("Untitled");
}

// "ﬁrst" is one letter fewer in a PDF than in a word table.
std::string without_ligatures(std::string text) {
  constexpr std::string_view kFirst = "\xEF\xAC";  // U+FB00 to U+FB04.
  constexpr auto kLetters = std::to_array<std::string_view>({"ff", "fi", "fl", "ffi", "ffl"});
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(kFirst); at != std::string::npos;
       at = text.find(kFirst, at + 2)) {
    const std::size_t which =
        at + 2 < text.size() ? static_cast<std::uint8_t>(text[at + 2]) - std::size_t{0x80} : 99;
    if (which >= kLetters.size()) continue;
    out.append(text, from, at - from).append(kLetters[which]);
    from = at + 3;
  }
  return out.append(text, from);
}

}  // namespace

void read_pdf_layout(const std::string& text, Document* document) {
  PdfLayout layout = parse_pdf_layout(without_ligatures(text));
  if (layout.page_heights.size() > limits::kPdfPages) {
    layout.page_heights.resize(limits::kPdfPages);
    std::erase_if(layout.lines, [](const PdfLine& line) { return line.page >= limits::kPdfPages; });
    document->unread.push_back("the pages of a PDF after its first " +
                               std::to_string(limits::kPdfPages) + " (limits::kPdfPages)");
  }
  say_what_is_missing(layout, document);
  const std::vector<PdfLine> heads = take_running_heads(layout);
  if (says_something(layout.title)) document->title = cut(layout.title, limits::kFieldBytes);
  BlockBuilder builder(document);
  Composer(layout).write(builder);
  for (const PdfLine& head : heads) {
    builder.begin(BlockKind::kParagraph);
    builder.text(head.text);
  }
  builder.finish();
}

Status read_pdf(std::string_view bytes, std::string_view what, Document* document) {
  AFFIANT_TRY(const PdfWords words, pdf_words(bytes, what));
  read_pdf_layout(clean_utf8(words.layout).text, document);
  if (!words.complaint.empty())
    document->unread.push_back("what is damaged of a PDF (" + words.complaint + ")");
  if (words.cut)
    document->unread.push_back("the text of a PDF after its first " +
                               std::to_string(limits::kPdfWordsBytes >> 20U) +
                               " MiB with all places (limits::kPdfWordsBytes)");
  return {};
}

}  // namespace affiant::policy
