#include "wire/quick_events.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/limits.h"
#include "json/walker.h"

namespace affiant::wire {
namespace {

// The keys of one object, to see that none comes twice. One bit for each kind of key tells most of
// them apart without a look at the others.
class Keys {
 public:
  bool add(std::string_view key) {
    if (count_ == keys_.size()) return false;
    const std::uint64_t first = key.empty() ? 0 : static_cast<std::uint8_t>(key.front());
    const std::uint64_t last = key.empty() ? 0 : static_cast<std::uint8_t>(key.back());
    const std::uint64_t bit = std::uint64_t{1} << ((first * 7 + last * 3 + key.size()) % 64);
    const auto end = keys_.begin() + count_;
    if ((seen_ & bit) != 0 && std::find(keys_.begin(), end, key) != end) return false;
    seen_ |= bit;
    keys_[count_++] = key;
    return true;
  }

 private:
  std::array<std::string_view, 64> keys_;
  std::uint64_t seen_ = 0;
  std::uint8_t count_ = 0;
};

class QuickEvents : private json::Walker {
 public:
  using Walker::Walker;

  std::optional<Events> run() {
    if (!take(R"({"type":"events","events":[)")) return std::nullopt;
    Events batch;
    do {
      if (batch.events.size() == limits::kEventsPerBatch) return std::nullopt;
      Event& event = batch.events.emplace_back();
      if (!read(event)) return std::nullopt;
      if (batch.events.size() > 1 && event.q <= batch.events[batch.events.size() - 2].q)
        return std::nullopt;
    } while (take(','));
    if (!take("]}") || !at_end()) return std::nullopt;
    return batch;
  }

 private:
  // {"q":N,"k":"...","t":N,"b":{...}}: the order of the extension's own literal.
  bool read(Event& event) {
    std::int64_t q = 0;
    std::string_view kind;
    if (!take(R"({"q":)") || !integer(&q) || q < 1) return false;
    if (!take(R"(,"k":)") || !plain_string(&kind) || kind.empty() || kind.size() > kKindBytes)
      return false;
    if (!take(R"(,"t":)") || !integer(&event.time_ms) || event.time_ms < 0) return false;
    if (!take(R"(,"b":)")) return false;
    const std::size_t begin = at();
    if (!object(true)) return false;
    event.q = static_cast<std::uint64_t>(q);
    event.kind = kind;
    event.text = since(begin);
    return take('}');
  }

  // Members are scalars or, where `nested`, lists and objects of scalars.
  bool object(bool nested) {
    Keys keys;
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string_view key;
      if (!plain_string(&key) || !keys.add(key) || !take(':') || !member(nested)) return false;
    } while (take(','));
    return take('}');
  }

  bool list() {
    bool null = false;
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!scalar(&null)) return false;
    } while (take(','));
    return take(']');
  }

  bool member(bool nested) {
    bool null = false;
    if (nested && peek() == '{') return object(false);  // Once: its own members are scalars.
    if (nested && peek() == '[') return list();
    return scalar(&null);
  }

  static constexpr std::size_t kKindBytes = 256;
};

}  // namespace

std::optional<Events> quick_events(std::string_view frame) {
  if (find_invalid_utf8(frame) != std::string_view::npos) return std::nullopt;
  return QuickEvents(frame).run();
}

}  // namespace affiant::wire
