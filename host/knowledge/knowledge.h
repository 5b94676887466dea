// Who owns a host, what it is for, what a cookie name means: our own tables, compiled in
// (host/knowledge/data/*.tsv), and where they are silent the user's layers in use (layer.h).
//
// All functions are thread-safe, rest on those alone and never fail: what is not known is nullptr
// or empty. Views live as long as the program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::knowledge {

struct Vendor {
  std::string_view owner;     // "Google"
  std::string_view product;   // "Google Analytics"
  std::string_view category;  // advertising, analytics, social, tag-manager, session-replay,
                              // fingerprinting, customer-support, payment, consent-manager, cdn,
                              // fonts, video, security, login, other
  std::string_view
      aliases;  // '|'-separated names by which a policy may call it: "google|doubleclick|gstatic"
  std::string_view source;  // Where this is documented.
  std::string_view
      host;  // The host suffix of the table that this entry is for: "google-analytics.com".
};

struct KnownCookie {
  std::string_view pattern, owner, purpose, category,
      source;                   // category: necessary, functional, analytics, advertising, social
  std::int64_t lifetime_s = 0;  // 0: session; -1: not documented.
  std::string_view
      domains;  // '|'-separated hosts to which the meaning is confined; empty: wherever it is set.
};

struct Provenance {
  std::string source, version, sha256, licence;
};

// By host suffix, the longest wins ("www.google-analytics.com" before "google.com"). nullptr when
// unknown. A leading or trailing dot and upper case are understood.
const Vendor* find_vendor(std::string_view host);
// By name alone, whatever domain the meaning is confined to: for a look-up by hand. The most
// specific pattern wins.
const KnownCookie* find_cookie(std::string_view name);
// The meaning of a cookie of this name on this domain (leading dot or not); nullptr when none of
// that name holds there.
const KnownCookie* find_cookie(std::string_view name, std::string_view domain);
// All names by which a policy may mean this owner or product, lower case, sorted.
std::vector<std::string> names_of(const Vendor& vendor);
// Those of names_of() that mean the product itself rather than everything its owner runs.
std::vector<std::string> product_names_of(const Vendor& vendor);
// The vendor whose name or alias is `name` (as written in a policy, any case), or nullptr. A
// product wins over an owner; for an owner it is the first of its rows, of which only `owner` is
// then meaningful.
const Vendor* vendor_by_name(std::string_view name);
// Whether a vendor's name is also an ordinary word ("Segment", "Drift"), so that finding it in
// running text proves nothing.
bool is_common_word(std::string_view name);
std::vector<Provenance> provenance();

}  // namespace affiant::knowledge
