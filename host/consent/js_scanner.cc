#include "consent/js_scanner.h"

#include <algorithm>

namespace affiant::consent {
namespace {

constexpr std::size_t kRegexBytes = 5'000;  // A longer one is none.
constexpr std::size_t kWaste =
    50'000'000;  // Beyond: code made to waste time; no more are looked for.

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

}  // namespace

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word(char c) { return is_word_start(c) || (c >= '0' && c <= '9'); }

std::size_t skip_trivia(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (is_space(rest.front())) {
      ++at;
    } else if (rest.starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xE2\x80\xA8") ||
               rest.starts_with("\xE2\x80\xA9") || rest.starts_with("\xEF\xBB\xBF")) {
      at += rest.front() == '\xC2' ? 2 : 3;  // White space and line ends of ECMA-262 section 12.
    } else {
      break;
    }
  }
  return at;
}

JsToken JsScanner::token(JsToken::Kind kind, std::size_t end) {
  last_ = {kind, at_, end};
  at_ = end;
  return last_;
}

std::size_t JsScanner::string_end() const {
  const char quote = text_[at_];
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      return i + 1;
    } else if (text_[i] == '\n') {
      return i;  // Never closed: the next line begins anew.
    }
  }
  return text_.size();
}

// From `at_`, which stands on the '`' or on the '}' that ends a "${...}".
std::size_t JsScanner::template_end() {
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == '\\') {
      ++i;
    } else if (text_[i] == '`') {
      return i + 1;
    } else if (text_[i] == '$' && i + 1 < text_.size() && text_[i + 1] == '{') {
      templates_.push_back(braces_++);
      return i + 2;
    }
  }
  return text_.size();
}

// A slash divides behind a value and opens a regular expression elsewhere. What stands before it
// decides; behind '}' and ')' no scanner can be sure, and division is the rule in what is read
// here.
bool JsScanner::may_be_regex() const {
  if (last_.kind == JsToken::Kind::kEnd) return true;
  if (last_.kind == JsToken::Kind::kSign)
    return text_[last_.start] != ')' && text_[last_.start] != ']';
  if (last_.kind != JsToken::Kind::kWord) return false;
  constexpr std::string_view kBefore[] = {"return", "typeof", "case", "in", "of", "delete", "void"};
  return std::find(std::begin(kBefore), std::end(kBefore), of(last_)) != std::end(kBefore);
}

std::size_t JsScanner::regex_end() {
  if (!may_be_regex() || wasted_ > kWaste) return 0;
  bool in_class = false;
  const std::size_t reach = std::min(text_.size(), at_ + kRegexBytes);
  for (std::size_t i = at_ + 1; i < reach && text_[i] != '\n'; ++i, ++wasted_) {
    const char c = text_[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '/' && !in_class) {
      ++i;
      while (i < text_.size() && is_word(text_[i])) ++i;
      wasted_ -= std::min(wasted_, i - at_);
      return i;
    }
  }
  return 0;
}

JsToken JsScanner::next() {
  at_ = skip_trivia(text_, at_);
  if (at_ >= text_.size()) {
    at_ = text_.size();
    return token(JsToken::Kind::kEnd, at_);
  }
  const char c = text_[at_];
  if (c == '"' || c == '\'') {
    const std::size_t end = string_end();
    return token(JsToken::Kind::kString, std::min(end, text_.size()));
  }
  if (c == '`') return token(JsToken::Kind::kTemplate, template_end());
  if (c == '}' && !templates_.empty() && braces_ == templates_.back() + 1) {
    templates_.pop_back();
    --braces_;
    return token(JsToken::Kind::kTemplate, template_end());
  }
  if (is_word(c)) {
    std::size_t end = at_;
    const bool number = !is_word_start(c);
    while (end < text_.size() && (is_word(text_[end]) || (number && text_[end] == '.'))) ++end;
    return token(JsToken::Kind::kWord, end);
  }
  if (c == '/') {
    if (const std::size_t end = regex_end(); end > 0) return token(JsToken::Kind::kRegex, end);
  }
  if (c == '{') ++braces_;
  if (c == '}' && braces_ > 0) --braces_;
  return token(JsToken::Kind::kSign, at_ + 1);
}

}  // namespace affiant::consent
