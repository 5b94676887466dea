// Regular expressions of filter lists (JavaScript's, between two '/') through RE2: time linear in
// the text whatever the expression. What RE2 has no words for (look-around, back references, what
// would take too much memory) is refused when the list is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace affiant::filters {

// Compiled at its first use. Thread-safe.
class Regex {
 public:
  Regex(std::string body, bool match_case);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;
  bool matches(std::string_view text) const;

 private:
  std::string body_;
  bool match_case_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<re2::RE2> compiled_;
};

// Whether RE2 can have it. Costs a compilation.
bool can_be_regex(const std::string& body, bool match_case);

// Words (tokens.h) that stand in every text that the expression matches, as whole tokens; hashes.
// Conservative: none where the expression has an alternative at its top.
std::vector<std::uint32_t> regex_tokens(std::string_view body);

}  // namespace affiant::filters
