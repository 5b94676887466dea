// Whether one rule applies to one request. Internal to host/filters.
#pragma once

#include <cstddef>
#include <string_view>

#include "filters/list_data.h"
#include "filters/request.h"

namespace affiant::filters {

struct Candidate {
  static constexpr std::size_t kAnywhere = std::string_view::npos;

  // `at`: where in the request's URL the word stands that the rule was found by, so that a pattern
  // without '*' has one place only to be; kAnywhere when it was found by something else.
  static bool applies(const Rule& rule, const ListData& list, const Request& request,
                      std::size_t at);

 private:
  static bool pattern_matches(const Rule& rule, const ListData& list, const Request& request,
                              std::size_t at);
  static bool conditions_hold(const Conditions& c, const ListData& list, const Request& request);
};

}  // namespace affiant::filters
