// Two recordings of one shop, alike in everything but the engine, for the tests to change.
#pragma once

#include <string>

#include "report/engines.h"

namespace affiant::test {

// shop_report() as that engine would have made it, whole: its plan was done, nothing was lost.
report::Report engine_report(const std::string& engine);

// "kind|what|left|right" of each, a line each.
std::string told(const report::Comparison& comparison);

detect::CookieFact& cookie_named(report::Report* report, const std::string& name);

// A case set of both.
report::EnginesReport set_of(report::Report left, report::Report right);

}  // namespace affiant::test
