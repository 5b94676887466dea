#include "ask.h"
#include "filters/pattern.h"

namespace affiant::filters::test {
namespace {

TEST(Patterns, AHostRuleCoversItsSubdomainsAndNoOtherHost) {
  const Engine rules = engine("||metrics.example^");
  EXPECT_TRUE(ask(rules, "https://metrics.example/a").matched);
  EXPECT_TRUE(ask(rules, "https://eu.metrics.example").matched);
  EXPECT_TRUE(ask(rules, "http://METRICS.example:8080/").matched);
  EXPECT_TRUE(ask(rules, "https://someone@metrics.example/").matched);
  EXPECT_FALSE(ask(rules, "https://notmetrics.example/").matched);
  EXPECT_FALSE(ask(rules, "https://metrics.example.com/").matched);
  EXPECT_FALSE(ask(rules, "https://page.example/?u=metrics.example").matched);
  EXPECT_FALSE(ask(rules, "https://metrics.example@other.example/").matched);
}

TEST(Patterns, AHostWithoutSeparatorEndsWithALabel) {
  EXPECT_TRUE(blocks("||pixel.", "https://pixel.example/"));
  EXPECT_TRUE(blocks("||pixel.", "https://eu.pixel.example/"));
  EXPECT_FALSE(blocks("||pixel.", "https://bigpixel.example/"));
  EXPECT_TRUE(blocks("||metrics.example", "https://metrics.example/"));
  EXPECT_FALSE(blocks("||metrics.exam", "https://metrics.example/"));
  EXPECT_TRUE(blocks("||metrics.exam*", "https://metrics.example/"));
}

TEST(Patterns, TheHostAnchorMayBeFollowedByAPathAndWildcards) {
  EXPECT_TRUE(blocks("||cdn.example/px/", "https://a.cdn.example/px/1.gif"));
  EXPECT_FALSE(blocks("||cdn.example/px/", "https://a.cdn.example/js/px/1.gif"));
  EXPECT_FALSE(blocks("||cdn.example/px/", "https://cdn.example.net/px/1.gif"));
  EXPECT_TRUE(blocks("||cdn.example^*/px.", "https://cdn.example/a/b/px.gif"));
  EXPECT_TRUE(blocks("||stat*.example/c", "https://x.stats7.example/c"));
  EXPECT_FALSE(blocks("||stat*.example/c", "https://xstats7.example/c"));
  EXPECT_TRUE(blocks("||search.*/log?", "https://search.example.co.uk/log?q=1"));
}

TEST(Patterns, TheSeparatorIsAnythingButALetterDigitOrOneOfFourSigns) {
  EXPECT_TRUE(blocks("^beacon^", "https://x.example/beacon?a"));
  EXPECT_TRUE(blocks("^beacon^", "https://x.example/beacon"));
  EXPECT_TRUE(blocks("/beacon^a=", "https://x.example/beacon?a=1"));
  for (const char* url :
       {"https://x.example/beacons", "https://x.example/beacon-1", "https://x.example/beacon.js",
        "https://x.example/beacon_1", "https://x.example/beacon%20"})
    EXPECT_FALSE(blocks("^beacon^", url)) << url;
}

TEST(Patterns, AnchorsHoldAtBothEnds) {
  EXPECT_TRUE(blocks("|http://plain.", "http://plain.example/"));
  EXPECT_FALSE(blocks("|http://plain.", "https://x.example/?u=http://plain.example/"));
  EXPECT_TRUE(blocks("/pixel.gif|", "https://x.example/pixel.gif"));
  EXPECT_FALSE(blocks("/pixel.gif|", "https://x.example/pixel.gif?1"));
  EXPECT_TRUE(blocks("/a*/pixel.gif|", "https://x.example/a/pixel.gif/b/pixel.gif"));
  EXPECT_TRUE(blocks("||x.example/|", "https://x.example/"));
  EXPECT_FALSE(blocks("||x.example/|", "https://x.example/a"));
  EXPECT_TRUE(blocks("|https://x.example/a|", "https://x.example/a"));
  EXPECT_TRUE(blocks("||x.example^a^|", "https://x.example/a"));
}

TEST(Patterns, CaseDoesNotMatterUnlessAsked) {
  EXPECT_TRUE(blocks("/AdServe/", "https://x.example/adserve/1"));
  EXPECT_TRUE(blocks("/adserve?", "https://X.EXAMPLE/ADSERVE?1"));
  EXPECT_TRUE(blocks("/AdServe/*.js$match-case", "https://x.example/AdServe/1.js"));
  EXPECT_FALSE(blocks("/AdServe/*.js$match-case", "https://x.example/adserve/1.js"));
  EXPECT_FALSE(blocks("/AdServe/*.js$match-case", "https://x.example/aDSERVE/1.js"));
  EXPECT_TRUE(blocks("||X.Example/Ab$match-case", "https://x.EXAMPLE/Ab"));
}

TEST(Patterns, RegularExpressionsStandBetweenSlashes) {
  EXPECT_TRUE(blocks(R"(/\/t[0-9]{3}\.gif$/)", "https://x.example/t123.gif"));
  EXPECT_FALSE(blocks(R"(/\/t[0-9]{3}\.gif$/)", "https://x.example/t12.gif"));
  EXPECT_TRUE(blocks(R"(/^https?:\/\/(a|b)\.example\//$image)", "https://b.example/1", "image"));
  EXPECT_FALSE(blocks(R"(/^https?:\/\/(a|b)\.example\//$image)", "https://b.example/1", "script"));
  EXPECT_TRUE(blocks(R"(/Exact/$match-case)", "https://x.example/Exact"));
  EXPECT_FALSE(blocks(R"(/Exact/$match-case)", "https://x.example/exact"));
  EXPECT_TRUE(blocks("/ads/", "https://x.example/heads"));  // So the syntax has it.
}

TEST(Patterns, WebSocketRulesAreForWebSocketsWhateverTheirScheme) {
  EXPECT_TRUE(blocks("|ws://$domain=page.example", "wss://x.example/", "websocket"));
  EXPECT_TRUE(blocks("|ws://$other,domain=page.example", "ws://x.example/", "other"));
  EXPECT_FALSE(blocks("|ws://$other,domain=page.example", "https://x.example/", "other"));
  EXPECT_FALSE(blocks("|ws://$domain=other.example", "wss://x.example/", "websocket"));
  EXPECT_TRUE(blocks("||x.example^$websocket", "wss://x.example/", "other"));
}

TEST(Patterns, HostsAreHeldInPunycode) {
  EXPECT_TRUE(
      blocks("||b\xC3\xBC"
             "cher.example^",
             "https://xn--bcher-kva.example/"));
  EXPECT_TRUE(
      blocks("||B\xC3\x9C"
             "CHER.example^",
             "https://b\xC3\xBC"
             "cher.example/"));
  EXPECT_TRUE(blocks("||\xD0\xBF\xD0\xBE\xD1\x87\xD1\x82\xD0\xB0.example/a",
                     "https://xn--80a1acny.example/a"));
  EXPECT_TRUE(
      blocks("/gr\xC3\xBC\xC3\x9F"
             "e/*",
             "https://x.example/gr%C3%BC%C3%9Fe/"));
  EXPECT_TRUE(
      blocks("||x.example^$domain=b\xC3\xBC"
             "cher.example",
             "https://x.example/", "script", "https://xn--bcher-kva.example/"));
  EXPECT_TRUE(blocks("||xn--zzzzzzz-.example^", "https://xn--zzzzzzz-.example/"));
}

TEST(Patterns, AddressesPortsAndTrailingDotsAreHosts) {
  EXPECT_TRUE(blocks("||192.0.2.1^", "http://192.0.2.1:81/"));
  EXPECT_TRUE(blocks("||metrics.example^", "https://metrics.example./a"));
  EXPECT_TRUE(blocks("|http://[2001:db8::1]/", "http://[2001:DB8::1]/a"));
  EXPECT_TRUE(blocks("/a.js$third-party", "http://[2001:db8::1]/a.js"));
  EXPECT_FALSE(blocks("/a.js$third-party", "http://192.0.2.1/a.js", "script", "http://192.0.2.1/"));
}

TEST(Patterns, LongOnesTakeTimeInProportion) {
  std::string pattern;
  for (int i = 0; i < 400; ++i) pattern += "a*";
  const std::string url = "https://x.example/" + std::string(60'000, 'a');
  EXPECT_TRUE(match_pattern(pattern + "a", url, 0, false, false));
  EXPECT_FALSE(match_pattern(pattern + "b", url, 0, false, false));
  EXPECT_FALSE(match_pattern(pattern + "^b^", url, 0, false, true));
  EXPECT_FALSE(blocks(R"(/(a+)+(a+)+(a+)+b$/)", url));
}

}  // namespace
}  // namespace affiant::filters::test
