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

void check(const Events& batch) {
  require(!batch.events.empty() && batch.events.size() <= affiant::limits::kEventsPerBatch);
  std::uint64_t last = 0;
  for (const Event& event : batch.events) {
    require(event.q > last && event.time_ms >= 0 && !event.kind.empty() && event.body.is_object());
    last = event.q;
    // Numbers beyond 2^53-1 are for the vocabulary to refuse; nothing else can fail here.
    const auto bytes = affiant::json::canonical(event.body);
    require(!bytes || affiant::find_invalid_utf8(*bytes) == std::string_view::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = decode_message({reinterpret_cast<const char*>(data), size});
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
  } else if (const auto* batch = std::get_if<Events>(&*message)) {
    check(*batch);
  } else {
    require(!std::get<Close>(*message).reason.empty());
  }
  return 0;
}
