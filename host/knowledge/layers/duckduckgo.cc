// DuckDuckGo's two forms of one set: tds.json (trackers, entities, domains, cnames) and Tracker
// Radar, a file a domain and a file an entity.
#include <array>

#include "knowledge/layers/reading.h"

namespace affiant::knowledge {
namespace {

std::string name_of(const json::Value& who) {
  std::string name = text_of(who, "displayName");
  return name.empty() ? text_of(who, "name") : name;
}

std::string at(std::string_view member, const std::string& key) {
  return fmt::format("{}[{}]", member, key);
}

void read_trackers(const json::Value& trackers, const json::Value* domains, LayerReading* reading) {
  for (const auto& [host, tracker] : trackers.items()) {
    const json::Value* owner = object_of(tracker, "owner");
    std::string name = owner == nullptr ? std::string() : name_of(*owner);
    if (name.empty() && domains != nullptr) name = text_of(*domains, host.c_str());
    reading->add_host({name, name, category_of_duckduckgo(array_of(tracker, "categories")), host,
                       share_of(tracker, "prevalence")},
                      at("trackers", host));
  }
}

void read_aliases(const json::Value& cnames, LayerReading* reading) {
  for (const auto& [host, target] : cnames.items()) {
    if (target.is_string())
      reading->add_alias({host, target.get<std::string>(), ""}, at("cnames", host));
    else
      reading->skip(at("cnames", host), "no string");
  }
}

void read_entity(const json::Value& entity, const char* hosts, const std::string& name,
                 double prevalence, std::string_view place, LayerReading* reading) {
  const json::Value* list = array_of(entity, hosts);
  if (list == nullptr) return reading->skip(place, "no list of hosts");
  for (const json::Value& host : *list) {
    if (host.is_string())
      reading->add_host({name, name, "other", host.get<std::string>(), prevalence},
                        fmt::format("{} {}", place, host.get_ref<const std::string&>()));
    else
      reading->skip(place, "a host that is no string");
  }
}

void copy(const json::Value& from, std::initializer_list<const char*> keys, json::Value* to) {
  for (const char* key : keys)
    if (const auto found = from.find(key); found != from.end()) (*to)[key] = *found;
}

}  // namespace

bool is_tds(const json::Value& value) {
  return object_of(value, "trackers") != nullptr &&
         (object_of(value, "entities") != nullptr || object_of(value, "domains") != nullptr);
}

void read_tds(const json::Value& value, LayerReading* reading) {
  const json::Value* domains = object_of(value, "domains");
  read_trackers(value["trackers"], domains, reading);
  if (const json::Value* entities = object_of(value, "entities")) {
    for (const auto& [name, entity] : entities->items()) {
      const std::string shown = text_of(entity, "displayName");
      read_entity(entity, "domains", shown.empty() ? name : shown, share_of(entity, "prevalence"),
                  at("entities", name), reading);
    }
  }
  if (domains != nullptr) {
    for (const auto& [host, name] : domains->items()) {
      const std::string owner = text_of(*domains, host.c_str());
      reading->add_host({owner, owner, "other", host, -1}, at("domains", host));
    }
  }
  if (const json::Value* cnames = object_of(value, "cnames")) read_aliases(*cnames, reading);
}

bool is_tracker_radar(const json::Value& value) {
  const bool domain = !text_of(value, "domain").empty() && object_of(value, "owner") != nullptr;
  return domain || (!text_of(value, "name").empty() && array_of(value, "properties") != nullptr);
}

void read_tracker_radar(const json::Value& value, std::string_view place, LayerReading* reading) {
  if (array_of(value, "properties") != nullptr) {
    const json::Value* shares = object_of(value, "prevalence");
    return read_entity(value, "properties", name_of(value),
                       shares == nullptr ? -1 : share_of(*shares, "total"), place, reading);
  }
  const std::string host = text_of(value, "domain");
  const std::string name = name_of(value["owner"]);
  reading->add_host({name, name, category_of_duckduckgo(array_of(value, "categories")), host,
                     share_of(value, "prevalence")},
                    fmt::format("{} {}", place, host));
  const json::Value* cnames = array_of(value, "cnames");
  if (cnames == nullptr) return;
  for (const json::Value& pair : *cnames)
    reading->add_alias({text_of(pair, "original"), text_of(pair, "resolved"), ""},
                       fmt::format("{} {}, an alias", place, host));
}

Result<std::optional<std::string>> tracker_radar_essence(std::string_view name,
                                                         std::string_view text) {
  AFFIANT_TRY(const json::Value value, json::parse(text, name, json::Surrogates::kReplace));
  if (!is_tracker_radar(value)) return std::optional<std::string>();
  json::Value kept = json::Value::object();
  copy(value, {"domain", "name", "displayName", "properties", "prevalence", "categories", "cnames"},
       &kept);
  if (const json::Value* owner = object_of(value, "owner")) {
    kept["owner"] = json::Value::object();
    copy(*owner, {"name", "displayName"}, &kept["owner"]);
  }
  AFFIANT_TRY(std::string line, json::canonical(kept));
  return std::optional<std::string>(std::move(line) + "\n");
}

}  // namespace affiant::knowledge
