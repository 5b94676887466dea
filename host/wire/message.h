// The messages of docs/protocol.md, typed. Decoding is strict and happens once: what
// comes out has every field, of its type and within its range.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "json/json.h"

namespace affiant::wire {

// What this host speaks; an extension of any number between is answered in its own.
inline constexpr std::int64_t kProtocol = 2;
inline constexpr std::int64_t kOldestProtocol = 1;

// Extension to host.

struct Hello {
  std::string boot;  // New at every start of the extension's background.
  std::string extension_version;
  std::string browser;  // "chromium" or "firefox".
  std::string browser_version;
  std::string user_agent;
  std::int64_t protocol = kProtocol;  // From kOldestProtocol to kProtocol.
};

struct Open {
  std::string url;
  std::string purpose;  // "audit" or "visit".
  std::string phase;    // "no-choice", "reject" or "accept".
  bool gpc = false;
  std::string third_party_cookies;  // "allowed", "blocked" or "partitioned".
  bool private_window = false;
};

struct Exhibit {
  std::string type;  // A media type.
  std::string text;  // Its bytes: base64 is undone.
};

struct Event {
  std::uint64_t q = 0;  // >= 1; greater than that of the event before it in the batch.
  std::string kind;     // Not yet known to be one that exists.
  std::int64_t time_ms = 0;
  json::Value body;  // An object, not yet checked against the vocabulary.
  std::optional<Exhibit> exhibit;
  // The body as the text it came in, where every value stands in its RFC 8785 spelling and no key
  // is there twice; `body` is null then. tree() makes the one into the other.
  std::string text;

  Result<json::Value*> tree();
};

struct Events {
  std::vector<Event> events;  // 1 to limits::kEventsPerBatch.
};

struct Close {
  std::string reason;  // "plan-done", "stopped", "timeout" or "failed".
  std::optional<std::string> detail;
  std::uint64_t last_q = 0;
};

// What the extension shows: a case in a few figures, or its whole report.
enum class View : std::uint8_t { kSummary, kReport };

struct Show {
  View view = View::kSummary;
  std::string case_id;  // As in `opened`. Filled, and nothing else is known of it.
};

using ExtensionMessage = std::variant<Hello, Open, Events, Close, Show>;

// Lone surrogates become U+FFFD. kMalformed, kTooLarge, kUnsupported (a protocol that this host
// does not speak) or kProtocol (a type that does not exist), with the place: "message.events[3].q:
// ...".
Result<ExtensionMessage> decode_message(std::string_view frame);

// Host to extension.

// What is typed into the fields of pages, to be looked for in what they send.
struct PlantedText {
  std::string email, text;
};

// What `affiant audit` asks the extension to do.
struct Plan {
  std::string url;
  std::int64_t pages = 0;
  std::int64_t quiet_ms = 0;
  std::int64_t timeout_ms = 0;
  std::optional<std::string> policy;
  bool discover_policy = true;
  bool site_files = false;  // Ask the site for its machine-readable files at the end.
  std::string phase;
  bool gpc = false;
  std::string third_party_cookies;  // "default", "allow" or "block".
  std::optional<PlantedText> canary;
};

// Takes the plan's fields out of `reader` and leaves others to the caller.
Result<Plan> read_plan(json::Reader& reader);

struct Resume {
  std::uint64_t session = 0;
  std::uint64_t durable = 0;
};

struct Welcome {
  std::string host_version;
  std::optional<Plan> plan;
  std::optional<Resume> resume;
  std::int64_t protocol = kProtocol;  // That of the extension's hello.
};

struct Opened {
  std::uint64_t session = 0;
  std::string case_id;
};

struct Ack {
  std::uint64_t durable = 0;
};

struct Closed {
  std::string case_id;
  std::uint64_t tree_size = 0;
  std::string root;  // base64
};

struct ErrorMessage {
  Code code = Code::kInternal;
  std::string message;
  bool fatal = true;
};

// An answer to `summary`: the figures, or why there are none.
struct Summary {
  std::string case_id;
  json::Value figures;  // An object, or null with `error`.
  std::optional<Error> error;
};

// An answer to `report`, in order; the last one is `done`. With `error` what came before is not all
// of it.
struct ReportPart {
  std::string case_id, part, json;  // json: a piece of the part's text.
  bool done = false;
  std::optional<Error> error;
};

using HostMessage = std::variant<Welcome, Opened, Ack, Closed, ErrorMessage, Summary, ReportPart>;

// RFC 8785 bytes, at most limits::kFrameOut for any plan that limits::kPlanBytes lets in and any
// piece of a report of at most kPieceBytes. Strings must be UTF-8, but those of an error may be any
// bytes.
inline constexpr std::size_t kPieceBytes = 128U << 10U;
Result<std::string> encode_message(const HostMessage& message);

}  // namespace affiant::wire
