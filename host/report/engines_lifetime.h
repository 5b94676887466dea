// Whether one cookie was given the same time to live in two recordings. Internal to host/report.
#pragma once

#include <cstdint>
#include <map>

#include "report/report.h"

namespace affiant::report {

// When cookies were set, by the log entry that shows it, in UTC seconds.
using SettingTimes = std::map<observe::Leaf, std::int64_t>;
SettingTimes setting_times(const Report& report);

// Up to 15 s of rounding and transit aside: the same lifetime, or the same date of expiry, of which
// less was left when the second recording was made. Where a lifetime is not known, they agree.
bool lifetimes_agree(const observe::CookieStory& a, const SettingTimes& a_times,
                     const observe::CookieStory& b, const SettingTimes& b_times);

}  // namespace affiant::report
