// What one attempt to set a cookie means in the browser of its session. Used by stories.cc only.
#pragma once

#include <cstdint>
#include <string>

#include "observe/cookie_store.h"
#include "observe/observations.h"

namespace affiant::observe {

struct MeantCookie {
  const CookieAttempt* attempt = nullptr;
  CanonicalCookie cookie;
  Refusal refusal = Refusal::kNone;
  bool located = false;    // cookie.name, .domain are known (and .path when path_known).
  bool path_known = true;  // False when the path follows from a URL that is withheld.
  bool value_known =
      true;  // False when withheld, or when browsers may show other bytes than were sent.
  bool third_party = false;  // In a context that third-party rules apply to.
  bool insecure = false;     // Set over a connection that the browser does not trust.
  bool expired = false;      // It asks for deletion.
  std::string mechanism;     // As in CookieStory.
};

Engine engine_of(const Session* session);
MeantCookie meaning_of(const CookieAttempt& attempt, Engine engine, const site::SiteTable& sites);

}  // namespace affiant::observe
