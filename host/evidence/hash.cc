// The low-level functions are deprecated, and still what the high-level ones call: those cost more
// than the hash of a node itself (docs/evidence-speed.md), and a tree has as many nodes as leaves.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "evidence/hash.h"

#include <openssl/sha.h>

#include "evidence/verify.h"

namespace affiant::evidence {

Hash sha256(std::initializer_list<ByteView> parts) {
  SHA256_CTX ctx;
  Hash out;
  // These cannot fail: they compute, and nothing else.
  SHA256_Init(&ctx);
  for (const ByteView part : parts) SHA256_Update(&ctx, part.data(), part.size());
  SHA256_Final(out.data(), &ctx);
  return out;
}

Hash sha256_of(const std::function<std::string_view()>& next) {
  SHA256_CTX ctx;
  Hash out;
  SHA256_Init(&ctx);
  for (std::string_view part = next(); !part.empty(); part = next())
    SHA256_Update(&ctx, part.data(), part.size());
  SHA256_Final(out.data(), &ctx);
  return out;
}

Hash leaf_hash(std::string_view entry) {
  static constexpr std::uint8_t kPrefix[] = {0};
  return sha256({kPrefix, as_bytes(entry)});
}

Hash node_hash(const Hash& left, const Hash& right) {
  static constexpr std::uint8_t kPrefix[] = {1};
  return sha256({kPrefix, left, right});
}

std::string sha256_hex(std::string_view bytes) { return hex_encode(sha256(bytes)); }

}  // namespace affiant::evidence
