// Whatever is decoded keeps the promises of wire/message.h; whatever is refused says where.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"
#include "wire/message.h"

using namespace affiant::wire;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// A batch that came the short way is what it is by the long one, which the space makes it take.
void check_same(const Events& batch, std::string_view text) {
  auto slow = decode_message(" " + std::string(text));
  require(slow.has_value());
  auto& other = std::get<Events>(*slow);
  require(other.events.size() == batch.events.size());
  for (std::size_t n = 0; n < batch.events.size(); ++n) {
    const Event& a = batch.events[n];
    const Event& b = other.events[n];
    require(a.q == b.q && a.kind == b.kind && a.time_ms == b.time_ms && a.body == b.body);
    require(a.exhibit.has_value() == b.exhibit.has_value() && b.text.empty());
  }
}

void check(Events& batch) {
  require(!batch.events.empty() && batch.events.size() <= affiant::limits::kEventsPerBatch);
  std::uint64_t last = 0;
  for (Event& event : batch.events) {
    require(event.tree().has_value());
    require(event.q > last && event.time_ms >= 0 && !event.kind.empty() && event.body.is_object());
    last = event.q;
    // Numbers beyond 2^53-1 are for the vocabulary to refuse; nothing else can fail here.
    const auto bytes = affiant::json::canonical(event.body);
    require(!bytes || affiant::find_invalid_utf8(*bytes) == std::string_view::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto message = decode_message(text);
  if (!message) {
    require(!message.error().message.empty());
    const auto told =
        encode_message(ErrorMessage{message.error().code, message.error().message, true});
    require(told && told->size() <= affiant::limits::kFrameOut);
    return 0;
  }
  if (const auto* hello = std::get_if<Hello>(&*message)) {
    require(!hello->boot.empty() && (hello->browser == "chromium" || hello->browser == "firefox"));
  } else if (const auto* open = std::get_if<Open>(&*message)) {
    require(!open->url.empty() && (open->purpose == "audit" || open->purpose == "visit"));
  } else if (auto* batch = std::get_if<Events>(&*message)) {
    check(*batch);
    check_same(*batch, text);
  } else {
    require(!std::get<Close>(*message).reason.empty());
  }
  return 0;
}
