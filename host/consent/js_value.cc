#include <charconv>
#include <cmath>

#include "consent/js_tree.h"

namespace affiant::consent {
namespace {

void append_utf8(std::string* out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t b) { *out += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0U | (c >> 6U));
    byte(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    byte(0xE0U | (c >> 12U));
    byte(0x80U | ((c >> 6U) & 0x3FU));
    byte(0x80U | (c & 0x3FU));
  } else {
    byte(0xF0U | (c >> 18U));
    byte(0x80U | ((c >> 12U) & 0x3FU));
    byte(0x80U | ((c >> 6U) & 0x3FU));
    byte(0x80U | (c & 0x3FU));
  }
}

std::uint32_t hex(std::string_view digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// The code unit or point of the \x or \u escape whose letter stands at `at`, which moves behind it.
std::uint32_t coded(std::string_view text, std::size_t* at) {
  const bool is_x = text[*at] == 'x';
  if (!is_x && text.substr(*at).starts_with("u{")) {
    const std::size_t close = text.find('}', *at);
    const std::uint32_t value = hex(text.substr(*at + 2, close - *at - 2));
    *at = close + 1;
    return value;
  }
  const std::size_t digits = is_x ? 2 : 4;
  const std::uint32_t value = hex(text.substr(*at + 1, digits));
  *at += 1 + digits;
  return value;
}

bool is_high(std::uint32_t c) { return c >= 0xD800 && c < 0xDC00; }
bool is_low(std::uint32_t c) { return c >= 0xDC00 && c < 0xE000; }

}  // namespace

std::string decode_js_string(std::string_view inside) {
  if (inside.find('\\') == std::string_view::npos) return std::string(inside);
  std::string out;
  for (std::size_t i = 0; i < inside.size();) {
    if (inside[i] != '\\' || i + 1 >= inside.size()) {
      out += inside[i++];
      continue;
    }
    const char c = inside[++i];
    constexpr std::string_view kNames = "nrtbfv0", kMeans{"\n\r\t\b\f\v\0", 7};
    if (c == 'x' || c == 'u') {
      std::uint32_t value = coded(inside, &i);
      if (is_high(value) && inside.substr(i).starts_with("\\u")) {
        std::size_t ahead = i + 1;
        const std::uint32_t low = coded(inside, &ahead);
        if (is_low(low)) {
          value = 0x10000U + ((value - 0xD800U) << 10U) + (low - 0xDC00U);
          i = ahead;
        }
      }
      append_utf8(&out, is_high(value) || is_low(value) ? 0xFFFDU : value);
    } else if (const std::size_t name = kNames.find(c); name != std::string_view::npos) {
      out += kMeans[name];
      ++i;
    } else {
      // A line continuation leaves nothing; any other character stands for itself.
      if (c != '\n') out += c;
      ++i;
    }
  }
  return out;
}

std::string_view JsValue::raw() const {
  return tree_ == nullptr ? std::string_view()
                          : tree_->text_.substr(node().start, node().end - node().start);
}

std::optional<std::string> JsValue::string() const {
  if (!is(JsKind::kString)) return std::nullopt;
  const std::string_view text = raw();
  return decode_js_string(text.substr(1, text.size() - 2));
}

std::string JsValue::string_or(std::string_view none) const {
  if (!is(JsKind::kString)) return std::string(none);
  return *string();
}

std::optional<double> JsValue::number() const {
  std::string text;
  if (is(JsKind::kNumber)) {
    text = raw();
  } else if (is(JsKind::kString)) {
    text = *string();
  } else {
    return std::nullopt;
  }
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  double value = 0;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    std::uint64_t whole = 0;
    digits.remove_prefix(2);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), whole, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    value = static_cast<double>(whole);
  } else {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = end == digits.data() + digits.size() ||
                       (*end == 'n' && end + 1 == digits.data() + digits.size());
    if (error != std::errc() || !whole || !std::isfinite(value)) return std::nullopt;
  }
  return negative ? -value : value;
}

JsValue JsValue::first() const { return tree_ == nullptr ? JsValue() : at(node().first); }

JsValue JsValue::next() const { return tree_ == nullptr ? JsValue() : at(node().next); }

std::string JsValue::key() const {
  if (tree_ == nullptr) return {};
  const std::string_view raw =
      tree_->text_.substr(node().key_start, node().key_end - node().key_start);
  if (raw.size() < 2 || (raw.front() != '"' && raw.front() != '\'')) return std::string(raw);
  return decode_js_string(raw.substr(1, raw.size() - 2));
}

JsValue JsValue::operator[](std::string_view key) const {
  JsValue found;
  if (!is(JsKind::kObject)) return found;
  for (JsValue member = first(); member; member = member.next()) {
    if (member.key() == key) found = member;
  }
  return found;
}

JsValue JsTree::root() const { return nodes_.empty() ? JsValue() : JsValue(this, 0); }

std::vector<JsValue> items_of(const JsValue& value) {
  std::vector<JsValue> items;
  if (!value.is(JsKind::kArray) && !value.is(JsKind::kObject)) return items;
  for (JsValue item = value.first(); item; item = item.next()) items.push_back(item);
  return items;
}

}  // namespace affiant::consent
