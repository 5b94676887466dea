// Klaro. Shape read: `klaroConfig = {services: [{name, title, purposes, cookies, required}]}` in a
// script, or the same object as JSON; older ones say `apps` for `services` (npm package klaro
// 0.7.22, dist/config.js and src/consent-manager.js, whose updateServiceCookies() says what an item
// of `cookies` means: a string is a name, one that begins with '^' a regular expression, a list is
// [pattern, path, domain], an object {pattern, path, domain}). No lifetimes are stated.
#include <algorithm>

#include "consent/managers.h"
#include "consent/regex_pattern.h"
#include "policy/cookie_names.h"

namespace affiant::consent {
namespace {

struct Item {
  JsValue pattern;
  std::string domain;
};

Item item_of(const JsValue& cookie) {
  if (cookie.is(JsKind::kArray)) {
    const std::vector<JsValue> parts = items_of(cookie);
    return {parts.empty() ? JsValue() : parts[0], parts.size() > 2 ? parts[2].string_or("") : ""};
  }
  if (cookie.is(JsKind::kObject)) return {cookie["pattern"], cookie["domain"].string_or("")};
  return {cookie, ""};
}

void read_cookie(const JsValue& cookie, policy::DeclaredCookie row, const std::string& service,
                 Collector* out) {
  const Item item = item_of(cookie);
  row.provider = item.domain;
  const std::string name = item.pattern.string_or("");
  if (item.pattern.is(JsKind::kString) && !name.starts_with('^')) {
    out->pattern(policy::pattern_of(name), row, cookie);
    return;
  }
  std::string_view regex =
      item.pattern.is(JsKind::kRegex) ? item.pattern.raw() : std::string_view();
  const std::string quoted = "/" + name + "/";
  if (item.pattern.is(JsKind::kString)) regex = quoted;
  const std::vector<std::string> patterns = patterns_of_regex(regex);
  if (patterns.empty())
    out->unread("cookies of Klaro's service " + service + ": " +
                (regex.empty() ? "an entry that is no name and no pattern"
                               : "the pattern " + std::string(regex.substr(0, 100)) +
                                     " says more than a mask can"));
  for (const std::string& pattern : patterns) out->pattern(pattern, row, cookie);
}

void read_service(const JsValue& service, Collector* out) {
  std::vector<std::string> purposes;
  for (const JsValue& purpose : items_of(service["purposes"]))
    purposes.push_back(purpose.string_or(""));
  policy::DeclaredCookie row;
  row.category = broadest_category(purposes);
  if (row.category.empty() && service["required"].yes()) row.category = "necessary";
  if (row.category.empty()) row.category = "unclassified";
  row.purpose = plain_words(service["description"].string_or(""));
  const JsValue title = service["title"];
  const JsValue name = title.is(JsKind::kString) ? title : service["name"];
  out->party(name, row.category);
  const std::string called = plain_words(name.string_or("without a name")).substr(0, 100);
  for (const JsValue& cookie : items_of(service["cookies"])) read_cookie(cookie, row, called, out);
}

bool read_settings(const JsValue& settings, Collector* out) {
  JsValue services = settings["services"];
  if (!services) services = settings["apps"];
  if (!services.is(JsKind::kArray)) return false;
  out->data(settings);
  for (const JsValue& service : items_of(services)) {
    if (service.is(JsKind::kObject))
      read_service(service, out);
    else
      out->unread("services that Klaro's settings do not write out");
  }
  return true;
}

}  // namespace

Status read_klaro(const Input& input, Collector* out) {
  if (input.shape == Shape::kJson) {
    AFFIANT_TRY(const JsTree tree, read_json_tree(input));
    return read_settings(tree.root(), out) ? Status() : not_found(input, "a list of services");
  }
  AFFIANT_TRY(const bool found, each_literal(input, {"klaroConfig"}, '=', "{",
                                             [&](std::string_view, const JsValue& settings) {
                                               return read_settings(settings, out);
                                             }));
  return found ? Status() : not_found(input, "a list of services that is written out");
}

}  // namespace affiant::consent
