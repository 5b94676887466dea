#include "detect/techniques.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "knowledge/knowledge.h"

namespace affiant::detect {
namespace {

using Features = std::map<std::string, std::int64_t>;

std::int64_t value(const Features& f, const char* name) {
  const auto it = f.find(name);
  return it == f.end() ? 0 : it->second;
}

// R9. Departs from section 6.1 (3): addEventListener on the canvas is not watched.
std::string canvas(const Features& f) {
  const bool image =
      value(f, "read_width") >= kCanvasSidePx && value(f, "read_height") >= kCanvasSidePx;
  const std::int64_t reads = value(f, "toDataURL") + value(f, "toBlob") +
                             value(f, "convertToBlob") + (image ? value(f, "getImageData") : 0);
  const bool large = value(f, "width") >= kCanvasSidePx && value(f, "height") >= kCanvasSidePx;
  const bool text =
      value(f, "characters") >= kCanvasCharacters || value(f, "colours") >= kCanvasColours;
  if (reads == 0 || !large || !text || value(f, "saved") > 0) return {};
  return fmt::format(
      "wrote {} different characters in {} colours on a canvas of {} x {} pixels and read it back",
      value(f, "characters"), value(f, "colours"), value(f, "width"), value(f, "height"));
}

// R10.
std::string canvas_font(const Features& f) {
  if (value(f, "fonts") < kCanvasFonts || value(f, "measured") < kCanvasFontMeasurements) return {};
  return fmt::format("measured one text {} times while trying {} fonts", value(f, "measured"),
                     value(f, "fonts"));
}

// R11.
std::string webrtc(const Features& f) {
  if (value(f, "createDataChannel") == 0 || value(f, "createOffer") == 0 ||
      value(f, "onicecandidate") + value(f, "localDescription") == 0)
    return {};
  return "opened a data channel to nobody, made an offer and read the addresses it holds";
}

// R11, audio: no formal rule was published; an oscillator that is rendered and read, in one script.
std::string audio(const Features& f) {
  if (value(f, "createOscillator") == 0 || value(f, "startRendering") + value(f, "oncomplete") +
                                                   value(f, "getFloatFrequencyData") +
                                                   value(f, "getByteFrequencyData") ==
                                               0)
    return {};
  return "made a tone with an oscillator and had it rendered or measured";
}

std::string webgl(const Features& f) {
  if (value(f, "unmasked") == 0) return {};
  return "asked for the vendor or renderer of the graphics hardware";
}

std::string called(const Features& f, const char* name, std::int64_t least, const char* words) {
  return value(f, name) < least ? std::string()
                                : fmt::format("{} ({} times)", words, value(f, name));
}

std::string judge(const std::string& technique, const Features& f) {
  if (technique == "canvas") return canvas(f);
  if (technique == "canvas-font") return canvas_font(f);
  if (technique == "webrtc") return webrtc(f);
  if (technique == "audio") return audio(f);
  if (technique == "webgl") return webgl(f);
  if (technique == "battery")
    return called(f, "getBattery", 1, "asked for the state of the battery");
  if (technique == "media-devices")
    return called(f, "enumerateDevices", 1, "asked which cameras and microphones there are");
  if (technique == "fonts") return called(f, "check", kFontChecks, "checked which fonts there are");
  if (technique == "beacon") return called(f, "sendBeacon", 1, "sent a beacon");
  return {};
}

void add_scripts(const Facts& facts, std::vector<TechniqueFact>* out) {
  // Cumulative within a document; where a script ran in several, the greatest figures are told.
  struct Seen {
    const observe::Technique* first = nullptr;
    Features most;
    std::vector<observe::Leaf> entries;
  };
  using Key = std::tuple<std::uint64_t, std::string, std::string, std::string>;
  std::map<Key, std::size_t> at;
  std::vector<Seen> all;
  for (const observe::Technique& t : facts.seen.techniques) {
    const Key key{t.place.session, t.technique, t.script_url.value_or(t.script_host),
                  t.place.frame_url.value_or(t.place.frame_host)};
    const auto [it, fresh] = at.try_emplace(key, all.size());
    if (fresh) all.push_back({&t, {}, {}});
    Seen& seen = all[it->second];
    for (const auto& [name, n] : t.features) seen.most[name] = std::max(seen.most[name], n);
    seen.entries.push_back(t.entry);
  }
  for (Seen& seen : all) {
    std::string detail = judge(seen.first->technique, seen.most);
    if (detail.empty()) continue;
    out->push_back({seen.first->technique, seen.first->script_url, seen.first->script_host,
                    seen.first->place.frame_url, std::move(detail), std::move(seen.entries)});
  }
}

// R8: a host of the site's own that stands for a name of somebody else's.
void add_aliases(const Facts& facts, const site::SiteTable& sites,
                 std::vector<TechniqueFact>* out) {
  std::set<std::string_view> own;
  for (const RequestFact& r : facts.requests)
    if (r.party == site::Party::kFirst && r.of_visit) own.insert(r.request->host);
  for (const observe::HostAddress& a : facts.seen.addresses) {
    if (a.canonical.empty() || !own.contains(a.host)) continue;
    const std::string target = sites.registrable_domain(a.canonical);
    if (target.empty() || target == sites.registrable_domain(a.host)) continue;
    const knowledge::Vendor* vendor = knowledge::find_vendor(a.canonical);
    out->push_back({"cname",
                    std::nullopt,
                    a.host,
                    std::nullopt,
                    fmt::format("{} stands for {}{}", a.host, a.canonical,
                                vendor == nullptr ? "" : fmt::format(" of {}", vendor->owner)),
                    {a.entry}});
  }
}

}  // namespace

std::vector<TechniqueFact> techniques(const Facts& facts, const site::SiteTable& sites) {
  std::vector<TechniqueFact> out;
  add_scripts(facts, &out);
  add_aliases(facts, sites, &out);
  std::stable_sort(out.begin(), out.end(), [](const TechniqueFact& a, const TechniqueFact& b) {
    return a.entries.front() < b.entries.front();
  });
  return out;
}

}  // namespace affiant::detect
