// Files made for machines beside a policy: what they support, and what they must not be taken for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using test::analytics_site;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::with_cookie;
using test::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int kFile = 2;  // Source beside the policy.

void add_file(Said* said, const std::string& kind) {
  policy::Source file;
  file.id = kFile;
  file.kind = kind;
  file.url = "https://shop.example/file";
  said->declaration.sources.push_back(file);
}

void add_partner(Said* said, const std::string& domain) {
  policy::Statement& s = said->statement("named-third-party", "does", domain + ", 12, DIRECT");
  s.modality = "may";
  s.subject = "third-party";
  s.parties = {domain};
  s.purposes = {"advertising"};
  s.observable = "partly";
  s.source = kFile;
  said->declaration.sources.back().text += s.quote + "\n";
}

TEST(MachineFiles, APartnerOfAdsTxtIsDeclaredForAdvertisingAndForNothingElse) {
  World ads;
  ads.request("static.criteo.net");
  ads.request("stats.g.doubleclick.net");
  Said silent;
  EXPECT_THAT(of(compare(silent, ads), "undeclared-third-party"), SizeIs(2));
  Said said;
  add_file(&said, "ads.txt");
  add_partner(&said, "criteo.com");
  add_partner(&said, "google.com");
  const auto all = compare(said, ads);
  EXPECT_THAT(of(all, "undeclared-third-party"), IsEmpty()) << lines(all);
  EXPECT_THAT(of(all, "vague-disclosure"), IsEmpty()) << lines(all);
  // Who may sell advertising measures no visits.
  const auto analytics = compare(said, analytics_site());
  EXPECT_THAT(of(analytics, "undeclared-third-party"), SizeIs(1)) << lines(analytics);
  EXPECT_THAT(of(analytics, "vague-disclosure"), IsEmpty()) << lines(analytics);
}

TEST(MachineFiles, APartnerThatWasNotSeenIsNoNote) {
  Said said;
  add_file(&said, "ads.txt");
  add_partner(&said, "criteo.com");
  EXPECT_THAT(of(compare(said, World()), "declared-not-seen"), IsEmpty());
}

TEST(MachineFiles, WhatAVendorStoresIsNoListOfTheSitesCookies) {
  Said said;
  add_file(&said, "iab-disclosure");
  said.cookie("cto_*", 100).source = kFile;
  const auto all = compare(said, with_cookie("basket"));
  EXPECT_THAT(of(all, "undeclared-cookie"), IsEmpty()) << lines(all);
  EXPECT_THAT(of(all, "declared-not-seen"), IsEmpty()) << lines(all);
  // The site's own list is one.
  said.cookie("sid");
  EXPECT_THAT(of(compare(said, with_cookie("basket")), "undeclared-cookie"), SizeIs(1));
}

TEST(MachineFiles, WhatAConsentManagerIsToDeleteIsNoWholeList) {
  Said said;
  add_file(&said, "klaro");
  said.cookie("_ga*").source = kFile;
  EXPECT_THAT(of(compare(said, with_cookie("basket")), "undeclared-cookie"), IsEmpty());
  said.declaration.sources.back().kind = "cookiebot";
  said.declaration.sources.back().leaves_out = true;
  EXPECT_THAT(of(compare(said, with_cookie("basket")), "undeclared-cookie"), IsEmpty());
  said.declaration.sources.back().leaves_out = false;
  EXPECT_THAT(of(compare(said, with_cookie("basket")), "undeclared-cookie"), SizeIs(1));
}

TEST(MachineFiles, ThatASiteHasNoneIsNoFinding) {
  World w;
  w.policy("captured");
  for (const char* kind : {"gpc.json", "dnt-policy", "ads.txt"}) {
    w.policy("error-status", 404);
    w.seen.policies.back().kind = kind;
  }
  EXPECT_THAT(of(compare(Said(), w), "policy-missing"), IsEmpty());
}

TEST(MachineFiles, WithThemAloneThereIsNoPolicy) {
  Said said;
  said.declaration.is_policy = false;
  said.declaration.sources.clear();
  add_file(&said, "gpc.json");
  World w;
  w.policy("captured");
  w.seen.policies.back().kind = "gpc.json";
  w.policy("error-status", 404);
  w.seen.policies.back().kind = "ads.txt";
  const auto found = of(compare(said, w), "policy-missing");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title, HasSubstr("No privacy policy was found"));
}

TEST(MachineFiles, AFaultWithinOneLeavesThePolicyRead) {
  Said said;
  add_file(&said, "ads.txt");
  said.declaration.unread.push_back("https://shop.example/file, line 3: no record");
  EXPECT_THAT(of(compare(said, World()), "policy-missing"), IsEmpty());
  said.declaration.unread.push_back("https://shop.example/cookies: a PDF");
  const auto found = of(compare(said, World()), "policy-missing");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation, HasSubstr("a PDF"));
  EXPECT_THAT(found[0].explanation, testing::Not(HasSubstr("line 3")));
}

}  // namespace
}  // namespace affiant
