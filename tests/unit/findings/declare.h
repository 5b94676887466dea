// Declarations made by hand, and short ways to ask what came of them.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "findings/findings.h"
#include "unit/detect/world.h"

namespace affiant::test {

class Said {
 public:
  Said() {
    declaration.is_policy = true;
    declaration.sources.push_back({});
  }

  // Adds a statement and gives it to `change` by reference for what differs from the usual.
  policy::Statement& statement(const std::string& type, const std::string& polarity,
                               const std::string& quote);
  policy::DeclaredCookie& cookie(const std::string& pattern, std::int64_t lifetime_s = -1,
                                 const std::string& provider = "");

  policy::Declaration declaration;
};

std::vector<findings::Finding> compare(const Said& said, World world);
// Those of one rule.
std::vector<findings::Finding> of(const std::vector<findings::Finding>& all, std::string_view rule);
// "F5-1 undeclared Criteo is contacted, ..." a line each, for messages.
std::string lines(const std::vector<findings::Finding>& all);

// The strength of the single finding of the rule; fails the test, with what there is, unless there
// is exactly one.
findings::Strength strength_of_only(const std::vector<findings::Finding>& all,
                                    std::string_view rule);
// A shop that uses Google Analytics, which stores its cookie.
World analytics_site();
// A shop that stores this cookie; 0: for the session.
World with_cookie(const std::string& name, std::int64_t max_age_s = 365 * kDayS);

}  // namespace affiant::test
