// The `!#if` blocks of filter lists. Internal to host/filters.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace affiant::filters {

// Whether a condition ("env_chromium && !ext_abp") holds for us, who read lists as uBlock Origin in
// a desktop Chromium does. Unknown names are false; what is no condition is false.
bool holds(std::string_view condition);

// Which lines count. A block that is never closed ends with the list.
class Preprocessor {
 public:
  // Takes a line that begins with "!#". False when it is none of if, else, endif.
  bool directive(std::string_view line);
  bool active() const { return off_ == 0; }

 private:
  static constexpr std::size_t kDepth = 64;  // Deeper blocks are left out whole.
  struct Block {
    bool on, seen_else;
  };
  std::vector<Block> blocks_;
  std::size_t off_ = 0;     // How many of blocks_ are not on.
  std::size_t beyond_ = 0;  // Open blocks beyond kDepth; they count as off.
};

}  // namespace affiant::filters
