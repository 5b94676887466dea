// Names of engines and refusals: public, append-only.
#include "observe/cookie_store.h"
#include "observe/set_cookie.h"

namespace affiant::observe {
namespace {

struct Words {
  std::string_view name, text;
};

Words words_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return {"none", ""};
    case Refusal::kControlCharacter:
      return {"control-character", "it contains a control character"};
    case Refusal::kEmpty:
      return {"empty", "name and value are both empty"};
    case Refusal::kTooLarge:
      return {"too-large", "name and value together are longer than 4096 bytes"};
    case Refusal::kDomainNotAscii:
      return {"domain-not-ascii", "its Domain is not plain ASCII"};
    case Refusal::kPublicSuffix:
      return {"public-suffix", "its Domain is a public suffix, under which anyone can register"};
    case Refusal::kDomainMismatch:
      return {"domain-mismatch", "the host that sets it is not within its Domain"};
    case Refusal::kNameless:
      return {"nameless", "its name is empty, and this browser does not store it so"};
    case Refusal::kSecureFromInsecure:
      return {"secure-from-insecure", "it is Secure but came over an insecure connection"};
    case Refusal::kHttpOnlyFromScript:
      return {"http-only-from-script", "a script may not set an HttpOnly cookie"};
    case Refusal::kOverSecure:
      return {"over-secure", "an insecure page may not shadow the Secure cookie of that name"};
    case Refusal::kCrossSite:
      return {"cross-site", "it was set across sites and does not say SameSite=None"};
    case Refusal::kSameSiteNoneInsecure:
      return {"same-site-none-insecure", "it says SameSite=None without Secure"};
    case Refusal::kPrefixSecure:
      return {"prefix-secure", "a __Secure- name needs Secure"};
    case Refusal::kPrefixHost:
      return {"prefix-host", "a __Host- name needs Secure, Path=/ and no Domain"};
    case Refusal::kPrefixHttp:
      return {"prefix-http", "a __Http- name needs Secure and HttpOnly, and may come by HTTP only"};
    case Refusal::kPrefixHostHttp:
      return {"prefix-host-http",
              "a __Host-Http- name needs Secure, HttpOnly, Path=/ and no Domain, and may come by "
              "HTTP only"};
    case Refusal::kPrefixNameless:
      return {"prefix-nameless", "its name is empty and its value imitates a protected prefix"};
    case Refusal::kPartitionedInsecure:
      return {"partitioned-insecure", "it is Partitioned without Secure"};
    case Refusal::kOverHttpOnly:
      return {"over-http-only", "a script may not change the HttpOnly cookie of that name"};
  }
  return {"none", ""};
}

}  // namespace

std::string_view refusal_name(Refusal refusal) { return words_of(refusal).name; }
std::string_view refusal_text(Refusal refusal) { return words_of(refusal).text; }

std::string_view engine_name(Engine engine) {
  switch (engine) {
    case Engine::kChromium:
      return "chromium";
    case Engine::kFirefox:
      return "firefox";
    case Engine::kRfc6265bis:
      break;
  }
  return "rfc6265bis";
}

std::optional<Engine> engine_named(std::string_view name) {
  for (const Engine engine : {Engine::kRfc6265bis, Engine::kChromium, Engine::kFirefox})
    if (engine_name(engine) == name) return engine;
  return std::nullopt;
}

std::string_view outcome_name(CookieStore::Outcome outcome) {
  switch (outcome) {
    case CookieStore::Outcome::kStored:
      return "stored";
    case CookieStore::Outcome::kReplaced:
      return "replaced";
    case CookieStore::Outcome::kDeleted:
      return "deleted";
    case CookieStore::Outcome::kRefused:
      break;
  }
  return "refused";
}

}  // namespace affiant::observe
