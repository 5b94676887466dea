#include "knowledge/layers/reading.h"

#include "base/bytes.h"
#include "base/digest.h"
#include "knowledge/layers/host_text.h"

namespace affiant::knowledge {

LayerReading::LayerReading(LayerKind kind, std::string_view licence) {
  layer_.kind = kind;
  layer_.provenance.licence = licence;
}

bool LayerReading::full() {
  if (layer_.hosts.size() + layer_.cookies.size() + layer_.aliases.size() < kLayerRows)
    return false;
  too_many_ = true;
  return true;
}

void LayerReading::skip(std::string_view place, std::string_view why) {
  if (++layer_.skipped.count > kLayerSkippedNamed) return;
  layer_.skipped.first.push_back(fmt::format("{}: {}", printable(place, 120), why));
}

void LayerReading::add_host(LayerHost row, std::string_view place) {
  if (row.owner.empty()) return skip(place, "no owner");
  auto host = host_of_list(row.host);
  if (!host) return skip(place, host.error().message);
  if (full()) return;
  const auto [known, is_new] = hosts_.emplace(*host, layer_.hosts.size());
  LayerHost& first = is_new ? layer_.hosts.emplace_back() : layer_.hosts[known->second];
  if (!is_new) {
    if (first.category == "other" && first.owner == row.owner) first.category = row.category;
    if (first.prevalence < 0) first.prevalence = row.prevalence;
    return;
  }
  row.owner = printable(row.owner, kLayerNameBytes);
  row.product = row.product.empty() ? row.owner : printable(row.product, kLayerNameBytes);
  row.host = std::move(*host);
  first = std::move(row);
}

void LayerReading::add_cookie(LayerCookie row) {
  if (!full()) layer_.cookies.push_back(std::move(row));
}

void LayerReading::add_alias(LayerAlias row, std::string_view place) {
  auto host = host_of_list(row.host);
  if (!host) return skip(place, host.error().message);
  if (!row.target.empty()) {
    auto target = host_of_list(row.target);
    if (!target) return skip(place, "its target: " + target.error().message);
    row.target = std::move(*target);
  }
  if (full() || !aliases_.insert(*host).second) return;
  row.host = std::move(*host);
  row.vendor = printable(row.vendor, kLayerNameBytes);
  layer_.aliases.push_back(std::move(row));
}

Result<Layer> LayerReading::finish(std::string_view name, std::string_view text) && {
  const std::string called = printable(name, 200);
  if (too_many_)
    return fail(Code::kTooLarge, "{}: more than {} rows (kLayerRows)", called, kLayerRows);
  layer_.provenance.source = fmt::format("{} ({})", layer_kind_name(layer_.kind), called);
  layer_.provenance.sha256 = hex_digest(Digest::kSha256, text);
  return std::move(layer_);
}

std::string text_of(const json::Value& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return {};
  const auto& text = found->get_ref<const std::string&>();
  return text.size() > kLayerNameBytes ? std::string() : text;
}

const json::Value* object_of(const json::Value& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || !found->is_object() ? nullptr : &*found;
}

const json::Value* array_of(const json::Value& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() || !found->is_array() ? nullptr : &*found;
}

double share_of(const json::Value& object, const char* key) {
  if (!object.is_object()) return -1;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return -1;
  const double share = found->get<double>();
  return share >= 0 && share <= 1 ? share : -1;
}

}  // namespace affiant::knowledge
