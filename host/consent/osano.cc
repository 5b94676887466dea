// Osano: disclosure.api.osano.com/customer/<id>/config/<id>, a list of {name, classification
// (ESSENTIAL, ANALYTICS, MARKETING, PERSONALIZATION), purpose, expiry, provider}, from which sites
// build the table of their policy (wri/wri-osano's and other sites' scripts that fetch that
// address). The script osano.js itself holds no disclosures. A name with a slash is a script's, not
// a cookie's.
#include "consent/managers.h"

namespace affiant::consent {

Status read_osano(const Input& input, Collector* out) {
  if (input.shape != Shape::kJson) return not_found(input, "its list of disclosures");
  AFFIANT_TRY(const JsTree tree, read_json_tree(input));
  const JsValue root = tree.root();
  const bool empty_list = root.is(JsKind::kArray) && root.empty();
  if (!root.is(JsKind::kArray) || (!empty_list && !root.first()["name"]))
    return not_found(input, "its list of disclosures");
  out->data(root);
  for (const JsValue& told : items_of(root)) {
    const std::string name = told["name"].string_or("");
    const std::string category = category_in(told["classification"].string_or(""));
    out->party(told["provider"], category);
    if (name.find('/') != std::string::npos) {
      out->unread("the scripts that Osano lists beside the cookies");
      continue;
    }
    policy::DeclaredCookie row;
    row.provider = plain_words(told["provider"].string_or(""));
    row.purpose = plain_words(told["purpose"].string_or(""));
    row.category = category;
    // A figure without a unit says nothing that can be compared.
    set_lifetime(&row, told["expiry"].string_or(""));
    out->cookie(name, row, told);
  }
  return {};
}

}  // namespace affiant::consent
