// R9, canvas fingerprinting: Englehardt and Narayanan, "Online Tracking: A 1-million-site
// Measurement and Analysis", 2016, section 6.1. Departs from its (3): addEventListener on the
// canvas is not watched.
#include <fmt/format.h>

#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {

std::string canvas(const Features& f) {
  const bool image =
      count_of(f, "read_width") >= kCanvasSidePx && count_of(f, "read_height") >= kCanvasSidePx;
  const std::int64_t reads = count_of(f, "toDataURL") + count_of(f, "toBlob") +
                             count_of(f, "convertToBlob") +
                             (image ? count_of(f, "getImageData") : 0);
  const bool large =
      count_of(f, "width") >= kCanvasSidePx && count_of(f, "height") >= kCanvasSidePx;
  const bool text =
      count_of(f, "characters") >= kCanvasCharacters || count_of(f, "colours") >= kCanvasColours;
  if (reads == 0 || !large || !text || count_of(f, "saved") > 0) return {};
  return fmt::format(
      "wrote {} different characters in {} colours on a canvas of {} x {} pixels and read it back",
      count_of(f, "characters"), count_of(f, "colours"), count_of(f, "width"),
      count_of(f, "height"));
}

}  // namespace affiant::detect
