#include "site/site.h"

#include <gtest/gtest.h>

#include <sstream>

#include "shared_data.h"

namespace affiant::site {
namespace {

TEST(Site, RegistrableDomainKnowsPrivateSuffixesIpLiteralsAndLocalhost) {
  const SiteTable t = SiteTable::built_in().value();
  EXPECT_EQ(t.registrable_domain("www.example.co.uk"), "example.co.uk");
  EXPECT_EQ(t.registrable_domain(".Example.COM"), "example.com");
  EXPECT_EQ(t.registrable_domain("a.github.io"), "a.github.io");
  EXPECT_EQ(t.registrable_domain("b.shop.localhost"), "shop.localhost");
  EXPECT_EQ(t.registrable_domain("localhost"), "localhost");
  EXPECT_EQ(t.registrable_domain("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(t.registrable_domain("::1"), "::1");
  EXPECT_EQ(t.party("cdn.shop.localhost", "shop.localhost"), Party::kFirst);
  EXPECT_EQ(t.party("tracker.localhost", "shop.localhost"), Party::kThird);
}

TEST(Site, TheRegistrablePartIsAPieceOfTheHostInItsOwnCase) {
  const SiteTable t = SiteTable::built_in().value();
  const std::string_view host = ".Shop.Example.CO.UK.";
  const std::string_view part = t.registrable_part(host);
  EXPECT_EQ(part, "Example.CO.UK");
  EXPECT_EQ(part.data(), host.data() + 6);
  EXPECT_EQ(t.registrable_part("co.uk"), "co.uk");
  EXPECT_EQ(t.registrable_part("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(t.registrable_part(""), "");
}

// More hosts than are remembered, twice, and longer ones than any name is.
TEST(Site, AnswersDoNotDependOnWhatIsRemembered) {
  const SiteTable t = SiteTable::built_in().value();
  for (int pass = 0; pass < 2; ++pass)
    for (int i = 0; i < 70'000; ++i) {
      const std::string site = "shop" + std::to_string(i) + (i % 2 == 0 ? ".co.uk" : ".github.io");
      ASSERT_EQ(t.registrable_part("www." + site), site);
    }
  const std::string label(63, 'a');
  std::string longest = "example.org";
  for (int i = 0; i < 40; ++i) longest.insert(0, label + ".");
  for (int pass = 0; pass < 2; ++pass) EXPECT_EQ(t.registrable_domain(longest), "example.org");
}

TEST(Site, PublicSuffixesAreListedOnesOnly) {
  const SiteTable t = SiteTable::built_in().value();
  EXPECT_TRUE(t.is_public_suffix("com"));
  EXPECT_TRUE(t.is_public_suffix("co.uk"));
  EXPECT_TRUE(t.is_public_suffix("github.io"));
  EXPECT_FALSE(t.is_public_suffix("localhost"));
  EXPECT_FALSE(t.is_public_suffix("example.com"));
}

TEST(Site, PublishedRegistrableDomainVectorsHold) {
  AFFIANT_NEEDS_SHARED("vectors/psl/test_psl.txt");
  const SiteTable t = SiteTable::built_in().value();
  std::istringstream lines(test::read_file(test::shared_data("vectors/psl/test_psl.txt")));
  std::string line;
  int checked = 0;
  while (std::getline(lines, line)) {
    std::string host;
    std::string expected;
    if (line.rfind("checkPublicSuffix(", 0) ==
        0) {  // Either form in which the vectors are published.
      std::istringstream in(line.substr(18));
      std::getline(in, host, ',');
      std::getline(in, expected, ')');
    } else {
      std::istringstream in(line);
      in >> host >> expected;
    }
    const auto strip = [](std::string s) {
      std::erase_if(s, [](char c) { return c == '\'' || c == ' ' || c == ';'; });
      return s;
    };
    host = strip(host);
    expected = strip(expected);
    if (host.empty() || host[0] == '/' || host == "null" || expected == "null" || expected.empty())
      continue;
    if (host[0] == '.')
      continue;  // The vectors mean "not a host"; for us a leading dot is a cookie domain.
    EXPECT_EQ(t.registrable_domain(host), expected) << line;
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

TEST(Url, HostPortAndPathComeOutAndBadOnesAreRefused) {
  const Url u = parse_url("HTTPS://user:pw@WWW.Shop.Example:8443/a/b?q=1#f").value();
  EXPECT_EQ(u.scheme, "https");
  EXPECT_EQ(u.host, "www.shop.example");
  EXPECT_EQ(u.port, 8443);
  EXPECT_EQ(u.path, "/a/b");
  EXPECT_EQ(u.query, "q=1");
  EXPECT_EQ(u.origin(), "https://www.shop.example:8443");
  EXPECT_EQ(parse_url("http://[::1]:80/")->origin(), "http://[::1]");
  EXPECT_EQ(parse_url("about:blank")->origin(), "null");
  EXPECT_FALSE(parse_url("shop.example"));
  EXPECT_FALSE(parse_url("https://"));
  EXPECT_FALSE(parse_url("https://h:99999/"));
  EXPECT_FALSE(parse_url("https://[::1/"));
}

}  // namespace
}  // namespace affiant::site
