// One story per cookie: what was said (header or script), what it means (RFC 6265bis), what became
// of it (the jar).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "observe/observations.h"
#include "site/site.h"

namespace affiant::observe {

// The report's cookies[] (../shared/contract.md): joined, judged only against the standard, no
// opinions yet.
struct CookieStory {
  std::string name, domain,
      path = "/",
      same_site;  // domain as cookies.getAll gives it: ".shop.example", or the host when host-only.
  bool host_only = false, secure = false, http_only = false, session_cookie = true;
  std::optional<std::string> value, partition_key;
  std::optional<std::int64_t>
      lifetime_s;         // As set: expiry - time of setting; nothing for session cookies.
  std::string mechanism;  // "http", "document.cookie", "cookieStore", "unknown".
  std::optional<std::string> set_by_url, frame_url;
  std::string set_by_host, frame_host, top_host;  // What is known even when URLs are withheld.
  std::vector<std::string> stack;
  std::string outcome;  // "stored", "replaced", "deleted", "blocked", "refused".
  std::string
      reason;  // For blocked and refused, e.g. "third-party cookies are blocked"; else empty.
  bool before_session =
      false;  // A cookie of this name, domain and path was in the jar when the session began.
  std::uint64_t session = 0;
  std::vector<Leaf> entries;  // Ascending.
};

// How attempts and the jar are joined:
// - An attempt belongs to the jar cookie of its session with the same name, domain, path and, where
// the browser keeps jars apart by
//   top-level site, the partition of the page it happened on; it was stored when that cookie is
//   seen with the value it said.
// - Attempts by one setter (mechanism, host, frame and page) for one cookie are one story; its
// attributes are those of the last one.
// - A cookie that another setter overwrites later is "replaced", one that is removed before its
// time is "deleted".
// - A cookie in the jar that no attempt explains has mechanism "unknown". One that was there when
// the session began and that
//   nothing in the session touched is not the site's doing and is no story.
// - An attempt that the jar never showed is "refused" (by the standard as this browser reads it) or
// "blocked". Pure: the order is that of the first entry, and the same observations give the same
// stories.
std::vector<CookieStory> cookie_stories(const Observations& seen, const site::SiteTable& sites);

}  // namespace affiant::observe
