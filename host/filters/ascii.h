// Letters of URLs and lists, whatever the locale.
#pragma once

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
inline constexpr bool is_ascii(std::string_view text) {
  unsigned all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}
inline std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower_char(c);
  return out;
}
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace affiant::filters
