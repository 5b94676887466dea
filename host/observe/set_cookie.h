// What a Set-Cookie line says: RFC 6265bis section 5.6, step by step. What it means is
// cookie_store.h.
//
// Pure and thread-safe. The engines differ where browsers were measured to differ from the standard
// (docs/life-of-a-cookie.md); every such place is marked `// Departs from step N:`.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "observe/engine.h"

namespace affiant::observe {

// Why a cookie was not stored. kNone: it was.
enum class Refusal : std::uint8_t {
  kNone,
  kControlCharacter,
  kEmpty,
  kTooLarge,
  kDomainNotAscii,
  kPublicSuffix,
  kDomainMismatch,
  kNameless,
  kSecureFromInsecure,
  kHttpOnlyFromScript,
  kOverSecure,
  kCrossSite,
  kSameSiteNoneInsecure,
  kPrefixSecure,
  kPrefixHost,
  kPrefixHttp,
  kPrefixHostHttp,
  kPrefixNameless,
  kPartitionedInsecure,
  kOverHttpOnly,
};
std::string_view refusal_name(
    Refusal refusal);  // e.g. "domain-mismatch"; append-only, public in `explain --format json`.
std::string_view refusal_text(Refusal refusal);  // One clause for people; empty for kNone.

// One step of the standard as it went: its number there, what it looked at, what came of it.
struct Step {
  std::string number;  // "5.6 step 3", "5.7 step 10.1".
  std::string did;
  std::string outcome;  // "go on", "set", "ignored", "refused", "stored", "replaced", "deleted".
};
using Trace = std::vector<Step>;

// Adds a step when there is a trace; formats nothing when there is none. Text of the cookie must go
// in through printable().
template <typename... Args>
void note(Trace* trace, std::string_view number, std::string_view outcome,
          fmt::format_string<Args...> did, Args&&... args) {
  if (trace != nullptr)
    trace->push_back(
        {std::string(number), fmt::format(did, std::forward<Args>(args)...), std::string(outcome)});
}

// A cookie-av: an attribute as it was written, and what section 5.6.1 to 5.6.7 make of it.
struct Attribute {
  enum class Kind : std::uint8_t {
    kUnknown,
    kExpires,
    kMaxAge,
    kDomain,
    kPath,
    kSecure,
    kHttpOnly,
    kSameSite,
    kPartitioned
  };
  Kind kind = Kind::kUnknown;
  std::string name, value;  // As written, outer white space removed.
  bool ignored = false;     // Not in the cookie-attribute-list.
  std::string meaning;  // kDomain: without leading dot, lower case. kPath: the path, or "" for the
                        // default path. kSameSite: "Strict", "Lax", "None", "Default".
  std::int64_t expiry_ms = 0;  // kExpires, kMaxAge. Capped.
};

struct ParsedCookie {
  std::string name, value;
  std::vector<Attribute> attributes;  // All of them, in order, ignored ones included.
  // The last attribute of a kind that was not ignored, or nullptr.
  const Attribute* last(Attribute::Kind kind) const;
};

// Section 5.6. `line` is the field value (no "Set-Cookie:"), any bytes. `now_ms`: when it was
// received (Max-Age counts from it).
tl::expected<ParsedCookie, Refusal> parse_set_cookie(std::string_view line, Engine engine,
                                                     std::int64_t now_ms, Trace* trace = nullptr);

}  // namespace affiant::observe
