// A list of the user's that says who is behind hosts, what cookies mean, or which hosts are
// aliases: read at run time, a layer of its own beside the compiled-in tables, told by its content
// and never by its name (docs/knowledge-layers.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "knowledge/knowledge.h"

namespace affiant::knowledge {

enum class LayerKind : std::uint8_t {
  kTds,             // DuckDuckGo's tds.json
  kTrackerRadar,    // DuckDuckGo's domains/*/*.json, entities/*.json: one value after the other
  kDisconnect,      // services.json, entities.json
  kTrackerDb,       // Ghostery's trackerdb.json
  kCookieDatabase,  // open-cookie-database.csv
  kAliasPairs,      // AdGuard's JSON of disguised trackers
  kAliasSections    // Sections of a filter list that say whose aliases they hold
};
std::string_view layer_kind_name(LayerKind kind);  // "DuckDuckGo TDS"

struct LayerHost {
  std::string owner, product;
  std::string_view category;  // As Vendor::category.
  std::string host;
  double prevalence = -1;  // Share of sites, 0 to 1; below 0: not told.
};

struct LayerCookie {
  std::string pattern, domains, owner, purpose;  // As KnownCookie.
  std::string_view category;
  std::int64_t lifetime_s = -1;
};

struct LayerAlias {
  std::string host;
  std::string target, vendor;  // Empty: the list does not say.
};

// What was left out: how many rows, and the first of them with their place.
struct SkippedRows {
  std::size_t count = 0;
  std::vector<std::string> first;  // "trackers[a:80]: a port"
};

struct Layer {
  LayerKind kind = LayerKind::kTds;
  Provenance provenance;
  std::vector<LayerHost> hosts;  // Each host once.
  std::vector<LayerCookie> cookies;
  std::vector<LayerAlias> aliases;  // Each host once.
  SkippedRows skipped;
};

// Caps of one layer.
inline constexpr std::size_t kLayerDocumentBytes = 32U << 20U;  // One JSON value.
inline constexpr std::size_t kLayerRows = 2'000'000;            // Hosts, cookies, aliases together.
inline constexpr std::size_t kLayerNameBytes = 300;             // Of an owner or a product.
inline constexpr std::size_t kLayerRecordBytes = 64U << 10U;    // A CSV record.
inline constexpr std::size_t kLayerSkippedNamed = 5;
inline constexpr std::size_t kLayerFiles = 300'000;  // Of a folder.

// Whether `text` is to be read as a layer rather than as a filter list, by its first bytes.
bool is_layer(std::string_view text);

// kUnsupported when the format is none of these; kMalformed with the byte; kTooLarge with the cap.
// Rows that cannot be used are left out and counted. `name` is the file's.
Result<Layer> read_layer(std::string_view name, std::string_view text);

// What the sections of a filter list say of aliases ("easyprivacy_specific_cname_criteo.txt",
// "! a.example.net disguised trackers"). Never fails: what is no such section is not read.
Layer read_alias_sections(std::string_view text, const Provenance& of_list);

// The members of a Tracker Radar file that a layer uses, as one line of RFC 8785; nothing for
// another file. Real files hold a hundred times as much.
Result<std::optional<std::string>> tracker_radar_essence(std::string_view name,
                                                         std::string_view text);

// A host that stands for somebody else's (CNAME), by the lists in use together.
struct Alias {
  std::string_view host;
  std::string_view target, vendor;  // Empty: no list says.
  std::string_view layer;           // The first list that has it.
};
// Whether a list has exactly this host as an alias; nullptr: none does.
const Alias* find_alias(std::string_view host);

// What every layer in use says of a host, whoever wins, in their order.
struct LayerAnswer {
  std::string_view layer;  // Its provenance's source.
  const LayerHost* host = nullptr;
};
std::vector<LayerAnswer> layers_say(std::string_view host);

// Puts layers beside the compiled-in tables: ours win, then the package's, then these in their
// order. Look-ups of knowledge.h then answer with rows of theirs, too, whose `source` is the
// layer's. In place of those of an earlier call, whose rows stay where they are. Not while another
// thread looks up.
void use_layers(std::vector<Layer> layers);
// Where they come from, for a report beside provenance(). Without sections of filter lists: those
// are named by who asks the list for rules.
std::vector<Provenance> layer_provenance();

}  // namespace affiant::knowledge
