// From a hash to the rules filed under it, in the order in which they were given. Two keys of one
// hash share a list: who looks up must check. Immutable and thread-safe once built.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace affiant::filters {

class HashIndex {
 public:
  struct Pair {
    std::uint32_t hash, rule;
  };

  void build(const std::vector<Pair>& pairs) {
    slots_.assign(std::bit_ceil(pairs.size() + pairs.size() / 3 + 2), Slot{});
    // Last first, each put before what is there: lists end up in the order of `pairs`.
    for (std::size_t i = pairs.size(); i-- > 0;) put(pairs[i]);
    chain_.shrink_to_fit();
    bits_.assign(std::bit_ceil(pairs.size() * kBitsEach / 64 + 1), 0);
    for (const Pair& pair : pairs) bits_[word(pair.hash)] |= bit(pair.hash);
  }
  bool empty() const { return slots_.size() < 2; }

  // Calls f(rule) for each rule until it says true.
  template <typename F>
  bool visit(std::uint32_t hash, F f) const {
    if ((bits_[word(hash)] & bit(hash)) == 0) return false;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].value != 0; at = (at + 1) & mask) {
      if (slots_[at].hash != hash) continue;
      std::uint32_t value = slots_[at].value;
      while ((value & kChained) != 0) {
        const Link& link = chain_[value & ~kChained];
        if (f(link.rule)) return true;
        value = link.next;
      }
      return value != 0 && f(value - 1);
    }
    return false;
  }

 private:
  // A slot's value: 0 empty, rule + 1, or kChained and a place in chain_. A chain ends in either of
  // the first two.
  static constexpr std::uint32_t kChained = 1U << 31U;
  struct Slot {
    std::uint32_t hash = 0, value = 0;
  };
  struct Link {
    std::uint32_t rule, next;
  };

  // Most of what is looked up is not there. The slots do not fit into the processor's nearest
  // caches; these bits, of which each hash sets one, do.
  static constexpr std::size_t kBitsEach = 8;
  std::size_t word(std::uint32_t hash) const { return (hash >> 6U) & (bits_.size() - 1); }
  static std::uint64_t bit(std::uint32_t hash) { return std::uint64_t{1} << (hash & 63U); }

  void put(const Pair& pair) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = pair.hash & mask;
    while (slots_[at].value != 0 && slots_[at].hash != pair.hash) at = (at + 1) & mask;
    Slot& slot = slots_[at];
    slot.hash = pair.hash;
    if (slot.value == 0) {
      slot.value = pair.rule + 1;
    } else {
      chain_.push_back({pair.rule, slot.value});
      slot.value = static_cast<std::uint32_t>(chain_.size() - 1) | kChained;
    }
  }

  std::vector<Slot> slots_ = {Slot{}};
  std::vector<Link> chain_;
  std::vector<std::uint64_t> bits_ = {0};
};

}  // namespace affiant::filters
