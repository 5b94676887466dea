#include "detect/techniques.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {
namespace {

std::string called(const Features& f, const char* name, std::int64_t least, const char* words) {
  return count_of(f, name) < least ? std::string()
                                   : fmt::format("{} ({} times)", words, count_of(f, name));
}

std::string judge(const std::string& technique, const Features& f) {
  if (technique == "canvas") return canvas(f);
  if (technique == "canvas-font") return canvas_font(f);
  if (technique == "webrtc") return webrtc(f);
  if (technique == "audio") return audio(f);
  if (technique == "webgl")
    return count_of(f, "unmasked") == 0
               ? std::string()
               : "asked for the vendor or renderer of the graphics hardware";
  if (technique == "battery")
    return called(f, "getBattery", 1, "asked for the state of the battery");
  if (technique == "media-devices")
    return called(f, "enumerateDevices", 1, "asked which cameras and microphones there are");
  if (technique == "fonts") return called(f, "check", kFontChecks, "checked which fonts there are");
  if (technique == "beacon") return called(f, "sendBeacon", 1, "sent a beacon");
  return {};
}

void add_scripts(const Facts& facts, Techniques* out) {
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

}  // namespace

std::int64_t count_of(const Features& f, const char* name) {
  const auto it = f.find(name);
  return it == f.end() ? 0 : it->second;
}

std::vector<TechniqueFact> techniques(const Facts& facts, const site::SiteTable& sites,
                                      const CookieForms& forms) {
  Techniques out;
  add_scripts(facts, &out);
  cookie_sync(facts, sites, forms, &out);
  cname_cloaking(facts, sites, &out);
  session_replay(facts, &out);
  link_decoration(facts, &out);
  bounce_tracking(facts, sites, &out);
  respawning(facts, &out);
  server_side_tagging(facts, &out);
  personal_data_leak(facts, sites, &out);
  for (TechniqueFact& fact : out) {
    std::sort(fact.entries.begin(), fact.entries.end());
    fact.entries.erase(std::unique(fact.entries.begin(), fact.entries.end()), fact.entries.end());
  }
  std::stable_sort(out.begin(), out.end(), [](const TechniqueFact& a, const TechniqueFact& b) {
    return a.entries.front() < b.entries.front();
  });
  return out;
}

}  // namespace affiant::detect
