// A report made by hand, of a shop that does not exist: what the renderers are given, fixed in
// every detail.
#pragma once

#include "report/report.h"

namespace affiant::test {

report::Report shop_report();

// The same, as a bundle shows it when values, URLs and addresses are withheld.
report::Report withheld(report::Report report);

// Compares with tests/golden/<name>. With AFFIANT_UPDATE_GOLDEN set, writes it instead.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace affiant::test
