#include "evidence/sd_list.h"

namespace affiant::evidence {

Result<std::vector<std::string_view>> read_sd_list(std::string_view body, std::size_t base) {
  constexpr std::string_view kOpen = "{\"_sd\":[";
  constexpr std::size_t kDigest = 43;  // base64url of 256 bits.
  std::vector<std::string_view> out;
  if (!body.starts_with(kOpen)) return out;
  std::size_t at = kOpen.size();
  for (;;) {
    const std::string_view rest = body.substr(at);
    if (rest.size() < kDigest + 3 || rest[0] != '"' || rest[kDigest + 1] != '"' ||
        (rest[kDigest + 2] != ',' && rest[kDigest + 2] != ']'))
      return fail(Code::kMalformed, "byte {}: not a digest of 43 characters in \"_sd\"", base + at);
    const std::string_view digest = rest.substr(1, kDigest);
    if (!out.empty() && digest <= out.back())
      return fail(Code::kMalformed, "byte {}: \"_sd\" is not in ascending order", base + at);
    out.push_back(digest);
    at += kDigest + 3;
    if (rest[kDigest + 2] == ']') return out;
  }
}

}  // namespace affiant::evidence
