// The input is an authority's answer. Properties: reading and checking it end with a verdict;
// nothing is over data that was never stamped; nothing is proved without a root, or under the root
// of an authority that is asked to sign nothing.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "evidence/timestamp.h"

namespace {

using namespace affiant::evidence;

void must(bool holds) {
  if (!holds) std::abort();
}

// A root whose key nobody has any more.
std::string lost_root() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* cert = X509_new();
  X509_set_version(cert, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
  ASN1_TIME_set(X509_getm_notBefore(cert), 0);
  ASN1_TIME_set(X509_getm_notAfter(cert), 4'000'000'000);
  X509_set_pubkey(cert, key);
  X509_sign(cert, key, EVP_sha256());
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, cert);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string pem(data, static_cast<std::size_t>(size));
  BIO_free(out);
  X509_free(cert);
  EVP_PKEY_free(key);
  return pem;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string root = lost_root();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  (void)check_certificates(input);
  const auto token = Timestamp::parse(input);
  if (!token) {
    must(!token.error().message.empty());
    return 0;
  }
  must(!token->check_data("bytes that nobody had stamped"));
  must(!token->check_nonce("never asked"));
  const bool whole = token->check_own_signature("").has_value();
  must(!whole || token->facts().has_certificates);
  must(!token->check_under("", input));
  must(!token->check_under(root, ""));
  return 0;
}
