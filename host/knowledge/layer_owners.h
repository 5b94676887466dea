// By what name of ours a layer's owner goes, so that "Google LLC" and "Google" are one. Internal to
// this layer.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "knowledge/layer.h"
#include "knowledge/tables.h"

namespace affiant::knowledge {

// "Criteo SA" -> "criteo". Names that are nothing but such an ending stay.
std::string without_legal_form(std::string_view name);

class LayerOwners {
 public:
  // Whom we call the owner of a host, or of a name in lower case; empty when nobody knows.
  template <typename OfHost, typename OfName>
  LayerOwners(const Layer& layer, const OfHost& of_host, const OfName& of_name) {
    for (const LayerHost& row : layer.hosts) {
      Owner& owner = owners_[row.owner];
      ++owner.hosts;
      const std::string_view ours = of_host(row.host);
      if (ours.empty()) continue;
      if (owner.ours.empty()) owner.ours = ours;
      owner.differ = owner.differ || owner.ours != ours;
      ++owner.known;
    }
    for (auto& [name, owner] : owners_) {
      std::string_view by_name = of_name(lower(name));
      if (by_name.empty()) by_name = of_name(without_legal_form(name));
      // By hosts only where ours agree on them and know half: a company that bought one product
      // is not called by the product.
      if (!by_name.empty())
        owner.ours = by_name;
      else if (owner.differ || 2 * owner.known < owner.hosts)
        owner.ours = {};
    }
  }

  std::string_view of(const LayerHost& row) const {
    const auto found = owners_.find(row.owner);
    return found == owners_.end() || found->second.ours.empty() ? row.owner : found->second.ours;
  }

 private:
  struct Owner {
    std::string_view ours;
    std::size_t hosts = 0, known = 0;
    bool differ = false;
  };
  std::unordered_map<std::string_view, Owner> owners_;
};

}  // namespace affiant::knowledge
