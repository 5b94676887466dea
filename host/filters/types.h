// What a request can be, as filter lists name it: one bit each.
#pragma once

#include <cstdint>
#include <string_view>

namespace affiant::filters {

using Types = std::uint16_t;

inline constexpr Types kDocument = 1U << 0U;
inline constexpr Types kFrame = 1U << 1U;
inline constexpr Types kStylesheet = 1U << 2U;
inline constexpr Types kScript = 1U << 3U;
inline constexpr Types kImage = 1U << 4U;
inline constexpr Types kFont = 1U << 5U;
inline constexpr Types kMedia = 1U << 6U;
inline constexpr Types kObject = 1U << 7U;
inline constexpr Types kXhr = 1U << 8U;
inline constexpr Types kPing = 1U << 9U;
inline constexpr Types kWebSocket = 1U << 10U;
inline constexpr Types kOther = 1U << 11U;
inline constexpr Types kWebRtc = 1U << 12U;
inline constexpr Types kPopup = 1U << 13U;
// A request of a type that no list has a word for: only a rule that names no type applies to it.
inline constexpr Types kUnnamed = 1U << 14U;

// A rule that names no type. A popup is a new page and no request of this one: it must be named.
inline constexpr Types kAnyType = static_cast<Types>((1U << 13U) - 1U) | kUnnamed;

// The bit of a browser's resource type (Chromium's and Firefox's webRequest names, CDP's, and the
// words of the lists themselves, in lower case); kUnnamed for any other word.
Types request_type(std::string_view name);

// Methods of `method=`; 0 for a name that the option does not know.
using Methods = std::uint16_t;
Methods method_bit(std::string_view name);  // Any case.

}  // namespace affiant::filters
