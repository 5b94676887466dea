#include "policy/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"

namespace affiant::policy {
namespace {

// Bytes 0x80 to 0x9F; 0xFFFD where nothing is assigned.
constexpr auto kWindows1252 = std::to_array<std::uint16_t>(
    {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
     0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
     0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178});

constexpr std::size_t kSample = 4'096;

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

// UTF-16 without its mark: of text in Latin letters every other byte is zero.
bool looks_like_utf16(std::string_view bytes, bool* big_endian) {
  const std::string_view sample = bytes.substr(0, kSample);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t at = 0; at < sample.size(); ++at)
    if (sample[at] == '\0') ++zeros[at % 2];
  const std::size_t half = sample.size() / 2;
  *big_endian = zeros[0] > zeros[1];
  return half > 1 && std::max(zeros[0], zeros[1]) * 10 > half * 6 &&
         std::min(zeros[0], zeros[1]) * 10 < half;
}

std::string from_utf16(std::string_view bytes, bool big_endian, std::size_t* replaced) {
  std::string out;
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<std::uint8_t>(bytes[at]),
               b = static_cast<std::uint8_t>(bytes[at + 1]);
    return static_cast<std::uint32_t>(big_endian ? (a << 8) | b : (b << 8) | a);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
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

std::string from_windows_1252(std::string_view bytes, std::size_t* replaced) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) {
    std::uint32_t c = static_cast<std::uint8_t>(byte);
    if (c >= 0x80 && c < 0xA0) c = kWindows1252[c - 0x80];
    if (c == 0xFFFD) ++*replaced;
    append_code_point(out, c);
  }
  return out;
}

// As UTF-8, with what is ill-formed replaced. False when more is ill-formed than is well-formed
// outside ASCII: it is something else then.
bool from_utf8(std::string_view bytes, CleanText* out) {
  out->text.reserve(bytes.size());
  std::size_t sequences = 0;
  for (;;) {
    const std::size_t bad = std::min(find_invalid_utf8(bytes), bytes.size());
    const std::string_view good = bytes.substr(0, bad);
    out->text.append(good);
    if (bad == bytes.size()) break;
    sequences += static_cast<std::size_t>(std::count_if(
        good.begin(), good.end(), [](char c) { return (static_cast<std::uint8_t>(c) >> 6) == 3; }));
    out->text += "\xEF\xBF\xBD";
    ++out->replaced;
    bytes.remove_prefix(bad + 1);
  }
  sequences += static_cast<std::size_t>(std::count_if(
      bytes.begin(), bytes.end(), [](char c) { return (static_cast<std::uint8_t>(c) >> 6) == 3; }));
  return out->replaced == 0 || sequences > out->replaced;
}

std::string normalise_line_ends(std::string text) {
  std::size_t to = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '\r') {
      if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
      c = '\n';
    }
    if (c != '\0') text[to++] = c;  // It shows nothing, and must not part "no" from "t".
  }
  text.resize(to);
  return text;
}

// Typographic marks in UTF-8 that were taken for windows-1252 and encoded again.
std::string mend_double_encoding(std::string text) {
  constexpr std::string_view kLead = "\xC3\xA2\xE2\x82\xAC";  // "â€"
  if (text.find(kLead) == std::string::npos) return text;
  constexpr auto kMarks = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"\xE2\x84\xA2", "\xE2\x80\x99"},  // ™: U+2019.
      {"\xCB\x9C", "\xE2\x80\x98"},      // ˜: U+2018.
      {"\xC5\x93", "\xE2\x80\x9C"},      // œ: U+201C.
      {"\xC2\x9D", "\xE2\x80\x9D"},      // U+201D.
      {"\xE2\x80\x9C", "\xE2\x80\x93"},  // “: U+2013.
      {"\xE2\x80\x9D", "\xE2\x80\x94"},  // ”: U+2014.
      {"\xC2\xA2", "\xE2\x80\xA2"},      // ¢: U+2022.
      {"\xC2\xA6", "\xE2\x80\xA6"},      // ¦: U+2026.
  });
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(kLead, at), text.size());
    out.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    const std::string_view rest = std::string_view(text).substr(at + kLead.size());
    const auto* mark = std::find_if(kMarks.begin(), kMarks.end(),
                                    [&](const auto& m) { return rest.starts_with(m.first); });
    if (mark == kMarks.end()) {
      out.append(kLead);
      at += kLead.size();
    } else {
      out.append(mark->second);
      at += kLead.size() + mark->first.size();
    }
  }
  return out;
}

enum Script : unsigned {
  kNoLetter = 0,
  kLatin = 1,
  kGreek = 2,
  kCyrillic = 4,
  kArmenian = 8,
  kCherokee = 16,
  kPretends = 32,   // Looks like Latin and is not.
  kUndecoded = 64,  // U+FFFD.
  kOther = 128      // Scripts that stand beside Latin without a space, or that nobody mistakes.
};

bool within(std::uint32_t c, std::uint32_t first, std::uint32_t last) {
  return c >= first && c <= last;
}

unsigned script_of(std::uint32_t c) {
  if (within(c, 'a', 'z') || within(c, 'A', 'Z')) return kLatin;
  if (c < 0xC0) return kNoLetter;
  if (within(c, 0xC0, 0x24F) || within(c, 0x1E00, 0x1EFF)) return kLatin;
  if (within(c, 0x250, 0x2AF) || within(c, 0x1D00, 0x1DBF)) return kPretends;  // Phonetic.
  if (within(c, 0x300, 0x36F)) return kOther;                                  // Accents.
  if (within(c, 0x370, 0x3FF) || within(c, 0x1F00, 0x1FFF)) return kGreek;
  if (within(c, 0x400, 0x52F)) return kCyrillic;
  if (within(c, 0x531, 0x587)) return kArmenian;
  if (within(c, 0x13A0, 0x13FF) || within(c, 0xAB70, 0xABBF)) return kCherokee;
  if (within(c, 0x2000, 0x2BFF) || within(c, 0x3000, 0x303F)) return kNoLetter;  // Signs.
  if (within(c, 0xFF21, 0xFF3A) || within(c, 0xFF41, 0xFF5A)) return kPretends;  // Full width.
  if (within(c, 0x1D400, 0x1D7CB)) return kPretends;                             // Mathematical.
  if (c == 0xFFFD) return kUndecoded;
  return kOther;
}

bool is_ascii_letter(char c) { return within(static_cast<std::uint8_t>(c | 0x20), 'a', 'z'); }

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
  bool big_endian = bytes.starts_with("\xFE\xFF");
  const bool marked = big_endian || bytes.starts_with("\xFF\xFE");
  if (marked || looks_like_utf16(bytes, &big_endian)) {
    out.encoding = Encoding::kUtf16;
    out.text = from_utf16(bytes.substr(marked ? 2 : 0), big_endian, &out.replaced);
  } else {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    if (!from_utf8(bytes, &out)) {
      out.encoding = Encoding::kWindows1252;
      out.replaced = 0;
      out.text = from_windows_1252(bytes, &out.replaced);
    }
  }
  out.text = mend_double_encoding(normalise_line_ends(std::move(out.text)));
  return out;
}

std::string_view next_disguised_word(std::string_view text, std::size_t* at) {
  while (*at < text.size()) {
    // By far the most text is ASCII, and in ASCII there is nothing to find.
    const char* other = std::find_if(text.data() + *at, text.data() + text.size(),
                                     [](char c) { return static_cast<std::uint8_t>(c) >= 0x80; });
    std::size_t from = static_cast<std::size_t>(other - text.data());
    if (from == text.size()) break;
    while (from > *at && is_ascii_letter(text[from - 1])) --from;
    unsigned scripts = kNoLetter;
    std::size_t end = from;
    bool first = true;
    for (std::size_t next = from; next < text.size(); first = false) {
      const unsigned script = script_of(next_code_point(text, &next));
      if (script == kNoLetter && !first) break;
      end = next;
      if (script == kNoLetter) break;
      scripts |= script;
    }
    *at = end;
    const unsigned alphabets = scripts & (kLatin | kGreek | kCyrillic | kArmenian | kCherokee);
    const bool mixed = (alphabets & (alphabets - 1)) != 0;
    const bool hole = (scripts & kUndecoded) != 0 && scripts != kUndecoded;
    if (mixed || hole || (scripts & kPretends) != 0) return text.substr(from, end - from);
  }
  *at = text.size();
  return {};
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
  return c < 0x20 || within(c, 0x7F, 0x9F) || c == 0xAD || c == 0x34F || c == 0x61C ||
         within(c, 0x180B, 0x180F) || within(c, 0x200B, 0x200F) || within(c, 0x202A, 0x202E) ||
         within(c, 0x2060, 0x206F) || within(c, 0xFE00, 0xFE0F) || c == 0xFEFF ||
         within(c, 0xE0000, 0xE0FFF);
}

}  // namespace affiant::policy
