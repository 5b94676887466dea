// By OpenSSL; Windows has digests of its own (digest_windows.cc).
#include <openssl/evp.h>

#include <array>

#include "base/bytes.h"
#include "base/digest.h"

namespace affiant {

std::string hex_digest(Digest digest, std::string_view bytes) {
  const EVP_MD* kind = digest == Digest::kMd5    ? EVP_md5()
                       : digest == Digest::kSha1 ? EVP_sha1()
                                                 : EVP_sha256();
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) != 1) return {};
  return hex_encode({out.data(), size});
}

}  // namespace affiant
