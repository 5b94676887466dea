#include <algorithm>
#include <unordered_map>

#include "knowledge/knowledge.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

struct VendorTable {
  std::vector<Vendor> vendors;  // One per host, in the order of the file.
  std::unordered_map<std::string_view, std::size_t> by_host;
  std::unordered_map<std::string, std::size_t> by_product_name, by_owner_name;
  std::unordered_map<std::string_view, std::string_view>
      owner_names;  // Owner -> '|'-separated names.
};

void index_names(VendorTable& table, std::size_t at) {
  const Vendor& vendor = table.vendors[at];
  table.by_product_name.try_emplace(lower(vendor.product), at);
  for (const std::string_view alias : split(vendor.aliases, '|'))
    table.by_product_name.try_emplace(lower(alias), at);
  table.by_owner_name.try_emplace(lower(vendor.owner), at);
  if (const auto names = table.owner_names.find(vendor.owner); names != table.owner_names.end()) {
    for (const std::string_view name : split(names->second, '|'))
      table.by_owner_name.try_emplace(lower(name), at);
  }
}

VendorTable load() {
  VendorTable table;
  for (const Row& row : parse_rows(k_owners_table.text, 3)) table.owner_names[row[0]] = row[1];
  for (const Row& row : parse_rows(k_vendors_table.text, 6)) {
    for (const std::string_view host : split(row[3], ' ')) {
      const std::size_t at = table.vendors.size();
      if (!table.by_host.try_emplace(host, at).second) continue;
      table.vendors.push_back({row[0], row[1], row[2], row[4], row[5], host});
    }
  }
  for (std::size_t i = 0; i < table.vendors.size(); ++i) index_names(table, i);
  return table;
}

const VendorTable& vendor_table() {
  static const VendorTable table = load();
  return table;
}

void sort_unique(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

const Vendor* find_vendor(std::string_view host) {
  while (host.starts_with('.')) host.remove_prefix(1);
  if (host.ends_with('.')) host.remove_suffix(1);
  const VendorTable& table = vendor_table();
  const std::string lowered = lower(host);
  std::string_view suffix = lowered;
  while (!suffix.empty()) {
    if (const auto found = table.by_host.find(suffix); found != table.by_host.end())
      return &table.vendors[found->second];
    const std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos) break;
    suffix.remove_prefix(dot + 1);
  }
  return nullptr;
}

std::vector<std::string> product_names_of(const Vendor& vendor) {
  std::vector<std::string> names;
  if (lower(vendor.product) != lower(vendor.owner)) names.push_back(lower(vendor.product));
  for (const std::string_view alias : split(vendor.aliases, '|')) names.emplace_back(lower(alias));
  sort_unique(names);
  return names;
}

std::vector<std::string> names_of(const Vendor& vendor) {
  std::vector<std::string> names = product_names_of(vendor);
  names.push_back(lower(vendor.owner));
  const VendorTable& table = vendor_table();
  if (const auto found = table.owner_names.find(vendor.owner); found != table.owner_names.end()) {
    for (const std::string_view name : split(found->second, '|')) names.emplace_back(lower(name));
  }
  sort_unique(names);
  return names;
}

const Vendor* vendor_by_name(std::string_view name) {
  while (name.ends_with('.') || name.ends_with(' ')) name.remove_suffix(1);
  while (name.starts_with(' ')) name.remove_prefix(1);
  const VendorTable& table = vendor_table();
  const std::string key = lower(name);
  if (const auto owner = table.by_owner_name.find(key); owner != table.by_owner_name.end()) {
    // "Hotjar" is owner and product in one; "Google" is an owner, even though one of its products
    // is called so.
    return &table.vendors[owner->second];
  }
  const auto product = table.by_product_name.find(key);
  return product == table.by_product_name.end() ? nullptr : &table.vendors[product->second];
}

bool is_common_word(std::string_view name) {
  static constexpr std::string_view kWords[] = {"add this",     "adjust",
                                                "amplitude",    "aws",
                                                "beacon",       "block",
                                                "branch",       "bunny",
                                                "clarity",      "consent manager",
                                                "crisp",        "drift",
                                                "fathom",       "fingerprint",
                                                "ga4",          "google account",
                                                "google login", "gtm",
                                                "heap",         "human",
                                                "iab",          "ias",
                                                "impact",       "ivw",
                                                "meta",         "moat",
                                                "oath",         "optimize",
                                                "osm",          "plausible",
                                                "rubicon",      "segment",
                                                "sentry",       "share this",
                                                "sift",         "six sense",
                                                "snap",         "square",
                                                "tag",          "transcend",
                                                "ttd",          "uet",
                                                "verve",        "x",
                                                "zeta"};
  return std::find(std::begin(kWords), std::end(kWords), lower(name)) != std::end(kWords);
}

}  // namespace affiant::knowledge
