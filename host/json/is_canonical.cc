// Is a text its own RFC 8785 form? One pass over the bytes, nothing built. What it says yes to, and
// nothing else, is what parse() and canonical() give back unchanged; the tests and the fuzz target
// hold the two against each other.
#include <array>

#include "base/bytes.h"
#include "json/json.h"
#include "json/walker.h"

namespace affiant::json {
namespace {

class Checker : private Walker {
 public:
  using Walker::Walker;

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

  // A scalar, or the opening of an object or array.
  bool value() {
    if (at_ == text_.size()) return false;
    bool ignored = false;
    switch (text_[at_]) {
      case '{':
      case '[':
        if (depth_ == levels_.size()) return false;
        levels_[depth_++] = {text_[at_++] == '{', true, false, {}};
        return true;
      default:
        return peek() == '-' || is_digit(peek()) ? number() : scalar(&ignored);
    }
  }

  bool key(Level& level) {
    const std::size_t begin = at_ + 1;
    bool escaped = false;
    if (!string(&escaped)) return false;
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

  bool number() {
    const std::size_t begin = at_;
    std::int64_t ignored = 0;
    return integer(&ignored) || long_number(begin);
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

  std::array<Level, limits::kJsonDepth> levels_;
  std::size_t depth_ = 0;
};

}  // namespace

bool is_canonical(std::string_view text) { return Checker(text).run(); }

}  // namespace affiant::json
