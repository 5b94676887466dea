// Any line, in any engine: no crash, a trace that is never empty, one verdict, and what was stored,
// written out again as a plain line, means the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/limits.h"
#include "observe/cookie_store.h"

namespace o = affiant::observe;

namespace {

void require(bool held) {
  if (!held) std::abort();
}

void check(o::Engine engine, std::string_view line, const o::SetContext& context) {
  static const auto sites = *affiant::site::SiteTable::built_in();
  o::CookieStore store(engine, &sites);
  const auto r = store.receive(line, context);
  require(!r.trace.empty());
  require((r.refusal == o::Refusal::kNone) == (r.outcome != o::CookieStore::Outcome::kRefused));
  require(r.cookie.has_value() == (r.refusal == o::Refusal::kNone));
  require((r.refusal == o::Refusal::kNone) == o::refusal_text(r.refusal).empty());
  if (r.outcome != o::CookieStore::Outcome::kStored) {
    require(store.cookies().empty());
    return;
  }
  const o::CanonicalCookie& c = *r.cookie;
  require(c.name.size() + c.value.size() <= affiant::limits::kCookieNameValue);
  require(c.path.size() <= affiant::limits::kUrlBytes && !c.path.empty() && c.path[0] == '/');
  require(o::domain_match(context.url.host, c.domain));
  if (c.persistent)
    require(c.expires_ms <= context.now_ms + affiant::limits::kCookieMaxAgeSeconds * 1'000);

  // The canonical spelling: a nameless cookie of the standard keeps its "=", so that what it holds
  // is not split again.
  std::string again = c.name + "=" + c.value;
  if (!c.host_only) again += "; Domain=" + c.domain;
  if (r.parsed->last(o::Attribute::Kind::kPath) != nullptr) again += "; Path=" + c.path;
  if (c.secure) again += "; Secure";
  if (c.http_only) again += "; HttpOnly";
  if (c.same_site != "Default") again += "; SameSite=" + c.same_site;
  if (c.partitioned) again += "; Partitioned";
  if (c.persistent)
    again += "; Max-Age=" + std::to_string((c.expires_ms - context.now_ms + 999) / 1'000);
  const auto second = o::CookieStore(engine, &sites).receive(again, context);
  require(second.cookie.has_value());
  require(second.cookie->name == c.name && second.cookie->value == c.value);
  require(second.cookie->domain == c.domain && second.cookie->host_only == c.host_only);
  require(second.cookie->path == c.path && second.cookie->same_site == c.same_site);
  require(second.cookie->secure == c.secure && second.cookie->http_only == c.http_only);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  o::SetContext context;
  context.now_ms = 1'790'000'000'000;
  context.top_level = true;
  for (const char* url :
       {"https://www.shop.example.org/a/b", "http://localhost/", "http://127.0.0.1/x/y/z"}) {
    context.url = *affiant::site::parse_url(url);
    for (const auto engine : {o::Engine::kRfc6265bis, o::Engine::kChromium, o::Engine::kFirefox})
      check(engine, line, context);
  }
  return 0;
}
