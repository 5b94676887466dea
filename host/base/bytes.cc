#include "base/bytes.h"

#include <array>
#include <cstring>

namespace affiant {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The two digits of every twelve bits, so that three bytes take two looks.
using Pairs = std::array<std::array<char, 2>, 4096>;
constexpr Pairs pairs_of(std::string_view alphabet) {
  Pairs out{};
  for (std::size_t n = 0; n < out.size(); ++n) out[n] = {alphabet[n / 64], alphabet[n % 64]};
  return out;
}
constexpr Pairs kStandardPairs = pairs_of(kStandard);
constexpr Pairs kUrlPairs = pairs_of(kUrl);

std::string encode64(ByteView in, const Pairs& pairs, bool pad) {
  const std::size_t rest = in.size() % 3;
  const std::size_t tail = rest == 0 ? 0 : pad ? 4 : rest + 1;
  std::string out(in.size() / 3 * 4 + tail, '=');
  char* to = out.data();
  const auto put = [&](std::uint32_t twelve) {
    std::memcpy(to, pairs[twelve].data(), 2);
    to += 2;
  };
  const std::uint8_t* from = in.data();
  for (std::size_t left = in.size() / 3; left > 0; --left, from += 3) {
    put(static_cast<std::uint32_t>(from[0]) << 4U | from[1] >> 4U);
    put((from[1] & 15U) << 8U | from[2]);
  }
  if (rest == 0) return out;
  const std::uint32_t second = rest == 2 ? from[1] : 0U;
  put(static_cast<std::uint32_t>(from[0]) << 4U | second >> 4U);
  if (rest == 2) *to = pairs[(second & 15U) << 8U][0];
  return out;
}

std::array<std::int8_t, 256> reverse_table(std::string_view alphabet) {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}

Result<Bytes> decode64(std::string_view in, const std::array<std::int8_t, 256>& table, bool pad) {
  std::size_t length = in.size();
  if (pad) {
    if (length % 4 != 0)
      return fail(Code::kMalformed, "base64 length {} is not a multiple of 4", length);
    while (length > 0 && in.size() - length < 2 && in[length - 1] == '=') --length;
  }
  if (length % 4 == 1)
    return fail(Code::kMalformed, "base64 of {} digits encodes no bytes", length);
  Bytes out(length * 3 / 4);
  std::size_t at = 0;
  std::size_t i = 0;
  const auto value = [&](std::size_t n) {
    return static_cast<std::int32_t>(table[static_cast<std::uint8_t>(in[n])]);
  };
  for (; i + 4 <= length; i += 4) {  // Three bytes at a time, up to what is no digit.
    const std::int32_t n = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
    if (n < 0) break;
    out[at++] = static_cast<std::uint8_t>(n >> 16);
    out[at++] = static_cast<std::uint8_t>(n >> 8);
    out[at++] = static_cast<std::uint8_t>(n);
  }
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (; i < length; ++i) {
    const std::int8_t digit = table[static_cast<std::uint8_t>(in[i])];
    if (digit < 0) return fail(Code::kMalformed, "not a base64 digit at offset {}", i);
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out[at++] = static_cast<std::uint8_t>(bits >> count & 0xFFU);
    }
  }
  if ((bits & ((1U << count) - 1U)) != 0)
    return fail(Code::kMalformed, "base64 pad bits are not zero");
  return out;
}

// The length of the well-formed UTF-8 sequence at the start of text, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t a = at(0);
  if (a < 0x80) return 1;
  const auto tail = [&](std::size_t i, std::uint8_t low = 0x80, std::uint8_t high = 0xBF) {
    return i < text.size() && at(i) >= low && at(i) <= high;
  };
  if (a >= 0xC2 && a <= 0xDF) return tail(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF)
    return tail(1, a == 0xE0 ? 0xA0 : 0x80, a == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
  if (a >= 0xF0 && a <= 0xF4)
    return tail(1, a == 0xF0 ? 0x90 : 0x80, a == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
  return 0;
}

char32_t code_point(std::string_view sequence) {
  const auto at = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<std::uint8_t>(sequence[i]));
  };
  switch (sequence.size()) {
    case 2:
      return (at(0) & 0x1FU) << 6U | (at(1) & 0x3FU);
    case 3:
      return (at(0) & 0x0FU) << 12U | (at(1) & 0x3FU) << 6U | (at(2) & 0x3FU);
    case 4:
      return (at(0) & 0x07U) << 18U | (at(1) & 0x3FU) << 12U | (at(2) & 0x3FU) << 6U |
             (at(3) & 0x3FU);
    default:
      return at(0);
  }
}

// Controls, the characters that reorder or hide text, and U+FFFE and its kin, which are none.
bool is_deceptive(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         c == 0x061C || (c & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string hex_encode(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t b : bytes) {
    out += kHex[b >> 4U];
    out += kHex[b & 15U];
  }
  return out;
}

Result<Bytes> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0)
    return fail(Code::kMalformed, "odd number of hex digits ({})", text.size());
  Bytes out(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t digit = kHex.find(text[i]);
    if (digit == std::string_view::npos)
      return fail(Code::kMalformed, "not a lower-case hex digit at offset {}", i);
    out[i / 2] = static_cast<std::uint8_t>(out[i / 2] << 4U | digit);
  }
  return out;
}

std::string base64_encode(ByteView bytes) { return encode64(bytes, kStandardPairs, true); }
std::string base64url_encode(ByteView bytes) { return encode64(bytes, kUrlPairs, false); }

Result<Bytes> base64_decode(std::string_view text) {
  static const auto table = reverse_table(kStandard);
  return decode64(text, table, true);
}
Result<Bytes> base64url_decode(std::string_view text) {
  static const auto table = reverse_table(kUrl);
  return decode64(text, table, false);
}

std::size_t find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::uint64_t word = 0;
    if (i + sizeof word <= text.size()) {  // Eight ASCII characters at a time.
      std::memcpy(&word, text.data() + i, sizeof word);
      if ((word & 0x8080'8080'8080'8080U) == 0) {
        i += sizeof word;
        continue;
      }
    }
    if (static_cast<std::uint8_t>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t n = sequence_length(text.substr(i));
    if (n == 0) return i;
    i += n;
  }
  return std::string_view::npos;
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t n = sequence_length(text.substr(i));
    std::string piece;
    if (n == 0) {
      piece = fmt::format("\\x{:02x}", static_cast<std::uint8_t>(text[i]));
    } else {
      const std::string_view sequence = text.substr(i, n);
      const char32_t c = code_point(sequence);
      if (!is_deceptive(c))
        piece = sequence;
      else if (c == '\n')
        piece = "\\n";
      else if (c == '\t')
        piece = "\\t";
      else if (c < 0x80)
        piece = fmt::format("\\x{:02x}", static_cast<unsigned>(c));
      else
        piece = fmt::format("\\u{{{:04x}}}", static_cast<unsigned>(c));
    }
    if (out.size() + piece.size() > max_bytes) return out + "…";
    out += piece;
    i += n == 0 ? 1 : n;
  }
  return out;
}

}  // namespace affiant
