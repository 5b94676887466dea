#include "evidence/timestamp.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/bytes.h"
#include "base/limits.h"
#include "evidence/hash.h"
#include "evidence/timestamp_parts.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kNonceBytes = 8;
constexpr int kHashBytes = 32;  // Shorter ones (MD5, SHA-1) can be made to fit two texts.

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view octets_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string taken_from(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string name_text(const X509_NAME* name) {
  const Memory out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) < 0)
    return {};
  return taken_from(out.get());
}

// Section 2.4.2: UTC, seconds always, a fraction perhaps.
Result<std::int64_t> time_ms_of(const ASN1_GENERALIZEDTIME* time) {
  const std::string_view text = octets_of(time);
  std::tm parts{};
  if (!text.ends_with('Z') || text.size() < 15 || ASN1_TIME_to_tm(time, &parts) != 1)
    return fail(Code::kMalformed, "the token's time is no UTC time with seconds: {}",
                printable(text));
  std::int64_t ms = static_cast<std::int64_t>(timegm(&parts)) * 1'000;
  std::int64_t unit = 100;
  if (text[14] == '.')
    for (std::size_t i = 15; i + 1 < text.size() && unit > 0; ++i, unit /= 10)
      ms += (text[i] - '0') * unit;
  return ms;
}

Result<std::optional<std::int64_t>> accuracy_ms_of(TS_ACCURACY* accuracy) {
  if (accuracy == nullptr) return std::nullopt;
  constexpr std::int64_t kMostSeconds = 1'000'000'000;
  const auto part = [](const ASN1_INTEGER* number, std::int64_t most) -> std::int64_t {
    std::int64_t value = 0;
    if (number == nullptr) return 0;
    if (ASN1_INTEGER_get_int64(&value, number) != 1 || value < 0 || value > most) return -1;
    return value;
  };
  const std::int64_t seconds = part(TS_ACCURACY_get_seconds(accuracy), kMostSeconds);
  const std::int64_t millis = part(TS_ACCURACY_get_millis(accuracy), 999);
  const std::int64_t micros = part(TS_ACCURACY_get_micros(accuracy), 999);
  if (seconds < 0 || millis < 0 || micros < 0)
    return fail(Code::kMalformed, "the token's accuracy is out of range");
  return seconds * 1'000 + millis + (micros > 0 ? 1 : 0);  // Rounded up: it is a bound.
}

// The hash function of a message imprint that is strong enough to mean one text.
Result<const EVP_MD*> imprint_hash(TS_MSG_IMPRINT* imprint) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  std::array<char, 80> name{};
  OBJ_obj2txt(name.data(), static_cast<int>(name.size()), object, 0);
  const EVP_MD* hash = EVP_get_digestbyobj(object);
  if (hash == nullptr || EVP_MD_get_size(hash) < kHashBytes)
    return fail(Code::kUnsupported, "the token is over a {} hash, which proves nothing here",
                printable(name.data()));
  if (ASN1_STRING_length(TS_MSG_IMPRINT_get_msg(imprint)) != EVP_MD_get_size(hash))
    return fail(Code::kMalformed, "the token's imprint is not as long as a {} hash", name.data());
  return hash;
}

// PKIStatus and PKIFailureInfo by their names in section 2.4.2, and the free text.
std::string refusal_of(const TS_STATUS_INFO* info) {
  constexpr std::array<std::string_view, 6> kStatus = {
      "granted", "granted with changes", "rejected", "waiting", "revocation warning", "revoked"};
  struct Failure {
    int bit;
    std::string_view name;
  };
  constexpr std::array<Failure, 8> kFailures = {
      {{TS_INFO_BAD_ALG, "badAlg"},
       {TS_INFO_BAD_REQUEST, "badRequest"},
       {TS_INFO_BAD_DATA_FORMAT, "badDataFormat"},
       {TS_INFO_TIME_NOT_AVAILABLE, "timeNotAvailable"},
       {TS_INFO_UNACCEPTED_POLICY, "unacceptedPolicy"},
       {TS_INFO_UNACCEPTED_EXTENSION, "unacceptedExtension"},
       {TS_INFO_ADD_INFO_NOT_AVAILABLE, "addInfoNotAvailable"},
       {TS_INFO_SYSTEM_FAILURE, "systemFailure"}}};
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
  std::string out = status >= 0 && static_cast<std::size_t>(status) < kStatus.size()
                        ? std::string(kStatus.at(static_cast<std::size_t>(status)))
                        : "unknown status";
  if (const ASN1_BIT_STRING* bits = TS_STATUS_INFO_get0_failure_info(info))
    for (const Failure& failure : kFailures)
      if (ASN1_BIT_STRING_get_bit(bits, failure.bit) == 1) out.append(", ").append(failure.name);
  const STACK_OF(ASN1_UTF8STRING)* texts = TS_STATUS_INFO_get0_text(info);
  for (int i = 0; texts != nullptr && i < sk_ASN1_UTF8STRING_num(texts); ++i)
    out.append(i == 0 ? ": " : " ").append(octets_of(sk_ASN1_UTF8STRING_value(texts, i)));
  return printable(out, 500);
}

// Of the certificates in the token, that of its only signer; nullptr when it is not there.
X509* embedded_signer(PKCS7* token) {
  const BorrowedCertificates signers(PKCS7_get0_signers(token, nullptr, 0));
  ERR_clear_error();
  return signers && sk_X509_num(signers.get()) == 1 ? sk_X509_value(signers.get(), 0) : nullptr;
}

std::string authority_of(TS_TST_INFO* info, PKCS7* token) {
  if (GENERAL_NAME* name = TS_TST_INFO_get_tsa(info)) {
    int type = 0;
    const void* value = GENERAL_NAME_get0_value(name, &type);
    if (type == GEN_DIRNAME) return name_text(static_cast<const X509_NAME*>(value));
    const Memory out(BIO_new(BIO_s_mem()));
    const bool printed = out && GENERAL_NAME_print(out.get(), name) == 1;
    return printed ? taken_from(out.get()) : std::string();
  }
  const X509* signer = embedded_signer(token);
  return signer == nullptr ? std::string() : name_text(X509_get_subject_name(signer));
}

}  // namespace

std::string openssl_words() {
  std::string out;
  const char* data = nullptr;
  int flags = 0;
  for (unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags); code != 0;
       code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    const char* reason = ERR_reason_error_string(code);
    if (reason != nullptr) out.append(out.empty() ? "" : ", ").append(reason);
    if (data != nullptr && *data != '\0' && (flags & ERR_TXT_STRING) != 0)
      out.append(" (").append(data).append(")");
  }
  return out.empty() ? "no reason given" : printable(out, 500);
}

Result<TimestampRequest> make_timestamp_request(std::string_view data, Random& random) {
  std::array<std::uint8_t, kNonceBytes> nonce{};
  AFFIANT_CHECK(random.fill(nonce));
  nonce[0] =
      static_cast<std::uint8_t>((nonce[0] & 0x7FU) | 0x40U);  // Neither shortened nor signed.
  Hash hash = sha256(data);

  const Owned<TS_REQ, TS_REQ_free> request(TS_REQ_new());
  const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  const Owned<BIGNUM, BN_free> number(BN_bin2bn(nonce.data(), kNonceBytes, nullptr));
  const Owned<ASN1_INTEGER, ASN1_INTEGER_free> integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
  unsigned char* der = nullptr;
  int size = -1;
  if (request && imprint && algorithm && integer &&
      X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), hash.data(), static_cast<int>(hash.size())) == 1 &&
      TS_REQ_set_version(request.get(), 1) == 1 &&
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
      TS_REQ_set_nonce(request.get(), integer.get()) == 1 &&
      TS_REQ_set_cert_req(request.get(), 1) == 1)
    size = i2d_TS_REQ(request.get(), &der);
  if (size <= 0)
    return fail(Code::kInternal, "cannot make a time stamp request: {}", openssl_words());
  TimestampRequest out{std::string(reinterpret_cast<char*>(der), static_cast<std::size_t>(size)),
                       std::string(as_text(nonce))};
  OPENSSL_free(der);
  return out;
}

Timestamp::Timestamp(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Timestamp::Timestamp(Timestamp&& other) noexcept = default;
Timestamp& Timestamp::operator=(Timestamp&& other) noexcept = default;
Timestamp::~Timestamp() = default;
const TimestampFacts& Timestamp::facts() const { return parts_->facts; }

Result<Timestamp> Timestamp::parse(std::string_view response) {
  if (response.size() > limits::kTimestampBytes)
    return fail(Code::kTooLarge, "a time stamp of {} bytes is over kTimestampBytes ({})",
                response.size(), limits::kTimestampBytes);
  ERR_clear_error();
  auto parts = std::make_unique<Parts>();
  const unsigned char* at = octets(response);
  parts->response.reset(d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
  if (!parts->response)
    return fail(Code::kMalformed, "not a TimeStampResp of RFC 3161: {}", openssl_words());
  if (const auto used = static_cast<std::size_t>(at - octets(response)); used != response.size())
    return fail(Code::kMalformed, "byte {}: {} bytes follow the time stamp", used,
                response.size() - used);
  if (parts->token() == nullptr || parts->info() == nullptr)
    return fail(Code::kProtocol, "the authority gave no time stamp: {}",
                refusal_of(TS_RESP_get_status_info(parts->response.get())));
  TS_TST_INFO* info = parts->info();
  const auto* signers = PKCS7_get_signer_info(parts->token());
  if (signers == nullptr || sk_PKCS7_SIGNER_INFO_num(signers) != 1)
    return fail(Code::kMalformed, "the token has not exactly one signature");
  if (TS_TST_INFO_get_version(info) != 1)
    return fail(Code::kUnsupported, "the token's version is not 1");
  AFFIANT_TRY(const EVP_MD* hash, imprint_hash(TS_TST_INFO_get_msg_imprint(info)));
  (void)hash;
  AFFIANT_TRY(parts->facts.time_ms, time_ms_of(TS_TST_INFO_get_time(info)));
  AFFIANT_TRY(parts->facts.accuracy_ms, accuracy_ms_of(TS_TST_INFO_get_accuracy(info)));
  parts->facts.has_certificates = embedded_signer(parts->token()) != nullptr;
  parts->facts.authority = authority_of(info, parts->token());
  ERR_clear_error();
  return Timestamp(std::move(parts));
}

Status Timestamp::check_data(std::string_view data) const {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(parts_->info());
  AFFIANT_TRY(const EVP_MD* hash, imprint_hash(imprint));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(data.data(), data.size(), digest.data(), &size, hash, nullptr) != 1)
    return fail(Code::kInternal, "cannot hash: {}", openssl_words());
  const std::string_view computed(reinterpret_cast<const char*>(digest.data()), size);
  if (octets_of(TS_MSG_IMPRINT_get_msg(imprint)) != computed)
    return fail(Code::kBroken, "the time stamp is over other bytes: its imprint does not fit");
  return {};
}

Status Timestamp::check_nonce(std::string_view nonce) const {
  const ASN1_INTEGER* theirs = TS_TST_INFO_get_nonce(parts_->info());
  const Owned<BIGNUM, BN_free> a(theirs == nullptr ? nullptr : ASN1_INTEGER_to_BN(theirs, nullptr));
  const Owned<BIGNUM, BN_free> b(BN_bin2bn(octets(nonce), static_cast<int>(nonce.size()), nullptr));
  if (!a || !b || BN_cmp(a.get(), b.get()) != 0)
    return fail(Code::kBroken, "the time stamp answers another question: its nonce is {}",
                a ? "not ours" : "missing");
  return {};
}

}  // namespace affiant::evidence
