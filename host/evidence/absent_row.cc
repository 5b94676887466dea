#include "evidence/absent_row.h"

#include <algorithm>

#include "base/bytes.h"
#include "evidence/decimal.h"

namespace affiant::evidence {
namespace {

constexpr std::string_view kOpen = "{\"h\":\"";
constexpr std::size_t kHashDigits = 43;  // 32 bytes in base64url.
constexpr std::string_view kIndex = "\",\"i\":";
constexpr std::string_view kWithheld = ",\"why\":\"withheld\"}";
constexpr std::string_view kErased = ",\"why\":\"erased\"}";

}  // namespace

Result<AbsentRow> parse_absent_row(std::string_view line) {
  AbsentRow out;
  if (!line.starts_with(kOpen))
    return fail(Code::kMalformed, "byte 0: not the stand-in for an absent entry");
  const auto hash = base64url_decode(line.substr(kOpen.size(), kHashDigits));
  if (!hash || hash->size() != out.leaf.size())
    return fail(Code::kMalformed, "byte {}: not the base64url of a leaf hash", kOpen.size());
  std::copy(hash->begin(), hash->end(), out.leaf.begin());
  const std::size_t number = kOpen.size() + kHashDigits + kIndex.size();
  out.erased = line.ends_with(kErased);
  const std::string_view tail = out.erased ? kErased : kWithheld;
  if (line.size() <= number + tail.size() || !line.ends_with(tail) ||
      line.substr(number - kIndex.size(), kIndex.size()) != kIndex)
    return fail(Code::kMalformed, "byte {}: not \"i\" and \"why\", withheld or erased",
                kOpen.size() + kHashDigits);
  const auto index = parse_decimal(line.substr(number, line.size() - number - tail.size()));
  if (!index) return fail(Code::kMalformed, "byte {}: bad index i", number);
  out.index = *index;
  return out;
}

void encode_absent_row(const AbsentRow& row, std::string& out) {
  out += kOpen;
  out += base64url_encode(row.leaf);
  out += kIndex;
  out += fmt::format_int(row.index).c_str();
  out += row.erased ? kErased : kWithheld;
}

Hash leaf_of_line(std::string_view line) {
  if (is_absent_row(line))
    if (const auto row = parse_absent_row(line)) return row->leaf;
  return leaf_hash(line);
}

}  // namespace affiant::evidence
