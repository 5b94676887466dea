// The policy the project started from, held against what that site's page really contacted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "shared_data.h"
#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using findings::Strength;
using test::compare;
using test::kDayS;
using test::lines;
using test::of;
using test::Said;
using test::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kFile = "emastered-policy-2018-12-27.md";

Said emastered() {
  const std::string bytes = test::read_file(test::shared_data(kFile));
  const auto document = policy::read_document(bytes, policy::Format::kMarkdown, kFile);
  EXPECT_TRUE(document.has_value()) << document.error().to_string();
  Said said;
  policy::Source source;
  source.url = "https://emastered.com/privacy";
  said.declaration = policy::read_policy(*document, source);
  return said;
}

const std::vector<std::string> kHosts = {"www.google-analytics.com",
                                         "connect.facebook.net",
                                         "www.facebook.com",
                                         "cdn.mxpnl.com",
                                         "api.mixpanel.com",
                                         "bat.bing.com",
                                         "apis.google.com",
                                         "accounts.google.com",
                                         "use.typekit.net",
                                         "p.typekit.net",
                                         "fonts.googleapis.com",
                                         "fonts.gstatic.com",
                                         "js.braintreegateway.com",
                                         "widget.intercom.io",
                                         "js.intercomcdn.com",
                                         "api-iam.intercom.io",
                                         "d1q4z6c1vnlqgs.cloudfront.net"};

World page() {
  World w("emastered.com");
  for (const std::string& host : kHosts) w.request(host);
  w.request("www.google-analytics.com", "image", "/collect?ec=advertising&el=" + test::kRandomId);
  w.request("www.facebook.com", "image", "/tr/?id=1");
  const auto script = [&](const std::string& name, const std::string& from, std::int64_t days) {
    w.cookie({.name = name,
              .host = "emastered.com",
              .max_age_s = days * kDayS,
              .script_host = from,
              .domain = "emastered.com"});
  };
  w.cookie({.name = "ema", .host = "emastered.com"});
  script("_ga", "www.google-analytics.com", 730);
  script("_fbp", "connect.facebook.net", 90);
  script("mp_1a2b_mixpanel", "cdn.mxpnl.com", 365);
  script("_uetsid", "bat.bing.com", 1);
  w.cookie({.name = "fr", .host = "www.facebook.com", .domain = "facebook.com"});
  w.cookie({.name = "MUID", .host = "bat.bing.com", .domain = "bing.com"});
  w.policy("captured");
  return w;
}

bool any(const std::vector<Finding>& found, std::string_view word) {
  return std::any_of(found.begin(), found.end(),
                     [&](const Finding& f) { return f.title.find(word) != std::string::npos; });
}

TEST(Golden, TheEmasteredPolicyIsContradictedByNothingAndLeavesNothingUndeclared) {
  AFFIANT_NEEDS_SHARED(kFile);
  const auto all = compare(emastered(), page());
  for (const Finding& f : all) {
    EXPECT_NE(f.strength, Strength::kContradicted) << lines({f});
    EXPECT_NE(f.strength, Strength::kUndeclared) << lines({f});
  }
  EXPECT_THAT(of(all, "lifetime-exceeds"), IsEmpty()) << "it states no lifetime";
  EXPECT_THAT(of(all, "undeclared-cookie"), IsEmpty()) << "it names no cookie";
}

TEST(Golden, WhatTheEmasteredPolicyOnlyHintsAtIsNamed) {
  AFFIANT_NEEDS_SHARED(kFile);
  const auto all = compare(emastered(), page());
  const auto vague = of(all, "vague-disclosure");
  for (const char* product :
       {"Google Analytics", "Mixpanel", "Facebook Pixel", "Bing", "Typekit", "Google Fonts",
        "Braintree", "Intercom", "Google Sign-In", "CloudFront"})
    EXPECT_TRUE(any(vague, product)) << product << "\n" << lines(all);
  for (const Finding& f : vague) {
    EXPECT_FALSE(f.statements.empty()) << lines({f});
    EXPECT_FALSE(f.entries.empty()) << lines({f});
  }
}

// Each with the sentence that an honest reader would quote for it.
TEST(Golden, EachHintQuotesTheSentenceThatComesNearest) {
  AFFIANT_NEEDS_SHARED(kFile);
  const Said said = emastered();
  const auto vague = of(compare(said, page()), "vague-disclosure");
  const auto quotes = [&](std::string_view product) {
    std::string out;
    for (const Finding& f : vague) {
      if (f.title.find(product) == std::string::npos) continue;
      for (const std::string& id : f.statements) {
        for (const policy::Statement& s : said.declaration.statements)
          if (s.id == id) out += s.quote + "\n";
      }
    }
    return out;
  };
  EXPECT_THAT(quotes("Google Analytics"), HasSubstr("trusted third-party services"));
  EXPECT_THAT(quotes("Mixpanel"), HasSubstr("trusted third-party services"));
  EXPECT_THAT(quotes("Braintree"), HasSubstr("third party provider"));
  EXPECT_THAT(quotes("Google Sign-In"), HasSubstr("such as Facebook and Twitter"));
  EXPECT_THAT(quotes("Google Fonts"), HasSubstr("third party content"));
  EXPECT_THAT(quotes("Facebook Pixel"), HasSubstr("behavioral tracking is allowed"));
}

TEST(Golden, WithoutItsStatementsEveryPartyIsUndeclared) {
  AFFIANT_NEEDS_SHARED(kFile);
  Said said = emastered();
  said.declaration.statements.clear();
  said.declaration.sources[0].text.clear();
  const auto undeclared = of(compare(said, page()), "undeclared-third-party");
  for (const char* owner :
       {"Google", "Mixpanel", "Meta", "Microsoft", "Adobe", "PayPal", "Intercom", "Amazon"})
    EXPECT_TRUE(any(undeclared, owner)) << owner << "\n" << lines(undeclared);
}

TEST(Golden, WithoutTheSentenceOnPaymentsBraintreeLosesItsPurpose) {
  AFFIANT_NEEDS_SHARED(kFile);
  Said said = emastered();
  std::erase_if(said.declaration.statements, [](const policy::Statement& s) {
    return s.quote.find("third party provider") != std::string::npos;
  });
  World w("emastered.com");
  w.request("js.braintreegateway.com");
  for (const Finding& f : of(compare(said, w), "vague-disclosure"))
    EXPECT_EQ(f.explanation.find("grade: category and purpose"), std::string::npos) << lines({f});
}

}  // namespace
}  // namespace affiant
