// Any text as a cookie-date: no crash; a date written out as the standard's own spelling is the
// same date; no date has a reason.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "observe/cookie_date.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace o = affiant::observe;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto engine : {o::Engine::kRfc6265bis, o::Engine::kChromium}) {
    std::string why;
    const auto ms = o::parse_cookie_date(text, engine, &why);
    if (ms.has_value() != why.empty()) std::abort();
    if (!ms || *ms == o::kEarliestMs) continue;
    const std::string iso = o::rfc3339(*ms);
    if (o::parse_rfc3339(iso) != ms) std::abort();
    constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
    const auto month = static_cast<std::size_t>(std::stoi(iso.substr(5, 2)) - 1);
    const std::string again = iso.substr(8, 2) + " " + std::string(kMonths.substr(month * 3, 3)) +
                              " " + iso.substr(0, 4) + " " + iso.substr(11, 8);
    if (o::parse_cookie_date(again, engine) != ms) std::abort();
  }
  if (const auto at = o::parse_rfc3339(text);
      at && o::parse_rfc3339(o::rfc3339(*at)) != *at - (*at % 1'000 + 1'000) % 1'000)
    std::abort();
  return 0;
}
