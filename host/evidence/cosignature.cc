#include "evidence/cosignature.h"

#include <limits>
#include <utility>

namespace affiant::evidence {
namespace {

constexpr std::size_t kTimeBytes = 8;

std::string message(std::string_view text, std::uint64_t time_s) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time_s, text);
}

}  // namespace

Result<std::string> cosign(std::string_view text, const VerifierKey& cosigner,
                           const SigningKey& key, std::uint64_t time_s) {
  AFFIANT_TRY(const Signature signature, key.sign(message(text, time_s)));
  Bytes bytes;
  for (std::size_t i = kTimeBytes; i-- > 0;)
    bytes.push_back(static_cast<std::uint8_t>(time_s >> (8U * i)));
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return format_signature({cosigner.name, cosigner.id, std::move(bytes)});
}

Result<std::uint64_t> verify_cosignature(std::string_view text, const NoteSignature& signature,
                                         const VerifierKey& cosigner) {
  if (signature.signature.size() != kTimeBytes + std::tuple_size_v<Signature>)
    return fail(Code::kMalformed, "a cosignature by {} has {} bytes, not 72",
                printable(cosigner.name), signature.signature.size());
  std::uint64_t time_s = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i) time_s = time_s << 8U | signature.signature[i];
  if (time_s == 0 || time_s > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return fail(Code::kMalformed, "a cosignature by {} has no time", printable(cosigner.name));
  if (!verify_signature(cosigner.key, message(text, time_s),
                        ByteView(signature.signature).subspan(kTimeBytes)))
    return fail(Code::kCrypto, "the cosignature by {} does not verify", printable(cosigner.name));
  return time_s;
}

}  // namespace affiant::evidence
