// Bytes as text and back. All decoders are strict: one spelling for each value, so that no byte of
// a file can be changed without being noticed (RFC 4648 section 3.5: pad bits must be zero).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hex_encode(ByteView bytes);  // Lower case.
Result<Bytes> hex_decode(std::string_view text);

std::string base64_encode(ByteView bytes);  // RFC 4648 section 4, with padding.
Result<Bytes> base64_decode(std::string_view text);
std::string base64url_encode(ByteView bytes);  // RFC 4648 section 5, without padding.
Result<Bytes> base64url_decode(std::string_view text);

// The offset of the first byte that is not well-formed UTF-8 (no surrogates, no overlong forms), or
// npos.
std::size_t find_invalid_utf8(std::string_view text);

// Makes text safe for a terminal or a one-line message: control characters (C0, DEL, C1),
// bidirectional overrides and bytes that are not UTF-8 become \xNN or \u{NNNN}; at most max_bytes
// of output, cut with an ellipsis.
std::string printable(std::string_view text, std::size_t max_bytes = 200);

}  // namespace affiant
