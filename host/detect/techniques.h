// Rules R8 to R11: what scripts did that published definitions call fingerprinting, and hosts that
// stand for a third party's. A fact names the rule's own figures and claims no more than they show.
#pragma once

#include <string>
#include <vector>

#include "detect/facts.h"

namespace affiant::detect {

// Englehardt and Narayanan, "Online Tracking: A 1-million-site Measurement and Analysis", 2016.
inline constexpr std::int64_t kCanvasSidePx = 16;            // Section 6.1 (1) and (4).
inline constexpr std::int64_t kCanvasCharacters = 10;        // Section 6.1 (2), distinct.
inline constexpr std::int64_t kCanvasColours = 2;            // Section 6.1 (2).
inline constexpr std::int64_t kCanvasFonts = 50;             // Section 6.2.
inline constexpr std::int64_t kCanvasFontMeasurements = 50;  // Section 6.2, of one text.
// No published threshold; so many checks of fonts are more than a page's own text needs.
inline constexpr std::int64_t kFontChecks = 50;

// In order of the first entry. `facts.requests` must be filled in.
std::vector<TechniqueFact> techniques(const Facts& facts, const site::SiteTable& sites);

}  // namespace affiant::detect
