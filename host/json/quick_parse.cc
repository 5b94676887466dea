#include "json/quick_parse.h"

#include <array>

#include "json/scan.h"

namespace affiant::json {
namespace {

class QuickParser {
 public:
  explicit QuickParser(std::string_view text) : text_(text) {}

  std::optional<Value> run() {
    if (!value(&root_)) return std::nullopt;
    while (depth_ > 0) {
      Level& level = levels_[depth_ - 1];
      const bool object = level.value->is_object();
      if (take(object ? '}' : ']')) {
        --depth_;
        continue;
      }
      if (!level.empty && !take(',')) return std::nullopt;
      level.empty = false;
      Value* place = object ? member(*level.value) : &level.value->emplace_back(nullptr);
      if (place == nullptr || !value(place)) return std::nullopt;
    }
    skip_space();
    if (at_ != text_.size()) return std::nullopt;
    return std::move(root_);
  }

 private:
  struct Level {
    Value* value = nullptr;  // Stable: a parent is never touched while a child is open.
    bool empty = true;
  };

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  // Where the next member's value goes; null when its key cannot be read or was there.
  Value* member(Value& object) {
    std::string key;
    skip_space();
    if (!string(key) || !take(':')) return nullptr;
    auto& members = object.get_ref<Value::object_t&>();
    const std::size_t before = members.size();
    // Our extension sends keys in any order, our log in theirs: then the hint makes it cheap.
    const auto it = members.emplace_hint(members.end(), std::move(key), nullptr);
    return members.size() == before ? nullptr : &it->second;
  }

  bool value(Value* place) {
    skip_space();
    if (at_ == text_.size()) return false;
    switch (text_[at_]) {
      case '"':
        *place = std::string();
        return string(place->get_ref<std::string&>());
      case '{':
      case '[':
        if (depth_ == levels_.size()) return false;
        *place = text_[at_++] == '{' ? Value::object() : Value::array();
        levels_[depth_++] = {place, true};
        return true;
      case 't':
        *place = true;
        return take_word("true");
      case 'f':
        *place = false;
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return integer(place);
    }
  }

  bool string(std::string& out) {
    if (at_ == text_.size() || text_[at_] != '"') return false;
    std::size_t begin = ++at_;
    for (;;) {
      at_ = end_of_plain(text_, at_);
      if (at_ == text_.size()) return false;
      const auto c = static_cast<std::uint8_t>(text_[at_]);
      if (c >= 0x80) {  // Good UTF-8, by contract.
        ++at_;
        continue;
      }
      out.append(text_, begin, at_ - begin);
      ++at_;
      if (c == '"') return true;
      if (c != '\\' || !escape(out)) return false;
      begin = at_;
    }
  }

  bool escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kMean = "\"\\/\b\f\n\r\t";
    if (at_ == text_.size()) return false;
    if (const std::size_t n = kNames.find(text_[at_]); n != std::string_view::npos) {
      out += kMean[n];
      ++at_;
      return true;
    }
    std::uint32_t point = 0;
    if (!code_unit(&point)) return false;
    if (point >= 0xD800 && point <= 0xDFFF) {
      // A pair, or nothing: what a lone one means is the caller's choice.
      std::uint32_t low = 0;
      if (point > 0xDBFF || !take_word("\\") || !code_unit(&low) || low < 0xDC00 || low > 0xDFFF)
        return false;
      point = 0x10000U + ((point - 0xD800U) << 10U) + (low - 0xDC00U);
    }
    append_utf8(out, point);
    return true;
  }

  // The rest of \uXXXX after its backslash.
  bool code_unit(std::uint32_t* unit) {
    if (!take_word("u") || at_ + 4 > text_.size()) return false;
    for (int n = 0; n < 4; ++n) {
      const char c = text_[at_++];
      const char lower = static_cast<char>(c | 0x20);
      if (is_digit(c))
        *unit = *unit << 4U | static_cast<std::uint32_t>(c - '0');
      else if (lower >= 'a' && lower <= 'f')
        *unit = *unit << 4U | static_cast<std::uint32_t>(lower - 'a' + 10);
      else
        return false;
    }
    return true;
  }

  static void append_utf8(std::string& out, std::uint32_t point) {
    const auto tail = [&](unsigned shift) {
      out += static_cast<char>(0x80U | (point >> shift & 0x3FU));
    };
    if (point < 0x80) {
      out += static_cast<char>(point);
    } else if (point < 0x800) {
      out += static_cast<char>(0xC0U | point >> 6U);
      tail(0);
    } else if (point < 0x10000) {
      out += static_cast<char>(0xE0U | point >> 12U);
      tail(6);
      tail(0);
    } else {
      out += static_cast<char>(0xF0U | point >> 18U);
      tail(12);
      tail(6);
      tail(0);
    }
  }

  // Up to 18 digits: all of ours, and none that overflows. Fractions and the rest are nlohmann's.
  bool integer(Value* place) {
    constexpr std::size_t kDigits = 18;
    const bool negative = take_word("-");
    const std::size_t begin = at_;
    std::int64_t n = 0;
    while (at_ < text_.size() && is_digit(text_[at_]) && at_ - begin < kDigits)
      n = n * 10 + (text_[at_++] - '0');
    if (at_ == begin || (text_[begin] == '0' && at_ - begin > 1)) return false;
    constexpr std::string_view kMore = "0123456789.eE+-";
    if (at_ < text_.size() && kMore.find(text_[at_]) != std::string_view::npos) return false;
    if (negative)
      *place = -n;
    else
      *place = static_cast<std::uint64_t>(n);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Value root_;
  std::array<Level, limits::kJsonDepth> levels_;
  std::size_t depth_ = 0;
};

}  // namespace

std::optional<Value> quick_parse(std::string_view text) { return QuickParser(text).run(); }

}  // namespace affiant::json
