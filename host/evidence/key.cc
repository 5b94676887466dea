#include "evidence/key.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace affiant::evidence {
namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(PKCS8_PRIV_KEY_INFO* p) const { PKCS8_PRIV_KEY_INFO_free(p); }
  void operator()(X509_SIG* p) const { X509_SIG_free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, Free>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, Free>;
using Bio = std::unique_ptr<BIO, Free>;

tl::unexpected<Error> openssl_failed(std::string_view what) {
  char text[256] = "no reason given";
  if (const unsigned long error = ERR_get_error(); error != 0)
    ERR_error_string_n(error, text, sizeof text);
  ERR_clear_error();
  return fail(Code::kCrypto, "{}: {}", what, text);
}

// The fixed bytes of RFC 8410 before the key itself: OneAsymmetricKey and SubjectPublicKeyInfo.
constexpr std::uint8_t kPkcs8[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                   0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
constexpr std::uint8_t kSpki[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                  0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

std::string pem(std::string_view label, ByteView prefix, ByteView key) {
  Bytes der(prefix.begin(), prefix.end());
  der.insert(der.end(), key.begin(), key.end());
  std::string out =
      fmt::format("-----BEGIN {}-----\n{}\n-----END {}-----\n", label, base64_encode(der), label);
  OPENSSL_cleanse(der.data(), der.size());
  return out;
}

// A password prompt in the middle of a recording would hang it.
int no_password(char*, int, int, void*) { return -1; }

int give_password(char* out, int size, int, void* user) {
  const auto& passphrase = *static_cast<const std::string*>(user);
  if (passphrase.size() > static_cast<std::size_t>(size)) return -1;
  std::copy(passphrase.begin(), passphrase.end(), out);
  return static_cast<int>(passphrase.size());
}

Result<SigningKey> from_pkey(const Pkey& pkey) {
  std::array<std::uint8_t, 32> seed{};
  std::size_t size = seed.size();
  if (EVP_PKEY_get_id(pkey.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_private_key(pkey.get(), seed.data(), &size) != 1)
    return fail(Code::kCrypto, "the private key is not an Ed25519 key");
  auto key = SigningKey::from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

}  // namespace

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

void SigningKey::wipe() { OPENSSL_cleanse(seed_.data(), seed_.size()); }

SigningKey::SigningKey(SigningKey&& other) noexcept : seed_(other.seed_), public_(other.public_) {
  other.wipe();
}
SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  std::swap(seed_, other.seed_);
  std::swap(public_, other.public_);
  return *this;
}
SigningKey::~SigningKey() { wipe(); }

Result<SigningKey> SigningKey::generate(Random& random) {
  std::array<std::uint8_t, 32> seed{};
  AFFIANT_CHECK(random.fill(seed));
  auto key = from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

Result<SigningKey> SigningKey::from_seed(ByteView seed) {
  SigningKey key;
  if (seed.size() != key.seed_.size())
    return fail(Code::kCrypto, "an Ed25519 private key has 32 bytes, not {}", seed.size());
  std::copy(seed.begin(), seed.end(), key.seed_.begin());
  const Pkey pkey(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  std::size_t size = key.public_.size();
  if (pkey == nullptr || EVP_PKEY_get_raw_public_key(pkey.get(), key.public_.data(), &size) != 1 ||
      size != key.public_.size())
    return openssl_failed("cannot use the Ed25519 private key");
  return key;
}

Result<SigningKey> SigningKey::from_pem(std::string_view text) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Pkey pkey(
      bio == nullptr ? nullptr : PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
  if (pkey == nullptr) return openssl_failed("not an unencrypted PKCS#8 PEM private key");
  return from_pkey(pkey);
}

Result<SigningKey> SigningKey::from_encrypted_pem(std::string_view text,
                                                  const std::string& passphrase) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Pkey pkey(bio == nullptr ? nullptr
                                 : PEM_read_bio_PrivateKey(bio.get(), nullptr, give_password,
                                                           const_cast<std::string*>(&passphrase)));
  ERR_clear_error();
  if (pkey == nullptr) return fail(Code::kCrypto, "wrong passphrase, or no PKCS#8 PEM private key");
  return from_pkey(pkey);
}

bool is_encrypted_pem(std::string_view pem) {
  return pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----");
}

Result<std::string> SigningKey::to_encrypted_pem(const std::string& passphrase) const {
  constexpr std::uint64_t kN = 16'384;
  constexpr std::uint64_t kR = 8;
  constexpr std::uint64_t kP = 1;
  const Pkey pkey(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed_.data(), seed_.size()));
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free> plain(
      pkey == nullptr ? nullptr : EVP_PKEY2PKCS8(pkey.get()));
  X509_ALGOR* how = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 16, nullptr, kN, kR, kP);
  const std::unique_ptr<X509_SIG, Free> sealed(
      plain == nullptr || how == nullptr
          ? nullptr
          : PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), plain.get(),
                           how));  // Owns `how` from then on.
  if (sealed == nullptr) X509_ALGOR_free(how);
  const Bio bio(BIO_new(BIO_s_mem()));
  if (sealed == nullptr || bio == nullptr || PEM_write_bio_PKCS8(bio.get(), sealed.get()) != 1)
    return openssl_failed("cannot encrypt the private key");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string SigningKey::to_pem() const { return pem("PRIVATE KEY", kPkcs8, seed_); }

Result<Signature> SigningKey::sign(std::string_view message) const {
  const Pkey pkey(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed_.data(), seed_.size()));
  const MdCtx ctx(EVP_MD_CTX_new());
  Signature out{};
  std::size_t size = out.size();
  const ByteView bytes = as_bytes(message);
  if (pkey == nullptr || ctx == nullptr ||
      EVP_DigestSignInit(ctx.get(), nullptr, nullptr, nullptr, pkey.get()) != 1 ||
      EVP_DigestSign(ctx.get(), out.data(), &size, bytes.data(), bytes.size()) != 1)
    return openssl_failed("cannot sign");
  return out;
}

bool verify_signature(const PublicKey& key, std::string_view message, ByteView signature) {
  const Pkey pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const MdCtx ctx(EVP_MD_CTX_new());
  const ByteView bytes = as_bytes(message);
  const bool good = pkey != nullptr && ctx != nullptr &&
                    EVP_DigestVerifyInit(ctx.get(), nullptr, nullptr, nullptr, pkey.get()) == 1 &&
                    EVP_DigestVerify(ctx.get(), signature.data(), signature.size(), bytes.data(),
                                     bytes.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

std::string public_pem(const PublicKey& key) { return pem("PUBLIC KEY", kSpki, key); }

Result<PublicKey> parse_public_pem(std::string_view text) {
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Pkey pkey(bio == nullptr ? nullptr
                                 : PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr));
  if (pkey == nullptr) return openssl_failed("not a PEM public key");
  PublicKey out{};
  std::size_t size = out.size();
  if (EVP_PKEY_get_id(pkey.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(pkey.get(), out.data(), &size) != 1)
    return fail(Code::kCrypto, "the public key is not an Ed25519 key");
  return out;
}

}  // namespace affiant::evidence
