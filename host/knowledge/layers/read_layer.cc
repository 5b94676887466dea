// Which format a layer is of, and its reader.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "knowledge/layers/documents.h"
#include "knowledge/layers/reading.h"

namespace affiant::knowledge {
namespace {

// As its publisher has it; none of the files names its own but Disconnect's.
constexpr std::string_view kNonCommercial = "CC-BY-NC-SA-4.0";

struct Format {
  LayerKind kind;
  std::string_view licence;
  bool (*is)(const json::Value&);
};

// The particular before the general: a map of names to names is what any of them could be part of.
constexpr std::array<Format, 5> kFormats = {{
    {LayerKind::kTds, kNonCommercial, is_tds},
    {LayerKind::kTrackerDb, kNonCommercial, is_tracker_db},
    {LayerKind::kTrackerRadar, kNonCommercial, is_tracker_radar},
    {LayerKind::kDisconnect, kNonCommercial, is_disconnect},
    {LayerKind::kAliasPairs, "MIT", is_alias_pairs},
}};

void add(const json::Value& value, std::string_view place, LayerReading* reading) {
  switch (reading->kind()) {
    case LayerKind::kTds:
      return read_tds(value, reading);
    case LayerKind::kTrackerDb:
      return read_tracker_db(value, reading);
    case LayerKind::kTrackerRadar:
      return read_tracker_radar(value, place, reading);
    case LayerKind::kDisconnect:
      return read_disconnect(value, reading);
    case LayerKind::kAliasPairs:
      return read_alias_pairs(value, reading);
    default:
      return;
  }
}

Result<Layer> read_json(std::string_view name, std::string_view text) {
  const auto in_file = [&](const Error& error) {
    return tl::unexpected<Error>(
        Error{error.code, fmt::format("{}: {}", printable(name), error.message)});
  };
  JsonDocuments documents(text);
  std::optional<LayerReading> reading;
  const Format* format = nullptr;
  for (;;) {
    const auto document = documents.next();
    if (!document) return in_file(document.error());
    if (!*document) break;
    const std::string place = fmt::format("byte {}", documents.offset());
    const auto value = json::parse(**document, place, json::Surrogates::kReplace);
    if (!reading) {
      if (!value) return in_file(value.error());
      format = std::find_if(kFormats.begin(), kFormats.end(),
                            [&](const Format& one) { return one.is(*value); });
      if (format == kFormats.end()) break;
      reading.emplace(format->kind, format->licence);
    } else if (!value || !format->is(*value)) {
      reading->skip(place, value ? "not like what stands before it" : value.error().message);
      continue;
    }
    add(*value, place, &*reading);
  }
  if (!reading)
    return fail(Code::kUnsupported,
                "{}: JSON, but neither Tracker Radar, TDS, Disconnect, TrackerDB nor AdGuard's "
                "pairs of CNAMEs (docs/knowledge-layers.md)",
                printable(name));
  return std::move(*reading).finish(name, text);
}

}  // namespace

std::string_view layer_kind_name(LayerKind kind) {
  switch (kind) {
    case LayerKind::kTds:
      return "DuckDuckGo TDS";
    case LayerKind::kTrackerRadar:
      return "DuckDuckGo Tracker Radar";
    case LayerKind::kDisconnect:
      return "Disconnect";
    case LayerKind::kTrackerDb:
      return "Ghostery TrackerDB";
    case LayerKind::kCookieDatabase:
      return "Open Cookie Database";
    case LayerKind::kAliasPairs:
      return "CNAME pairs";
    case LayerKind::kAliasSections:
      return "CNAME sections";
  }
  return "";
}

bool is_layer(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (is_cookie_database(text)) return true;
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return false;
  if (text[first] == '{') return true;
  if (text[first] != '[') return false;  // "[Adblock Plus 2.0]" opens a filter list.
  const std::size_t second = text.find_first_not_of(kSpace, first + 1);
  return second != std::string_view::npos && (text[second] == '{' || text[second] == ']');
}

Result<Layer> read_layer(std::string_view name, std::string_view text) {
  if (!is_cookie_database(text)) return read_json(name, text);
  LayerReading reading(LayerKind::kCookieDatabase, "Apache-2.0");
  read_cookie_database(text, &reading);
  return std::move(reading).finish(name, text);
}

}  // namespace affiant::knowledge
