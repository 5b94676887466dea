// RFC 3161 tokens: the published ones, and those of an authority that does as each test likes.
#include "evidence/timestamp.h"

#include "authority.h"
#include "base/limits.h"
#include "shared_data.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using affiant::test::shared_data;
using test::Authority;
using test::AuthorityOptions;
using test::slurp;
using testing::HasSubstr;

constexpr std::string_view kData = "a checkpoint\n300\nroot\n";

TimestampRequest request_for(std::string_view data = kData) {
  return *make_timestamp_request(data, system_random());
}

// A request as another client may make it: any hash, certificates wanted or not.
std::string odd_request(const EVP_MD* hash, bool certificates = true,
                        std::string_view data = kData) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(data.data(), data.size(), digest, &size, hash, nullptr);
  TS_REQ* request = TS_REQ_new();
  TS_MSG_IMPRINT* imprint = TS_MSG_IMPRINT_new();
  X509_ALGOR* algorithm = X509_ALGOR_new();
  X509_ALGOR_set_md(algorithm, hash);
  TS_MSG_IMPRINT_set_algo(imprint, algorithm);
  TS_MSG_IMPRINT_set_msg(imprint, digest, static_cast<int>(size));
  TS_REQ_set_version(request, 1);
  TS_REQ_set_msg_imprint(request, imprint);
  TS_REQ_set_cert_req(request, certificates ? 1 : 0);
  unsigned char* der = nullptr;
  const int length = i2d_TS_REQ(request, &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  X509_ALGOR_free(algorithm);
  TS_MSG_IMPRINT_free(imprint);
  TS_REQ_free(request);
  return out;
}

Code code_of(const Status& status) { return status ? Code{} : status.error().code; }

class Published : public testing::Test {
 protected:
  static std::string file(const std::string& name) {
    return slurp(shared_data("vectors/rfc3161/" + name));
  }
};

TEST_F(Published, GoodTokenIsProvedUnderItsRootAndFitsOnlyItsData) {
  AFFIANT_NEEDS_SHARED("vectors/rfc3161");
  const auto token = Timestamp::parse(file("good.tsr"));
  ASSERT_OK(token);
  EXPECT_EQ(token->facts().time_ms, 1'795'431'254'000);  // 2026-11-23T10:54:14Z.
  EXPECT_EQ(token->facts().accuracy_ms, 1'000);
  EXPECT_EQ(token->facts().authority, "CN = TestTSA");
  EXPECT_TRUE(token->facts().has_certificates);
  const std::string data = file("data.checkpoint");
  ASSERT_OK(token->check_data(data));
  EXPECT_EQ(code_of(token->check_data(data + "\n")), Code::kBroken);
  EXPECT_EQ(code_of(token->check_data("")), Code::kBroken);
  ASSERT_OK(token->check_own_signature(""));
  ASSERT_OK(token->check_under(file("root.pem"), ""));
  EXPECT_EQ(code_of(token->check_under(Authority().root_pem(), "")), Code::kCrypto);
  // The nonce is that of req.tsq.
  const Bytes nonce = *hex_decode("c5dac9c301f5dbe7");
  ASSERT_OK(token->check_nonce(as_text(nonce)));
  EXPECT_EQ(code_of(token->check_nonce("12345678")), Code::kBroken);
}

TEST_F(Published, BadSignatureIsBadWithAndWithoutTheRoot) {
  AFFIANT_NEEDS_SHARED("vectors/rfc3161");
  const auto token = Timestamp::parse(file("badsig.tsr"));
  ASSERT_OK(token);
  ASSERT_OK(token->check_data(file("data.checkpoint")));
  EXPECT_EQ(code_of(token->check_own_signature("")), Code::kCrypto);
  EXPECT_EQ(code_of(token->check_under(file("root.pem"), "")), Code::kCrypto);
}

TEST_F(Published, TokenWithoutCertificatesNeedsThemFromElsewhere) {
  AFFIANT_NEEDS_SHARED("vectors/rfc3161");
  const auto token = Timestamp::parse(file("nocert.tsr"));
  ASSERT_OK(token);
  EXPECT_FALSE(token->facts().has_certificates);
  ASSERT_OK(token->check_data(file("data.checkpoint")));
  EXPECT_EQ(code_of(token->check_own_signature("")), Code::kNotFound);
  ASSERT_OK(token->check_own_signature(file("tsa.pem")));
  EXPECT_EQ(code_of(token->check_under(file("root.pem"), "")), Code::kCrypto);
  ASSERT_OK(token->check_under(file("root.pem"), file("tsa.pem")));
  EXPECT_EQ(code_of(token->check_nonce("12345678")), Code::kBroken);
}

TEST_F(Published, RequestIsNoAnswer) {
  AFFIANT_NEEDS_SHARED("vectors/rfc3161");
  EXPECT_EQ(Timestamp::parse(file("req.tsq")).error().code, Code::kMalformed);
  EXPECT_EQ(Timestamp::parse(file("root.pem")).error().code, Code::kMalformed);
}

TEST(TimestampRequests, AskForCertificatesWithAFreshNonceEachTime) {
  const auto a = request_for();
  const auto b = request_for();
  EXPECT_NE(a.nonce, b.nonce);
  const Authority authority;
  const auto token = Timestamp::parse(authority.answer(a.der));
  ASSERT_OK(token);
  EXPECT_TRUE(token->facts().has_certificates);
  ASSERT_OK(token->check_nonce(a.nonce));
  EXPECT_EQ(code_of(token->check_nonce(b.nonce)), Code::kBroken);
  ASSERT_OK(token->check_data(kData));
}

TEST(Timestamps, OfAllOrdinaryKindsAreProved) {
  std::vector<AuthorityOptions> kinds(9);
  kinds[1].ess = EVP_sha1();  // ESSCertID of RFC 2634.
  kinds[2].ess = EVP_sha512();
  kinds[3].signs_with = EVP_sha512();
  kinds[4].flags = 0;  // No name of the authority in the token.
  kinds[5].flags = TS_TSA_NAME | TS_ORDERING;
  kinds[6].accuracy_s = 3;
  kinds[7].intermediate = true;
  kinds[8].intermediate = true;
  kinds[8].flags = TS_TSA_NAME | TS_ESS_CERT_ID_CHAIN;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Authority authority(kinds[i]);
    const auto request = request_for();
    const auto token = Timestamp::parse(authority.answer(request.der));
    ASSERT_OK(token);
    EXPECT_TRUE(token->check_data(kData)) << i;
    EXPECT_TRUE(token->check_nonce(request.nonce)) << i;
    EXPECT_TRUE(token->check_own_signature("")) << i;
    const Status proved = token->check_under(authority.root_pem(), "");
    EXPECT_TRUE(proved) << i << (proved ? "" : proved.error().message);
    EXPECT_EQ(token->facts().authority, "CN = Test TSA") << i;
    EXPECT_EQ(token->facts().accuracy_ms.has_value(), i == 6) << i;
    EXPECT_FALSE(token->check_under(Authority(kinds[i]).root_pem(), "")) << i;
  }
}

TEST(Timestamps, OverALongHashAreReadAndOverSha1Refused) {
  const Authority authority;
  for (const EVP_MD* hash : {EVP_sha256(), EVP_sha384(), EVP_sha512(), EVP_sha3_256()}) {
    const auto token = Timestamp::parse(authority.answer(odd_request(hash)));
    ASSERT_OK(token);
    EXPECT_TRUE(token->check_data(kData));
    EXPECT_EQ(code_of(token->check_data("other")), Code::kBroken);
  }
  EXPECT_EQ(Timestamp::parse(authority.answer(odd_request(EVP_sha1()))).error().code,
            Code::kUnsupported);
}

TEST(Timestamps, WithAFractionOfASecondKeepIt) {
  const Authority authority({.now_us = 250'900, .fraction_digits = 6});
  const auto token = Timestamp::parse(authority.answer(request_for().der));
  ASSERT_OK(token);
  EXPECT_EQ(token->facts().time_ms, 1'790'000'000'250);
  ASSERT_OK(token->check_under(authority.root_pem(), ""));
}

TEST(Timestamps, StayProvedWhenTheCertificateRunsOutLater) {
  // Stamped in 2010 under a certificate that ended in 2011.
  const Authority authority(
      {.now_s = 1'280'000'000, .valid_from_s = 1'270'000'000, .valid_to_s = 1'300'000'000});
  const auto token = Timestamp::parse(authority.answer(request_for().der));
  ASSERT_OK(token);
  ASSERT_OK(token->check_under(authority.root_pem(), ""));
}

TEST(Timestamps, GivenOutsideOfTheCertificatesTimeAreNotProved) {
  for (const long now : {1'269'999'999L, 1'300'000'001L}) {
    const Authority authority(
        {.now_s = now, .valid_from_s = 1'270'000'000, .valid_to_s = 1'300'000'000});
    const auto token = Timestamp::parse(authority.answer(request_for().der));
    ASSERT_OK(token);
    ASSERT_OK(token->check_own_signature(""));
    const Status proved = token->check_under(authority.root_pem(), "");
    ASSERT_FALSE(proved);
    EXPECT_THAT(proved.error().message,
                HasSubstr(now < 1'270'000'000 ? "not yet valid" : "expired"));
  }
}

TEST(Timestamps, WithoutTheCertificateBetweenNeedTheChain) {
  const Authority authority({.intermediate = true, .send_intermediate = false});
  const auto token = Timestamp::parse(authority.answer(request_for().der));
  ASSERT_OK(token);
  EXPECT_EQ(code_of(token->check_under(authority.root_pem(), "")), Code::kCrypto);
  ASSERT_OK(token->check_under(authority.root_pem(), authority.middle_pem()));
  // A certificate between is no root: what openssl says, too.
  EXPECT_EQ(code_of(token->check_under(authority.middle_pem(), "")), Code::kCrypto);
}

TEST(Timestamps, NothingIsProvedByTheChainThatCameAlong) {
  const Authority authority;
  const Authority other;
  const auto token = Timestamp::parse(authority.answer(request_for().der));
  ASSERT_OK(token);
  const std::string all = authority.root_pem() + authority.signer_pem();
  EXPECT_EQ(code_of(token->check_under(other.root_pem(), all)), Code::kCrypto);
  EXPECT_EQ(code_of(token->check_under("", all)), Code::kUsage);
  EXPECT_EQ(code_of(token->check_under("no certificate", all)), Code::kUsage);
}

TEST(Timestamps, SignersCertificateOfTheSameNameDoesNotPass) {
  const Authority authority;
  const Authority namesake;
  const auto token = Timestamp::parse(authority.answer(odd_request(EVP_sha256(), false)));
  ASSERT_OK(token);
  ASSERT_OK(token->check_under(authority.root_pem(), authority.signer_pem()));
  EXPECT_EQ(code_of(token->check_own_signature(namesake.signer_pem())), Code::kCrypto);
  EXPECT_EQ(code_of(token->check_under(namesake.root_pem(), namesake.signer_pem())), Code::kCrypto);
}

TEST(Timestamps, RefusalsCarryTheAuthoritysWords) {
  const auto refused = Timestamp::parse(Authority().answer("no request"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kProtocol);
  EXPECT_THAT(refused.error().message, HasSubstr("rejected, badDataFormat: "));
}

TEST(Timestamps, CutOffAnywhereAreMalformed) {
  const std::string whole = Authority().answer(request_for().der);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto token = Timestamp::parse(std::string_view(whole).substr(0, size));
    ASSERT_FALSE(token) << size;
    EXPECT_EQ(token.error().code, Code::kMalformed) << size;
  }
  EXPECT_EQ(Timestamp::parse(whole + "x").error().code, Code::kMalformed);
}

TEST(Timestamps, ChangedInAnyByteNeverProveOtherDataOrAnotherTime) {
  const Authority authority;
  const std::string whole = authority.answer(request_for().der);
  const std::string root = authority.root_pem();
  const std::int64_t time_ms = Timestamp::parse(whole)->facts().time_ms;
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    const auto token = Timestamp::parse(changed);
    if (!token || !token->check_under(root, "")) {
      ++refused;
      continue;
    }
    EXPECT_EQ(token->facts().time_ms, time_ms) << at;
    EXPECT_TRUE(token->check_data(kData)) << at;
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()) / 2);
}

TEST(Timestamps, HugeOrNestedInputEndsAtOnce) {
  EXPECT_EQ(Timestamp::parse(std::string(limits::kTimestampBytes + 1, '0')).error().code,
            Code::kTooLarge);
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += "\x30\x80";
  EXPECT_EQ(Timestamp::parse(nested).error().code, Code::kMalformed);
  EXPECT_EQ(Timestamp::parse("<html>busy</html>").error().code, Code::kMalformed);
  EXPECT_EQ(Timestamp::parse("").error().code, Code::kMalformed);
}

TEST(Certificates, ThatCannotBeReadAreNamedAndNoPassphraseIsAskedFor) {
  const std::string good = Authority().root_pem();
  ASSERT_OK(check_certificates("text before\n" + good + good));
  EXPECT_EQ(code_of(check_certificates("")), Code::kMalformed);
  EXPECT_EQ(code_of(check_certificates("-----BEGIN CERTIFICATE-----\nAAAA\n")), Code::kMalformed);
  std::string locked = good;
  locked.insert(
      locked.find('\n') + 1,
      "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00000000000000000000000000000000\n\n");
  EXPECT_EQ(code_of(check_certificates(locked)), Code::kMalformed);
  EXPECT_EQ(code_of(check_certificates(std::string(limits::kCertificateBytes + 1, 'x'))),
            Code::kTooLarge);
}

}  // namespace
}  // namespace affiant::evidence
