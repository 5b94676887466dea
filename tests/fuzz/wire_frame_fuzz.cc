// However a stream is cut into pieces, the same frames come out, the same error follows, and the
// frames with their lengths are the stream's own bytes.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "wire/frame.h"

namespace {

constexpr std::size_t kCap = 4096;

struct Outcome {
  std::string frames;  // As a stream again.
  bool refused = false;
  bool whole = false;
  bool operator==(const Outcome&) const = default;
};

Outcome split(std::string_view stream, std::size_t step) {
  affiant::wire::FrameSplitter splitter(kCap);
  Outcome out;
  for (std::size_t at = 0; at < stream.size() && !out.refused; at += step) {
    splitter.feed(stream.substr(at, step));
    for (;;) {
      const auto next = splitter.next();
      if (!next) {
        out.refused = true;
        break;
      }
      if (!*next) break;
      if ((*next)->size() > kCap) std::abort();
      const auto length = static_cast<std::uint32_t>((*next)->size());
      char bytes[4];
      std::memcpy(bytes, &length, 4);
      out.frames.append(bytes, 4).append(**next);
    }
  }
  out.whole = !out.refused && splitter.end().has_value();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = data[0] + std::size_t{1};
  const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = split(stream, std::max<std::size_t>(stream.size(), 1));
  if (!(split(stream, step) == whole)) std::abort();
  if (!stream.starts_with(whole.frames)) std::abort();
  if (whole.whole != (!whole.refused && whole.frames.size() == stream.size())) std::abort();
  return 0;
}
