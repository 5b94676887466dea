#include "filters/host_name.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "filters/ascii.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kLabelBytes = 63;   // RFC 1035 section 2.3.4.
constexpr std::size_t kLabelPoints = 63;  // An encoded label is never shorter than it has points.

char32_t lower_point(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(lower_char(static_cast<char>(c)));
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if (c == 0x178) return 0xFF;
  // Latin Extended-A: pairs, the capital first; where the row of pairs begins changes twice.
  if (c >= 0x100 && c <= 0x137 && c != 0x130) return c | 1U;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1U);
  if (c >= 0x14A && c <= 0x177) return c | 1U;
  if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

// `text` is known to be UTF-8.
std::vector<char32_t> points_of(std::string_view text) {
  std::vector<char32_t> points;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k)
      point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    points.push_back(lower_point(point));
    i += length;
  }
  return points;
}

// RFC 3492 section 6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

char digit(std::uint32_t value) {
  return static_cast<char>(value < 26 ? 'a' + value : '0' + value - 26);
}

// RFC 3492 section 6.3. At most kLabelPoints points: no sum can overflow 32 bits.
void append_punycode(std::string& out, const std::vector<char32_t>& label) {
  out += "xn--";
  std::uint32_t handled = 0;
  for (const char32_t c : label) {
    if (c >= 0x80) continue;
    out += static_cast<char>(c);
    ++handled;
  }
  const std::uint32_t basic = handled;
  if (basic > 0) out += '-';
  std::uint32_t n = 0x80;
  std::uint32_t delta = 0;
  std::uint32_t bias = 72;
  while (handled < label.size()) {
    std::uint32_t next = 0x110000;
    for (const char32_t c : label)
      if (c >= n) next = std::min(next, static_cast<std::uint32_t>(c));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t q = delta;
      for (std::uint32_t k = 36;; k += 36) {
        const std::uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        if (q < t) break;
        out += digit(t + (q - t) % (36 - t));
        q = (q - t) / (36 - t);
      }
      out += digit(q);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
}

}  // namespace

std::optional<std::string> ascii_host(std::string_view host) {
  if (is_ascii(host)) return lowered(host);
  if (find_invalid_utf8(host) != std::string_view::npos) return std::nullopt;
  std::string out;
  std::vector<char32_t> label;
  std::vector<char32_t> points = points_of(host);
  points.push_back('.');  // Ends the last label; taken away again below.
  for (const char32_t c : points) {
    // The full stops of other scripts (UTS #46).
    if (c != '.' && c != 0x3002 && c != 0xFF0E && c != 0xFF61) {
      label.push_back(c);
      continue;
    }
    const std::size_t begin = out.size();
    if (std::all_of(label.begin(), label.end(), [](char32_t p) { return p < 0x80; })) {
      for (const char32_t p : label) out += static_cast<char>(p);
    } else {
      if (label.size() > kLabelPoints) return std::nullopt;
      append_punycode(out, label);
      if (out.size() - begin > kLabelBytes) return std::nullopt;
    }
    out += '.';
    label.clear();
  }
  out.pop_back();
  return out;
}

void append_escaped(std::string& out, std::string_view text, bool keep_case) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += keep_case ? c : lower_char(c);
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
}

}  // namespace affiant::filters
