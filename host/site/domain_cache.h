// Where the registrable domain of a host begins, for hosts that were asked about before: libpsl
// takes 560 ns a look-up. Hosts lie in one text, so that an answer touches two places in memory and
// not one for each string. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace affiant::site {

class DomainCache {
 public:
  std::optional<std::size_t> find(std::string_view host) const {
    const Slot& slot = slots_[place(host)];
    if (slot.size == 0) return std::nullopt;
    return slot.begin;
  }

  // `host` is not in it yet. Anew from nothing when it is full; longer hosts than any name is are
  // left out.
  void add(std::string_view host, std::size_t begin) {
    if (host.empty() || host.size() > kHostBytes) return;
    if (entries_ == kEntries) *this = DomainCache();
    if (++entries_ * 2 > slots_.size()) grow();
    slots_[place(host)] = {hash(host), static_cast<std::uint32_t>(text_.size()),
                           static_cast<std::uint16_t>(host.size()),
                           static_cast<std::uint16_t>(begin)};
    text_ += host;
  }

 private:
  static constexpr std::size_t kEntries = 1U << 16U;
  static constexpr std::size_t kHostBytes = 1'024;

  struct Slot {
    std::uint32_t hash = 0, at = 0;  // In text_.
    std::uint16_t size = 0, begin = 0;
  };

  static std::uint32_t hash(std::string_view host) {
    const std::size_t all = std::hash<std::string_view>()(host);
    return static_cast<std::uint32_t>(all ^ (all >> 32U));
  }
  std::string_view name_of(const Slot& slot) const {
    return std::string_view(text_).substr(slot.at, slot.size);
  }
  // Where it is, or the empty slot where it belongs.
  std::size_t place(std::string_view host) const {
    const std::size_t mask = slots_.size() - 1;
    const std::uint32_t wanted = hash(host);
    std::size_t at = wanted & mask;
    while (slots_[at].size != 0 && (slots_[at].hash != wanted || name_of(slots_[at]) != host))
      at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.size != 0) slots_[place(name_of(slot))] = slot;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1'024);
  std::string text_;
  std::size_t entries_ = 0;
};

}  // namespace affiant::site
