// Signed notes and verifier keys: C2SP signed-note v1.0.0.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/key.h"

namespace affiant::evidence {

// <name>+<8 hex digits>+<base64 of type byte and key>. Types read: 0x01 (Ed25519 notes) and 0x04
// (Ed25519 cosignatures, which open_note() does not verify).
struct VerifierKey {
  std::string name;
  std::uint32_t id = 0;
  std::uint8_t type = 0x01;
  PublicKey key{};
};

VerifierKey make_vkey(std::string_view name, const PublicKey& key);  // Type 0x01.
Result<VerifierKey> parse_vkey(std::string_view text);  // Exactly; no trailing newline.
std::string format_vkey(const VerifierKey& key);
// Of a file that holds one, and newlines after it.
Result<VerifierKey> read_vkey_file(const std::filesystem::path& path);

struct NoteSignature {
  std::string_view name;
  std::uint32_t id = 0;
  Bytes signature;  // Without the key ID.
};

// Views point into the parsed note.
struct Note {
  std::string_view text;                  // With its last newline.
  std::vector<NoteSignature> signatures;  // As they stand, repeated ones included.
};

// With its LF, as it stands in a note.
std::string format_signature(const NoteSignature& signature);

// The form only; nothing is verified. kMalformed, kTooLarge.
Result<Note> parse_note(std::string_view note);

// The signed text. At least one of `known` must have signed (else kNotFound), and no signature of
// a known key may be bad (else kCrypto). Of several signatures by one key the first counts, as in
// golang.org/x/mod/sumdb/note. `verified`: the names, once each, in order of the lines.
Result<std::string_view> open_note(std::string_view note, std::span<const VerifierKey> known,
                                   std::vector<std::string>* verified = nullptr);

// The form of every note inside a case: exactly one signature line, and it is by `key`.
Result<std::string_view> open_sole_note(std::string_view note, const VerifierKey& key);

// `text` ends in a newline.
Result<std::string> sign_note(std::string_view text, std::string_view name, const SigningKey& key);

}  // namespace affiant::evidence
