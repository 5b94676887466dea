// Strict JSON at the edges: parse once, take out typed fields, and pass no `Value` further inward.
//
// parse() refuses what I-JSON (RFC 7493) refuses and more: duplicate keys, depth over
// limits::kJsonDepth (checked before anything recursive can happen), text after the value, invalid
// UTF-8. Thread-safe: no shared state.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/limits.h"

namespace affiant::json {

using Value = nlohmann::json;  // Objects are ordered by key bytes.

// Whether a lone surrogate escape (RFC 8259 section 8.2; pages can make them) is an error or
// becomes U+FFFD.
enum class Surrogates { kRefuse, kReplace };

// The error names the byte offset. `what` opens the message, e.g. "message" or a file name.
Result<Value> parse(std::string_view text, std::string_view what,
                    Surrogates surrogates = Surrogates::kRefuse);

// RFC 8785 bytes. Refuses NaN and infinities; integers beyond 2^53-1 are refused too, since other
// readers would round them.
Result<std::string> canonical(const Value& value);
Status append_canonical(std::string& out, const Value& value);

// Whether `text` is its own RFC 8785 form: what parse() takes and canonical() gives back unchanged.
// Builds nothing; some ten times as fast as those two.
bool is_canonical(std::string_view text);

// Appends `text` (UTF-8) as a JSON string in its RFC 8785 spelling, quotes included.
void append_string(std::string& out, std::string_view text);

// Reads the fields of one object strictly: each getter names the field in its error; -1 is no
// unsigned, 1.9 no integer. finish() fails when the object has a field nobody asked for. Lifetime:
// keeps a reference to `object`.
class Reader {
 public:
  // Fails when `value` is no object. `what` names it in errors, e.g. "events[3].b".
  static Result<Reader> open(const Value& value, std::string what);

  Result<std::string> string(std::string_view key, std::size_t max_bytes = limits::kFieldBytes);
  Result<std::optional<std::string>> optional_string(std::string_view key,
                                                     std::size_t max_bytes = limits::kFieldBytes);
  Result<std::int64_t> integer(std::string_view key, std::int64_t min = 0,
                               std::int64_t max = limits::kMaxSafeInteger);
  Result<std::optional<std::int64_t>> optional_integer(std::string_view key, std::int64_t min = 0,
                                                       std::int64_t max = limits::kMaxSafeInteger);
  Result<bool> boolean(std::string_view key);
  Result<bool> optional_boolean(std::string_view key, bool fallback);
  Result<const Value*> object(std::string_view key);
  Result<const Value*> array(std::string_view key, std::size_t max_items);
  // A field of any type, or nullptr when absent (null counts as absent for the optional getters
  // only).
  const Value* any(std::string_view key);

  bool has(std::string_view key) const;
  Status finish() const;
  const std::string& what() const { return what_; }

 private:
  Reader(const Value& object, std::string what) : object_(&object), what_(std::move(what)) {}
  Result<const Value*> require(std::string_view key);
  const Value* object_;
  std::string what_;
  std::vector<std::string> taken_;
};

}  // namespace affiant::json
