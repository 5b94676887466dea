// Whose data this is. Each manager is told by names that only its data has, looked for where they
// mean something: as keys of JSON, as classes of a page, as what a script gives a value to.
#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "consent/consent.h"
#include "consent/js_places.h"
#include "consent/js_scanner.h"

namespace affiant::consent {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Of megabytes, for many words each: memmem() does not stop at every quote as find() does.
bool has(std::string_view bytes, std::string_view words) {
  return memmem(bytes.data(), bytes.size(), words.data(), words.size()) != nullptr;
}

bool has_key(std::string_view json, std::string_view key) {
  return has(json, "\"" + std::string(key) + "\"");
}

bool has_keys(std::string_view json, std::initializer_list<std::string_view> keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](std::string_view k) { return has_key(json, k); });
}

bool has_a_key(std::string_view json, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view k) { return has_key(json, k); });
}

// As a class of an element; in a style sheet a dot stands before it.
bool has_class(std::string_view html, std::string_view name) {
  for (std::size_t at = html.find(name); at != std::string_view::npos;
       at = html.find(name, at + 1)) {
    if (at > 0 && std::string_view("\"' =").find(html[at - 1]) != std::string_view::npos)
      return true;
  }
  return false;
}

struct Address {
  std::string_view host, path;
};

Address address_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  std::string_view path = url.substr(end);
  path = path.substr(0, path.find_first_of("?#"));
  return {url.substr(0, end), path};
}

bool is_host(std::string_view host, std::string_view domain) {
  return host.ends_with(domain) &&
         (host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.');
}

// Addresses at which nothing but data is found.
std::optional<std::string_view> by_address(const Address& a) {
  const bool cookiebot =
      is_host(a.host, "consent.cookiebot.com") || is_host(a.host, "consent.cookiebot.eu");
  if (cookiebot && (a.path.ends_with("/cc.js") || a.path.ends_with("/cdreport.js")))
    return "cookiebot";
  const bool onetrust = is_host(a.host, "cookielaw.org") || is_host(a.host, "onetrust.com") ||
                        is_host(a.host, "cookiepro.com") ||
                        a.host == "optanon.blob.core.windows.net" ||
                        a.host == "cookiepro.blob.core.windows.net";
  if (onetrust && has(a.path, "/consent/") && a.path.ends_with(".json")) return "onetrust";
  if (a.host == "app.termly.io" && a.path.ends_with("/cookies")) return "termly";
  if (a.host == "disclosure.api.osano.com") return "osano";
  if (has(a.path, "/complianz/v1/cookie_data")) return "complianz";
  if (is_host(a.host, "iubenda.com") && a.path.starts_with("/api/privacy-policy/"))
    return "iubenda";
  return std::nullopt;
}

std::optional<std::string_view> of_json(std::string_view json) {
  if (has_keys(json, {"DomainData", "Groups"}) ||
      has_keys(json, {"RuleSet", "LanguageSwitcherPlaceholder"}))
    return "onetrust";
  if (has_keys(json, {"cookies", "en_us"}) &&
      has_a_key(json, {"tracker_type", "service_policy_link"}))
    return "termly";
  if (has_key(json, "consentTemplates") || has_keys(json, {"dataProcessor", "templateId"}) ||
      has_keys(json, {"dataProcessor", "deviceStorage"}) ||
      has_keys(json, {"categorySlug", "isEssential"}))
    return "usercentrics";
  if (has_keys(json, {"firstLayer", "categories", "services"})) return "usercentrics";
  if (has_keys(json, {"Vendor Name", "Tracker Name"}) ||
      (has_key(json, "vendors") && has_a_key(json, {"app", "website"}) &&
       has_a_key(json, {"iab", "didomi"}) &&
       has_a_key(json, {"notice", "gdprAppliesGlobally", "apiKey", "languages"})))
    return "didomi";
  if (has_a_key(json, {"services", "apps"}) && has_key(json, "purposes") &&
      has_a_key(json, {"elementID", "mustConsent", "storageMethod", "cookieExpiresAfterDays"}))
    return "klaro";
  if (has_keys(json, {"_categories", "cookieID"})) return "cookieyes";
  if (json[json.find_first_not_of(kSpace)] == '[' &&
      has_keys(json, {"classification", "provider", "name"}))
    return "osano";
  if (has_key(json, "content") && (has(json, "policyicon_purpose_") || has(json, "iub_content")))
    return "iubenda";
  return std::nullopt;
}

// Whether the code gives `name` a value that opens with `opens`.
bool gives(std::string_view code, std::string_view name, std::string_view sign, char opens) {
  if (!has(code, name)) return false;
  const std::vector<JsPlace> places = places_of(code, {name}, sign);
  return std::any_of(places.begin(), places.end(), [&](const JsPlace& place) {
    const std::size_t at = skip_trivia(code, place.at);
    return at < code.size() && code[at] == opens;
  });
}

std::optional<std::string_view> of_code(std::string_view code) {
  if (has(code, "CookieConsentDialog.cookieTable") ||
      gives(code, "InjectCookieDeclaration", "(", '\'') ||
      gives(code, "InjectCookieDeclaration", "(", '"'))
    return "cookiebot";
  if (gives(code, "klaroConfig", "=", '{')) return "klaro";
  if (gives(code, "didomiConfig", "=", '{')) return "didomi";
  if (has(code, "cookieID") && gives(code, "_categories", ":", '[')) return "cookieyes";
  if (has(code, "GroupLanguagePropertiesSets") && gives(code, "Groups", ":", '['))
    return "onetrust";
  return std::nullopt;
}

std::optional<std::string_view> of_page(std::string_view html) {
  if (has_class(html, "CookieDeclarationTableCell")) return "cookiebot";
  if (has_class(html, "ot-cookies-td")) return "onetrust";
  if (has_class(html, "cookies-per-purpose") && has(html, "cmplz")) return "complianz";
  if (has_class(html, "cky-cookie-des-table")) return "cookieyes";
  if (has_class(html, "policyicon_purpose_")) return "iubenda";
  for (const std::string_view code : scripts_in(html)) {
    if (const auto manager = of_code(code)) return manager;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> manager_of(std::string_view url, std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return std::nullopt;
  if (const auto manager = by_address(address_of(url))) return manager;
  if (bytes[first] == '<') return of_page(bytes);
  if (bytes[first] == '{' || bytes[first] == '[') return of_json(bytes);
  if (const auto manager = of_code(bytes)) return manager;
  // Settings that declare nothing are still iubenda's, where they are all there is.
  if (gives(bytes, "csConfiguration", "=", '{')) return "iubenda";
  return std::nullopt;
}

}  // namespace affiant::consent
