// A time-stamp authority of its own for each test: real keys, certificates and tokens by OpenSSL's
// TS_RESP_CTX, at any time the test likes. Root → intermediate (if wanted) → signer.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

namespace affiant::evidence::test {

struct AuthorityOptions {
  long now_s = 1'790'000'000;  // What its clock says.
  long now_us = 0;
  unsigned fraction_digits = 0;
  long valid_from_s = 1'780'000'000;  // Its signer's certificate.
  long valid_to_s = 1'800'000'000;
  bool intermediate = false;
  bool send_intermediate = true;
  int flags = TS_TSA_NAME;
  const EVP_MD* signs_with = EVP_sha256();
  const EVP_MD* ess = EVP_sha256();  // SHA-1: ESSCertID, else ESSCertIDv2.
  int accuracy_s = -1;
  std::string name = "Test TSA";
};

class Authority {
 public:
  explicit Authority(AuthorityOptions options = {}) : o_(std::move(options)) {
    root_ = certificate("Test root", root_key_.get(), nullptr, nullptr, kCa);
    const bool middle = o_.intermediate;
    if (middle)
      middle_ = certificate("Test middle", middle_key_.get(), root_.get(), root_key_.get(), kCa);
    signer_ = certificate(o_.name.c_str(), signer_key_.get(), middle ? middle_.get() : root_.get(),
                          middle ? middle_key_.get() : root_key_.get(), kStamps);
  }

  std::string root_pem() const { return pem(root_.get()); }
  std::string middle_pem() const { return pem(middle_.get()); }
  std::string signer_pem() const { return pem(signer_.get()); }

  // A TimeStampResp to a TimeStampReq.
  std::string answer(std::string_view request) const {
    const std::unique_ptr<TS_RESP_CTX, decltype(&TS_RESP_CTX_free)> ctx(TS_RESP_CTX_new(),
                                                                        TS_RESP_CTX_free);
    TS_RESP_CTX_set_signer_cert(ctx.get(), signer_.get());
    TS_RESP_CTX_set_signer_key(ctx.get(), signer_key_.get());
    TS_RESP_CTX_set_signer_digest(ctx.get(), o_.signs_with);
    TS_RESP_CTX_set_ess_cert_id_digest(ctx.get(), o_.ess);
    ASN1_OBJECT* policy = OBJ_txt2obj("1.2.3.4.1", 1);
    TS_RESP_CTX_set_def_policy(ctx.get(), policy);
    ASN1_OBJECT_free(policy);
    for (const EVP_MD* md : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512(), EVP_sha3_256()})
      TS_RESP_CTX_add_md(ctx.get(), md);
    if (o_.intermediate && o_.send_intermediate) {
      STACK_OF(X509)* certs = sk_X509_new_null();
      sk_X509_push(certs, middle_.get());
      TS_RESP_CTX_set_certs(ctx.get(), certs);
      sk_X509_free(certs);
    }
    if (o_.accuracy_s >= 0) TS_RESP_CTX_set_accuracy(ctx.get(), o_.accuracy_s, 0, 0);
    TS_RESP_CTX_set_clock_precision_digits(ctx.get(), o_.fraction_digits);
    TS_RESP_CTX_add_flags(ctx.get(), o_.flags);
    TS_RESP_CTX_set_time_cb(ctx.get(), &Authority::clock, const_cast<AuthorityOptions*>(&o_));
    BIO* in = BIO_new_mem_buf(request.data(), static_cast<int>(request.size()));
    TS_RESP* response = TS_RESP_create_response(ctx.get(), in);
    BIO_free(in);
    unsigned char* der = nullptr;
    const int size = i2d_TS_RESP(response, &der);
    TS_RESP_free(response);
    EXPECT_GT(size, 0);
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
  }

 private:
  using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
  using Cert = std::unique_ptr<X509, decltype(&X509_free)>;
  static constexpr int kCa = 0;
  static constexpr int kStamps = 1;

  static int clock(TS_RESP_CTX*, void* data, long* sec, long* usec) {
    const auto* o = static_cast<const AuthorityOptions*>(data);
    *sec = o->now_s;
    *usec = o->now_us;
    return 1;
  }
  static Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

  static std::string pem(X509* cert) {
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, cert);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(out);
    return text;
  }

  Cert certificate(const char* name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, int kind) {
    Cert cert(X509_new(), X509_free);
    X509_set_version(cert.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), ++serial_);
    ASN1_TIME_set(X509_getm_notBefore(cert.get()), kind == kCa ? 1'000'000'000 : o_.valid_from_s);
    ASN1_TIME_set(X509_getm_notAfter(cert.get()), kind == kCa ? 4'000'000'000 : o_.valid_to_s);
    X509_set_pubkey(cert.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(cert.get(), X509_get_subject_name(issuer ? issuer : cert.get()));
    const auto add = [&](int nid, const char* value) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
      X509_add_ext(cert.get(), extension, -1);
      X509_EXTENSION_free(extension);
    };
    if (kind == kCa) {
      add(NID_basic_constraints, "critical,CA:TRUE");
      add(NID_key_usage, "critical,keyCertSign");
    } else {
      add(NID_ext_key_usage, "critical,timeStamping");
      add(NID_key_usage, "critical,digitalSignature");
    }
    X509_sign(cert.get(), issuer_key ? issuer_key : key, EVP_sha256());
    return cert;
  }

  AuthorityOptions o_;
  long serial_ = 0;
  Key root_key_ = new_key();
  Key middle_key_ = new_key();
  Key signer_key_ = new_key();
  Cert root_{nullptr, X509_free};
  Cert middle_{nullptr, X509_free};
  Cert signer_{nullptr, X509_free};
};

}  // namespace affiant::evidence::test
