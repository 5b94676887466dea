#include "demo/demo.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>
#include <string>

#include "demo/pages.h"

namespace affiant::demo {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string fetch(std::uint16_t port, std::string_view host, std::string_view path) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  const std::string request = "GET " + std::string(path) +
                              " HTTP/1.1\r\nHost: " + std::string(host) + ":" +
                              std::to_string(port) + "\r\nConnection: close\r\n\r\n";
  send(fd, request.data(), request.size(), 0);
  std::string answer;
  char chunk[4096];
  for (ssize_t got = 0; (got = recv(fd, chunk, sizeof(chunk), 0)) > 0;)
    answer.append(chunk, static_cast<std::size_t>(got));
  close(fd);
  return answer;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Demo, TheHostHeaderDecidesWhichSiteAnswers) {
  const auto server = DemoServer::start(0);
  ASSERT_TRUE(server) << server.error().message;
  const std::uint16_t port = (*server)->port();
  EXPECT_EQ((*server)->url(), "http://shop.localhost:" + std::to_string(port) + "/");
  const std::string shop = fetch(port, "shop.localhost", "/");
  EXPECT_THAT(shop, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(count(shop, "Set-Cookie: "), 3U);
  EXPECT_THAT(shop, HasSubstr("http://tracker.localhost:" + std::to_string(port) + "/t.js"));
  EXPECT_THAT(fetch(port, "tracker.localhost", "/t.js"), HasSubstr("_lt_id"));
  EXPECT_THAT(fetch(port, "evil.example", "/"), StartsWith("HTTP/1.1 421"));
}

TEST(Demo, ThePixelRedirectsToAnotherSiteAndBothSetAnIdentifier) {
  const Answer pixel = answer(kTracker, "/p.gif", 8080);
  EXPECT_EQ(pixel.status, 302);
  EXPECT_THAT(pixel.location, StartsWith("http://cdn-ads.localhost:8080/sync.gif"));
  EXPECT_THAT(pixel.cookies, Contains(StartsWith("lt_uid=")));
  const Answer sync = answer(kAds, "/sync.gif", 8080);
  EXPECT_EQ(sync.type, "image/gif");
  EXPECT_THAT(sync.body, StartsWith("GIF89a"));
  EXPECT_THAT(sync.cookies,
              Contains(AllOf(StartsWith("ad_uid="), HasSubstr("SameSite=None; Secure"))));
}

TEST(Demo, IdentifiersDifferFromOneVisitorToTheNext) {
  std::set<std::string> seen;
  for (int i = 0; i < 50; ++i) seen.insert(answer(kAds, "/sync.gif", 1).cookies.at(0));
  EXPECT_EQ(seen.size(), 50U);
}

TEST(Demo, NoMarkOfATemplateIsLeftOnAnyPage) {
  for (const char* path : {"/", "/lamps", "/blankets", "/about", "/privacy", "/cookies", "/none"}) {
    const Answer page = answer(kShop, path, 8080);
    for (const char* mark : {"{tracker}", "{ads}", "{fonts}", "{title}"})
      EXPECT_THAT(page.body, Not(HasSubstr(mark))) << path;
  }
}

// The list that a canary relies on must itself be true of the pages.
TEST(Demo, EveryItemOfTheTruthIsServed) {
  std::string everything;
  for (const std::string_view host : {kShop, kTracker, kAds, kFonts})
    for (const char* path : {"/", "/shop.js", "/t.js", "/offer.html", "/cookies", "/privacy"}) {
      const Answer page = answer(host, path, 8080);
      everything += page.body;
      for (const std::string& cookie : page.cookies) everything += cookie;
    }
  for (const Truth& truth : demo_truth()) {
    SCOPED_TRACE(std::string(truth.words));
    const std::string name(truth.name);
    switch (truth.what) {
      case What::kHeaderCookie: {
        std::vector<std::string> all;
        for (const char* path : {"/", "/p.gif", "/sync.gif", "/offer.html"})
          for (const std::string& line : answer(truth.host, path, 8080).cookies)
            all.push_back(line);
        EXPECT_THAT(all, Contains(StartsWith(name + "=")));
        break;
      }
      case What::kRequest:
      case What::kPolicyPage:
        EXPECT_EQ(answer(truth.host, truth.name, 8080).status, 200);
        break;
      case What::kRedirect:
        EXPECT_THAT(answer(truth.host, truth.name, 8080).location,
                    HasSubstr(std::string(truth.other)));
        break;
      default:
        EXPECT_THAT(everything, HasSubstr(name));
    }
  }
}

TEST(Demo, APortThatIsTakenIsAnErrorThatNamesIt) {
  const auto first = DemoServer::start(0);
  ASSERT_TRUE(first);
  const auto second = DemoServer::start((*first)->port());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kNetwork);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string((*first)->port())));
}

}  // namespace
}  // namespace affiant::demo
