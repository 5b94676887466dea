// Reports out of arbitrary bytes: every string a site or a log can influence is arbitrary, every
// word of a closed list and every reference is mostly right. For property tests and the fuzz
// target.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace affiant::test {

// Choices drawn from bytes; zero when they are used up.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number(std::uint64_t below);  // 0 when below is 0.
  bool flag() { return number(2) == 1; }
  std::string text();
  std::string word(std::initializer_list<std::string_view> known) {
    return std::string(*(known.begin() + number(known.size())));
  }
  std::optional<std::string> maybe_text() {
    if (flag()) return text();
    return std::nullopt;
  }

 private:
  std::string_view bytes_;
};

report::Report random_report(Choices& c);

}  // namespace affiant::test
