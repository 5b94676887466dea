// The detection rules that look at what was recorded as a whole. Each stands in a file of its own,
// named for it, which says whose rule it is and holds its thresholds. What a rule finds is told
// with the rule's own figures and claims no more than they show. Internal to this layer. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

#include "detect/cookie_forms.h"
#include "detect/facts.h"

namespace affiant::detect {

using Techniques = std::vector<TechniqueFact>;

// One fact a key: the entries that show it again are cited beside the first. `make` makes it, with
// the entries that it cites besides.
template <class Key, class Make>
void cite(const std::type_identity_t<Key>& key, observe::Leaf entry, std::map<Key, std::size_t>* at,
          Techniques* out, const Make& make) {
  const auto [it, fresh] = at->try_emplace(key, out->size());
  if (fresh) out->push_back(make());
  (*out)[it->second].entries.push_back(entry);
}

// What a script did with interfaces that can tell browsers apart: counts by name. Empty: no more
// than any page may do.
using Features = std::map<std::string, std::int64_t>;
std::string canvas(const Features& f);       // R9
std::string canvas_font(const Features& f);  // R10
std::string webrtc(const Features& f);       // R11
std::string audio(const Features& f);        // R11
std::int64_t count_of(const Features& f, const char* name);

void cookie_sync(const Facts& facts, const site::SiteTable& sites, const CookieForms& forms,
                 Techniques* out);                                                       // R7
void cname_cloaking(const Facts& facts, const site::SiteTable& sites, Techniques* out);  // R8
void session_replay(const Facts& facts, Techniques* out);                                // R12
void link_decoration(const Facts& facts, Techniques* out);
void bounce_tracking(const Facts& facts, const site::SiteTable& sites, Techniques* out);
void respawning(const Facts& facts, Techniques* out);
void personal_data_leak(const Facts& facts, const site::SiteTable& sites, Techniques* out);
void server_side_tagging(const Facts& facts, Techniques* out);

// R13. Registrable domains of third parties that keep something like an identifier in their frame.
std::vector<std::string> identifying_frames(const Facts& facts, const site::SiteTable& sites);

}  // namespace affiant::detect
