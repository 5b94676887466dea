// RFC 6265bis section 5.7, the steps that look into the jar, and section 5.8.3.
#include "observe/cookie_store.h"

#include <algorithm>

#include "base/bytes.h"

namespace affiant::observe {
namespace {

bool same_place(const CanonicalCookie& a, const CanonicalCookie& b) {
  return a.name == b.name && a.domain == b.domain && a.host_only == b.host_only && a.path == b.path;
}

// Step 16: would an insecure page shadow a Secure cookie of that name?
bool shadows_secure(const CanonicalCookie& fresh, const CanonicalCookie& old) {
  return old.secure && old.name == fresh.name &&
         (domain_match(old.domain, fresh.domain) || domain_match(fresh.domain, old.domain)) &&
         path_match(fresh.path, old.path);
}

std::string shown(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

}  // namespace

CookieStore::Received CookieStore::receive(std::string_view line, const SetContext& context) {
  Received result;
  result.received_ms = context.now_ms;
  Trace* trace = &result.trace;
  const auto parsed = parse_set_cookie(line, engine_, context.now_ms, trace);
  if (!parsed) {
    result.refusal = parsed.error();
    return result;
  }
  result.parsed = *parsed;
  Canonical canonical = canonicalize(*parsed, context, engine_, *sites_, trace);
  if (canonical.refusal != Refusal::kNone) {
    result.refusal = canonical.refusal;
    return result;
  }
  CanonicalCookie& fresh = canonical.cookie;
  // 16. Leave Secure cookies alone.
  if (!fresh.secure && !is_secure(context.url, engine_) &&
      std::any_of(cookies_.begin(), cookies_.end(),
                  [&](const CanonicalCookie& old) { return shadows_secure(fresh, old); })) {
    note(trace, "5.7 step 16", "refused", "a Secure cookie of that name is in the jar");
    result.refusal = Refusal::kOverSecure;
    return result;
  }
  // 23. A cookie of the same name, domain, host-only-flag and path is replaced.
  const auto old = std::find_if(cookies_.begin(), cookies_.end(),
                                [&](const CanonicalCookie& c) { return same_place(c, fresh); });
  result.outcome = Outcome::kStored;
  bool in_place = false;
  if (old != cookies_.end()) {
    if (context.from_script && old->http_only) {
      note(trace, "5.7 step 23.2", "refused",
           "the one in the jar is HttpOnly and a script may not replace it");
      result.refusal = Refusal::kOverHttpOnly;
      result.outcome = Outcome::kRefused;
      return result;
    }
    note(trace, "5.7 step 23", "replaced",
         "one of that name, domain and path is in the jar with value {}", shown(old->value));
    // Departs from step 23.3: in Chromium only the same value again keeps its creation-time.
    const bool keeps_place = engine_ != Engine::kChromium || old->value == fresh.value;
    if (keeps_place) fresh.created_ms = old->created_ms;
    result.outcome = Outcome::kReplaced;
    if (keeps_place && !fresh.expired(context.now_ms))
      *old = fresh;
    else
      cookies_.erase(old);
    in_place = keeps_place;
  }
  // 24. Insert it; expired cookies leave the jar at once.
  if (fresh.expired(context.now_ms)) {
    note(trace, "5.7 step 24", "deleted",
         "it is expired, so nothing of that name, domain and path stays in the jar");
    result.outcome = Outcome::kDeleted;
  } else {
    note(trace, "5.7 step 24", "stored", "into the jar");
    if (!in_place) cookies_.push_back(fresh);
  }
  result.cookie = std::move(fresh);
  return result;
}

std::string CookieStore::cookie_header(const SendContext& context, Trace* trace) const {
  const bool secure = is_secure(context.url, engine_);
  // 1. The cookies whose host, path, connection and site fit.
  std::vector<const CanonicalCookie*> list;
  for (const CanonicalCookie& c : cookies_) {
    std::string why;
    if (c.expired(context.now_ms)) {
      why = "it has expired";
    } else if (c.host_only ? context.url.host != c.domain
                           : !domain_match(context.url.host, c.domain)) {
      why = c.host_only ? "it is for the host " + printable(c.domain) + " only"
                        : "the host is not under " + printable(c.domain);
    } else if (!path_match(context.url.path, c.path)) {
      why = "the path is not under " + shown(c.path);
    } else if (c.secure && !secure) {
      why = "it is Secure and the connection is not";
    } else if (!context.same_site && c.same_site != "None" &&
               // Departs from section 5.8.3 step 1: Firefox has no Lax by default.
               !(engine_ == Engine::kFirefox && c.same_site == "Default") &&
               !(context.top_level_get && c.same_site != "Strict")) {
      why = "the request comes from another site and SameSite is " + c.same_site;
    }
    note(trace, "5.8.3 step 1", why.empty() ? "sent" : "left out", "{}{}",
         c.name.empty() ? "the cookie without a name" : shown(c.name),
         why.empty() ? std::string() : ": " + why);
    if (why.empty()) list.push_back(&c);
  }
  // 2. Longer paths first, then older ones (the jar is in order of creation).
  std::stable_sort(list.begin(), list.end(),
                   [](const CanonicalCookie* a, const CanonicalCookie* b) {
                     return a->path.size() > b->path.size();
                   });
  // 3. The last-access-time serves eviction only, and nothing is evicted here. 4. Serialise.
  std::string header;
  for (const CanonicalCookie* c : list) {
    if (!header.empty()) header += "; ";
    if (!c->name.empty()) header += c->name + "=";
    header += c->value;
  }
  return header;
}

}  // namespace affiant::observe
