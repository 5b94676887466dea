// Finds the longest known suffix of a host name. Internal to this layer. Immutable once filled;
// then thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace affiant::knowledge {

class HostIndex {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // Room for that many hosts; before the first add().
  explicit HostIndex(std::size_t hosts);
  // `host` in lower case, without dots at its ends; it must outlive the index. False when it is
  // there already: the first stays.
  bool add(std::string_view host, std::uint32_t value);
  // The value of the longest suffix of whole labels; kNone when there is none. Upper case and dots
  // at the ends are understood.
  std::uint32_t find(std::string_view host) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view host;
    std::uint32_t value = kNone;
  };
  const Slot* at(std::uint64_t hash, std::string_view suffix) const;

  std::vector<Slot> slots_;  // Open addressing; a power of two, at most half full.
};

}  // namespace affiant::knowledge
