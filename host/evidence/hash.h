// SHA-256, and the leaf and node hashes of RFC 6962 section 2.1. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace affiant::evidence {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::initializer_list<ByteView> parts);
// SHA-256 of what `next` hands out until it hands out nothing.
Hash sha256_of(const std::function<std::string_view()>& next);
inline Hash sha256(std::string_view text) { return sha256({as_bytes(text)}); }

Hash leaf_hash(std::string_view entry);               // SHA-256(0x00 || entry)
Hash node_hash(const Hash& left, const Hash& right);  // SHA-256(0x01 || left || right)

}  // namespace affiant::evidence
