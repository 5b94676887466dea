#include "evidence/note.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/cosignature.h"
#include "evidence/hash.h"

namespace affiant::evidence {
namespace {

constexpr std::uint8_t kEd25519 = 0x01;
constexpr std::uint8_t kCosignature = 0x04;
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014, space.

// Unicode White_Space beyond ASCII, as UTF-8.
constexpr std::string_view kWideSpaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool is_key_name(std::string_view name) {
  if (name.empty() || find_invalid_utf8(name) != std::string_view::npos) return false;
  for (const char c : name)
    if (c == '+' || c == ' ' || static_cast<std::uint8_t>(c) < 0x20) return false;
  return std::none_of(std::begin(kWideSpaces), std::end(kWideSpaces), [&](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  });
}

std::uint32_t big_endian(ByteView four) {
  return static_cast<std::uint32_t>(four[0]) << 24U | static_cast<std::uint32_t>(four[1]) << 16U |
         static_cast<std::uint32_t>(four[2]) << 8U | four[3];
}

std::uint32_t key_id(std::string_view name, std::uint8_t type, const PublicKey& key) {
  static constexpr std::uint8_t kNewline[] = {0x0A};
  const std::uint8_t types[] = {type};
  return big_endian(ByteView(sha256({as_bytes(name), kNewline, types, key})).first(4));
}

Result<NoteSignature> parse_signature(std::string_view line, std::size_t offset) {
  if (!line.starts_with(kDash))
    return fail(Code::kMalformed, "byte {}: a signature line begins with an em dash and a space",
                offset);
  const std::string_view rest = line.substr(kDash.size());
  const std::size_t space = rest.find(' ');
  if (space == std::string_view::npos || !is_key_name(rest.substr(0, space)))
    return fail(Code::kMalformed, "byte {}: not a key name and a signature", offset);
  const auto bytes = base64_decode(rest.substr(space + 1));
  if (!bytes || bytes->size() < 5)
    return fail(Code::kMalformed, "byte {}: not the base64 of a key ID and a signature",
                offset + kDash.size() + space + 1);
  return NoteSignature{rest.substr(0, space), big_endian(ByteView(*bytes).first(4)),
                       Bytes(bytes->begin() + 4, bytes->end())};
}

bool matches(const NoteSignature& signature, const VerifierKey& key) {
  return signature.name == key.name && signature.id == key.id;
}

}  // namespace

VerifierKey make_vkey(std::string_view name, const PublicKey& key) {
  return {std::string(name), key_id(name, kEd25519, key), kEd25519, key};
}

VerifierKey make_cosigner_vkey(std::string_view name, const PublicKey& key) {
  return {std::string(name), key_id(name, kCosignature, key), kCosignature, key};
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  // The base64 may hold a plus: split on the first two only.
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos)
    return fail(Code::kMalformed, "a verifier key is NAME+ID+BASE64, with two plus signs");
  VerifierKey out;
  out.name = text.substr(0, first);
  if (!is_key_name(out.name))
    return fail(Code::kMalformed, "byte 0: \"{}\" is no key name", printable(out.name));
  const auto id = hex_decode(text.substr(first + 1, second - first - 1));
  if (!id || id->size() != 4)
    return fail(Code::kMalformed, "byte {}: a key ID has 8 lower-case hex digits", first + 1);
  const auto key = base64_decode(text.substr(second + 1));
  if (!key || key->empty())
    return fail(Code::kMalformed, "byte {}: not the base64 of a key", second + 1);
  out.type = (*key)[0];
  if (out.type != kEd25519 && out.type != kCosignature)
    return fail(Code::kUnsupported, "byte {}: key type 0x{:02x} is not Ed25519", second + 1,
                out.type);
  if (key->size() != 33)
    return fail(Code::kMalformed, "byte {}: an Ed25519 key has 32 bytes, not {}", second + 1,
                key->size() - 1);
  std::copy(key->begin() + 1, key->end(), out.key.begin());
  out.id = key_id(out.name, out.type, out.key);
  if (out.id != big_endian(*id))
    return fail(Code::kMalformed, "byte {}: the key ID is not that of this name and key",
                first + 1);
  return out;
}

std::string format_vkey(const VerifierKey& key) {
  Bytes bytes{key.type};
  bytes.insert(bytes.end(), key.key.begin(), key.key.end());
  return fmt::format("{}+{:08x}+{}", key.name, key.id, base64_encode(bytes));
}

Result<VerifierKey> read_vkey_file(const std::filesystem::path& path) {
  constexpr std::size_t kKeyFileBytes = 16'384;
  AFFIANT_TRY(std::string text, read_file(path, kKeyFileBytes));
  while (text.ends_with('\n')) text.pop_back();
  return parse_vkey(text);
}

std::string format_signature(const NoteSignature& signature) {
  Bytes bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    bytes.push_back(static_cast<std::uint8_t>(signature.id >> shift & 0xFFU));
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  return fmt::format("{}{} {}\n", kDash, signature.name, base64_encode(bytes));
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > limits::kNoteBytes)
    return fail(Code::kTooLarge, "a note of {} bytes is over kNoteBytes ({})", note.size(),
                limits::kNoteBytes);
  if (const std::size_t bad = find_invalid_utf8(note); bad != std::string_view::npos)
    return fail(Code::kMalformed, "byte {}: not UTF-8", bad);
  for (std::size_t i = 0; i < note.size(); ++i)
    if (static_cast<std::uint8_t>(note[i]) < 0x20 && note[i] != '\n')
      return fail(Code::kMalformed, "byte {}: a control character", i);
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos)
    return fail(Code::kMalformed, "byte 0: no empty line between text and signatures");
  Note out{note.substr(0, split + 1), {}};
  std::size_t at = split + 2;
  if (at == note.size() || note.back() != '\n')
    return fail(Code::kMalformed, "byte {}: the note does not end with a signature line",
                note.size());
  while (at < note.size()) {
    const std::size_t end = note.find('\n', at);
    if (out.signatures.size() == limits::kNoteSignatures)
      return fail(Code::kMalformed, "byte {}: more than kNoteSignatures ({}) signatures", at,
                  limits::kNoteSignatures);
    AFFIANT_TRY(auto signature, parse_signature(note.substr(at, end - at), at));
    out.signatures.push_back(std::move(signature));
    at = end + 1;
  }
  return out;
}

Result<std::string_view> open_note(std::string_view note, std::span<const VerifierKey> known,
                                   std::vector<std::string>* verified) {
  AFFIANT_TRY(const Note parsed, parse_note(note));
  std::set<std::pair<std::string_view, std::uint32_t>> seen;
  for (const NoteSignature& signature : parsed.signatures) {
    const auto key = std::find_if(known.begin(), known.end(),
                                  [&](const VerifierKey& k) { return matches(signature, k); });
    if (key == known.end() || key->type != kEd25519) continue;  // Unknown keys MUST be ignored.
    if (!seen.emplace(signature.name, signature.id).second) continue;
    if (!verify_signature(key->key, parsed.text, signature.signature))
      return fail(Code::kCrypto, "the signature by {} does not verify", printable(key->name));
    if (verified != nullptr) verified->push_back(key->name);
  }
  if (seen.empty()) return fail(Code::kNotFound, "no signature by a known key");
  return parsed.text;
}

Result<std::string_view> open_sole_note(std::string_view note, const VerifierKey& key) {
  AFFIANT_TRY(const Note parsed, parse_note(note));
  const std::size_t at = parsed.text.size() + 1;
  if (parsed.signatures.size() != 1)
    return fail(Code::kMalformed, "byte {}: {} signature lines where one belongs", at,
                parsed.signatures.size());
  if (!matches(parsed.signatures[0], key))
    return fail(Code::kCrypto, "byte {}: signed by \"{}\" (key ID {:08x}), not by {} ({:08x})", at,
                printable(parsed.signatures[0].name), parsed.signatures[0].id, printable(key.name),
                key.id);
  if (!verify_signature(key.key, parsed.text, parsed.signatures[0].signature))
    return fail(Code::kCrypto, "byte 0: the signature by {} does not verify", printable(key.name));
  return parsed.text;
}

Result<std::string> sign_note(std::string_view text, std::string_view name, const SigningKey& key) {
  if (text.empty() || text.back() != '\n')
    return fail(Code::kMalformed, "the text of a note ends in a newline");
  if (!is_key_name(name)) return fail(Code::kMalformed, "\"{}\" is no key name", printable(name));
  AFFIANT_TRY(const Signature signature, key.sign(text));
  const std::uint32_t id = key_id(name, kEd25519, key.public_key());
  const Bytes bytes(signature.begin(), signature.end());
  std::string out = fmt::format("{}\n{}", text, format_signature({name, id, bytes}));
  AFFIANT_CHECK(parse_note(out));  // Control characters or a blank line at the end of `text`.
  return out;
}

}  // namespace affiant::evidence
