#include "filters/regex.h"

#include <re2/re2.h>

#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/tokens.h"

namespace affiant::filters {
namespace {

RE2::Options options(bool match_case) {
  RE2::Options o;
  o.set_log_errors(false);
  o.set_case_sensitive(match_case);
  o.set_encoding(RE2::Options::EncodingLatin1);  // URLs are ASCII here.
  o.set_never_capture(true);
  o.set_max_mem(limits::kRuleRegexMemory);
  return o;
}

// What stands between two places that are not literal. A token counts only when both its
// neighbours are literal too.
void take_tokens(const std::string& literal, bool from_start, bool to_end,
                 std::vector<std::uint32_t>& out) {
  Tokens tokens(literal);
  for (Token token; tokens.next(token);) {
    if (token.begin == 0 && !from_start) continue;
    if (token.end == literal.size() && !to_end) continue;
    out.push_back(token.hash);
  }
}

}  // namespace

Regex::Regex(std::string body, bool match_case) : body_(std::move(body)), match_case_(match_case) {}
Regex::~Regex() = default;

bool Regex::matches(std::string_view text) const {
  std::call_once(once_, [this] { compiled_ = std::make_unique<RE2>(body_, options(match_case_)); });
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

bool can_be_regex(const std::string& body, bool match_case) {
  return RE2(body, options(match_case)).ok();
}

std::vector<std::uint32_t> regex_tokens(std::string_view body) {
  std::vector<std::uint32_t> out;
  std::string literal;
  bool from_start = false;  // The literal begins where the text does.
  const auto flush = [&](bool to_end) {
    take_tokens(literal, from_start, to_end, out);
    literal.clear();
    from_start = false;
  };
  int depth = 0;
  bool in_class = false;
  bool escaped = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (escaped) {
      escaped = false;
      if (depth > 0 || in_class) continue;
      if (is_alnum(c)) {
        flush(false);  // A class or an assertion.
      } else {
        literal += lower_char(c);
      }
    } else if (c == '\\') {
      escaped = true;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (depth == 0) flush(false);
      // "[]a]" and "[^]a]": a bracket that opens a class does not close it in RE2.
      if (i + 1 < body.size() && body[i + 1] == '^') ++i;
      if (i + 1 < body.size() && body[i + 1] == ']') ++i;
    } else if (c == '(') {
      if (depth++ == 0) flush(false);
    } else if (c == ')') {
      --depth;
    } else if (depth > 0) {
      continue;
    } else if (c == '|') {
      return {};
    } else if (c == '?' || c == '*' || c == '{') {
      // The character before may be missing or come again.
      if (!literal.empty()) literal.pop_back();
      flush(false);
      if (c == '{') {
        const std::size_t close = body.find('}', i);
        if (close == std::string_view::npos) return {};
        i = close;
      }
    } else if (c == '+' || c == '.') {
      flush(false);
    } else if (c == '^') {
      flush(false);
      from_start = i == 0;
    } else if (c == '$') {
      flush(i + 1 == body.size());
    } else {
      literal += lower_char(c);
    }
  }
  flush(false);
  return depth == 0 && !in_class ? out : std::vector<std::uint32_t>{};
}

}  // namespace affiant::filters
