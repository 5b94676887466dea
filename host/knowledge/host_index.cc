#include "knowledge/host_index.h"

#include <algorithm>
#include <bit>

namespace affiant::knowledge {
namespace {

// FNV-1a, from the end of the host to its beginning: one pass gives the hash of every suffix.
constexpr std::uint64_t kSeed = 0xcbf29ce484222325, kPrime = 0x100000001b3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::uint64_t step(std::uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * kPrime;
}

std::size_t slot_of(std::uint64_t hash, std::size_t slots) {
  return static_cast<std::size_t>(hash ^ (hash >> 32U)) & (slots - 1);
}

bool same(std::string_view known, std::string_view asked) {
  return known.size() == asked.size() && std::equal(known.begin(), known.end(), asked.begin(),
                                                    [](char a, char b) { return a == lower(b); });
}

}  // namespace

HostIndex::HostIndex(std::size_t hosts) : slots_(std::bit_ceil(2 * hosts + 2)) {}

bool HostIndex::add(std::string_view host, std::uint32_t value) {
  std::uint64_t hash = kSeed;
  for (std::size_t i = host.size(); i-- > 0;) hash = step(hash, host[i]);
  std::size_t i = slot_of(hash, slots_.size());
  for (; slots_[i].value != kNone; i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].hash == hash && slots_[i].host == host) return false;
  slots_[i] = {hash, host, value};
  return true;
}

const HostIndex::Slot* HostIndex::at(std::uint64_t hash, std::string_view suffix) const {
  for (std::size_t i = slot_of(hash, slots_.size()); slots_[i].value != kNone;
       i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].hash == hash && same(slots_[i].host, suffix)) return &slots_[i];
  return nullptr;
}

std::uint32_t HostIndex::find(std::string_view host) const {
  while (host.starts_with('.')) host.remove_prefix(1);
  if (host.ends_with('.')) host.remove_suffix(1);
  std::uint64_t hash = kSeed;
  std::uint32_t best = kNone;
  bool dotted = false;
  for (std::size_t i = host.size(); i-- > 0;) {
    // A label ends here; the last one alone is nobody's.
    if (host[i] == '.') {
      if (dotted) {
        if (const Slot* found = at(hash, host.substr(i + 1))) best = found->value;
      }
      dotted = true;
    }
    hash = step(hash, lower(host[i]));
  }
  if (!host.empty()) {
    if (const Slot* found = at(hash, host)) best = found->value;
  }
  return best;
}

}  // namespace affiant::knowledge
