// Termly: .../documents/<id>/cookies, {"cookies": {<category>: [{name, category, tracker_type,
// country, domain, source, url, value, en_us, service, service_policy_link, expire}]}} with the
// categories essential, performance, analytics, advertising, social_networking, unclassified
// (dibollinger/CookieBlock-Consent-Crawler, .../Commands/termly_commands.py). "performance" is
// Termly's "performance and functionality"; it is read as the word says, analytics, which excuses
// less than functional would and accuses no one.
#include "consent/managers.h"

namespace affiant::consent {

Status read_termly(const Input& input, Collector* out) {
  if (input.shape != Shape::kJson) return not_found(input, "its file of cookies");
  AFFIANT_TRY(const JsTree tree, read_json_tree(input));
  const JsValue categories = tree.root()["cookies"];
  if (!categories.is(JsKind::kObject)) return not_found(input, "its file of cookies");
  out->data(tree.root());
  for (const JsValue& category : items_of(categories)) {
    const std::string name = category_in(category.key());
    for (const JsValue& cookie : items_of(category)) {
      policy::DeclaredCookie row;
      const std::string domain = cookie["domain"].string_or("");
      row.provider = plain_words(cookie["service"].string_or(""));
      if (row.provider.empty())
        row.provider = domain;
      else if (!domain.empty())
        row.provider += " (" + domain + ")";
      row.purpose = plain_words(cookie["en_us"].string_or(""));
      row.category = name;
      row.storage = storage_in(cookie["tracker_type"].string_or(""));
      set_lifetime(&row, cookie["expire"].string_or(""));
      out->cookie(cookie["name"].string_or(""), row, cookie);
      out->party(cookie["service"], name);
    }
  }
  return {};
}

}  // namespace affiant::consent
