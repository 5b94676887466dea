// Disconnect's services.json ({"categories": {"Advertising": [{"Company": {"https://its.page/":
// ["host", ...], "dnt": "eff"}}]}}) and entities.json ({"entities": {"Company": {"properties":
// ["host", ...], "resources": [...]}}}); Mozilla's copies leave the outer member out.
#include <algorithm>

#include "base/bytes.h"
#include "knowledge/layers/reading.h"

namespace affiant::knowledge {
namespace {

std::string place_of(std::string_view category, const std::string& company) {
  return fmt::format("{}, {}", category, company);
}

// "session-replay": "true" and the like are said of a company beside its lists of hosts.
bool is_set(const json::Value& company, const char* mark) {
  return text_of(company, mark) == "true";
}

void read_company(std::string_view category, const std::string& name, const json::Value& company,
                  LayerReading* reading) {
  if (!company.is_object()) return reading->skip(place_of(category, name), "no object");
  const bool replays = is_set(company, "session-replay");
  for (const auto& [page, hosts] : company.items()) {
    if (!hosts.is_array()) continue;  // A mark.
    for (const json::Value& host : hosts) {
      if (host.is_string())
        reading->add_host(
            {name, name, replays ? "session-replay" : category_of_disconnect(category),
             host.get<std::string>(), -1},
            place_of(category, name));
      else
        reading->skip(place_of(category, name), "a host that is no string");
    }
  }
}

void read_services(const json::Value& categories, bool techniques, LayerReading* reading) {
  for (const auto& [category, companies] : categories.items()) {
    // Fingerprinting is how a host does what another category says it is for.
    if ((category_of_disconnect(category) == "fingerprinting") != techniques) continue;
    if (!companies.is_array()) {
      reading->skip(category, "no list of companies");
      continue;
    }
    for (const json::Value& entry : companies) {
      if (!entry.is_object()) {
        reading->skip(category, "no object");
        continue;
      }
      for (const auto& [name, company] : entry.items())
        read_company(category, name, company, reading);
    }
  }
}

bool is_entities(const json::Value& value) {
  if (!value.is_object() || value.empty()) return false;
  return std::all_of(value.begin(), value.end(), [](const json::Value& entity) {
    return array_of(entity, "properties") != nullptr;
  });
}

void read_entities(const json::Value& entities, LayerReading* reading) {
  for (const auto& [name, entity] : entities.items()) {
    for (const char* list : {"properties", "resources"}) {
      const json::Value* hosts = array_of(entity, list);
      if (hosts == nullptr) continue;
      for (const json::Value& host : *hosts) {
        if (host.is_string())
          reading->add_host({name, name, "other", host.get<std::string>(), -1},
                            place_of("entities", name));
        else
          reading->skip(place_of("entities", name), "a host that is no string");
      }
    }
  }
}

}  // namespace

bool is_disconnect(const json::Value& value) {
  if (const json::Value* categories = object_of(value, "categories"))
    return std::all_of(categories->begin(), categories->end(),
                       [](const json::Value& companies) { return companies.is_array(); });
  const json::Value* entities = object_of(value, "entities");
  return is_entities(entities == nullptr ? value : *entities);
}

void read_disconnect(const json::Value& value, LayerReading* reading) {
  if (const std::string licence = text_of(value, "license"); !licence.empty())
    reading->licence(printable(licence, kLayerNameBytes));
  if (const json::Value* categories = object_of(value, "categories")) {
    read_services(*categories, false, reading);
    read_services(*categories, true, reading);
    return;
  }
  const json::Value* entities = object_of(value, "entities");
  read_entities(entities == nullptr ? value : *entities, reading);
}

}  // namespace affiant::knowledge
