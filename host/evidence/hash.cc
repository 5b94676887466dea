#include "evidence/hash.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "evidence/verify.h"

namespace affiant::evidence {
namespace {

// Fetching the algorithm costs more than hashing an entry, so each thread keeps one context.
EVP_MD_CTX* context() {
  struct Free {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  };
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> ctx = [] {
    std::unique_ptr<EVP_MD_CTX, Free> made(EVP_MD_CTX_new());
    // A machine without SHA-256 or memory for a context: nothing of what follows could be true.
    if (made == nullptr || EVP_DigestInit_ex2(made.get(), EVP_sha256(), nullptr) != 1) std::abort();
    return made;
  }();
  return ctx.get();
}

}  // namespace

Hash sha256(std::initializer_list<ByteView> parts) {
  EVP_MD_CTX* ctx = context();
  Hash out;
  bool good = EVP_DigestInit_ex2(ctx, nullptr, nullptr) == 1;
  for (const ByteView part : parts)
    good = good && EVP_DigestUpdate(ctx, part.data(), part.size()) == 1;
  if (!good || EVP_DigestFinal_ex(ctx, out.data(), nullptr) != 1) std::abort();
  return out;
}

Hash sha256_of(const std::function<std::string_view()>& next) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> ctx(EVP_MD_CTX_new(),
                                                                    EVP_MD_CTX_free);
  Hash out;
  bool good = ctx != nullptr && EVP_DigestInit_ex2(ctx.get(), EVP_sha256(), nullptr) == 1;
  for (std::string_view part = next(); good && !part.empty(); part = next())
    good = EVP_DigestUpdate(ctx.get(), part.data(), part.size()) == 1;
  if (!good || EVP_DigestFinal_ex(ctx.get(), out.data(), nullptr) != 1) std::abort();
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
