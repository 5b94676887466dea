// What encode_body() and encode_text() have in common.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "observe/vocabulary.h"

namespace affiant::observe {

inline constexpr std::size_t kMapKeys = 64;  // Response headers of one event.

// Keys of a log line are ASCII (docs/log-format.md): header names are, so nothing is lost.
inline bool is_map_key(std::string_view key) {
  constexpr std::size_t kMapKeyBytes = 128;
  return !key.empty() && key.size() <= kMapKeyBytes &&
         std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

// Appends "_sd":[...], the first member of a body; nothing when there is nothing to withhold.
void append_digest_list(const std::vector<evidence::Disclosure>& disclosures, std::string& out);

}  // namespace affiant::observe
