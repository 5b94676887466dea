// The table itself. A field is here exactly when docs/protocol.md lists it; a test compares the
// two.
#include "observe/vocabulary.h"

#include <algorithm>
#include <array>

namespace affiant::observe {
namespace {

constexpr FieldType kS = FieldType::kString;
constexpr FieldType kI = FieldType::kInteger;
constexpr FieldType kB = FieldType::kBoolean;

// One letter each, so that a kind reads like its line in the document: `?` is kNull, `*` is kHide.
enum Flags : unsigned { kPlain = 0, kNull = 1, kHide = 2 };

constexpr Field text(std::string_view name, unsigned flags = kPlain) {
  return {name, kS, (flags & kNull) != 0, (flags & kHide) != 0};
}
constexpr Field url(std::string_view name, unsigned flags = kHide) {
  return {name, kS, (flags & kNull) != 0, (flags & kHide) != 0, 0, limits::kUrlBytes};
}
constexpr Field number(std::string_view name, unsigned flags = kPlain, std::int64_t min = 0) {
  return {name, kI, (flags & kNull) != 0, false, min};
}
constexpr Field flag(std::string_view name) { return {name, kB}; }
constexpr Field maybe_flag(std::string_view name) { return {name, kB, true}; }
constexpr Field stack() { return {"stack", FieldType::kStringList, false, true}; }
constexpr std::int64_t kAnyInteger = -limits::kMaxSafeInteger;

template <std::size_t... N>
constexpr auto join(const std::array<Field, N>&... parts) {
  std::array<Field, (N + ...)> all{};
  std::size_t at = 0;
  const auto take = [&](const auto& part) {
    for (const Field& field : part) all[at++] = field;
  };
  (take(parts), ...);
  return all;
}

// Every kind may say which of its strings the extension cut.
constexpr std::array kCut{Field{"cut", FieldType::kStringList, true, false}};
// "Common to events that belong to a page".
constexpr std::array kPlace{number("tab", kPlain, -1),       number("frame", kPlain, -1),
                            url("top", kHide | kNull),       text("top_host", kNull),
                            url("frame_url", kHide | kNull), text("frame_host", kNull)};
constexpr std::array kCookie{text("name"),
                             text("value", kHide),
                             text("domain"),
                             flag("host_only"),
                             text("path"),
                             flag("secure"),
                             flag("http_only"),
                             text("same_site"),
                             flag("session"),
                             number("expires_ms", kNull, kAnyInteger),
                             text("partition_key", kNull),
                             text("store")};
constexpr std::array kExhibit{text("exhibit", kNull), text("exhibit_type", kNull),
                              number("exhibit_size", kNull)};

constexpr auto kPageStart =
    join(std::array{number("page"), text("role"), url("url"), text("host")}, kCut);
constexpr auto kPageDone = join(
    std::array{number("page"), text("role"), url("url"), text("host", kNull), text("result"),
               number("status", kNull), text("error", kNull), flag("quiet"), number("elapsed_ms")},
    kCut);
constexpr auto kRequest =
    join(std::array{text("rid"), number("hop"), url("url"), text("scheme"), text("host"),
                    text("method"), text("type"), number("status"), flag("from_cache"),
                    url("redirect", kHide | kNull), text("initiator", kNull),
                    url("initiator_url", kHide | kNull), url("document_url", kHide | kNull),
                    text("ip", kHide | kNull), text("content_type", kNull), number("set_cookies"),
                    Field{"headers", FieldType::kStringMap}, number("parent_frame", kNull, -1)},
         kPlace, kCut);
constexpr auto kRequestFailed =
    join(std::array{text("rid"), url("url"), text("scheme"), text("host"), text("method"),
                    text("type"), text("error"), text("initiator", kNull)},
         kPlace, kCut);
constexpr auto kRequestBody = join(
    std::array{text("rid"), url("url"), text("scheme"), text("host"), text("method"), text("type"),
               text("initiator", kNull), number("size"), text("value", kHide | kNull)},
    kPlace, kCut);
constexpr auto kCanary = join(
    std::array{text("email"), text("text"), number("fields"), number("page"), url("url")}, kCut);
constexpr auto kCookieHeader =
    join(std::array{text("rid"), number("hop"), number("n"), url("url"), text("scheme"),
                    text("host"), text("head"), text("value", kHide | kNull), text("tail"),
                    text("bytes"), text("type")},
         kPlace, kCut);
constexpr auto kCookieScript =
    join(std::array{text("via"), text("head"), text("value", kHide | kNull), text("tail"),
                    url("script_url", kHide | kNull), text("script_host", kNull), stack()},
         kPlace, kCut);
constexpr auto kCookieChange = join(std::array{text("cause"), flag("removed")}, kCookie, kCut);
constexpr auto kCookieJar = join(std::array{text("when")}, kCookie, kCut);
constexpr auto kCookieJarDone = join(std::array{text("when"), number("count")}, kCut);
constexpr auto kStorageSet =
    join(std::array{text("area"), text("op"), text("origin"), text("key", kNull),
                    text("value", kHide | kNull), number("size"), text("via"),
                    url("script_url", kHide | kNull), text("script_host", kNull), stack()},
         kPlace, kCut);
constexpr auto kTechnique =
    join(std::array{text("technique"), Field{"features", FieldType::kStringMap},
                    url("script_url", kHide | kNull), text("script_host", kNull), stack()},
         kPlace, kCut);
constexpr auto kConsentState = join(
    std::array{text("source"), text("status", kNull), text("value", kHide | kNull)}, kPlace, kCut);
constexpr auto kHostAddress =
    join(std::array{text("host"), text("ip", kHide | kNull), text("canonical", kNull)}, kCut);
constexpr auto kPolicyLink =
    join(std::array{url("url"), text("host"), text("text"), text("kind"),
                    number("score", kPlain, kAnyInteger), number("page"), flag("chosen")},
         kCut);
constexpr auto kPolicyPage =
    join(std::array{url("url"), text("host"), text("kind"), text("result"), number("status", kNull),
                    text("content_type", kNull), text("title", kNull), text("language", kNull),
                    text("link_text", kNull)},
         kExhibit, kCut);
constexpr auto kScreenshot =
    join(std::array{text("when"), number("page"), url("url")}, kExhibit, kCut);
constexpr auto kPolicyFile = join(std::array{text("name"), number("size")}, kExhibit, kCut);
constexpr auto kRecorderNote = join(std::array{text("code"), text("detail")}, kCut);
constexpr auto kGap =
    join(std::array{number("from"), number("to"), number("dropped"), text("why")}, kCut);

constexpr auto kLogGenesis = join(
    std::array{text("origin"), text("producer"), text("delegation"), text("site", kNull)}, kCut);
constexpr auto kSessionOpen =
    join(std::array{number("session"), text("boot"), text("browser"), text("browser_version"),
                    text("extension_version"), text("host_version"), text("user_agent"), url("url"),
                    text("host"), text("purpose"), text("phase"), flag("gpc"),
                    text("third_party_cookies"), number("profile", kNull), maybe_flag("cleared")},
         kCut);
constexpr auto kSessionResume =
    join(std::array{number("session"), text("boot"), number("durable"), number("down_ms")}, kCut);
constexpr auto kSessionClose =
    join(std::array{number("session"), number("received"), number("last_q"), text("reason"),
                    text("detail", kNull), text("by")},
         kCut);
constexpr auto kTick = join(std::array{number("session"), number("received")}, kCut);
constexpr auto kLogRecovered = join(std::array{text("torn_sha256", kNull), number("torn_bytes"),
                                               number("last_signed"), number("kept")},
                                    kCut);
constexpr auto kLogTime = join(std::array{number("size")}, kExhibit, kCut);
constexpr auto kLogClose = join(std::array{number("entries")}, kCut);

constexpr std::array kKinds{
    Kind{"page.start", kPageStart},
    Kind{"page.done", kPageDone},
    Kind{"request", kRequest},
    Kind{"request.failed", kRequestFailed},
    Kind{"request.body", kRequestBody},
    Kind{"canary", kCanary},
    Kind{"cookie.header", kCookieHeader},
    Kind{"cookie.script", kCookieScript},
    Kind{"cookie.change", kCookieChange},
    Kind{"cookie.jar", kCookieJar},
    Kind{"cookie.jar.done", kCookieJarDone},
    Kind{"storage.set", kStorageSet},
    Kind{"technique", kTechnique},
    Kind{"consent.state", kConsentState},
    Kind{"host.address", kHostAddress},
    Kind{"policy.link", kPolicyLink},
    Kind{"policy.page", kPolicyPage, true, true},
    Kind{"policy.file", kPolicyFile, false, true},
    Kind{"screenshot", kScreenshot, true, true},
    Kind{"recorder.note", kRecorderNote},
    Kind{"gap", kGap},
    Kind{"log.genesis", kLogGenesis, false},
    Kind{"session.open", kSessionOpen, false},
    Kind{"session.resume", kSessionResume, false},
    Kind{"session.close", kSessionClose, false},
    Kind{"tick", kTick, false},
    Kind{"log.recovered", kLogRecovered, false},
    Kind{"log.time", kLogTime, false, true},
    Kind{"log.close", kLogClose, false},
};

}  // namespace

Sensitive sensitive_class(std::string_view field) {
  if (field == "value") return Sensitive::kValue;
  return field == "ip" ? Sensitive::kIp : Sensitive::kUrl;  // Stacks are addresses of scripts.
}

std::span<const Kind> kinds() { return kKinds; }

const Kind* find_kind(std::string_view name) {
  const auto* const it = std::find_if(kKinds.begin(), kKinds.end(),
                                      [&](const Kind& kind) { return kind.name == name; });
  return it == kKinds.end() ? nullptr : it;
}

}  // namespace affiant::observe
