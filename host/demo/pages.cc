#include "demo/pages.h"

#include <fmt/format.h>

#include <random>

#include "base/bytes.h"
#include "demo/demo.h"

namespace affiant::demo {
namespace {

constexpr int kDay = 86'400;

// As every tracker does: 64 random bits that are only good for recognising someone.
std::string identifier() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

void replace_all(std::string* text, std::string_view from, std::string_view to) {
  for (std::size_t at = text->find(from); at != std::string::npos;
       at = text->find(from, at + to.size()))
    text->replace(at, from.size(), to);
}

const std::string& pixel() {
  static const std::string bytes = [] {
    const auto raw = base64_decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==");
    return raw ? std::string(as_text(*raw)) : std::string();
  }();
  return bytes;
}

Answer script(std::string body) {
  return {.type = "text/javascript", .body = std::move(body), .location = {}, .cookies = {}};
}

// Sets an identifier in the shop's own name, tells the tracker about the page, and leaves.
constexpr std::string_view kTrackerJs = R"js((() => {
  'use strict';
  const known = /(?:^|; )_lt_id=([0-9a-f]+)/.exec(document.cookie);
  const id = known ? known[1] : Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, '0')).join('');
  document.cookie = `_lt_id=${id}; path=/; max-age=${395 * 86400}; SameSite=Lax`;
  new Image().src = `http://{tracker}/p.gif?id=${id}&page=${encodeURIComponent(location.href)}`;
})();
)js";

constexpr std::string_view kOffer =
    R"html(<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Offer</title>
<style>body{margin:0;font:15px/1.4 system-ui,sans-serif;background:#f3e6cf;color:#35261c;display:grid;place-items:center;height:90px;border-radius:10px;text-align:center}</style></head>
<body><p>Offer of the week: <b>two lamps, one wick</b></p>
<script>
document.cookie = 'ads_frame=' + Date.now().toString(36) + '; path=/; max-age=2592000; SameSite=None; Secure';
localStorage.setItem('ads.freq', '1');
</script></body></html>
)html";

Answer tracker(std::string_view path) {
  if (path == "/t.js") return script(std::string(kTrackerJs));
  if (path == "/p.gif")
    return {.status = 302,
            .type = "text/plain",
            .body = {},
            .location = "http://{ads}/sync.gif?partner=lt",
            .cookies = {fmt::format("lt_uid={}; Path=/; Max-Age={}; SameSite=None; Secure",
                                    identifier(), 395 * kDay)}};
  return {.status = 404, .type = "text/plain", .body = "not here\n", .location = {}, .cookies = {}};
}

Answer ads(std::string_view path) {
  if (path == "/sync.gif")
    return {
        .type = "image/gif",
        .body = pixel(),
        .location = {},
        .cookies = {fmt::format("ad_uid={}; Path=/; Max-Age={}; SameSite=None; Secure; HttpOnly",
                                identifier(), 365 * kDay)}};
  if (path == "/offer.html")
    return {.body = std::string(kOffer),
            .location = {},
            .cookies = {
                fmt::format("ads_seen={}; Path=/; Max-Age={}; SameSite=None; Secure; Partitioned",
                            identifier(), 30 * kDay),
                fmt::format("ads_id={}; Path=/; Max-Age={}; SameSite=None; Secure", identifier(),
                            365 * kDay)}};
  return {.status = 404, .type = "text/plain", .body = "not here\n", .location = {}, .cookies = {}};
}

Answer fonts(std::string_view path) {
  if (path == "/type.css")
    return {.type = "text/css",
            .body =
                "body{font-family:Iowan Old Style,Palatino,Georgia,serif}nav,.button,.kicker{font-"
                "family:system-ui,sans-serif}\n",
            .location = {},
            .cookies = {}};
  return {.status = 404, .type = "text/plain", .body = "not here\n", .location = {}, .cookies = {}};
}

Answer shop(std::string_view path) {
  Answer page = shop_page(path);
  if (path == "/")
    page.cookies = {
        fmt::format("session_id={}; Path=/; HttpOnly; SameSite=Lax", identifier()),
        // Declared for 30 days.
        fmt::format("visitor={}; Path=/; Max-Age={}; SameSite=Lax", identifier(), 400 * kDay),
        fmt::format("basket=0; Path=/; Max-Age={}; SameSite=Lax", 7 * kDay)};
  return page;
}

}  // namespace

Answer answer(std::string_view host, std::string_view path, std::uint16_t port) {
  Answer result;
  if (host == kShop)
    result = shop(path);
  else if (host == kTracker)
    result = tracker(path);
  else if (host == kAds)
    result = ads(path);
  else if (host == kFonts)
    result = fonts(path);
  else
    return {.status = 421,
            .type = "text/plain",
            .body = fmt::format("The demo shop is at http://{}:{}/\n", kShop, port),
            .location = {},
            .cookies = {}};
  for (const auto& [mark, name] :
       {std::pair{"{tracker}", kTracker}, std::pair{"{ads}", kAds}, std::pair{"{fonts}", kFonts}}) {
    const std::string with_port = fmt::format("{}:{}", name, port);
    replace_all(&result.body, mark, with_port);
    replace_all(&result.location, mark, with_port);
  }
  return result;
}

}  // namespace affiant::demo
