#include "evidence/add_checkpoint.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "evidence/decimal.h"

namespace affiant::evidence {
namespace {

constexpr std::string_view kOld = "old ";
constexpr std::size_t kProofLines = 63;  // "The client MUST NOT send more".

}  // namespace

std::string format_add_checkpoint(const AddCheckpoint& request) {
  std::string out = fmt::format("{}{}\n", kOld, request.old_size);
  for (const Hash& hash : request.proof) out += base64_encode(hash) + "\n";
  out += '\n';
  return out + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  if (body.size() > limits::kNoteBytes)
    return fail(Code::kTooLarge, "a request of {} bytes is over kNoteBytes ({})", body.size(),
                limits::kNoteBytes);
  AddCheckpoint out;
  const std::size_t first = body.find('\n');
  const auto old = first != std::string_view::npos && body.starts_with(kOld)
                       ? parse_decimal(body.substr(kOld.size(), first - kOld.size()))
                       : std::optional<std::uint64_t>();
  if (!old) return fail(Code::kMalformed, "byte 0: not \"old SIZE\"");
  out.old_size = *old;
  std::size_t at = first + 1;
  for (;;) {
    const std::size_t end = body.find('\n', at);
    if (end == std::string_view::npos)
      return fail(Code::kMalformed, "byte {}: no empty line before a checkpoint", at);
    const std::string_view line = body.substr(at, end - at);
    if (line.empty()) {
      at = end + 1;
      break;
    }
    const auto bytes = base64_decode(line);
    Hash hash;
    if (!bytes || bytes->size() != hash.size())
      return fail(Code::kMalformed, "byte {}: not the base64 of a SHA-256 hash", at);
    if (out.proof.size() == kProofLines)
      return fail(Code::kMalformed, "byte {}: more than {} proof lines", at, kProofLines);
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    out.proof.push_back(hash);
    at = end + 1;
  }
  out.checkpoint = body.substr(at);
  return out;
}

}  // namespace affiant::evidence
