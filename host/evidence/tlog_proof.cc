#include "evidence/tlog_proof.h"

#include <algorithm>

#include "base/limits.h"
#include "evidence/decimal.h"
#include "evidence/merkle.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

constexpr std::string_view kMagic = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr std::size_t kHashes = 63;  // More than any tree of 2^63 has levels proves nothing.

}  // namespace

std::string format_tlog_proof(const TlogProof& proof) {
  std::string out(kMagic);
  out += '\n';
  if (!proof.extra.empty()) out += fmt::format("{}{}\n", kExtra, base64_encode(proof.extra));
  out += fmt::format("{}{}\n", kIndex, proof.index);
  for (const Hash& hash : proof.hashes) out += base64_encode(hash) + "\n";
  out += '\n';
  return out + proof.checkpoint;
}

Result<TlogProof> parse_tlog_proof(std::string_view text) {
  if (text.size() > limits::kNoteBytes)
    return fail(Code::kTooLarge, "a proof of {} bytes is over kNoteBytes ({})", text.size(),
                limits::kNoteBytes);
  TlogProof out;
  std::size_t at = 0;
  std::size_t next = 0;
  std::string_view line;
  const auto take = [&] {
    at = next;
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return false;
    line = text.substr(at, end - at);
    next = end + 1;
    return true;
  };
  if (!take() || line != kMagic)
    return fail(Code::kUnsupported, "byte 0: the first line is not {}", kMagic);
  bool more = take();
  if (more && line.starts_with(kExtra)) {
    auto extra = base64_decode(line.substr(kExtra.size()));
    if (!extra || extra->empty())
      return fail(Code::kMalformed, "byte {}: not the base64 of extra data", at + kExtra.size());
    out.extra = std::move(*extra);
    more = take();
  }
  const auto index = more && line.starts_with(kIndex) ? parse_decimal(line.substr(kIndex.size()))
                                                      : std::optional<std::uint64_t>();
  if (!index) return fail(Code::kMalformed, "byte {}: not \"index NUMBER\"", at);
  out.index = *index;
  for (;;) {
    if (!take()) return fail(Code::kMalformed, "byte {}: no empty line before a checkpoint", at);
    if (line.empty()) break;
    const auto bytes = base64_decode(line);
    Hash hash;
    if (!bytes || bytes->size() != hash.size())
      return fail(Code::kMalformed, "byte {}: not the base64 of a SHA-256 hash", at);
    if (out.hashes.size() == kHashes)
      return fail(Code::kTooLarge, "byte {}: more hashes than any tree has levels", at);
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    out.hashes.push_back(hash);
  }
  out.checkpoint = text.substr(next);
  if (const auto note = parse_note(out.checkpoint); !note)
    return fail(note.error().code, "the checkpoint at byte {}: {}", next, note.error().message);
  return out;
}

Status verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                         std::span<const VerifierKey> known) {
  AFFIANT_TRY(const Note note, parse_note(proof.checkpoint));
  AFFIANT_TRY(const Checkpoint checkpoint, parse_checkpoint(note.text));
  std::vector<VerifierKey> of_log;
  for (const VerifierKey& key : known)
    if (key.name == checkpoint.origin && key.type == 0x01) of_log.push_back(key);
  if (of_log.empty())
    return fail(Code::kNotFound, "no key is known for the log {}", printable(checkpoint.origin));
  AFFIANT_TRY(const auto text, open_note(proof.checkpoint, of_log));
  (void)text;
  return verify_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root);
}

}  // namespace affiant::evidence
