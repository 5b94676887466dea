// A layer in the making, shared by the readers of all formats. Internal to this layer.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "json/json.h"
#include "knowledge/layer.h"

namespace affiant::knowledge {

class LayerReading {
 public:
  LayerReading(LayerKind kind, std::string_view licence);

  // `host` and the names as the list has them; `place` says where, should the row be left out. The
  // first row of a host stays, but one that says what a host is for is better than "other".
  void add_host(LayerHost row, std::string_view place);
  void add_cookie(LayerCookie row);
  void add_alias(LayerAlias row, std::string_view place);
  void skip(std::string_view place, std::string_view why);
  void licence(std::string text) { layer_.provenance.licence = std::move(text); }

  LayerKind kind() const { return layer_.kind; }
  // kTooLarge when there were more rows than kLayerRows.
  Result<Layer> finish(std::string_view name, std::string_view text) &&;

 private:
  bool full();

  Layer layer_;
  std::unordered_map<std::string, std::size_t> hosts_;
  std::unordered_set<std::string> aliases_;
  bool too_many_ = false;
};

// Members of JSON objects, of which a list may have any type. Empty when absent, of another type or
// above `kLayerNameBytes`.
std::string text_of(const json::Value& object, const char* key);
// nullptr when absent or of another type.
const json::Value* object_of(const json::Value& object, const char* key);
const json::Value* array_of(const json::Value& object, const char* key);
double share_of(const json::Value& object, const char* key);  // 0 to 1; -1 when it is none.

// One function a format: whether a value is of it, and what it adds.
bool is_tds(const json::Value& value);
void read_tds(const json::Value& value, LayerReading* reading);
bool is_tracker_radar(const json::Value& value);
void read_tracker_radar(const json::Value& value, std::string_view place, LayerReading* reading);
bool is_disconnect(const json::Value& value);
void read_disconnect(const json::Value& value, LayerReading* reading);
bool is_tracker_db(const json::Value& value);
void read_tracker_db(const json::Value& value, LayerReading* reading);
bool is_alias_pairs(const json::Value& value);
void read_alias_pairs(const json::Value& value, LayerReading* reading);
bool is_cookie_database(std::string_view text);
void read_cookie_database(std::string_view text, LayerReading* reading);

// A list's words for what a host is for, as ours; "other" for what is none of them.
std::string_view category_of_duckduckgo(const json::Value* categories);
std::string_view category_of_disconnect(std::string_view word);
std::string_view category_of_tracker_db(std::string_view word);

}  // namespace affiant::knowledge
