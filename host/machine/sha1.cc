#include "machine/sha1.h"

#include <array>
#include <bit>
#include <cstdint>

#include "base/bytes.h"

namespace affiant::machine {
namespace {

using State = std::array<std::uint32_t, 5>;

// Section 6.1.2, one block of 64 bytes.
void add_block(State* state, const unsigned char* block) {
  std::array<std::uint32_t, 80> w{};
  for (std::size_t t = 0; t < 16; ++t)
    w[t] = std::uint32_t{block[4 * t]} << 24U | std::uint32_t{block[4 * t + 1]} << 16U |
           std::uint32_t{block[4 * t + 2]} << 8U | std::uint32_t{block[4 * t + 3]};
  for (std::size_t t = 16; t < 80; ++t)
    w[t] = std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  auto [a, b, c, d, e] = *state;
  for (std::size_t t = 0; t < 80; ++t) {
    std::uint32_t f = b ^ c ^ d, k = 0x6ed9eba1;
    if (t < 20) {
      f = (b & c) | (~b & d);
      k = 0x5a827999;
    } else if (t >= 40 && t < 60) {
      f = (b & c) | (b & d) | (c & d);
      k = 0x8f1bbcdc;
    } else if (t >= 60) {
      k = 0xca62c1d6;
    }
    const std::uint32_t next = std::rotl(a, 5) + f + e + k + w[t];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  *state = {(*state)[0] + a, (*state)[1] + b, (*state)[2] + c, (*state)[3] + d, (*state)[4] + e};
}

}  // namespace

std::string sha1_hex(std::string_view bytes) {
  // Section 5.1.1: a one bit, zeros, and the length in bits.
  std::string padded(bytes);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  for (unsigned shift = 64; shift > 0; shift -= 8)
    padded += static_cast<char>((bits >> (shift - 8)) & 0xFFU);
  State state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (std::size_t at = 0; at < padded.size(); at += 64)
    add_block(&state, reinterpret_cast<const unsigned char*>(padded.data() + at));
  Bytes digest;
  for (const std::uint32_t word : state) {
    for (unsigned shift = 32; shift > 0; shift -= 8)
      digest.push_back(static_cast<std::uint8_t>((word >> (shift - 8)) & 0xFFU));
  }
  return hex_encode(digest);
}

}  // namespace affiant::machine
