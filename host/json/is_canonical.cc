// Is a text its own RFC 8785 form? One pass over the bytes, nothing built. What it says yes to, and
// nothing else, is what parse() and canonical() give back unchanged; the tests and the fuzz target
// hold the two against each other.
#include <array>

#include "base/bytes.h"
#include "json/json.h"
#include "json/scan.h"

namespace affiant::json {
namespace {

class Checker {
 public:
  explicit Checker(std::string_view text) : text_(text) {}

  bool run() {
    if (find_invalid_utf8(text_) != std::string_view::npos || !value()) return false;
    while (depth_ > 0) {
      Level& level = levels_[depth_ - 1];
      if (take(level.object ? '}' : ']')) {
        --depth_;
        continue;
      }
      if (!level.empty && !take(',')) return false;
      if (level.object && !key(level)) return false;
      level.empty = false;
      if (!value()) return false;
    }
    return at_ == text_.size();
  }

 private:
  struct Level {
    bool object = false;
    bool empty = true;
    bool escaped = false;   // The last key has an escape.
    std::string_view last;  // The last key as it stands in the text.
  };

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  // A scalar, or the opening of an object or array.
  bool value() {
    if (at_ == text_.size()) return false;
    bool escaped = false;
    switch (text_[at_]) {
      case '"':
        return string(escaped);
      case '{':
      case '[':
        if (depth_ == levels_.size()) return false;
        levels_[depth_++] = {text_[at_++] == '{', true, false, {}};
        return true;
      case 't':
        return take("true");
      case 'f':
        return take("false");
      case 'n':
        return take("null");
      default:
        return number();
    }
  }

  bool key(Level& level) {
    const std::size_t begin = at_ + 1;
    bool escaped = false;
    if (!string(escaped)) return false;
    const std::string_view name = text_.substr(begin, at_ - 1 - begin);
    // Strictly ascending: so none is there twice either.
    if (!level.empty) {
      const bool less = level.escaped || escaped ? utf16_less(decode(level.last), decode(name))
                                                 : utf16_less(level.last, name);
      if (!less) return false;
    }
    level.last = name;
    level.escaped = escaped;
    return take(':');
  }

  bool string(bool& escaped) {
    if (!take('"')) return false;
    for (;;) {
      at_ = end_of_plain(text_, at_);
      if (at_ == text_.size()) return false;
      const auto c = static_cast<std::uint8_t>(text_[at_++]);
      if (c == '"') return true;
      if (c >= 0x80) continue;  // UTF-8: looked at before.
      if (c != '\\') return false;
      escaped = true;
      if (!escape()) return false;
    }
  }

  // Section 3.2.2.2: what needs no escape has none, what has a short one has that.
  bool escape() {
    if (at_ == text_.size()) return false;
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

  bool number() {
    const std::size_t begin = at_;
    const bool negative = take('-');
    const std::size_t digits = at_;
    std::uint64_t n = 0;
    while (at_ < text_.size() && is_digit(text_[at_]) && at_ - digits < 16)
      n = n * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
    constexpr std::string_view kMore = "0123456789.eE+-";
    if (at_ < text_.size() && kMore.find(text_[at_]) != std::string_view::npos)
      return long_number(begin);
    if (at_ == digits || (text_[digits] == '0' && (negative || at_ - digits > 1))) return false;
    return n <= static_cast<std::uint64_t>(limits::kMaxSafeInteger);
  }

  // Fractions and more digits than an integer of ours has: rare, so spelled out to compare.
  bool long_number(std::size_t begin) {
    constexpr std::size_t kLongest = 32;
    at_ = std::min(text_.find_first_not_of("0123456789.eE+-", begin), text_.size());
    const std::string_view text = text_.substr(begin, at_ - begin);
    if (text.size() > kLongest) return false;
    const auto parsed = parse(text, "number");
    if (!parsed) return false;
    const auto spelled = canonical(*parsed);
    return spelled && *spelled == text;
  }

  // Of a key whose escapes were found good.
  static std::string decode(std::string_view name) {
    const auto parsed = parse("\"" + std::string(name) + "\"", "key");
    return parsed ? parsed->get<std::string>() : std::string();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<Level, limits::kJsonDepth> levels_;
  std::size_t depth_ = 0;
};

}  // namespace

bool is_canonical(std::string_view text) { return Checker(text).run(); }

}  // namespace affiant::json
