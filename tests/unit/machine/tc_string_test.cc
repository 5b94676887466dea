#include "machine/tc_string.h"

#include "base/limits.h"
#include "declare.h"
#include "tc_encoder.h"

namespace affiant::machine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Vendors as a bit field, then as a single and a range; one restriction of two ranges.
std::string whole() {
  TcEncoder e;
  e.core({1, 3, 9}).put(5, 16).put(0, 1).set({2, 5}, 5);
  e.put(900, 16).put(1, 1).put(2, 12).put(0, 1).put(7, 16).put(1, 1).put(10, 16).put(12, 16);
  e.put(1, 12).put(4, 6).put(1, 2).put(2, 12).put(0, 1).put(8, 16).put(1, 1).put(20, 16).put(30,
                                                                                             16);
  return e.text();
}

std::string segment(unsigned type) {
  TcEncoder e;
  e.put(type, 3);
  if (type == 3) return e.set({1, 2}, 24).set({}, 24).put(2, 6).put(2, 2).put(1, 2).text();
  return e.put(6, 16).put(0, 1).set({1, 6}, 6).text();
}

TEST(TcString, EveryFieldOfTheCoreIsWhereTheSpecificationPutsIt) {
  const auto tc = decode_tc_string(whole());
  ASSERT_TRUE(tc) << tc.error().to_string();
  EXPECT_EQ(tc->created_ms, 1'700'000'000'000);
  EXPECT_EQ(tc->updated_ms, 1'700'000'001'000);
  EXPECT_EQ(tc->cmp_id, 300);
  EXPECT_EQ(tc->cmp_version, 4);
  EXPECT_EQ(tc->consent_screen, 1);
  EXPECT_EQ(tc->language, "DE");
  EXPECT_EQ(tc->vendor_list_version, 123);
  EXPECT_EQ(tc->policy_version, 5);
  EXPECT_TRUE(tc->service_specific);
  EXPECT_FALSE(tc->non_standard_texts);
  EXPECT_FALSE(tc->purpose_one_treatment);
  EXPECT_THAT(tc->special_features, ElementsAre(1));
  EXPECT_THAT(tc->purposes_consent, ElementsAre(1, 3, 9));
  EXPECT_THAT(tc->purposes_legitimate_interest, ElementsAre(2, 7));
  EXPECT_EQ(tc->publisher_country, "FR");
  EXPECT_THAT(tc->vendors_consent, ElementsAre(2, 5));
  EXPECT_THAT(tc->vendors_legitimate_interest, ElementsAre(7, 10, 11, 12));
  ASSERT_EQ(tc->restrictions.size(), 1U);
  EXPECT_EQ(tc->restrictions[0].purpose, 4);
  EXPECT_EQ(tc->restrictions[0].type, 1);
  ASSERT_EQ(tc->restrictions[0].vendors.size(), 2U);
  EXPECT_EQ(tc->restrictions[0].vendors[1].first, 20);
  EXPECT_EQ(tc->restrictions[0].vendors[1].last, 30);
  EXPECT_FALSE(tc->vendors_disclosed);
}

// The example of the specification, "Consent string and vendor list formats v2", decoded there and
// by the libraries of the IAB to the same values.
TEST(TcString, TheSpecificationsOwnExampleIsRead) {
  const auto tc = decode_tc_string(
      "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAAC"
      "EAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw");
  ASSERT_TRUE(tc) << tc.error().to_string();
  EXPECT_EQ(tc->created_ms, 1'582'243'059'300);
  EXPECT_EQ(tc->cmp_id, 27);
  EXPECT_EQ(tc->language, "EN");
  EXPECT_EQ(tc->vendor_list_version, 15);
  EXPECT_EQ(tc->policy_version, 2);
  EXPECT_EQ(tc->publisher_country, "AA");
  EXPECT_THAT(tc->purposes_consent, ElementsAre(1, 2, 3));
  EXPECT_THAT(tc->vendors_consent, ElementsAre(2, 6, 8));
  EXPECT_THAT(tc->vendors_legitimate_interest, ElementsAre(2, 6, 8));
  ASSERT_TRUE(tc->vendors_disclosed);
  EXPECT_FALSE(tc->vendors_disclosed->empty());
}

TEST(TcString, FurtherSegmentsComeInAnyOrderAndOnceEach) {
  const auto tc =
      decode_tc_string(whole() + "." + segment(3) + "." + segment(1) + "." + segment(2));
  ASSERT_TRUE(tc) << tc.error().to_string();
  EXPECT_THAT(*tc->vendors_disclosed, ElementsAre(1, 6));
  EXPECT_THAT(*tc->vendors_allowed, ElementsAre(1, 6));
  EXPECT_THAT(*tc->publisher_consent, ElementsAre(1, 2));
  EXPECT_THAT(*tc->publisher_legitimate_interest, IsEmpty());
  EXPECT_FALSE(decode_tc_string(whole() + "." + segment(1) + "." + segment(1)));
  EXPECT_FALSE(decode_tc_string(whole() + "." + segment(3) + "." + segment(3)));
  EXPECT_FALSE(decode_tc_string(whole() + "." + segment(4)));
}

TEST(TcString, CutAnywhereItIsRefused) {
  const std::string text = whole();
  // The last character may hold padding alone; one less never does.
  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    const auto tc = decode_tc_string(text.substr(0, size));
    ASSERT_FALSE(tc) << size;
    EXPECT_EQ(tc.error().code, Code::kMalformed) << size;
  }
}

TEST(TcString, ErrorsNameThePlace) {
  const auto message = [](std::string_view text) {
    const auto tc = decode_tc_string(text);
    return tc ? std::string() : tc.error().message;
  };
  EXPECT_THAT(message("CO+A"), HasSubstr("byte 2 of segment 0"));
  EXPECT_THAT(message(whole() + "."), HasSubstr("segment 1 ends at bit 0"));
  EXPECT_THAT(message("COvF"), HasSubstr("segment 0 ends at bit 24"));
  EXPECT_THAT(message(whole() + "AAB"), HasSubstr("follows its last field"));
  EXPECT_THAT(message("BAAAAAAA"), HasSubstr("version 1"));
}

TEST(TcString, ARangeThatMeansNothingIsRefused) {
  const auto with = [](unsigned most, unsigned first, unsigned last) {
    TcEncoder e;
    e.core({}).put(most, 16).put(1, 1).put(1, 12).put(1, 1).put(first, 16).put(last, 16);
    return e.put(0, 16).put(0, 1).put(0, 12).text();
  };
  EXPECT_TRUE(decode_tc_string(with(9, 1, 9)));
  EXPECT_FALSE(decode_tc_string(with(9, 0, 3)));
  EXPECT_FALSE(decode_tc_string(with(9, 4, 3)));
  EXPECT_FALSE(decode_tc_string(with(9, 4, 10)));
}

TEST(TcString, CapsHold) {
  EXPECT_EQ(decode_tc_string(std::string(limits::kTcStringBytes + 1, 'C')).error().code,
            Code::kTooLarge);
  std::string segments = whole();
  for (std::size_t i = 0; i < limits::kTcSegments; ++i) segments += ".A";
  EXPECT_FALSE(decode_tc_string(segments));
  TcEncoder e;
  e.core({}).no_vendors().put(limits::kTcRestrictions + 1, 12);
  EXPECT_EQ(decode_tc_string(e.text()).error().code, Code::kTooLarge);
}

TEST(TcString, TheSummaryNamesPurposesVendorsAndRestrictions) {
  const auto tc = decode_tc_string(whole());
  ASSERT_TRUE(tc);
  const std::vector<std::string> lines = tc_summary(*tc);
  EXPECT_THAT(lines, testing::Contains("consent to purposes 1, 3 and 9"));
  EXPECT_THAT(lines, testing::Contains("consent for 2 vendors: 2 and 5"));
  EXPECT_THAT(lines, testing::Contains("purpose 4 needs consent from vendors 8, 20 to 30"));
  EXPECT_THAT(lines.front(), HasSubstr("consent manager 300, vendor list 123"));
}

TEST(TcString, AsADeclarationItIsTheVisitorsConsentAndNoPromiseOfTheSite) {
  const policy::Declaration d = declare("tcf", whole() + "\n");
  ASSERT_EQ(d.statements.size(), 1U);
  const policy::Statement& s = d.statements.front();
  EXPECT_EQ(s.type, "consent");
  EXPECT_EQ(s.subject, "user");
  EXPECT_EQ(s.polarity, "does");
  EXPECT_EQ(s.observable, "no");
  EXPECT_EQ(s.quote, whole());
  EXPECT_THAT(s.purposes, ElementsAre("advertising", "analytics"));
  EXPECT_THAT(s.data, ElementsAre("tcf-cmp-300", "tcf-vendor-list-123", "tcf-purpose-1",
                                  "tcf-purpose-3", "tcf-purpose-9"));
}

TEST(TcString, WithoutConsentItSaysSo) {
  TcEncoder e;
  e.core({}).no_vendors().put(0, 12);
  const policy::Declaration d = declare("tcf", e.text());
  ASSERT_EQ(d.statements.size(), 1U);
  EXPECT_EQ(d.statements.front().polarity, "does-not");
}

TEST(TcString, ItIsKnownByItsContentAlone) {
  EXPECT_EQ(kind_of("string.txt", whole() + "\n"), "tcf");
  EXPECT_EQ(kind_of("string.txt", "Cookies"), "none");
  EXPECT_EQ(kind_of("string.txt", whole().substr(0, 40)), "none");
}

}  // namespace
}  // namespace affiant::machine
