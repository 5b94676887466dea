// By the system, so that this folder needs no library for them on Windows.
#include <algorithm>
#include <array>
#include <limits>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/system_windows.h"

namespace affiant {
namespace {

constexpr std::size_t kLongest = 32;  // SHA-256.

class Algorithm {
 public:
  explicit Algorithm(const wchar_t* name) {
    if (::BCryptOpenAlgorithmProvider(&handle_, name, nullptr, 0) < 0) handle_ = nullptr;
  }
  Algorithm(const Algorithm&) = delete;
  Algorithm& operator=(const Algorithm&) = delete;
  ~Algorithm() {
    if (handle_ != nullptr) ::BCryptCloseAlgorithmProvider(handle_, 0);
  }
  BCRYPT_ALG_HANDLE get() const { return handle_; }

 private:
  BCRYPT_ALG_HANDLE handle_ = nullptr;
};

bool hash_all(BCRYPT_HASH_HANDLE hash, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto piece =
        static_cast<ULONG>(std::min<std::size_t>(bytes.size(), std::numeric_limits<ULONG>::max()));
    // Only read, whatever its type says.
    auto* from = reinterpret_cast<PUCHAR>(const_cast<char*>(bytes.data()));
    if (::BCryptHashData(hash, from, piece, 0) < 0) return false;
    bytes.remove_prefix(piece);
  }
  return true;
}

}  // namespace

std::string hex_digest(Digest digest, std::string_view bytes) {
  const bool md5 = digest == Digest::kMd5;
  const bool sha1 = digest == Digest::kSha1;
  const Algorithm algorithm(md5    ? BCRYPT_MD5_ALGORITHM
                            : sha1 ? BCRYPT_SHA1_ALGORITHM
                                   : BCRYPT_SHA256_ALGORITHM);
  BCRYPT_HASH_HANDLE hash = nullptr;
  if (algorithm.get() == nullptr ||
      ::BCryptCreateHash(algorithm.get(), &hash, nullptr, 0, nullptr, 0, 0) < 0)
    return {};
  std::array<std::uint8_t, kLongest> out{};
  const ULONG size = md5 ? 16 : sha1 ? 20 : 32;
  const bool good = hash_all(hash, bytes) && ::BCryptFinishHash(hash, out.data(), size, 0) >= 0;
  ::BCryptDestroyHash(hash);
  return good ? hex_encode({out.data(), size}) : std::string();
}

}  // namespace affiant
