// Thresholds of the detection rules, as their papers give them; the files of the rules say which.
#pragma once

#include <cstddef>
#include <cstdint>

namespace affiant::detect {

inline constexpr std::int64_t kCanvasSidePx = 16;            // R9 (1) and (4).
inline constexpr std::int64_t kCanvasCharacters = 10;        // R9 (2), distinct.
inline constexpr std::int64_t kCanvasColours = 2;            // R9 (2).
inline constexpr std::int64_t kCanvasFonts = 50;             // R10.
inline constexpr std::int64_t kCanvasFontMeasurements = 50;  // R10, of one text.
// No published threshold; so many checks of fonts are more than a page's own text needs.
inline constexpr std::int64_t kFontChecks = 50;

// R3, R7: a piece of a value that is found elsewhere is at least so long and carries more than so
// many bits (Privacy Badger, heuristicblocking.js: 8 characters, 33 bits).
inline constexpr std::size_t kSharedTokenBytes = 8;
inline constexpr double kSharedTokenBits = 33.0;

// R13: what a third party's frame keeps, key and value together (Privacy Badger, background.js).
inline constexpr double kFrameStorageBits = 33.0;

// A click's identifier in an address: shorter values are switches and test marks.
inline constexpr std::size_t kClickIdBytes = 8;

}  // namespace affiant::detect
