// Where one sentence ends and the next begins.
#include <algorithm>
#include <array>

#include "policy/outline.h"
#include "policy/tokens.h"

namespace affiant::policy {
namespace {

constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"e.g",  "i.e",    "etc", "inc",  "ltd",  "co",  "corp", "llc", "no",   "nos",
     "vs",   "cf",     "mr",  "mrs",  "ms",   "dr",  "st",   "art", "arts", "sec",
     "para", "approx", "u.s", "u.k",  "e.u",  "a.m", "p.m",  "jan", "feb",  "mar",
     "apr",  "jun",    "jul", "aug",  "sept", "sep", "oct",  "nov", "dec",  "al",
     "dept", "est",    "fig", "incl", "max",  "min", "resp", "s.a", "b.v",  "d.c"});

constexpr std::size_t kWrapped = 45;  // A shorter line was ended on purpose.
constexpr std::size_t kLabel = 8;     // Letters of a domain's last label that are looked at.

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool space(char c) { return c == ' ' || c == '\n'; }

// Bytes of the closing quotation mark or bracket at `at`, or 0.
std::size_t closer(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == ')' || text[at] == '"' || text[at] == '\'' || text[at] == ']') return 1;
  const std::string_view three = text.substr(at, 3);
  return three == "\xE2\x80\x9D" || three == "\xE2\x80\x99" ? 3 : 0;
}

bool is_abbreviation(std::string_view text, std::size_t from, std::size_t dot,
                     const Lexicon* words) {
  std::size_t word = dot;
  while (word > from && !space(text[word - 1]) && text[word - 1] != '(' && text[word - 1] != ',')
    --word;
  const std::string folded = fold(text.substr(word, dot - word));
  if (std::find(kAbbreviations.begin(), kAbbreviations.end(), folded) != kAbbreviations.end())
    return true;
  if (words != nullptr) {
    const std::vector<Hit> known = words->find(tokenize(folded, 0, folded.size()));
    if (std::any_of(known.begin(), known.end(),
                    [](const Hit& h) { return h.tag == Tag::kAbbreviation; }))
      return true;
  }
  // An initial, or the number of a list.
  if (folded.size() == 1 && folded != "i") return true;
  return word == from && !folded.empty() &&
         folded.find_first_not_of("0123456789.") == std::string::npos;
}

// "When and With Whom We Share Data": a heading that a mere line break ends.
bool is_title(std::string_view line) {
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string_view word = line.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (word.find_first_of(",;:()") != std::string_view::npos) return false;
    const bool capital = word[0] >= 'A' && word[0] <= 'Z';
    capitals += capital ? 1 : 0;
    if (!capital && !one_of(word, {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of",
                                   "on", "or", "the", "to", "with", "&", "-"}))
      return false;
  }
  return capitals >= 3;
}

// What follows starts no new sentence: "e.g. the ...", "Inc. and ...".
bool goes_on(std::string_view text, std::size_t at) {
  return at < text.size() && is_lower(text[at]);
}

// "etc." and "Inc." may well end a sentence; the next word's capital tells.
bool may_end(std::string_view word) {
  return word == "etc" || word == "inc" || word == "ltd" || word == "llc" || word == "corp" ||
         word == "u.s" || word == "u.k";
}

class Splitter {
 public:
  Splitter(std::string_view text, std::size_t start, std::size_t end, const Lexicon* words)
      : text_(text.substr(0, end)), words_(words), from_(start), at_(start) {}

  std::vector<Span> run() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '.' || c == '!' || c == '?') {
        stop();
      } else if (c == '\n') {
        line();
      }
    }
    add(text_.size());
    return std::move(out_);
  }

 private:
  void add(std::size_t to) {
    std::size_t from = from_;
    while (from < to && space(text_[from])) ++from;
    while (to > from && space(text_[to - 1])) --to;
    if (to > from) out_.push_back({from, to});
  }

  void stop() {
    const std::size_t sign = at_;
    std::size_t after = at_ + 1;
    while (after < text_.size() &&
           (text_[after] == '.' || text_[after] == '!' || text_[after] == '?'))
      ++after;
    while (const std::size_t n = closer(text_, after)) after += n;
    at_ = after - 1;  // A run of signs is looked at once, whatever comes of it.
    if (after < text_.size() && !space(text_[after]) && !is_glued(sign, after))
      return;  // "node.js", "3.5", a URL.
    std::size_t next = after;
    while (next < text_.size() && space(text_[next])) ++next;
    if (text_[sign] == '.' && goes_on(text_, next)) return;
    if (text_[sign] != '.' && goes_on(text_, next) && after > sign + 1)
      return;  // He said "no!" and ...
    if (text_[sign] == '.' && is_abbreviation(text_, from_, sign, words_)) {
      std::size_t word = sign;
      while (word > from_ && !space(text_[word - 1])) --word;
      if (next < text_.size() && text_[next] == '(') return;  // "Example Inc. (\"Example\")".
      if (!may_end(fold(text_.substr(word, sign - word))) || next >= text_.size()) {
        if (next < text_.size()) return;
      }
    }
    add(after);
    from_ = after;
  }

  // "... topping up.Our cookies": two sentences that lost their space.
  bool is_glued(std::size_t sign, std::size_t after) const {
    return after == sign + 1 && sign >= 2 && is_lower(text_[sign - 1]) &&
           is_lower(text_[sign - 2]) && after + 1 < text_.size() && text_[after] >= 'A' &&
           text_[after] <= 'Z' && (is_lower(text_[after + 1]) || text_[after + 1] == ' ') &&
           !is_host(sign, after);
  }

  // "www.Example.org", "Example.Net".
  bool is_host(std::size_t sign, std::size_t after) const {
    std::size_t last = after;
    while (last < text_.size() && last - after < kLabel &&
           (is_lower(text_[last]) || (text_[last] >= 'A' && text_[last] <= 'Z')))
      ++last;
    return text_.substr(0, sign).ends_with("www") ||
           one_of(fold(text_.substr(after, last - after)),
                  {"com", "net", "org", "info", "edu", "gov", "co"});
  }

  // A line break ends a sentence, unless the line was only wrapped: long, and not ended by a sign.
  void line() {
    std::size_t next = at_ + 1;
    const bool empty_line = next < text_.size() && text_[next] == '\n';
    while (next < text_.size() && space(text_[next])) ++next;
    const std::size_t before = text_.rfind('\n', at_ > 0 ? at_ - 1 : 0);
    const std::size_t line_start =
        before == std::string_view::npos || before >= at_ ? from_ : std::max(before + 1, from_);
    const char last = at_ > from_ ? text_[at_ - 1] : '.';
    const bool ended = last == '.' || last == '!' || last == '?' || last == ':' || last == ';';
    const bool wrapped = at_ - line_start >= kWrapped && !ended &&
                         !is_title(text_.substr(line_start, at_ - line_start));
    const bool open = last == ',' || last == '-';
    if (!empty_line && (wrapped || open || goes_on(text_, next))) return;
    add(at_);
    from_ = at_ + 1;
  }

  std::string_view text_;
  const Lexicon* words_;
  std::size_t from_, at_;
  std::vector<Span> out_;
};

}  // namespace

std::vector<Span> split_sentences(std::string_view text, std::size_t start, std::size_t end,
                                  const Lexicon* words) {
  return Splitter(text, start, end, words).run();
}

}  // namespace affiant::policy
