#include "ask.h"

namespace affiant::filters::test {
namespace {

constexpr std::string_view kUrl = "https://t.example/x.js";

TEST(Options, PartyIsThatOfTheRegistrableDomain) {
  for (const char* option : {"third-party", "3p", "~first-party", "~1p"}) {
    const Engine rules = engine(std::string("||t.example^$") + option);
    EXPECT_TRUE(ask(rules, kUrl, "script", "https://page.example/").matched) << option;
    EXPECT_FALSE(ask(rules, kUrl, "script", "https://www.t.example/").matched) << option;
    EXPECT_FALSE(ask(rules, kUrl, "script", "about:blank").matched) << option;
    EXPECT_FALSE(ask(rules, kUrl, "main_frame", "https://page.example/").matched) << option;
  }
  EXPECT_TRUE(blocks("||t.example^$first-party", kUrl, "script", "https://a.t.example/"));
  EXPECT_FALSE(blocks("||t.example^$~third-party", kUrl, "script", "https://page.example/"));
  EXPECT_TRUE(
      blocks("||b.github.io^$3p", "https://b.github.io/", "script", "https://a.github.io/"));
}

TEST(Options, StrictPartyIsThatOfTheHost) {
  EXPECT_TRUE(blocks("||t.example^$strict3p", kUrl, "script", "https://www.t.example/"));
  EXPECT_FALSE(blocks("||t.example^$strict3p", kUrl, "script", "https://t.example/"));
  EXPECT_TRUE(blocks("||t.example^$strict1p", kUrl, "script", "https://t.example/"));
  EXPECT_FALSE(blocks("||t.example^$strict1p", kUrl, "script", "https://www.t.example/"));
}

TEST(Options, EveryTypeHasItsWordsOnBothSides) {
  const std::pair<const char*, const char*> words[] = {
      {"script", "script"},      {"image", "imageset"},
      {"stylesheet", "css"},     {"css", "stylesheet"},
      {"object", "object"},      {"xmlhttprequest", "fetch"},
      {"xhr", "xmlhttprequest"}, {"subdocument", "sub_frame"},
      {"frame", "subdocument"},  {"document", "main_frame"},
      {"doc", "document"},       {"ping", "beacon"},
      {"beacon", "ping"},        {"websocket", "websocket"},
      {"webrtc", "webrtc"},      {"font", "font"},
      {"media", "media"},        {"other", "csp_report"},
      {"popup", "popup"},        {"object-subrequest", "object_subrequest"}};
  for (const auto& [option, type] : words) {
    EXPECT_TRUE(blocks(std::string("||t.example^$") + option, kUrl, type)) << option;
    EXPECT_FALSE(blocks(std::string("||t.example^$~") + option, kUrl, type)) << option;
    const char* another = std::string_view(type) == "font" ? "media" : "font";
    EXPECT_FALSE(blocks(std::string("||t.example^$") + option, kUrl, another)) << option;
  }
}

TEST(Options, ARuleWithoutTypesIsForAllRequestsButPopups) {
  for (const char* type : {"script", "main_frame", "sub_frame", "websocket", "something-new"})
    EXPECT_TRUE(blocks("||t.example^", kUrl, type)) << type;
  EXPECT_FALSE(blocks("||t.example^", kUrl, "popup"));
  EXPECT_TRUE(blocks("||t.example^$all", kUrl, "popup"));
  EXPECT_FALSE(blocks("||t.example^$script,image", kUrl, "something-new"));
  EXPECT_FALSE(blocks("||t.example^$~image", kUrl, "something-new"));
  EXPECT_TRUE(blocks("||t.example^$script,popup", kUrl, "script"));
}

TEST(Options, DomainNamesThePagesAndTheirParents) {
  const Engine rules = engine("||t.example^$domain=shop.example|news.*|~help.shop.example");
  EXPECT_TRUE(ask(rules, kUrl, "script", "https://www.shop.example/").matched);
  EXPECT_TRUE(ask(rules, kUrl, "script", "https://news.co.uk/").matched);
  EXPECT_TRUE(ask(rules, kUrl, "script", "https://sport.news.example/").matched);
  EXPECT_FALSE(ask(rules, kUrl, "script", "https://help.shop.example/").matched);
  EXPECT_FALSE(ask(rules, kUrl, "script", "https://a.help.shop.example/").matched);
  EXPECT_FALSE(ask(rules, kUrl, "script", "https://myshop.example/").matched);
  EXPECT_FALSE(ask(rules, kUrl, "script", "https://news.example.com/").matched);
  EXPECT_FALSE(ask(rules, kUrl, "script", "").matched);
  EXPECT_TRUE(blocks("/x.js$from=~shop.example", kUrl));
  EXPECT_FALSE(blocks("/x.js$from=~page.*", kUrl));
}

TEST(Options, ToAndDenyallowNameTheHostsAsked) {
  EXPECT_TRUE(blocks("/x.js$to=t.example|u.*", kUrl));
  EXPECT_TRUE(blocks("/x.js$to=u.*", "https://a.u.example/x.js"));
  EXPECT_FALSE(blocks("/x.js$to=~t.example", kUrl));
  EXPECT_FALSE(blocks("*$script,3p,denyallow=t.example,domain=page.example", kUrl));
  EXPECT_TRUE(blocks("*$script,3p,denyallow=u.example,domain=page.example", kUrl));
  EXPECT_EQ(skipped(read("*$script,denyallow=u.example"), Skip::kMalformed), 1U);
}

TEST(Options, MethodIsTheRequests) {
  EXPECT_TRUE(blocks("||t.example^$method=post|put", kUrl, "xhr", "https://p.example/", "POST"));
  EXPECT_FALSE(blocks("||t.example^$method=post", kUrl, "xhr", "https://p.example/", "GET"));
  EXPECT_FALSE(blocks("||t.example^$method=~post", kUrl, "xhr", "https://p.example/", "post"));
  EXPECT_FALSE(blocks("||t.example^$method=get", kUrl, "xhr", "https://p.example/", "PROPFIND"));
  EXPECT_EQ(skipped(read("||t.example^$method=fly"), Skip::kMalformed), 1U);
}

TEST(Options, ARedirectionIsABlockAndItsExceptionIsNone) {
  EXPECT_TRUE(blocks("||t.example^$script,redirect=noop.js:5", kUrl));
  EXPECT_TRUE(blocks("||t.example^$rewrite=abp-resource:blank-js,domain=page.example", kUrl));
  EXPECT_TRUE(blocks("||t.example^$empty", kUrl));
  EXPECT_FALSE(blocks("||t.example^$redirect-rule=noop.js", kUrl));
  EXPECT_FALSE(blocks("||t.example^$redirect=none", kUrl));
  EXPECT_TRUE(blocks("||t.example^\n@@||t.example^$redirect-rule", kUrl));
}

TEST(Options, WhatChangesARequestBlocksNothing) {
  for (const char* option :
       {"removeparam", "removeparam=utm", "queryprune=a", "csp=script-src 'self'",
        "permissions=camera=()", "replace=/a,b$/c/", "removeheader=x",
        "domain=page.example,replace=/a,b/c/", "urltransform=/a/b/"}) {
    const FilterList list = read(std::string("||t.example^$") + option);
    EXPECT_EQ(list.rules(), 0U) << option;
    EXPECT_EQ(skipped(list, Skip::kModifier), 1U) << option;
  }
}

TEST(Options, ExceptionsForWholePagesAreNotExceptionsForRequests) {
  const Engine rules = engine(
      "||t.example^\n@@||t.example^$generichide\n@@||t.example^$elemhide\n"
      "@@||page.example^$genericblock\n@@||t.example^$ghide,script");
  EXPECT_TRUE(ask(rules, kUrl).matched);
  // A document is let through; what it loads is not.
  const Engine document = engine("||t.example^\n@@||t.example^$document");
  EXPECT_FALSE(ask(document, "https://t.example/", "main_frame", "").matched);
  EXPECT_TRUE(ask(document, kUrl, "script", "https://t.example/").matched);
}

TEST(Options, WhatARequestDoesNotShowIsCounted) {
  const FilterList list = read(
      "||a.example^$header=via\n||b.example^$domain=/shop\\d/\n||c.example^$ipaddress=192.0.2.1\n"
      "||d.example^$nonsense\n||e.example^$script,nonsense=1\n||f.example^$domain=\n");
  EXPECT_EQ(list.rules(), 0U);
  EXPECT_EQ(skipped(list, Skip::kUndecidable), 3U);
  EXPECT_EQ(skipped(list, Skip::kUnknownOption), 2U);
  EXPECT_EQ(skipped(list, Skip::kMalformed), 1U);
}

TEST(Options, ADollarMayBelongToThePattern) {
  EXPECT_TRUE(blocks("/a$b/c$script", "https://x.example/a$b/c"));
  EXPECT_TRUE(blocks("/a$/b", "https://x.example/a$/b"));
  EXPECT_TRUE(blocks(R"(/x\.js$/$script)", kUrl));
  EXPECT_TRUE(blocks(R"(/x\.js$/)", kUrl));
  EXPECT_FALSE(blocks("/x.js$Script,Domain=other.example", kUrl));
  EXPECT_TRUE(blocks("/x.js$SCRIPT,_,____,third-party", kUrl));
}

TEST(Options, RulesWithoutAPatternNeedAnother) {
  EXPECT_TRUE(blocks("$ping,third-party", kUrl, "ping"));
  EXPECT_FALSE(blocks("$ping,third-party", kUrl, "script"));
  EXPECT_TRUE(blocks("*$domain=page.example", kUrl));
  const FilterList list = read("**\n||\n|*\n@@||\n@@*\n");
  EXPECT_EQ(skipped(list, Skip::kTooBroad) + skipped(list, Skip::kMalformed), 5U);
}

}  // namespace
}  // namespace affiant::filters::test
