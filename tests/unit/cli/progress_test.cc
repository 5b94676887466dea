#include "cli/progress.h"

#include <gmock/gmock.h>

#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
using testing::HasSubstr;

class ProgressTest : public ScratchHome {};

TEST_F(ProgressTest, LinesComeOnceAndOnlyWhenWhole) {
  ProgressReader reader(at("progress.jsonl"));
  EXPECT_TRUE(reader.read_new().empty());
  spit(at("progress.jsonl"), "{\"at\":\"hello\"}\n{\"at\":\"op");
  ASSERT_EQ(reader.read_new().size(), 1U);
  EXPECT_TRUE(reader.read_new().empty());
  std::ofstream(at("progress.jsonl"), std::ios::app)
      << "en\",\"session\":1}\n{\"at\":\"closed\",\"tree_size\":7}\n";
  const auto rest = reader.read_new();
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(rest[0].at, "open");
  EXPECT_EQ(rest[1].tree_size, 7);
}

TEST_F(ProgressTest, LinesThatMeanNothingAreLeftOut) {
  spit(at("progress.jsonl"), "\nnull\n[]\n{}\n{\"at\":5}\n\xff\n{\"at\":\"closed\"}\n");
  const auto lines = ProgressReader(at("progress.jsonl")).read_new();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].at, "closed");
}

TEST(Milestone, AnErrorIsFatalUnlessItSaysOtherwise) {
  EXPECT_TRUE(parse_milestone(R"({"at":"error","code":"no-space","message":"m"})")->fatal);
  EXPECT_FALSE(parse_milestone(R"({"at":"error","fatal":false})")->fatal);
  EXPECT_FALSE(parse_milestone(R"({"at":"hello"})")->fatal);
}

Error explain(std::string_view result, std::string_view error) {
  Milestone m;
  m.result = result;
  m.error = error;
  return explain_failed_page(m, "https://shop.example/", 5'000);
}

TEST(ExplainFailedPage, BothBrowsersWordsAreTranslated) {
  EXPECT_THAT(explain("failed", "net::ERR_NAME_NOT_RESOLVED").message,
              HasSubstr("the name shop.example does not resolve"));
  EXPECT_THAT(explain("failed", "NS_ERROR_UNKNOWN_HOST").message, HasSubstr("does not resolve"));
  for (const char* e : {"net::ERR_CERT_AUTHORITY_INVALID", "SEC_ERROR_UNKNOWN_ISSUER",
                        "Peer’s Certificate issuer is not recognized.",
                        "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "SSL_ERROR_BAD_CERT_DOMAIN"})
    EXPECT_THAT(explain("failed", e).message, HasSubstr("--insecure")) << e;
  for (const char* e : {"net::ERR_CONNECTION_REFUSED", "NS_ERROR_CONNECTION_REFUSED"})
    EXPECT_THAT(explain("failed", e).message, HasSubstr("could not be reached")) << e;
  EXPECT_EQ(explain("timeout", "").code, Code::kTimeout);
  EXPECT_THAT(explain("timeout", "").message, HasSubstr("within 5 s"));
  EXPECT_THAT(explain("failed", "net::ERR_STRANGE").message, HasSubstr("ERR_STRANGE"));
}

}  // namespace
}  // namespace affiant::cli
