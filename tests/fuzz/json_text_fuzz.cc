// Any bytes as JSON: the hand-written readers and the slow ones agree, and what is canonical is
// its own spelling.
#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "json/json.h"
#include "json/quick_parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace j = affiant::json;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (affiant::find_invalid_utf8(text) == std::string_view::npos) {
    if (const auto quick = j::quick_parse(text)) {
      const j::Value slow = j::Value::parse(text, nullptr, false);
      if (slow.is_discarded() || slow != *quick || slow.dump() != quick->dump()) std::abort();
    }
  }
  const auto parsed = j::parse(text, "text");
  const auto spelled = parsed.and_then([](const j::Value& value) { return j::canonical(value); });
  if (j::is_canonical(text) != (spelled && *spelled == text)) std::abort();
  if (!spelled) return 0;
  // A fraction such as 1e18 is spelled as an integer that we then refuse to read for one.
  const auto again = j::parse(*spelled, "text").and_then([](const j::Value& value) {
    return j::canonical(value);
  });
  if (again && (*again != *spelled || !j::is_canonical(*spelled))) std::abort();
  return 0;
}
