#include "knowledge/in_use.h"

#include <unordered_map>

#include "knowledge/editions.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {
namespace {

struct InUse {
  Layers layers;
  std::unordered_map<std::string_view, Alias> aliases;
};

InUse index(Layers layers) {
  InUse out{std::move(layers), {}};
  for (const Layer& layer : out.layers)
    for (const LayerAlias& a : layer.aliases) {
      const auto [known, is_new] = out.aliases.try_emplace(
          a.host, Alias{a.host, a.target, a.vendor, layer.provenance.source});
      // One list knows the target, another the vendor.
      if (is_new) continue;
      if (known->second.target.empty()) known->second.target = a.target;
      if (known->second.vendor.empty()) known->second.vendor = a.vendor;
    }
  return out;
}

Editions<InUse>& editions() {
  static Editions<InUse> all{InUse{}};
  return all;
}

// Whether `host` is `of` or lies under it.
bool is_under(std::string_view host, std::string_view of) {
  if (!host.ends_with(of)) return false;
  return host.size() == of.size() || host[host.size() - of.size() - 1] == '.';
}

}  // namespace

const Layers& layers_in_use() { return editions().current().layers; }

void use_layers(std::vector<Layer> layers) {
  if (layers.empty() && layers_in_use().empty()) return;
  editions().publish(index(std::move(layers)));
  build_vendors(layers_in_use());
  build_cookies(layers_in_use());
}

const Alias* find_alias(std::string_view host) {
  const auto& aliases = editions().current().aliases;
  if (aliases.empty()) return nullptr;
  if (host.ends_with('.')) host.remove_suffix(1);
  const auto found = aliases.find(lower(host));
  return found == aliases.end() ? nullptr : &found->second;
}

std::vector<LayerAnswer> layers_say(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string asked = lower(host);
  std::vector<LayerAnswer> out;
  for (const Layer& layer : layers_in_use()) {
    const LayerHost* best = nullptr;
    for (const LayerHost& row : layer.hosts)
      if (is_under(asked, row.host) && (best == nullptr || row.host.size() > best->host.size()))
        best = &row;
    if (best != nullptr) out.push_back({layer.provenance.source, best});
  }
  return out;
}

std::vector<Provenance> layer_provenance() {
  std::vector<Provenance> out;
  for (const Layer& layer : layers_in_use())
    if (layer.kind != LayerKind::kAliasSections) out.push_back(layer.provenance);
  return out;
}

}  // namespace affiant::knowledge
