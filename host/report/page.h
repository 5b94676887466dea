// The viewer's page (extension/src/ui/report), compiled in: complete but for @REPORT@,
// @TEXTS@ and @PROOFS@.
#pragma once

#include <string_view>

namespace affiant::report {

extern const std::string_view kPage;

}  // namespace affiant::report
