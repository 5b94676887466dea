// R10, canvas font fingerprinting: Englehardt and Narayanan 2016, section 6.2.
#include <fmt/format.h>

#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {

std::string canvas_font(const Features& f) {
  if (count_of(f, "fonts") < kCanvasFonts || count_of(f, "measured") < kCanvasFontMeasurements)
    return {};
  return fmt::format("measured one text {} times while trying {} fonts", count_of(f, "measured"),
                     count_of(f, "fonts"));
}

}  // namespace affiant::detect
