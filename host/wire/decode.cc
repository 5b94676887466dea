#include <algorithm>
#include <initializer_list>

#include "base/bytes.h"
#include "base/limits.h"
#include "wire/message.h"
#include "wire/quick_events.h"

namespace affiant::wire {
namespace {

constexpr std::size_t kNameBytes = 256;     // Versions, ids, media types, words from a list.
constexpr std::size_t kDetailBytes = 4096;  // A user agent, the detail of a close.

using Words = std::initializer_list<std::string_view>;

Result<std::string> word(json::Reader& reader, std::string_view key, Words words) {
  AFFIANT_TRY(std::string text, reader.string(key, kNameBytes));
  if (std::find(words.begin(), words.end(), text) != words.end()) return text;
  std::string all;
  for (const std::string_view w : words) all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", w);
  return fail(Code::kMalformed, "{}.{}: \"{}\" is none of {}", reader.what(), key,
              printable(text, 60), all);
}

Result<std::string> filled(json::Reader& reader, std::string_view key, std::size_t max_bytes) {
  AFFIANT_TRY(std::string text, reader.string(key, max_bytes));
  if (text.empty()) return fail(Code::kMalformed, "{}.{}: empty", reader.what(), key);
  return text;
}

Result<ExtensionMessage> decode_hello(json::Reader& reader) {
  // First, since a later protocol may well have fields that this one does not know.
  AFFIANT_TRY(const std::int64_t protocol, reader.integer("protocol"));
  // An extension of protocol 1 finds its words in "this affiant-host V speaks N".
  if (protocol < kOldestProtocol || protocol > kProtocol)
    return fail(Code::kUnsupported,
                "message.protocol: the extension speaks protocol {}, this affiant-host {} speaks "
                "{} to {}. {}",
                protocol, AFFIANT_VERSION, kOldestProtocol, kProtocol,
                protocol > kProtocol
                    ? "The program is the older half: update Affiant, then run \"affiant install\""
                    : "The extension is the older half: update it in the browser");
  Hello hello;
  hello.protocol = protocol;
  AFFIANT_TRY(hello.boot, filled(reader, "boot", kNameBytes));
  AFFIANT_TRY(hello.user_agent, reader.string("user_agent", kDetailBytes));
  AFFIANT_TRY(const json::Value* extension, reader.object("extension"));
  AFFIANT_TRY(auto about_extension, json::Reader::open(*extension, "message.extension"));
  AFFIANT_TRY(hello.extension_version, filled(about_extension, "version", kNameBytes));
  AFFIANT_CHECK(about_extension.finish());
  AFFIANT_TRY(const json::Value* browser, reader.object("browser"));
  AFFIANT_TRY(auto about_browser, json::Reader::open(*browser, "message.browser"));
  AFFIANT_TRY(hello.browser, word(about_browser, "name", {"chromium", "firefox"}));
  AFFIANT_TRY(hello.browser_version, filled(about_browser, "version", kNameBytes));
  AFFIANT_CHECK(about_browser.finish());
  AFFIANT_CHECK(reader.finish());
  return hello;
}

Result<ExtensionMessage> decode_open(json::Reader& reader) {
  Open open;
  AFFIANT_TRY(open.url, filled(reader, "url", limits::kUrlBytes));
  AFFIANT_TRY(open.purpose, word(reader, "purpose", {"audit", "visit"}));
  AFFIANT_TRY(open.phase, word(reader, "phase", {"no-choice", "reject", "accept"}));
  AFFIANT_TRY(open.gpc, reader.boolean("gpc"));
  AFFIANT_TRY(open.third_party_cookies,
              word(reader, "third_party_cookies", {"allowed", "blocked", "partitioned"}));
  AFFIANT_TRY(open.private_window, reader.boolean("private_window"));
  AFFIANT_CHECK(reader.finish());
  return open;
}

Result<Exhibit> decode_exhibit(const json::Value& value, const std::string& what) {
  AFFIANT_TRY(auto reader, json::Reader::open(value, what));
  Exhibit exhibit;
  AFFIANT_TRY(exhibit.type, filled(reader, "type", kNameBytes));
  AFFIANT_TRY(exhibit.text, reader.string("text", limits::kExhibitBytes));
  AFFIANT_TRY(const auto encoding, reader.optional_string("encoding", kNameBytes));
  AFFIANT_CHECK(reader.finish());
  if (!encoding || *encoding == "utf-8") return exhibit;
  if (*encoding != "base64")
    return fail(Code::kMalformed, "{}.encoding: neither utf-8 nor base64", what);
  const auto bytes = base64_decode(exhibit.text);
  if (!bytes) return fail(Code::kMalformed, "{}.text: {}", what, bytes.error().message);
  exhibit.text.assign(bytes->begin(), bytes->end());
  return exhibit;
}

Result<Event> decode_event(json::Value& value, const std::string& what) {
  AFFIANT_TRY(auto reader, json::Reader::open(value, what));
  Event event;
  AFFIANT_TRY(const std::int64_t q, reader.integer("q", 1));
  event.q = static_cast<std::uint64_t>(q);
  AFFIANT_TRY(event.kind, filled(reader, "k", kNameBytes));
  AFFIANT_TRY(event.time_ms, reader.integer("t"));
  AFFIANT_CHECK(reader.object("b"));
  if (const json::Value* exhibit = reader.any("x"); exhibit != nullptr) {
    AFFIANT_TRY(event.exhibit, decode_exhibit(*exhibit, what + ".x"));
  }
  AFFIANT_CHECK(reader.finish());
  event.body = std::move(value["b"]);
  return event;
}

Result<ExtensionMessage> decode_events(json::Reader& reader, json::Value& root) {
  AFFIANT_TRY(const json::Value* array, reader.array("events", limits::kEventsPerBatch));
  AFFIANT_CHECK(reader.finish());
  if (array->empty()) return fail(Code::kMalformed, "message.events: empty");
  Events batch;
  batch.events.reserve(array->size());
  for (json::Value& value : root["events"]) {
    const std::string what = fmt::format("message.events[{}]", batch.events.size());
    AFFIANT_TRY(Event event, decode_event(value, what));
    if (!batch.events.empty() && event.q <= batch.events.back().q)
      return fail(Code::kProtocol, "{}.q: {} follows {}; a batch is in order of q", what, event.q,
                  batch.events.back().q);
    batch.events.push_back(std::move(event));
  }
  return batch;
}

Result<ExtensionMessage> decode_close(json::Reader& reader) {
  Close close;
  AFFIANT_TRY(close.reason, word(reader, "reason", {"plan-done", "stopped", "timeout", "failed"}));
  AFFIANT_TRY(close.detail, reader.optional_string("detail", kDetailBytes));
  AFFIANT_TRY(const std::int64_t last_q, reader.integer("last_q"));
  close.last_q = static_cast<std::uint64_t>(last_q);
  AFFIANT_CHECK(reader.finish());
  return close;
}

Result<ExtensionMessage> decode_show(json::Reader& reader, View view) {
  Show show{view, {}};
  AFFIANT_TRY(show.case_id, filled(reader, "case", kNameBytes));
  AFFIANT_CHECK(reader.finish());
  return show;
}

}  // namespace

Result<json::Value*> Event::tree() {
  if (!text.empty()) {
    AFFIANT_TRY(body, json::parse(text, fmt::format("event {}", q)));
    text.clear();
  }
  return &body;
}

Result<ExtensionMessage> decode_message(std::string_view frame) {
  if (auto events = quick_events(frame)) return std::move(*events);
  AFFIANT_TRY(json::Value root, json::parse(frame, "message", json::Surrogates::kReplace));
  AFFIANT_TRY(auto reader, json::Reader::open(root, "message"));
  AFFIANT_TRY(const std::string type, reader.string("type", limits::kFieldBytes));
  if (type == "hello") return decode_hello(reader);
  if (type == "open") return decode_open(reader);
  if (type == "events") return decode_events(reader, root);
  if (type == "close") return decode_close(reader);
  if (type == "summary") return decode_show(reader, View::kSummary);
  if (type == "report") return decode_show(reader, View::kReport);
  return fail(Code::kProtocol,
              "message.type: \"{}\" is none of \"hello\", \"open\", \"events\", \"close\", "
              "\"summary\", \"report\"",
              printable(type, 60));
}

Result<Plan> read_plan(json::Reader& reader) {
  constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;
  Plan plan;
  AFFIANT_TRY(plan.url, filled(reader, "url", limits::kUrlBytes));
  AFFIANT_TRY(plan.pages, reader.integer("pages", 0, limits::kMaxPages));
  AFFIANT_TRY(plan.quiet_ms, reader.integer("quiet_ms", 0, kDayMs));
  AFFIANT_TRY(plan.timeout_ms, reader.integer("timeout_ms", 1, kDayMs));
  AFFIANT_TRY(plan.policy, reader.optional_string("policy", limits::kUrlBytes));
  AFFIANT_TRY(plan.discover_policy, reader.boolean("discover_policy"));
  AFFIANT_TRY(plan.site_files, reader.optional_boolean("site_files", false));
  AFFIANT_TRY(plan.phase, word(reader, "phase", {"no-choice", "reject", "accept"}));
  AFFIANT_TRY(plan.gpc, reader.boolean("gpc"));
  AFFIANT_TRY(plan.third_party_cookies,
              word(reader, "third_party_cookies", {"default", "allow", "block"}));
  if (const json::Value* canary = reader.any("canary"); canary != nullptr && !canary->is_null()) {
    AFFIANT_TRY(auto inner, json::Reader::open(*canary, "plan.canary"));
    plan.canary.emplace();
    AFFIANT_TRY(plan.canary->email, filled(inner, "email", kNameBytes));
    AFFIANT_TRY(plan.canary->text, filled(inner, "text", kNameBytes));
    AFFIANT_CHECK(inner.finish());
  }
  return plan;
}

}  // namespace affiant::wire
