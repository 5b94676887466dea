// Ghostery's TrackerDB as the npm package @ghostery/trackerdb exports it: patterns with hosts and
// rules, each of an organisation.
#include "knowledge/layers/reading.h"

namespace affiant::knowledge {
namespace {

// The host of a rule that is for a host as a whole: "||host^", "||host^$3p".
std::string host_of_rule(std::string_view rule) {
  if (!rule.starts_with("||")) return {};
  rule.remove_prefix(2);
  const std::size_t end = rule.find('^');
  if (end == std::string_view::npos) return {};
  const std::string_view rest = rule.substr(end + 1);
  if (!rest.empty() && rest != "$3p" && rest != "$third-party") return {};
  if (rule.substr(0, end).find_first_of("*/") != std::string_view::npos) return {};
  return std::string(rule.substr(0, end));
}

}  // namespace

bool is_tracker_db(const json::Value& value) {
  return object_of(value, "patterns") != nullptr && object_of(value, "organizations") != nullptr;
}

void read_tracker_db(const json::Value& value, LayerReading* reading) {
  const json::Value& organisations = value["organizations"];
  for (const auto& [key, pattern] : value["patterns"].items()) {
    const std::string place = fmt::format("patterns[{}]", key);
    const std::string product = text_of(pattern, "name");
    std::string owner;
    if (const std::string id = text_of(pattern, "organization"); !id.empty())
      if (const json::Value* who = object_of(organisations, id.c_str()))
        owner = text_of(*who, "name");
    if (owner.empty()) owner = product;
    const std::string_view category = category_of_tracker_db(text_of(pattern, "category"));
    for (const char* list : {"domains", "filters"}) {
      const json::Value* rows = array_of(pattern, list);
      if (rows == nullptr) continue;
      for (const json::Value& row : *rows) {
        if (!row.is_string()) {
          reading->skip(place, "no string");
          continue;
        }
        const bool rule = list[0] == 'f';
        const auto& text = row.get_ref<const std::string&>();
        std::string host = rule ? host_of_rule(text) : text;
        if (rule && host.empty()) continue;  // A rule about paths: of no host as a whole.
        reading->add_host({owner, product, category, std::move(host), -1}, place);
      }
    }
  }
}

}  // namespace affiant::knowledge
