// Words that a URL is looked up by: runs of two or more of [a-z0-9%], and host names label by
// label from the right. Both sides, rules and requests, hash with what is here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "filters/ascii.h"

namespace affiant::filters {

inline constexpr std::uint32_t kHashSeed = 2'166'136'261U;
inline constexpr std::uint32_t kEntitySeed = 0x51ED270BU;  // "example.*" is no host.
inline constexpr std::size_t kTokenBytes = 2;              // Shorter ones tell nothing apart.

inline constexpr std::uint32_t hash_step(std::uint32_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
}
inline constexpr std::uint32_t hash_end(std::uint32_t hash) {
  hash ^= hash >> 16U;
  hash *= 0x7FEB352DU;
  return hash ^ (hash >> 15U);
}
inline constexpr std::uint32_t hash_host(std::string_view host, std::uint32_t seed = kHashSeed) {
  for (std::size_t i = host.size(); i-- > 0;) seed = hash_step(seed, host[i]);
  return hash_end(seed);
}

inline constexpr auto kTokenChar = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) table[c] = is_alnum(static_cast<char>(c)) || c == '%';
  return table;
}();
inline constexpr bool is_token_char(char c) { return kTokenChar[static_cast<unsigned char>(c)]; }

struct Token {
  std::uint32_t hash = 0;
  std::size_t begin = 0, end = 0;
};

// Walks the tokens of lower-case text.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  bool next(Token& token) {
    for (;;) {
      while (at_ < text_.size() && !is_token_char(text_[at_])) ++at_;
      if (at_ == text_.size()) return false;
      token.begin = at_;
      std::uint32_t hash = kHashSeed;
      for (; at_ < text_.size() && is_token_char(text_[at_]); ++at_)
        hash = hash_step(hash, text_[at_]);
      if (at_ - token.begin < kTokenBytes) continue;
      token.end = at_;
      token.hash = hash_end(hash);
      return true;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// Calls f(hash, begin) for every part of `host` that is made of whole labels and ends where the
// host ends, shortest first: "com", "example.com". Stops when f says true.
template <typename F>
bool walk_suffixes(std::string_view host, std::uint32_t seed, F f) {
  std::uint32_t hash = seed;
  for (std::size_t i = host.size(); i-- > 0;) {
    hash = hash_step(hash, host[i]);
    if ((i == 0 || host[i - 1] == '.') && f(hash_end(hash), i)) return true;
  }
  return false;
}

}  // namespace affiant::filters
