// Digests by the system (OpenSSL; on Windows its own), as lower-case hex. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace affiant {

// MD5 and SHA-1 are here because the web uses them: to tell a published file by the name its
// publisher gave it, or a value that a page sent in disguise. Nothing rests on their strength.
enum class Digest : std::uint8_t { kMd5, kSha1, kSha256 };

// Empty when the system does not have the digest (MD5 in an OpenSSL under FIPS).
std::string hex_digest(Digest digest, std::string_view bytes);

}  // namespace affiant
