#include "policy/utf8.h"

#include "base/bytes.h"

namespace affiant::policy {
namespace {

void append_code_point(std::string& out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t b) { out += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
}

std::string from_utf16(std::string_view bytes, bool big_endian, std::size_t* replaced) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<std::uint8_t>(bytes[at]),
               b = static_cast<std::uint8_t>(bytes[at + 1]);
    return static_cast<std::uint32_t>(big_endian ? (a << 8) | b : (b << 8) | a);
  };
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
      ++*replaced;
    }
    append_code_point(out, c);
  }
  return out;
}

std::string normalise_line_ends(std::string text) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '\r') {
      if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
      c = '\n';
    }
    text[to++] = c == '\0' ? ' ' : c;
  }
  text.resize(to);
  return text;
}

}  // namespace

std::uint32_t next_code_point(std::string_view text, std::size_t* at) {
  const auto first = static_cast<std::uint8_t>(text[(*at)++]);
  if (first < 0x80) return first;
  std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  std::uint32_t c = first & (0x3FU >> more);
  for (; more > 0 && *at < text.size(); --more)
    c = (c << 6) | (static_cast<std::uint8_t>(text[(*at)++]) & 0x3F);
  return c;
}

CleanText clean_utf8(std::string_view bytes) {
  CleanText out;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    out.utf16 = true;
    out.text = normalise_line_ends(from_utf16(bytes, bytes[0] == '\xFE', &out.replaced));
    return out;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  out.text.reserve(bytes.size());
  for (;;) {
    const std::size_t bad = find_invalid_utf8(bytes);
    out.text.append(bytes.substr(0, bad));
    if (bad == std::string_view::npos) break;
    out.text += "\xEF\xBF\xBD";
    ++out.replaced;
    bytes.remove_prefix(bad + 1);
  }
  out.text = normalise_line_ends(std::move(out.text));
  return out;
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

bool is_space(std::uint32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_invisible(std::uint32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

}  // namespace affiant::policy
