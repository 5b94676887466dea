#include "browser/map_rule.h"

#include <gtest/gtest.h>

namespace affiant::browser {
namespace {

MapRule rule(std::string_view text) {
  auto parsed = parse_map_rule(text);
  EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
  return parsed.value_or(MapRule{});
}

TEST(MapRule, WithoutAPortCoversEveryPort) {
  const MapRule r = rule("Shop.Example=127.0.0.1:8443");
  EXPECT_EQ(r.host, "shop.example");
  EXPECT_EQ(r.address, "127.0.0.1");
  EXPECT_EQ(r.to_port, 8443);
  EXPECT_TRUE(covers(r, "SHOP.example", 80));
  EXPECT_TRUE(covers(r, "shop.example", 443));
  EXPECT_FALSE(covers(r, "www.shop.example", 443));
}

TEST(MapRule, WithAPortCoversThatPortOnly) {
  const MapRule r = rule("shop.example:443=127.0.0.1:8443");
  EXPECT_TRUE(covers(r, "shop.example", 443));
  EXPECT_FALSE(covers(r, "shop.example", 80));
}

TEST(MapRule, AWildcardCoversAllHostsBelowButNotTheDomainItself) {
  const MapRule r = rule("*.shop.example=[::1]:8443");
  EXPECT_TRUE(covers(r, "a.b.shop.example", 443));
  EXPECT_FALSE(covers(r, "shop.example", 443));
  EXPECT_FALSE(covers(r, "xshop.example", 443));
  EXPECT_EQ(r.address, "::1");
}

TEST(MapRule, WhatMeansNothingIsRefusedAndTheTextNamed) {
  for (const char* text :
       {"", "=", "nonsense", "shop.example=", "shop.example=127.0.0.1", "shop.example=127.0.0.1:0",
        "shop.example=127.0.0.1:65536", "shop.example=:80", "=127.0.0.1:80",
        "*shop.example=1.2.3.4:80", "a.*.example=1.2.3.4:80", "shop.example:x=1.2.3.4:80",
        "shop example=1.2.3.4:80", "shop.example=::1:80", "shop.example=[zz]:80",
        "a,MAP * 6.6.6.6=1.2.3.4:80", "shop.example=1.2.3.4:80, MAP * 6.6.6.6:80", "*.=1.2.3.4:80",
        "*.*=1.2.3.4:80"}) {
    const auto parsed = parse_map_rule(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Code::kUsage);
    EXPECT_NE(parsed.error().message.find("--map"), std::string::npos);
  }
}

TEST(MapRule, ChromiumRulesKeepOrderPortsAndBrackets) {
  EXPECT_EQ(host_resolver_rules({rule("a.test=127.0.0.1:1"), rule("*.b.test:443=[::1]:2")}),
            "MAP a.test 127.0.0.1:1, MAP *.b.test:443 [::1]:2");
}

TEST(MapRule, TheProxyScriptNamesEveryRuleAndThePort) {
  const std::string script =
      proxy_script({rule("a.test=127.0.0.1:1"), rule("*.b.test:443=[::1]:2")}, 9);
  EXPECT_NE(script.find("[\"a.test\",0],[\"*.b.test\",443]"), std::string::npos) << script;
  EXPECT_NE(script.find("SOCKS5 127.0.0.1:9"), std::string::npos);
}

}  // namespace
}  // namespace affiant::browser
