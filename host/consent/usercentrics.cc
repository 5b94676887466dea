// Usercentrics. Shapes read, all as JSON, and where they were learnt (npm package
// @usercentrics/cmp-browser-sdk 4.59.0, dist/src/services/Api/interfaces/interfaces.legacy.d.ts and
// dist/src/services/SettingsV2; docs.usercentrics.com/cmp_browser_sdk):
// - settings (versions 1 and 2): {categories: [{categorySlug, label, isEssential}],
// consentTemplates:
//   [{templateId, categorySlug, isDeactivated, _meta: {name}, subConsents}]}: services by number,
//   named only in _meta;
// - service files, alone, in a list or in {templates: [...]}: {templateId, dataProcessor,
//   descriptionOfService, dataPurposes, deviceStorage: {disclosures: [{identifier, name, type,
//   maxAgeSeconds, domain, description}]}};
// - what its SDK gives out: services {name, categorySlug, isEssential, description, deviceStorage},
//   alone, in a list, or in the `services` of a category {slug, label, isEssential}.
// A service's own cookieMaxAgeSeconds is the longest of all its cookies and is of no single one.
// - texts of version 3 (v1.api.service.cmp.usercentrics.eu/latest/i18n/..., as sites read them that
//   draw their own banner): {firstLayer, categories: {id: {name}}, services: {id: {id, name,
//   description}}}: who is there. Which category a service is of, and what it stores, was not found
//   in public for this version; `unread` says so.
#include <deque>
#include <map>

#include "consent/managers.h"

namespace affiant::consent {
namespace {

constexpr int kMostLevels = 4;  // Categories hold services, services hold services.

struct Category {
  std::string slug, label;
  bool essential = false;
};

std::string category_of_service(const JsValue& service, const Category* above) {
  std::vector<std::string> words;
  for (const std::string& given :
       {service["categorySlug"].string_or(""), above == nullptr ? "" : above->slug,
        above == nullptr ? "" : above->label}) {
    if (const std::string category = category_in(given); category != "unclassified")
      return category;
  }
  if (service["isEssential"].yes() || (above != nullptr && above->essential)) return "necessary";
  for (const char* list : {"dataPurposes", "dataPurposesList"}) {
    for (const JsValue& purpose : items_of(service[list])) words.push_back(purpose.string_or(""));
  }
  const std::string category = broadest_category(words);
  return category.empty() ? "unclassified" : category;
}

// The type of a disclosure: a word in the files, a number in the SDK. Empty for what is an app's.
std::string storage_of_disclosure(const JsValue& type) {
  if (const auto number = type.number()) {
    if (*number == 0) return "cookie";
    return *number == 1 ? "localStorage" : "";
  }
  const std::string word = type.string_or("cookie");
  return word == "app" ? "" : storage_in(word);
}

std::string provider_of(const std::string& service, std::string domain) {
  while (domain.starts_with('*') || domain.starts_with('.')) domain.erase(0, 1);
  if (domain.empty()) return service;
  return service.empty() ? domain : service + " (" + domain + ")";
}

void read_service(const JsValue& service, const Category* above, Collector* out) {
  JsValue name = service["dataProcessor"];
  if (!name.is(JsKind::kString)) name = service["name"];
  if (!name.is(JsKind::kString)) name = service["_meta"]["name"];
  const std::string category = category_of_service(service, above);
  out->party(name, category);
  const std::string called = plain_words(name.string_or(""));
  for (const JsValue& told : items_of(service["deviceStorage"]["disclosures"])) {
    policy::DeclaredCookie row;
    row.storage = storage_of_disclosure(told["type"]);
    if (row.storage.empty()) continue;
    row.provider = provider_of(called, told["domain"].string_or(""));
    row.purpose = plain_words(told["description"].string_or(""));
    if (row.purpose.empty())
      row.purpose = plain_words(
          service["descriptionOfService"].string_or(service["description"].string_or("")));
    row.category = category;
    set_lifetime(&row, told["maxAgeSeconds"].number(), 1, Zero::kSession);
    const std::string identifier = told["identifier"].string_or("");
    out->cookie(identifier.empty() ? told["name"].string_or("") : identifier, row, told);
  }
}

void read_settings(const JsValue& settings, Collector* out) {
  std::map<std::string, Category> categories;
  for (const JsValue& c : items_of(settings["categories"])) {
    const std::string slug = c["categorySlug"].string_or("");
    categories[slug] = {slug, c["label"].string_or(""), c["isEssential"].yes()};
  }
  std::size_t nameless = 0;
  for (const JsValue& service : items_of(settings["consentTemplates"])) {
    if (service["isDeactivated"].yes()) continue;
    const auto category = categories.find(service["categorySlug"].string_or(""));
    nameless += service["_meta"]["name"].is(JsKind::kString) || service["dataProcessor"] ? 0U : 1U;
    read_service(service, category == categories.end() ? nullptr : &category->second, out);
  }
  if (nameless > 0)
    out->unread(std::to_string(nameless) + (nameless == 1 ? " service" : " services") +
                " that the settings give by number; their names and cookies stand in Usercentrics' "
                "files of services");
}

// Of version 3.
bool is_texts(const JsValue& value) {
  return value["services"].is(JsKind::kObject) && value["categories"].is(JsKind::kObject);
}

void read_texts(const JsValue& texts, Collector* out) {
  for (const JsValue& service : items_of(texts["services"])) out->party(service["name"], "");
  out->unread("what the services store, which Usercentrics' texts of version 3 do not hold");
}

bool is_service(const JsValue& value) {
  return value["dataProcessor"] ||
         (value["name"] &&
          (value["categorySlug"] || value["deviceStorage"] || value["isEssential"]));
}

}  // namespace

Status read_usercentrics(const Input& input, Collector* out) {
  if (input.shape != Shape::kJson) return not_found(input, "its settings or services as JSON");
  AFFIANT_TRY(const JsTree tree, read_json_tree(input));
  out->data(tree.root());
  struct Pending {
    JsValue value;
    const Category* above;
    int level;
  };
  std::deque<Category> categories;
  std::deque<Pending> pending = {{tree.root(), nullptr, 0}};
  bool found = false;
  for (; !pending.empty(); pending.pop_front()) {
    const auto [value, above, level] = pending.front();
    const auto look_into = [&, level = level](const JsValue& list, const Category* category) {
      for (const JsValue& item : items_of(list)) {
        if (level < kMostLevels) pending.push_back({item, category, level + 1});
      }
    };
    if (value.is(JsKind::kArray)) {
      look_into(value, above);
    } else if (value["consentTemplates"].is(JsKind::kArray)) {
      read_settings(value, out);
      found = true;
    } else if (is_texts(value)) {
      read_texts(value, out);
      found = true;
    } else if (value["templates"].is(JsKind::kArray)) {
      look_into(value["templates"], above);
    } else if (is_service(value)) {
      read_service(value, above, out);
      found = true;
    } else if (value["services"].is(JsKind::kArray)) {
      categories.push_back(
          {value["slug"].string_or(""), value["label"].string_or(""), value["isEssential"].yes()});
      look_into(value["services"], &categories.back());
    }
  }
  return found ? Status() : not_found(input, "a service");
}

}  // namespace affiant::consent
