// Steps over JSON text whose values stand in their RFC 8785 spelling, without white space, and
// builds nothing. Whatever else comes, however good as JSON, gets a "no": the caller then takes the
// long way through parse(), which also knows what to say about it. `text` must be valid UTF-8.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "json/scan.h"

namespace affiant::json {

class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }
  // The next byte; '\0' at the end.
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  // From offset `begin` up to here.
  std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }

  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  // A string with its quotes. Sets `escaped` when it holds an escape.
  bool string(bool* escaped) {
    if (!take('"')) return false;
    for (;;) {
      at_ = end_of_plain(text_, at_);
      if (at_end()) return false;
      const auto c = static_cast<std::uint8_t>(text_[at_++]);
      if (c == '"') return true;
      if (c >= 0x80) continue;  // UTF-8: looked at before.
      if (c != '\\' || !escape()) return false;
      *escaped = true;
    }
  }

  // A string without escapes: `inside` is what it says.
  bool plain_string(std::string_view* inside) {
    const std::size_t begin = at_ + 1;
    bool escaped = false;
    if (!string(&escaped) || escaped) return false;
    *inside = text_.substr(begin, at_ - 1 - begin);
    return true;
  }

  // An integer of at most 2^53-1 in magnitude; fractions and exponents get a "no".
  bool integer(std::int64_t* value) {
    const bool negative = take('-');
    const std::size_t digits = at_;
    std::int64_t n = 0;
    while (!at_end() && is_digit(text_[at_]) && at_ - digits < 16)
      n = n * 10 + (text_[at_++] - '0');
    constexpr std::string_view kMore = "0123456789.eE+-";
    if (!at_end() && kMore.find(text_[at_]) != std::string_view::npos) return false;
    if (at_ == digits || (text_[digits] == '0' && (negative || at_ - digits > 1))) return false;
    *value = negative ? -n : n;
    return n <= limits::kMaxSafeInteger;
  }

  // A scalar of any type; `null` is set when that is what it was.
  bool scalar(bool* null) {
    bool escaped = false;
    std::int64_t number = 0;
    switch (peek()) {
      case '"':
        return string(&escaped);
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        *null = true;
        return take("null");
      default:
        return integer(&number);
    }
  }

 protected:
  // Section 3.2.2.2: what needs no escape has none, what has a short one has that.
  bool escape() {
    if (at_end()) return false;
    constexpr std::string_view kShort = "\"\\bfnrt";
    if (kShort.find(text_[at_]) != std::string_view::npos) {
      ++at_;
      return true;
    }
    if (!take("u00") || at_ + 2 > text_.size()) return false;
    const char high = text_[at_++];
    const char low = text_[at_++];
    if (high == '1') return is_digit(low) || (low >= 'a' && low <= 'f');
    constexpr std::string_view kLow =
        "01234567bef";  // Of U+0000 to U+000F, those without a short one.
    return high == '0' && kLow.find(low) != std::string_view::npos;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace affiant::json
