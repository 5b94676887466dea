#include "knowledge/layers/host_text.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

namespace affiant::knowledge {
namespace {

std::string read(std::string_view text) {
  const auto host = host_of_list(text);
  return host ? *host : "! " + host.error().message;
}

TEST(HostOfList, IsInLowerCaseWithoutDotsAtItsEnds) {
  EXPECT_EQ(read("WWW.Shop.Example."), "www.shop.example");
  EXPECT_EQ(read(".shop.example"), "shop.example");
  EXPECT_EQ(read("_dmarc.shop-1.example"), "_dmarc.shop-1.example");
}

TEST(HostOfList, SaysWhyItIsNone) {
  for (const auto& [text, why] : std::array<std::pair<std::string, std::string>, 14>{{
           {"", "empty"},
           {".", "empty"},
           {"com", "a label alone"},
           {"a..example", "an empty label"},
           {"shop.example..", "an empty label"},
           {"shop.example:443", "a port"},
           {"192.0.2.1", "an address"},
           {"[2001:db8::1]", "an address"},
           {"1.2.3", "an address"},
           {"b\xC3\xBC\x63her.example", "not in ASCII"},
           {"shop.example/path", "no host name"},
           {"*.shop.example", "no host name"},
           {std::string(64, 'a') + ".example", "a label above 63 bytes"},
           {std::string(300, 'a'), "above 253 bytes"},
       }})
    EXPECT_EQ(read(text), "! " + why) << text;
}

TEST(HostOfList, PunycodeMustDecode) {
  // RFC 3492 section 7.1, and IDNs in use.
  for (const char* good : {"xn--bcher-kva.example", "xn--ls8h.la", "shop.xn--p1ai",
                           "xn--egbpdaj6bu4bxfgehfvwxn.example"})
    EXPECT_EQ(read(good), good);
  for (const char* bad :
       {"xn--.example", "xn--99999999.example", "xn--a-.example", "xn--_.example"})
    EXPECT_EQ(read(bad), "! xn-- that does not decode") << bad;
}

}  // namespace
}  // namespace affiant::knowledge
