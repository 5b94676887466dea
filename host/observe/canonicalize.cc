// RFC 6265bis section 5.7 steps 1 to 22: all that can be said about a cookie without looking into
// the jar.
#include <algorithm>

#include "base/bytes.h"
#include "base/limits.h"
#include "observe/cookie_date.h"
#include "observe/cookie_store.h"

namespace affiant::observe {
namespace {

using Kind = Attribute::Kind;

std::string shown(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

bool starts_with(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c) != lower_prefix[i])
      return false;
  }
  return true;
}

// The attribute that counts: the last of its kind that was not ignored.
const Attribute* effective(const ParsedCookie& parsed, Kind kind, Engine engine) {
  if (engine == Engine::kRfc6265bis) return parsed.last(kind);
  // Departs from step 6: in both browsers the last one written counts, and an unusable one hides
  // those before it.
  const auto it =
      std::find_if(parsed.attributes.rbegin(), parsed.attributes.rend(), [&](const Attribute& a) {
        return a.kind == kind && a.value.size() <= limits::kCookieAttributeValue;
      });
  return it == parsed.attributes.rend() || it->ignored ? nullptr : &*it;
}

struct Walk {
  const ParsedCookie& parsed;
  const SetContext& context;
  Engine engine;
  const site::SiteTable& sites;
  Trace* trace;
  CanonicalCookie cookie;

  Refusal contents();
  void expiry();
  Refusal domain();
  void path();
  Refusal secure_and_http_only();
  Refusal same_site();
  Refusal partitioned();
  Refusal prefixes();
};

// Steps 1 to 5.
Refusal Walk::contents() {
  // 1. A user agent may ignore any cookie (section 5.3): nothing here does.
  // 2. If name and value are both empty, ignore the cookie.
  if (parsed.name.empty() && parsed.value.empty()) {
    note(trace, "5.7 step 2", "refused", "name and value are both empty");
    return Refusal::kEmpty;
  }
  // Departs from step 2: Firefox stores no cookie without a name, Chromium none without a name
  // whose value holds a "=" (a server would take what precedes it for a name).
  if (parsed.name.empty() &&
      (engine == Engine::kFirefox ||
       (engine == Engine::kChromium && parsed.value.find('=') != std::string::npos))) {
    note(trace, "5.7 step 2", "refused", "the name is empty{}",
         engine == Engine::kFirefox ? "" : " and the value holds a \"=\"");
    return Refusal::kNameless;
  }
  // 3. and 4. Control characters and size: parsing (section 5.6 steps 1 and 5) has seen to both.
  // 5. A new cookie with that name and value.
  cookie.name = parsed.name;
  cookie.value = parsed.value;
  cookie.created_ms = context.now_ms;
  note(trace, "5.7 step 5", "set", "a cookie {}",
       cookie.name.empty() ? "without a name" : "named " + shown(cookie.name));
  return Refusal::kNone;
}

// Step 6.
void Walk::expiry() {
  const Attribute* max_age = effective(parsed, Kind::kMaxAge, engine);
  const Attribute* expires = effective(parsed, Kind::kExpires, engine);
  const Attribute* which = max_age != nullptr ? max_age : expires;
  if (which == nullptr) {
    note(trace, "5.7 step 6", "set", "neither Max-Age nor Expires: a session cookie");
    return;
  }
  cookie.persistent = true;
  cookie.expires_ms = which->expiry_ms;
  const bool past = cookie.expired(context.now_ms);
  note(trace, "5.7 step 6", "set", "{} decides{}: {}", max_age != nullptr ? "Max-Age" : "Expires",
       max_age != nullptr && expires != nullptr ? ", Expires does not count beside it" : "",
       past ? std::string("it is expired already") : "expires " + rfc3339(cookie.expires_ms));
}

// Steps 7 to 10.
Refusal Walk::domain() {
  const std::string& host = context.url.host;
  // 7. The last Domain attribute, or the empty string.
  const Attribute* attribute = parsed.last(Kind::kDomain);
  std::string domain = attribute == nullptr ? "" : attribute->meaning;
  // 8. If it is not all ASCII, ignore the cookie.
  if (std::any_of(domain.begin(), domain.end(),
                  [](char c) { return static_cast<unsigned char>(c) > 0x7F; })) {
    note(trace, "5.7 step 8", "refused", "Domain {} is not ASCII", shown(domain));
    return Refusal::kDomainNotAscii;
  }
  // Departs from step 10: the standard takes "Domain=." for no Domain, both browsers refuse it.
  if (engine != Engine::kRfc6265bis && attribute != nullptr && domain.empty() &&
      !attribute->value.empty()) {
    note(trace, "5.7 step 10.1", "refused", "Domain {} names no domain", shown(attribute->value));
    return Refusal::kDomainMismatch;
  }
  // A single label that no rule lists is a public suffix by the list's default rule "*".
  const bool suffix = sites.is_public_suffix(domain) || domain.find('.') == std::string::npos;
  // 9. A public suffix is refused, unless it is the host itself: then there is no Domain.
  if (!domain.empty() && suffix) {
    if (domain != host) {
      note(trace, "5.7 step 9", "refused", "Domain {} is a public suffix", shown(domain));
      return Refusal::kPublicSuffix;
    }
    note(trace, "5.7 step 9", "set",
         "Domain {} is a public suffix and the host itself: taken as no Domain", shown(domain));
    domain.clear();
  }
  // 10. The host must domain-match it.
  if (!domain.empty()) {
    if (!domain_match(host, domain)) {
      note(trace, "5.7 step 10.1", "refused", "host {} is not {} or under it", shown(host),
           shown(domain));
      return Refusal::kDomainMismatch;
    }
    cookie.host_only = false;
    cookie.domain = domain;
    note(trace, "5.7 step 10.1", "set", "sent to {}{}", printable(domain),
         site::is_ip_literal(host) ? ", an address with no hosts under it"
                                   : " and every host under it");
    return Refusal::kNone;
  }
  cookie.host_only = true;
  cookie.domain = host;
  note(trace, "5.7 step 10", "set", "no Domain: sent to {} only", printable(host));
  return Refusal::kNone;
}

// Step 11.
void Walk::path() {
  const Attribute* attribute = parsed.last(Kind::kPath);
  const bool said = attribute != nullptr && !attribute->meaning.empty();
  cookie.path = said ? attribute->meaning : default_path(context.url.path);
  note(trace, "5.7 step 11", "set", "path {}{}", shown(cookie.path),
       said ? "" : ", from the directory of the URL");
}

// Steps 12 to 15. Step 16 needs the jar.
Refusal Walk::secure_and_http_only() {
  // 12. and 13. Secure cookies come over secure connections only.
  cookie.secure = parsed.last(Kind::kSecure) != nullptr;
  const bool secure = is_secure(context.url, engine);
  if (cookie.secure && !secure) {
    note(trace, "5.7 step 13", "refused", "Secure, but {} is not a secure connection",
         printable(context.url.origin()));
    return Refusal::kSecureFromInsecure;
  }
  note(trace, "5.7 step 12", "set", "{}",
       !cookie.secure ? "not Secure: sent over insecure connections as well"
       : context.url.scheme == "https" || context.url.scheme == "wss"
           ? "Secure: sent over secure connections only"
           : "Secure: this engine trusts loopback hosts");
  // 14. and 15. HttpOnly cookies do not come from scripts.
  cookie.http_only = parsed.last(Kind::kHttpOnly) != nullptr;
  if (cookie.http_only && context.from_script) {
    note(trace, "5.7 step 15", "refused", "HttpOnly, but a script sets it");
    return Refusal::kHttpOnlyFromScript;
  }
  note(trace, "5.7 step 14", "set", "{}",
       cookie.http_only ? "HttpOnly: scripts cannot read it" : "not HttpOnly: scripts can read it");
  return Refusal::kNone;
}

// Steps 17 to 19.
Refusal Walk::same_site() {
  // 17. The last SameSite attribute.
  if (const Attribute* attribute = parsed.last(Kind::kSameSite))
    cookie.same_site = attribute->meaning;
  // Departs from step 17: Firefox has no Lax by default; a cookie that does not say is sent and set
  // across sites.
  const bool open =
      cookie.same_site == "None" || (cookie.same_site == "Default" && engine == Engine::kFirefox);
  note(trace, "5.7 step 17", "set", "SameSite is {}{}", cookie.same_site,
       cookie.same_site != "Default" ? ""
       : engine == Engine::kFirefox  ? ", which Firefox treats like None"
                                     : ", which is treated like Lax");
  // 18. Unless it is None, it must come from a same-site request, document, or top-level
  // navigation.
  if (!open) {
    if (!context.same_site && (context.from_script || !context.top_level)) {
      note(trace, context.from_script ? "5.7 step 18.1" : "5.7 step 18.4", "refused",
           "it is set across sites");
      return Refusal::kCrossSite;
    }
    note(trace, context.same_site ? "5.7 step 18.2" : "5.7 step 18.3", "go on", "{}",
         context.same_site ? "set from the same site" : "set by a navigation of the page itself");
  }
  // 19. None needs Secure.
  if (cookie.same_site == "None" && !cookie.secure) {
    note(trace, "5.7 step 19", "refused", "SameSite=None without Secure");
    return Refusal::kSameSiteNoneInsecure;
  }
  return Refusal::kNone;
}

// CHIPS section 2.1: not in RFC 6265bis, but in both browsers.
Refusal Walk::partitioned() {
  if (parsed.last(Kind::kPartitioned) == nullptr) return Refusal::kNone;
  if (engine == Engine::kRfc6265bis) {
    note(trace, "CHIPS 2.1", "ignored", "Partitioned is no attribute of RFC 6265bis");
    return Refusal::kNone;
  }
  if (!cookie.secure) {
    note(trace, "CHIPS 2.1", "refused", "Partitioned without Secure");
    return Refusal::kPartitionedInsecure;
  }
  cookie.partitioned = true;
  note(trace, "CHIPS 2.1", "set", "Partitioned: kept apart for each top-level site");
  return Refusal::kNone;
}

// Steps 20 to 22.
Refusal Walk::prefixes() {
  const bool http = cookie.http_only && !context.from_script;
  const bool host = cookie.secure && cookie.host_only && parsed.last(Kind::kDomain) == nullptr &&
                    parsed.last(Kind::kPath) != nullptr && cookie.path == "/";
  // 20. __Secure- in any letter case.
  if (starts_with(cookie.name, "__secure-") && !cookie.secure) {
    note(trace, "5.7 step 20", "refused", "the name starts with __Secure- but there is no Secure");
    return Refusal::kPrefixSecure;
  }
  // 21. __Host- in any letter case.
  if (starts_with(cookie.name, "__host-") && !host) {
    note(trace, "5.7 step 21", "refused",
         "the name starts with __Host- but Secure, Path=/ or the absence of Domain is missing");
    return Refusal::kPrefixHost;
  }
  // Departs from step 21: both browsers enforce two more prefixes.
  const bool more = engine != Engine::kRfc6265bis;
  if (more && starts_with(cookie.name, "__http-") && !(cookie.secure && http)) {
    note(trace, "5.7 step 21", "refused",
         "the name starts with __Http- but Secure or HttpOnly is missing, or a script sets it");
    return Refusal::kPrefixHttp;
  }
  if (more && starts_with(cookie.name, "__host-http-") && !(host && http)) {
    note(trace, "5.7 step 21", "refused",
         "the name starts with __Host-Http- but HttpOnly is missing, or a script sets it");
    return Refusal::kPrefixHostHttp;
  }
  // 22. A nameless cookie whose value imitates a prefix would be sent looking like the real one.
  if (cookie.name.empty()) {
    for (const std::string_view prefix : {"__secure-", "__host-", "__http-"})
      if (starts_with(cookie.value, prefix) && (more || prefix != "__http-")) {
        note(trace, "5.7 step 22", "refused",
             "it has no name and its value starts with a protected prefix");
        return Refusal::kPrefixNameless;
      }
  }
  if (starts_with(cookie.name, "__"))
    note(trace, "5.7 step 21", "go on", "the name breaks no rule of a protected prefix");
  return Refusal::kNone;
}

}  // namespace

Canonical canonicalize(const ParsedCookie& parsed, const SetContext& context, Engine engine,
                       const site::SiteTable& sites, Trace* trace) {
  Walk walk{parsed, context, engine, sites, trace, {}};
  Canonical result;
  const auto stop = [&](Refusal refusal) {
    result.refusal = refusal;
    return refusal != Refusal::kNone;
  };
  if (!stop(walk.contents())) {
    walk.expiry();
    if (!stop(walk.domain())) {
      walk.path();
      result.located = true;
      if (!stop(walk.secure_and_http_only()) && !stop(walk.same_site()) &&
          !stop(walk.partitioned()))
        stop(walk.prefixes());
    }
  }
  result.cookie = std::move(walk.cookie);
  return result;
}

}  // namespace affiant::observe
