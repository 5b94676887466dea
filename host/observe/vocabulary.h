// The vocabulary of entries: one table of kinds and fields (docs/protocol.md "Events"), used in
// both directions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/entry.h"
#include "json/json.h"

namespace affiant::observe {

enum class FieldType : std::uint8_t { kString, kInteger, kBoolean, kStringList, kStringMap };

struct Field {
  std::string_view name;
  FieldType type = FieldType::kString;
  bool nullable = false;
  bool sensitive = false;     // Stored as a disclosure.
  std::int64_t min = 0;       // Integers only.
  std::size_t max_bytes = 0;  // Strings only; 0: limits::kFieldBytes.
};

struct Kind {
  std::string_view name;
  std::span<const Field> fields;
  bool from_extension = true;  // False: only the host or the CLI may write it.
  bool exhibit = false;        // May carry one.
};

// What a sensitive field gives away. By its name: a disclosure says nothing else.
enum class Sensitive : std::uint8_t { kValue, kUrl, kIp };
Sensitive sensitive_class(std::string_view field);

std::span<const Kind> kinds();
const Kind* find_kind(std::string_view name);

// Whether every field of `body` is in the table and of its type. Fields that must be there must be,
// but sensitive ones may be missing when `withheld` is true. The error names the field after
// `what`.
Status check_body(const Kind& kind, const json::Value& body, bool withheld, std::string_view what);

struct EncodedBody {
  std::string bytes;  // RFC 8785, "_sd" included.
  std::vector<evidence::Disclosure> disclosures;
};

// Checks `body` against the table (missing, unknown or mistyped fields are errors that name the
// field) and splits the sensitive fields off. `exhibit_*` fields are added by the recorder through
// `extra` before encoding.
Result<EncodedBody> encode_body(const Kind& kind, const json::Value& body, std::string_view what);
// What encode_body() makes of the object that `text` (UTF-8) spells, many times as fast. nullopt
// for any text but one without white space whose values are in RFC 8785 form, and for any body that
// is not in order or too large. `kind`: one of kinds().
std::optional<EncodedBody> encode_text(const Kind& kind, std::string_view text);

// The reverse: the body with every disclosed field back in place. Fields whose disclosure is not
// there are listed in `withheld` by count only (their names are unknown by design).
struct DecodedBody {
  json::Value fields;
  std::size_t withheld = 0;
};
Result<DecodedBody> decode_body(std::string_view body,
                                const std::vector<std::string_view>& disclosures);

}  // namespace affiant::observe
