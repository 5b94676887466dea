// What a Set-Cookie line means: the storage model of RFC 6265bis (section 5.7), as a small jar, and
// the Cookie header of a later request (section 5.8). Not thread-safe; the site table must outlive
// the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "observe/set_cookie.h"
#include "site/site.h"

namespace affiant::observe {

// Who receives the line, and from where.
struct SetContext {
  site::Url url;             // The request-uri, or the URL of the document whose script speaks.
  std::int64_t now_ms = 0;   // UTC.
  bool from_script = false;  // A "non-HTTP" API.
  bool same_site =
      true;  // The request, or the document, is same-site with the top-level page and all between.
  bool top_level = false;  // The request navigates a top-level page.
};

struct CanonicalCookie {
  std::string name, value;
  std::string domain;  // Without a leading dot.
  std::string path = "/";
  bool host_only = true, secure = false, http_only = false, partitioned = false, persistent = false;
  std::string same_site = "Default";  // "Strict", "Lax", "None", "Default".
  std::int64_t created_ms = 0;
  std::int64_t expires_ms = 0;  // Persistent cookies only.
  bool expired(std::int64_t now_ms) const { return persistent && expires_ms <= now_ms; }
  // As cookies.getAll spells it: the host when host-only, else with a leading dot.
  std::string browser_domain() const { return host_only ? domain : "." + domain; }
};

// Steps 1 to 22 of section 5.7, without a jar: what the cookie would be, and whether it is refused
// by itself. `cookie` is filled as far as the algorithm got; `located` says that name, domain and
// path are there.
struct Canonical {
  CanonicalCookie cookie;
  Refusal refusal = Refusal::kNone;
  bool located = false;
};
Canonical canonicalize(const ParsedCookie& parsed, const SetContext& context, Engine engine,
                       const site::SiteTable& sites, Trace* trace = nullptr);

// Whether the engine treats a URL as a "secure" connection (section 5.7 step 13 leaves it to the
// user agent): https and wss; for browsers http on loopback names and addresses as well.
bool is_secure(const site::Url& url, Engine engine);

// Section 5.1.3 and 5.1.4. Hosts in lower case.
bool domain_match(std::string_view host, std::string_view domain);
bool path_match(std::string_view request_path, std::string_view cookie_path);
std::string default_path(std::string_view url_path);

struct SendContext {
  site::Url url;
  std::int64_t now_ms = 0;
  bool same_site = true;
  bool top_level_get = false;  // A top-level navigation with a safe method.
};

class CookieStore {
 public:
  CookieStore(Engine engine, const site::SiteTable* sites) : engine_(engine), sites_(sites) {}

  enum class Outcome : std::uint8_t { kStored, kReplaced, kDeleted, kRefused };
  struct Received {
    std::optional<ParsedCookie> parsed;     // Nothing when section 5.6 refused the line.
    std::optional<CanonicalCookie> cookie;  // Nothing when refused.
    Refusal refusal = Refusal::kNone;
    Outcome outcome =
        Outcome::kRefused;  // kReplaced: stored over one of the same name, domain and path.
    Trace trace;            // Never empty.
    std::int64_t received_ms = 0;
  };
  Received receive(std::string_view line, const SetContext& context);

  // Section 5.8.3; empty when no cookie is sent. `trace` gets one step per cookie of the jar.
  std::string cookie_header(const SendContext& context, Trace* trace = nullptr) const;
  const std::vector<CanonicalCookie>& cookies() const { return cookies_; }

 private:
  Engine engine_;
  const site::SiteTable* sites_;
  std::vector<CanonicalCookie> cookies_;  // In order of creation.
};

std::string_view outcome_name(
    CookieStore::Outcome outcome);  // "stored", "replaced", "deleted", "refused".

}  // namespace affiant::observe
