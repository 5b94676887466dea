// What the two halves of timestamp.h share: OpenSSL's objects with their owners.
#pragma once

#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

#include "evidence/timestamp.h"

namespace affiant::evidence {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
template <typename T, auto kFree>
using Owned = std::unique_ptr<T, Freer<kFree>>;

inline void free_certificates(STACK_OF(X509) * list) { sk_X509_pop_free(list, X509_free); }
using Certificates = Owned<STACK_OF(X509), free_certificates>;
inline void free_list_only(STACK_OF(X509) * list) { sk_X509_free(list); }
using BorrowedCertificates = Owned<STACK_OF(X509), free_list_only>;
using Memory = Owned<BIO, BIO_free_all>;

struct Timestamp::Parts {
  Owned<TS_RESP, TS_RESP_free> response;
  TimestampFacts facts;

  PKCS7* token() const { return TS_RESP_get_token(response.get()); }
  TS_TST_INFO* info() const { return TS_RESP_get_tst_info(response.get()); }
};

// Reads what is there; an empty text gives an empty list. Never asks for a passphrase.
Result<Certificates> read_certificates(std::string_view pem);

// What OpenSSL's error queue says, in one line; empties it.
std::string openssl_words();

}  // namespace affiant::evidence
