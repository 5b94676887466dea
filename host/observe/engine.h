// Whose reading of the standard: its own text, or a browser's as measured
// (docs/life-of-a-cookie.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace affiant::observe {

enum class Engine : std::uint8_t { kRfc6265bis, kChromium, kFirefox };
std::string_view engine_name(Engine engine);
std::optional<Engine> engine_named(std::string_view name);  // "rfc6265bis", "chromium", "firefox".

}  // namespace affiant::observe
