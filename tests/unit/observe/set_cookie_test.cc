#include "observe/set_cookie.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/limits.h"
#include "observe/cookie_date.h"
#include "observe/cookie_store.h"
#include "shared_data.h"

namespace affiant::observe {
namespace {

constexpr std::int64_t kNow = 1'790'000'000'000;

const site::SiteTable& sites() {
  static const site::SiteTable table = *site::SiteTable::built_in();
  return table;
}

SetContext from(const std::string& url) {
  SetContext context;
  context.url = *site::parse_url(url);
  context.now_ms = kNow;
  context.top_level = true;
  return context;
}

SendContext to(const std::string& url) {
  SendContext context;
  context.url = *site::parse_url(url);
  context.now_ms = kNow;
  return context;
}

CookieStore::Received one(std::string_view line,
                          const std::string& url = "https://www.shop.test/a/b",
                          Engine engine = Engine::kRfc6265bis) {
  CookieStore store(engine, &sites());
  return store.receive(line, from(url));
}

// What the next request carries.
std::string jar(const std::vector<std::string>& lines, Engine engine,
                const std::string& url = "https://www.shop.test/a/b") {
  CookieStore store(engine, &sites());
  for (const std::string& line : lines) store.receive(line, from(url));
  return store.cookie_header(to(url));
}

TEST(SetCookie, SaidAndMeantAreTwoThings) {
  const auto r =
      one(" id = 7 ; PATH=/x; Domain=.Shop.TEST ; max-age=60; junk; Secure=no; samesite=LAX");
  ASSERT_TRUE(r.parsed);
  EXPECT_EQ(r.parsed->name, "id");
  EXPECT_EQ(r.parsed->value, "7");
  ASSERT_EQ(r.parsed->attributes.size(), 6U);
  EXPECT_EQ(r.parsed->attributes[1].value, ".Shop.TEST");
  EXPECT_TRUE(r.parsed->attributes[3].ignored);
  ASSERT_TRUE(r.cookie);
  EXPECT_EQ(r.cookie->domain, "shop.test");
  EXPECT_EQ(r.cookie->browser_domain(), ".shop.test");
  EXPECT_FALSE(r.cookie->host_only);
  EXPECT_EQ(r.cookie->path, "/x");
  EXPECT_TRUE(r.cookie->secure);
  EXPECT_EQ(r.cookie->same_site, "Lax");
  EXPECT_EQ(r.cookie->expires_ms, kNow + 60'000);
  EXPECT_EQ(r.outcome, CookieStore::Outcome::kStored);
}

TEST(SetCookie, EveryStepIsTold) {
  const auto r = one("id=7; Domain=other.test");
  ASSERT_FALSE(r.trace.empty());
  EXPECT_EQ(r.trace.front().number, "5.6 step 1");
  EXPECT_EQ(r.trace.back().number, "5.7 step 10.1");
  EXPECT_EQ(r.trace.back().outcome, "refused");
  EXPECT_EQ(r.refusal, Refusal::kDomainMismatch);
}

TEST(SetCookie, RefusalsNameTheirReason) {
  const std::string https = "https://www.shop.test/";
  const std::string http = "http://www.shop.test/";
  const struct {
    std::string line, url;
    Refusal refusal;
  } cases[] = {
      {"a=b\x01", https, Refusal::kControlCharacter},
      {"a=b; Path=/\x7f", https, Refusal::kControlCharacter},
      {"=", https, Refusal::kEmpty},
      {"", https, Refusal::kEmpty},
      {"; Path=/", https, Refusal::kEmpty},
      {"a=" + std::string(4096, 'x'), https, Refusal::kTooLarge},
      {"a=b; Domain=\xC3\xA9.test", https, Refusal::kDomainNotAscii},
      {"a=b; Domain=com", "https://shop.com/", Refusal::kPublicSuffix},
      {"a=b; Domain=co.uk", "https://shop.co.uk/", Refusal::kPublicSuffix},
      {"a=b; Domain=github.io", "https://me.github.io/", Refusal::kPublicSuffix},
      {"a=b; Domain=test", https, Refusal::kPublicSuffix},
      {"a=b; Domain=shop.test.", https, Refusal::kDomainMismatch},
      {"a=b; Domain=op.test", https, Refusal::kDomainMismatch},
      {"a=b; Domain=x.www.shop.test", https, Refusal::kDomainMismatch},
      {"a=b; Domain=0.0.1", "https://127.0.0.1/", Refusal::kDomainMismatch},
      {"a=b; Secure", http, Refusal::kSecureFromInsecure},
      {"a=b; SameSite=None", https, Refusal::kSameSiteNoneInsecure},
      {"__Secure-a=b", https, Refusal::kPrefixSecure},
      {"__sEcUrE-a=b", https, Refusal::kPrefixSecure},
      {"__Host-a=b; Secure", https, Refusal::kPrefixHost},
      {"__HOST-a=b; Secure; Path=/; Domain=www.shop.test", https, Refusal::kPrefixHost},
      {"__Host-a=b; Secure; Path=/x", https, Refusal::kPrefixHost},
      {"=__Host-a", https, Refusal::kPrefixNameless},
      {"__Secure-a", https, Refusal::kPrefixNameless},
  };
  for (const auto& c : cases)
    EXPECT_EQ(one(c.line, c.url).refusal, c.refusal) << c.line.substr(0, 60);
}

TEST(SetCookie, BrowsersEnforceTheNewerPrefixes) {
  for (const Engine engine : {Engine::kChromium, Engine::kFirefox}) {
    const std::string url = "https://www.shop.test/";
    EXPECT_EQ(one("__Http-a=b; Secure", url, engine).refusal, Refusal::kPrefixHttp);
    EXPECT_EQ(one("__http-a=b; HttpOnly", url, engine).refusal, Refusal::kPrefixHttp);
    EXPECT_EQ(one("__Http-a=b; Secure; HttpOnly", url, engine).refusal, Refusal::kNone);
    EXPECT_EQ(one("__Host-Http-a=b; Secure; Path=/", url, engine).refusal,
              Refusal::kPrefixHostHttp);
    EXPECT_EQ(one("__Host-Http-a=b; Secure; Path=/; HttpOnly", url, engine).refusal,
              Refusal::kNone);
    EXPECT_EQ(one("a=b; Partitioned", url, engine).refusal, Refusal::kPartitionedInsecure);
    EXPECT_TRUE(one("a=b; Partitioned; Secure", url, engine).cookie->partitioned);
  }
  EXPECT_FALSE(one("a=b; Partitioned; Secure").cookie->partitioned);
}

TEST(SetCookie, APublicSuffixMaySetACookieForItself) {
  const auto r = one("a=b; Domain=github.io", "https://github.io/");
  ASSERT_TRUE(r.cookie);
  EXPECT_TRUE(r.cookie->host_only);
}

TEST(SetCookie, MaxAgeBeatsExpiresAndBothAreCapped) {
  EXPECT_EQ(one("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT").cookie->expires_ms,
            kNow + 60'000);
  EXPECT_EQ(one("a=b; Max-Age=99999999999999999999").cookie->expires_ms,
            kNow + limits::kCookieMaxAgeSeconds * 1000);
  EXPECT_EQ(one("a=b; Expires=Fri, 31 Dec 9999 23:59:59 GMT").cookie->expires_ms,
            kNow + limits::kCookieMaxAgeSeconds * 1000);
  EXPECT_EQ(one("a=b; Max-Age=34560000").cookie->expires_ms, kNow + 34'560'000'000);
  for (const char* text :
       {"Max-Age=0", "Max-Age=-1", "Max-Age=-99999999999999999999", "Max-Age=000"})
    EXPECT_EQ(one(std::string("a=b; ") + text).outcome, CookieStore::Outcome::kDeleted) << text;
  for (const char* text :
       {"Max-Age=", "Max-Age=x", "Max-Age=1x", "Max-Age=+1", "Max-Age=-", "Max-Age=1 2"})
    EXPECT_FALSE(one(std::string("a=b; ") + text).cookie->persistent) << text;
}

TEST(SetCookie, SizesAreCountedInBytesAtTheEdge) {
  EXPECT_EQ(one("a=" + std::string(4095, 'x')).refusal, Refusal::kNone);
  EXPECT_EQ(one("a=b; Path=/" + std::string(1023, 'p')).cookie->path.size(), 1024U);
  EXPECT_EQ(one("a=b; Path=/" + std::string(1024, 'p')).cookie->path, "/a");
}

TEST(SetCookie, AScriptMayNotTouchHttpOnly) {
  CookieStore store(Engine::kChromium, &sites());
  SetContext script = from("https://www.shop.test/");
  script.from_script = true;
  EXPECT_EQ(store.receive("a=1; HttpOnly", script).refusal, Refusal::kHttpOnlyFromScript);
  EXPECT_EQ(store.receive("a=1; HttpOnly; Path=/", from("https://www.shop.test/")).refusal,
            Refusal::kNone);
  EXPECT_EQ(store.receive("a=2; Path=/", script).refusal, Refusal::kOverHttpOnly);
  EXPECT_EQ(store.cookie_header(to("https://www.shop.test/")), "a=1");
}

TEST(SetCookie, AnInsecurePageLeavesSecureCookiesAlone) {
  CookieStore store(Engine::kChromium, &sites());
  store.receive("a=1; Secure; Path=/login", from("https://www.shop.test/"));
  const SetContext http = from("http://www.shop.test/");
  EXPECT_EQ(store.receive("a=2; Path=/login/en", http).refusal, Refusal::kOverSecure);
  EXPECT_EQ(store.receive("a=2; Domain=shop.test; Path=/login", http).refusal,
            Refusal::kOverSecure);
  EXPECT_EQ(store.receive("a=2; Path=/", http).refusal, Refusal::kNone);
  EXPECT_EQ(store.receive("b=2; Path=/login", http).refusal, Refusal::kNone);
}

TEST(SetCookie, AcrossSitesOnlyNoneIsSetAndFirefoxHasNoLaxByDefault) {
  SetContext foreign = from("https://tracker.test/p.gif");
  foreign.same_site = false;
  foreign.top_level = false;
  const auto refusal = [&](Engine engine, const char* line) {
    return CookieStore(engine, &sites()).receive(line, foreign).refusal;
  };
  EXPECT_EQ(refusal(Engine::kChromium, "a=b"), Refusal::kCrossSite);
  EXPECT_EQ(refusal(Engine::kRfc6265bis, "a=b"), Refusal::kCrossSite);
  EXPECT_EQ(refusal(Engine::kFirefox, "a=b"), Refusal::kNone);
  EXPECT_EQ(refusal(Engine::kFirefox, "a=b; SameSite=Lax"), Refusal::kCrossSite);
  EXPECT_EQ(refusal(Engine::kChromium, "a=b; SameSite=None; Secure"), Refusal::kNone);
  foreign.top_level = true;
  EXPECT_EQ(refusal(Engine::kChromium, "a=b; SameSite=Strict"), Refusal::kNone);
}

TEST(SetCookie, LoopbackIsSecureToBrowsersOnly) {
  for (const char* url :
       {"http://localhost:8080/", "http://shop.localhost/", "http://127.0.0.1/", "http://[::1]/"}) {
    EXPECT_EQ(one("a=b; Secure", url, Engine::kChromium).refusal, Refusal::kNone) << url;
    EXPECT_EQ(one("a=b; Secure", url, Engine::kFirefox).refusal, Refusal::kNone) << url;
    EXPECT_EQ(one("a=b; Secure", url).refusal, Refusal::kSecureFromInsecure) << url;
  }
  EXPECT_EQ(one("a=b; Secure", "http://127.0.0.1.evil.test/", Engine::kChromium).refusal,
            Refusal::kSecureFromInsecure);
}

TEST(CookieHeader, LongerPathsThenOlderCookiesComeFirst) {
  EXPECT_EQ(
      jar({"r=1; Path=/", "deep=1; Path=/a/b", "mid=1; Path=/a", "r2=1; Path=/", "r=2; Path=/"},
          Engine::kRfc6265bis),
      "deep=1; mid=1; r=2; r2=1");
}

TEST(CookieHeader, NamelessCookiesAreSentAsTheirValue) {
  EXPECT_EQ(jar({"token"}, Engine::kRfc6265bis), "token");
  EXPECT_EQ(jar({"token="}, Engine::kRfc6265bis), "token=");
  EXPECT_EQ(jar({"token"}, Engine::kFirefox), "token=");
}

TEST(CookieHeader, AcrossSitesLaxGoesWithNavigationsOnly) {
  CookieStore store(Engine::kChromium, &sites());
  for (const char* line :
       {"s=1; SameSite=Strict", "l=1; SameSite=Lax", "d=1", "n=1; SameSite=None; Secure"})
    store.receive(line, from("https://www.shop.test/"));
  SendContext send = to("https://www.shop.test/");
  EXPECT_EQ(store.cookie_header(send), "s=1; l=1; d=1; n=1");
  send.same_site = false;
  EXPECT_EQ(store.cookie_header(send), "n=1");
  send.top_level_get = true;
  EXPECT_EQ(store.cookie_header(send), "l=1; d=1; n=1");
}

TEST(CookieHeader, ExpiredCookiesAreNotSent) {
  CookieStore store(Engine::kRfc6265bis, &sites());
  store.receive("a=b; Max-Age=10", from("https://www.shop.test/"));
  SendContext send = to("https://www.shop.test/");
  send.now_ms = kNow + 9'999;
  EXPECT_EQ(store.cookie_header(send), "a=b");
  send.now_ms = kNow + 10'000;
  EXPECT_EQ(store.cookie_header(send), "");
}

// measured.tsv

std::string unescape(std::string text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 3, "{x*") == 0) {
      const std::size_t end = text.find('}', i);
      out.append(static_cast<std::size_t>(std::stoul(text.substr(i + 3, end - i - 3))), 'x');
      i = end;
    } else if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 't') {
      out += '\t';
      ++i;
    } else if (text[i] == '\\' && text.compare(i, 2, "\\x") == 0) {
      out += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      out += text[i];
    }
  }
  for (std::size_t at; (at = out.find("HOST")) != std::string::npos;)
    out.replace(at, 4, "c1.localhost");
  return out;
}

std::vector<std::string> split(const std::string& text, const std::string& by) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find(by, at)) != std::string::npos; at = end + by.size())
    parts.push_back(text.substr(at, end - at));
  parts.push_back(text.substr(at));
  return parts;
}

void compare_with(Engine engine, std::size_t column) {
  std::ifstream in(std::filesystem::path(AFFIANT_SOURCE_DIR) / "tests/unit/observe/measured.tsv");
  std::size_t compared = 0;
  for (std::string row; std::getline(in, row);) {
    if (row.rfind("#", 0) == 0) continue;
    const auto cells = split(row, "\t");
    ASSERT_GE(cells.size(), 3U) << row;
    std::vector<std::string> lines;
    for (const auto& line : split(cells[0], " || ")) lines.push_back(unescape(line));
    CookieStore store(engine, &sites());
    for (const auto& line : lines) store.receive(line, from("http://c1.localhost:8080/dir/1"));
    SendContext send = to("http://c1.localhost:8080/dir/1");
    send.same_site = false;
    send.top_level_get = true;
    const std::string wanted = cells[column] == "-" ? "" : unescape(cells[column]);
    const std::string got = store.cookie_header(send);
    ++compared;
    if (engine == Engine::kFirefox && cells.size() > 3) {
      EXPECT_EQ(cells[3], "dates") << "an unknown mark: " << row;
      EXPECT_NE(got, wanted) << "no difference any more, take the mark away: " << row;
    } else {
      EXPECT_EQ(got, wanted) << row.substr(0, 200);
    }
  }
  EXPECT_GT(compared, 150U);
}

TEST(Measured, ChromiumProfileStoresWhatChromiumStored) { compare_with(Engine::kChromium, 1); }
TEST(Measured, FirefoxProfileStoresWhatFirefoxStored) { compare_with(Engine::kFirefox, 2); }

}  // namespace
}  // namespace affiant::observe
