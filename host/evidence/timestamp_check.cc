// The signature of a time stamp, and whose it is.
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include "base/limits.h"
#include "evidence/timestamp.h"
#include "evidence/timestamp_parts.h"

namespace affiant::evidence {
namespace {

// A file that came with the evidence must not make this program ask for a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

Result<Certificates> read_certificates(std::string_view pem) {
  if (pem.size() > limits::kCertificateBytes)
    return fail(Code::kTooLarge, "certificates of {} bytes are over kCertificateBytes ({})",
                pem.size(), limits::kCertificateBytes);
  Certificates out(sk_X509_new_null());
  if (pem.empty()) return out;  // OpenSSL takes no null pointer for nothing.
  const Memory in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!out || !in) return fail(Code::kInternal, "no memory for certificates");
  ERR_clear_error();
  for (;;) {
    Owned<X509, X509_free> next(PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr));
    if (!next) break;
    if (sk_X509_push(out.get(), next.get()) == 0)
      return fail(Code::kInternal, "no memory for certificates");
    (void)next.release();
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  const std::string words = openssl_words();
  if (!at_end)
    return fail(Code::kMalformed, "certificate {} cannot be read: {}", sk_X509_num(out.get()) + 1,
                words);
  return out;
}

Status check_certificates(std::string_view pem) {
  AFFIANT_TRY(const Certificates list, read_certificates(pem));
  if (sk_X509_num(list.get()) == 0)
    return fail(Code::kMalformed, "it holds no certificate in PEM form (-----BEGIN CERTIFICATE)");
  return {};
}

Status Timestamp::check_own_signature(std::string_view chain_pem) const {
  AFFIANT_TRY(const Certificates chain, read_certificates(chain_pem));
  PKCS7* token = parts_->token();
  const BorrowedCertificates signers(PKCS7_get0_signers(token, chain.get(), 0));
  ERR_clear_error();
  if (!signers)
    return fail(Code::kNotFound, "the certificate of its signer is not in the time stamp");
  if (PKCS7_verify(token, chain.get(), nullptr, nullptr, nullptr, PKCS7_NOVERIFY) != 1)
    return fail(Code::kCrypto, "the signature of the time stamp is bad: {}", openssl_words());
  return {};
}

Status Timestamp::check_under(std::string_view ca_pem, std::string_view chain_pem) const {
  AFFIANT_TRY(const Certificates roots, read_certificates(ca_pem));
  if (sk_X509_num(roots.get()) == 0)
    return fail(Code::kUsage, "there is no PEM certificate in what was given as authority");
  AFFIANT_TRY(Certificates chain, read_certificates(chain_pem));
  Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free> context(TS_VERIFY_CTX_new());
  if (!store || !context) return fail(Code::kInternal, "no memory for certificates");
  for (int i = 0; i < sk_X509_num(roots.get()); ++i)
    X509_STORE_add_cert(store.get(), sk_X509_value(roots.get(), i));
  // At the token's own time: what it says of then is not undone by a certificate that ran out
  // since.
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), facts().time_ms / 1'000);
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_SIGNER);
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // The context owns both from here.
  TS_VERIFY_CTX_set_certs(context.get(), chain.release());
  ERR_clear_error();
  if (TS_RESP_verify_token(context.get(), parts_->token()) != 1)
    return fail(Code::kCrypto, "not proved under the authority given: {}", openssl_words());
  return {};
}

}  // namespace affiant::evidence
