// Ed25519 (RFC 8032) keys. Thread-safe for reading.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "base/random.h"

namespace affiant::evidence {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

// A private key; its bytes are wiped when it is destroyed or moved from.
class SigningKey {
 public:
  static Result<SigningKey> generate(Random& random);
  static Result<SigningKey> from_seed(ByteView seed);        // 32 bytes.
  static Result<SigningKey> from_pem(std::string_view pem);  // PKCS#8, not encrypted.
  // PKCS#8 under a passphrase. kCrypto when it is the wrong one.
  static Result<SigningKey> from_encrypted_pem(std::string_view pem, const std::string& passphrase);
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  ~SigningKey();

  const PublicKey& public_key() const { return public_; }
  Result<Signature> sign(std::string_view message) const;
  ByteView seed() const { return seed_; }  // What is stored in case.key.
  std::string to_pem() const;              // PKCS#8 (RFC 8410 section 7).
  // PKCS#8, PBES2 with scrypt (RFC 7914; N 16,384, r 8, p 1) and AES-256-CBC.
  Result<std::string> to_encrypted_pem(const std::string& passphrase) const;

 private:
  SigningKey() = default;
  void wipe();
  std::array<std::uint8_t, 32> seed_{};
  PublicKey public_{};
};

bool verify_signature(const PublicKey& key, std::string_view message, ByteView signature);

bool is_encrypted_pem(std::string_view pem);

std::string public_pem(const PublicKey& key);  // SubjectPublicKeyInfo (RFC 8410 section 4).
Result<PublicKey> parse_public_pem(std::string_view pem);

void wipe(std::string& secret);  // Overwrites, then empties.

}  // namespace affiant::evidence
