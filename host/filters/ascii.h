// Letters of URLs and lists, whatever the locale.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace affiant::filters {

inline constexpr char lower_char(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
inline constexpr bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
inline constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline constexpr bool is_host_char(char c) {
  return is_alnum(c) || c == '.' || c == '-' || c == '_';
}

// Eight bytes at once, whatever their order.
inline constexpr std::uint64_t eight_of(unsigned char byte) {
  return byte * std::uint64_t{0x0101010101010101U};
}
inline constexpr std::uint64_t lower_eight(std::uint64_t eight) {
  const std::uint64_t low = eight & eight_of(0x7F);
  const std::uint64_t from_a = low + eight_of(0x80 - 'A');
  const std::uint64_t past_z = low + eight_of(0x80 - 'Z' - 1);
  return eight | ((from_a & ~past_z & ~eight & eight_of(0x80)) >> 2U);
}

inline bool is_ascii(std::string_view text) {
  std::uint64_t all = 0;
  std::size_t i = 0;
  for (; i + sizeof all <= text.size(); i += sizeof all) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, sizeof eight);
    all |= eight;
  }
  for (; i < text.size(); ++i) all |= static_cast<unsigned char>(text[i]);
  return (all & eight_of(0x80)) == 0;
}
inline std::string lowered(std::string_view text) {
  std::string out(text);
  std::size_t i = 0;
  for (std::uint64_t eight = 0; i + sizeof eight <= out.size(); i += sizeof eight) {
    std::memcpy(&eight, out.data() + i, sizeof eight);
    eight = lower_eight(eight);
    std::memcpy(out.data() + i, &eight, sizeof eight);
  }
  for (; i < out.size(); ++i) out[i] = lower_char(out[i]);
  return out;
}
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace affiant::filters
