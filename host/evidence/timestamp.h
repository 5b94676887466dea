// RFC 3161 time stamps: what to ask an authority, and what its answer proves. Talks to no network.
// Verdicts agree with `openssl ts -verify -attime <the token's own time>`: a certificate that ran
// out since the stamp was given takes nothing from it. Revocation lists are not looked at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/random.h"

namespace affiant::evidence {

struct TimestampRequest {
  std::string der;    // TimeStampReq (section 2.4.1): SHA-256, a nonce, certReq true.
  std::string nonce;  // Its bytes, big-endian, the first is not 0.
};
Result<TimestampRequest> make_timestamp_request(std::string_view data, Random& random);

// What a token says, believed or not.
struct TimestampFacts {
  std::int64_t time_ms = 0;  // genTime, UTC.
  std::optional<std::int64_t> accuracy_ms;
  std::string authority;  // The TSA's name in the token, else in its certificate, else empty.
  bool has_certificates = false;
};

// A granted TimeStampResp (section 2.4.2). Not thread-safe: OpenSSL keeps notes in what it checks.
class Timestamp {
 public:
  // The form only; no signature is looked at. kMalformed; kTooLarge; kProtocol for an answer that
  // is whole and no grant, with the authority's words; kUnsupported for a weak or unknown hash.
  static Result<Timestamp> parse(std::string_view response);
  Timestamp(Timestamp&& other) noexcept;
  Timestamp& operator=(Timestamp&& other) noexcept;
  ~Timestamp();

  const TimestampFacts& facts() const;

  // kBroken unless the token is over exactly `data`, or carries this nonce.
  Status check_data(std::string_view data) const;
  Status check_nonce(std::string_view nonce) const;

  // That the signature is by the certificate which the token names, taken from the token or from
  // `chain_pem`. Proves the bytes undamaged and nothing about who made them. kNotFound when that
  // certificate is in neither, kCrypto when the signature is bad, kMalformed for a bad chain.
  Status check_own_signature(std::string_view chain_pem) const;

  // The signature, the signer's purpose and name, and a chain to one of the roots in `ca_pem`, all
  // at the token's own time; `chain_pem` may help with certificates between. kUsage when there is
  // no certificate in `ca_pem`, kMalformed for a bad chain, kCrypto otherwise.
  Status check_under(std::string_view ca_pem, std::string_view chain_pem) const;

 private:
  struct Parts;
  explicit Timestamp(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// kMalformed unless the text holds PEM certificates, one at least, and every one can be read.
Status check_certificates(std::string_view pem);

}  // namespace affiant::evidence
