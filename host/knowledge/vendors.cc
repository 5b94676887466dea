#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "knowledge/editions.h"
#include "knowledge/host_index.h"
#include "knowledge/in_use.h"
#include "knowledge/layer_owners.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

struct VendorTable {
  std::vector<Vendor> vendors;  // One per host, in the order of the files.
  HostIndex by_host{0};
  std::unordered_map<std::string, std::size_t> by_product_name, by_owner_name;
  std::unordered_map<std::string_view, std::string_view>
      owner_names;                           // Owner -> '|'-separated names.
  std::unordered_set<std::string> everyday;  // Names that may be words.
  std::deque<std::string> sources;           // Where a layer filled in a category.
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

// Of the package's and the layers' names nobody has said which are words too: one that is written
// in several words, with a sign or a capital inside, or like its own host, is told from running
// text.
bool is_distinct(std::string_view name, std::string_view hosts_of_name) {
  constexpr std::size_t kLetters = 6;
  for (std::size_t i = 1; i < name.size(); ++i) {
    const char c = name[i];
    if (!(c >= 'a' && c <= 'z')) return true;
  }
  if (name.size() < kLetters) return false;
  const std::string label = lower(name) + ".";
  const std::vector<std::string_view> hosts = split(hosts_of_name, ' ');
  return std::any_of(hosts.begin(), hosts.end(),
                     [&](std::string_view host) { return host.starts_with(label); });
}

// Whom we call the owner of one of the row's hosts, or of that name.
std::string_view our_owner(const VendorTable& table, const Row& row) {
  for (const std::string_view host : split(row[3], ' ')) {
    const std::uint32_t at = table.by_host.find(host);
    if (at != HostIndex::kNone) return table.vendors[at].owner;
  }
  for (const std::string_view name : {row[0], row[1]}) {
    const auto owner = table.by_owner_name.find(lower(name));
    if (owner != table.by_owner_name.end()) return table.vendors[owner->second].owner;
  }
  return row[0];
}

void add_rows(const std::vector<Row>& rows, VendorTable* table) {
  for (const Row& row : rows) {
    for (const std::string_view host : split(row[3], ' ')) {
      if (table->by_host.add(host, static_cast<std::uint32_t>(table->vendors.size())))
        table->vendors.push_back({row[0], row[1], row[2], row[4], row[5], host});
    }
  }
}

// Ours win: at a host of their own, and wherever the package knows no category.
void add_package(const std::vector<Row>& rows, VendorTable* table) {
  const std::size_t own = table->vendors.size();
  for (const Row& row : rows) {
    const std::string_view owner = our_owner(*table, row);
    for (const std::string_view name : {row[0], row[1]})
      if (!is_distinct(name, row[3])) table->everyday.insert(lower(name));
    for (const std::string_view host : split(row[3], ' ')) {
      const std::uint32_t known = table->by_host.find(host);
      if (row[2] == "other" && known < own) continue;
      if (table->by_host.add(host, static_cast<std::uint32_t>(table->vendors.size())))
        table->vendors.push_back({owner, row[1], row[2], row[4], row[5], host});
    }
  }
}

// Layers fill gaps: hosts that nobody knows, and categories that the package does not know. What
// they call an owner whom we know by another name is ours.
void add_layer(const Layer& layer, std::size_t own, VendorTable* table) {
  const auto owner_of_host = [&](std::string_view host) {
    const std::uint32_t at = table->by_host.find(host);
    return at == HostIndex::kNone ? std::string_view() : table->vendors[at].owner;
  };
  const auto owner_of_name = [&](const std::string& name) {
    const auto found = table->by_owner_name.find(name);
    return found == table->by_owner_name.end() ? std::string_view()
                                               : table->vendors[found->second].owner;
  };
  const LayerOwners owners(layer, owner_of_host, owner_of_name);
  const std::string_view source = layer.provenance.source;
  for (const LayerHost& row : layer.hosts) {
    const std::uint32_t known = table->by_host.find(row.host);
    if (known != HostIndex::kNone) {
      Vendor& vendor = table->vendors[known];
      if (row.category == "other") continue;
      if (vendor.host == row.host) {
        if (known < own || vendor.category != "other") continue;
        vendor.category = row.category;
        vendor.source =
            table->sources.emplace_back(fmt::format("{}, its category: {}", vendor.source, source));
        continue;
      }
    }
    const auto at = static_cast<std::uint32_t>(table->vendors.size());
    if (!table->by_host.add(row.host, at)) continue;
    table->vendors.push_back({owners.of(row), row.product, row.category, "", source, row.host});
    for (const std::string_view name : {table->vendors[at].owner, table->vendors[at].product}) {
      const std::string key = lower(name);
      if (!table->by_owner_name.contains(key) && !table->by_product_name.contains(key) &&
          !is_distinct(name, row.host))
        table->everyday.insert(key);
    }
    index_names(*table, at);
  }
}

VendorTable load(const Layers& layers) {
  VendorTable table;
  for (const Row& row : parse_rows(k_owners_table.text, 3)) table.owner_names[row[0]] = row[1];
  const std::vector<Row> ours = parse_rows(k_vendors_table.text, 6);
  const std::vector<Row> theirs = parse_rows(k_third_party_web_table.text, 6);
  std::size_t hosts = 0;
  for (const std::vector<Row>* rows : {&ours, &theirs})
    for (const Row& row : *rows)
      hosts += static_cast<std::size_t>(std::count(row[3].begin(), row[3].end(), ' ')) + 1;
  for (const Layer& layer : layers) hosts += layer.hosts.size();
  table.by_host = HostIndex(hosts);
  add_rows(ours, &table);
  for (std::size_t i = 0; i < table.vendors.size(); ++i) index_names(table, i);
  const std::size_t own = table.vendors.size();
  add_package(theirs, &table);
  for (std::size_t i = own; i < table.vendors.size(); ++i) index_names(table, i);
  for (const Layer& layer : layers) add_layer(layer, own, &table);
  return table;
}

Editions<VendorTable>& editions() {
  static Editions<VendorTable> all{load({})};
  return all;
}

const VendorTable& vendor_table() { return editions().current(); }

void sort_unique(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

void build_vendors(const Layers& layers) { editions().publish(load(layers)); }

const Vendor* find_vendor(std::string_view host) {
  const VendorTable& table = vendor_table();
  const std::uint32_t at = table.by_host.find(host);
  return at == HostIndex::kNone ? nullptr : &table.vendors[at];
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
  static constexpr std::string_view kWords =
      "|"
      "add this|adjust|adopt|amplitude|anonymised|aws|base|beacon|block|branch|bunny|carta|"
      "chicory|clarity|consent manager|crisp|digital audience|drift|empower|epsilon|fathom|"
      "fides|fingerprint|fluency|ga4|google account|google login|gtm|hadron|heap|human|iab|"
      "ias|impact|indicative|invisibly|ivw|kimberlite|kit|meta|moat|oath|ok|opera|optimize|"
      "osm|otto|plausible|postscript|public good|receptivity|rise|rubicon|sape|segment|"
      "sentry|share this|shogun|shop|sift|six sense|snap|square|tag|transcend|tray|ttd|uet|"
      "umami|unicorn|verve|visitor analytics|vitals|x|zeta|";
  const std::string word = lower(name);
  return (word.find('|') == std::string::npos &&
          kWords.find("|" + word + "|") != std::string_view::npos) ||
         vendor_table().everyday.contains(word);
}

}  // namespace affiant::knowledge
