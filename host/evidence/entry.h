// The envelope of a log line (docs/log-format.md). Bodies are opaque bytes to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::evidence {

// {"b":BODY,"i":INDEX,"k":"KIND","m":MONO_NS,"n":"NONCE","q":SEQ,"s":SESSION,"t":TIME_MS,"v":1}
struct EntryHead {
  std::uint64_t index = 0;  // i: leaf index.
  std::string_view kind;    // k: [a-z][a-z.]*
  std::int64_t mono_ns =
      0;  // m: the writing host's monotonic clock, ns since the case was opened by it.
  std::string_view nonce;  // n: base64url of 128 random bits; makes the leaf hash hiding.
  std::uint64_t seq = 0;   // q: the sender's sequence number; 0 for entries the host itself writes.
  std::uint64_t session = 0;  // s: 0 outside any session.
  std::int64_t time_ms = 0;   // t: UTC, ms; claimed, not proved.
};

struct Entry {
  EntryHead head;
  std::string_view body;  // A JSON object, RFC 8785 bytes.
};

// Splits one line (without LF). Views point into `line`. Checks the envelope's exact spelling, not
// the body's JSON.
Result<Entry> parse_entry(std::string_view line);

// A withheld-able field (RFC 9901 section 4.2.1): digest goes into the body's "_sd", the disclosure
// text beside the log. Made by make_disclosure() only, so that the two always belong together.
class Disclosure {
 public:
  const std::string& text() const { return text_; }      // base64url(JCS([salt, name, value]))
  const std::string& digest() const { return digest_; }  // base64url(SHA-256(text))

 private:
  friend Disclosure make_disclosure(std::string_view name, std::string_view value_json);
  std::string text_;
  std::string digest_;
};
// `value_json`: RFC 8785 bytes of the value. The salt is 128 random bits.
Disclosure make_disclosure(std::string_view name, std::string_view value_json);

}  // namespace affiant::evidence
