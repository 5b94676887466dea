// CookieYes (also the WordPress plugin cookie-law-info). Shapes read, and where they were learnt:
// - `_categories: [{slug, isNecessary, cookies: [{cookieID, domain}]}]`, of `_ckyConfig` in a page
// or
//   of the store in the hosted script.js (cookieyes/cookieyes, lite/frontend; its data model also
//   has `duration` and `description`, each a text or one text a language);
// - the audit table: `<ul class="cky-cookie-des-table"><li><div>label</div><div>value</div></li>`,
//   one list a cookie, in `<div id="ckyDetailCategory<slug>">`. It is no table, so the general
//   reader cannot see it, and it mostly stands in a script element as the banner's template.
// The tables that the plugin prints into pages (cookielawinfo-row-cat-table,
// cky-cookie-audit-table) are real tables below a heading with the category: the general reader
// reads those.
#include "consent/managers.h"
#include "consent/markup.h"
#include "policy/cookie_words.h"

namespace affiant::consent {
namespace {

constexpr std::string_view kDetail = "ckyDetailCategory";
constexpr std::string_view kList = "cky-cookie-des-table";

// A text, or {"en": text, ...}: English where there is a choice.
std::string text_of(const JsValue& value) {
  if (!value.is(JsKind::kObject)) return value.string_or("");
  if (const JsValue english = value["en"]) return english.string_or("");
  return value.first().string_or("");
}

bool read_categories(const JsValue& categories, Collector* out) {
  if (!categories.is(JsKind::kArray)) return false;
  out->data(categories);
  for (const JsValue& category : items_of(categories)) {
    std::string name = category_in(category["slug"].string_or(""));
    if (name == "unclassified" && category["isNecessary"].yes()) name = "necessary";
    for (const JsValue& cookie : items_of(category["cookies"])) {
      policy::DeclaredCookie row;
      row.category = name;
      // The scanner writes a name of its own where it found no domain.
      const std::string domain = cookie["domain"].string_or("");
      if (domain.find('.') != std::string::npos) row.provider = domain;
      row.purpose = plain_words(text_of(cookie["description"]));
      set_lifetime(&row, text_of(cookie["duration"]));
      out->cookie(cookie["cookieID"].string_or(""), row, cookie);
    }
  }
  return true;
}

// One list: what its items are is said by their labels, of the first by its place.
struct Item {
  std::string_view label, value;
};

void read_list(const Markup& page, const Element& list, const std::vector<Item>& items,
               std::string_view category, Collector* out) {
  if (items.empty()) return;
  policy::DeclaredCookie row;
  row.category = category;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const policy::Column column = policy::column_of(items[i].label);
    if (column == policy::Column::kLifetime) set_lifetime(&row, items[i].value);
    if (column == policy::Column::kPurpose) row.purpose = items[i].value;
  }
  out->cookie(items.front().value, row, list.start, list.start + page.of(list).size());
}

void read_page(const std::string& html, Collector* out) {
  const Markup page = read_markup(html);
  for (const std::string& words : page.unread) out->unread(words);
  out->data(page.text);
  std::string category = "unclassified";
  const Element* list = nullptr;
  std::vector<Item> items;
  int item = -1;
  const auto end_list = [&] {
    if (list != nullptr) read_list(page, *list, items, category, out);
    list = nullptr;
    items.clear();
  };
  for (std::size_t i = 0; i < page.elements.size(); ++i) {
    const Element& e = page.elements[i];
    if (list != nullptr && e.start >= list->end && !e.has_class(kList)) end_list();
    if (e.id.starts_with(kDetail)) {
      end_list();
      std::string_view slug = std::string_view(e.id).substr(kDetail.size());
      if (slug.ends_with("Body")) slug.remove_suffix(4);
      category = category_in(slug);
    } else if (e.has_class(kList)) {
      end_list();
      list = &e;
    } else if (list != nullptr && e.tag == "li") {
      item = static_cast<int>(i);
      items.push_back({});
    } else if (list != nullptr && e.tag == "div" && e.parent == item && !items.empty()) {
      std::string_view& part = items.back().label.empty() ? items.back().label : items.back().value;
      part = page.of(e);
    }
  }
  end_list();
}

}  // namespace

Status read_cookieyes(const Input& input, Collector* out) {
  bool found = false;
  if (input.shape == Shape::kJson) {
    AFFIANT_TRY(const JsTree tree, read_json_tree(input));
    found = read_categories(tree.root()["_categories"], out);
  }
  if (input.shape == Shape::kHtml && input.text.find(kList) != std::string::npos) {
    read_page(input.text, out);
    found = true;
  }
  for (const std::string_view code : code_of(input)) {
    // A template of markup.
    const std::size_t first = code.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || code[first] != '<') continue;
    if (code.find(kList) == std::string_view::npos) continue;
    read_page(std::string(code), out);
    found = true;
  }
  AFFIANT_TRY(const bool settings, each_literal(input, {"_categories"}, ':', "[",
                                                [&](std::string_view, const JsValue& list) {
                                                  return read_categories(list, out);
                                                }));
  return found || settings ? Status() : not_found(input, "a list of categories");
}

}  // namespace affiant::consent
