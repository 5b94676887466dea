// RFC 8785 (JSON Canonicalization Scheme). nlohmann's own dump() spells 215 of 10,000 published
// numbers differently.
#include <array>
#include <charconv>
#include <cmath>

#include "json/json.h"
#include "json/scan.h"

namespace affiant::json {
namespace {

// ECMA-262 Number::toString, as RFC 8785 section 3.2.2.3 asks. std::to_chars gives the shortest
// digits; only the layout differs.
std::string number_text(double value) {
  if (value == 0) return "0";  // -0 too.
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  std::string digits;
  for (const char c : text.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  int exponent = 0;
  std::string_view power = text.substr(e + 1);
  if (power.front() == '+') power.remove_prefix(1);
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  std::string out = value < 0 ? "-" : "";
  if (k <= n && n <= 21) return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21)
    return out + digits.substr(0, static_cast<std::size_t>(n)) + "." +
           digits.substr(static_cast<std::size_t>(n));
  if (-6 < n && n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  out += digits.substr(0, 1);
  if (k > 1) out += "." + digits.substr(1);
  return out + (n - 1 < 0 ? "e-" : "e+") + std::to_string(std::abs(n - 1));
}

struct Frame {
  const Value* value;
  std::vector<Value::const_iterator> order;  // Objects: members in RFC 8785 order.
  std::size_t next = 0;
};

Status scalar(std::string& out, const Value& v) {
  switch (v.type()) {
    case Value::value_t::null:
      out += "null";
      return {};
    case Value::value_t::boolean:
      out += v.get<bool>() ? "true" : "false";
      return {};
    case Value::value_t::string:
      append_string(out, v.get_ref<const std::string&>());
      return {};
    case Value::value_t::number_unsigned:
      if (v.get<std::uint64_t>() > static_cast<std::uint64_t>(limits::kMaxSafeInteger))
        return fail(Code::kMalformed, "{} is beyond 2^53-1", v.get<std::uint64_t>());
      out += std::to_string(v.get<std::uint64_t>());
      return {};
    case Value::value_t::number_integer:
      if (v.get<std::int64_t>() < -limits::kMaxSafeInteger ||
          v.get<std::int64_t>() > limits::kMaxSafeInteger)
        return fail(Code::kMalformed, "{} is beyond 2^53-1", v.get<std::int64_t>());
      out += std::to_string(v.get<std::int64_t>());
      return {};
    case Value::value_t::number_float:
      if (!std::isfinite(v.get<double>()))
        return fail(Code::kMalformed, "a number that is not finite has no JSON form");
      out += number_text(v.get<double>());
      return {};
    default:
      return fail(Code::kInternal, "a {} cannot be written as JSON", v.type_name());
  }
}

Frame open_frame(const Value& v) {
  Frame frame{&v, {}, 0};
  if (v.is_object()) {
    for (auto it = v.cbegin(); it != v.cend(); ++it) frame.order.push_back(it);
    std::sort(frame.order.begin(), frame.order.end(),
              [](const auto& a, const auto& b) { return utf16_less(a.key(), b.key()); });
  }
  return frame;
}

}  // namespace

// Keys sort by UTF-16 code units (section 3.2.3), which differs from byte order only where a
// character beyond the BMP meets one from U+E000 to U+FFFF.
bool utf16_less(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
  if (i == a.size() || i == b.size()) return a.size() < b.size();
  const auto x = static_cast<unsigned char>(a[i]);
  const auto y = static_cast<unsigned char>(b[i]);
  const bool x_astral = x >= 0xF0;
  const bool y_astral = y >= 0xF0;
  if (x_astral != y_astral && x >= 0x80 && y >= 0x80) {
    const unsigned char bmp = x_astral ? y : x;
    if (bmp >= 0xEE) return x_astral;  // U+E000..U+FFFF sort after the surrogates.
  }
  return x < y;
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t plain = end_of_plain(text, at);
    out.append(text, at, plain - at);
    at = plain;
    if (at == text.size()) break;
    const char c = text[at];
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4U];
          out += kHex[static_cast<unsigned char>(c) & 15U];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

Result<std::string> canonical(const Value& value) {
  std::string out;
  AFFIANT_CHECK(append_canonical(out, value));
  return out;
}

Status append_canonical(std::string& out, const Value& value) {
  if (!value.is_structured()) return scalar(out, value);
  std::vector<Frame> open;
  open.push_back(open_frame(value));
  out += value.is_object() ? '{' : '[';
  while (!open.empty()) {
    Frame& frame = open.back();
    const bool object = frame.value->is_object();
    if (frame.next == frame.value->size()) {
      out += object ? '}' : ']';
      open.pop_back();
      continue;
    }
    if (frame.next > 0) out += ',';
    const Value* child = nullptr;
    if (object) {
      append_string(out, frame.order[frame.next].key());
      out += ':';
      child = &*frame.order[frame.next];
    } else {
      child = &(*frame.value)[frame.next];
    }
    ++frame.next;
    if (!child->is_structured()) {
      AFFIANT_CHECK(scalar(out, *child));
      continue;
    }
    out += child->is_object() ? '{' : '[';
    open.push_back(open_frame(*child));
  }
  return {};
}

}  // namespace affiant::json
