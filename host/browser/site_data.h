// What a profile keeps of sites. Internal pieces of a second visit.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "browser/browser.h"

namespace affiant::browser {

// Of a browser that has ended: takes cookies and everything that scripts stored out of its profile,
// and leaves the HTTP cache (and what hangs together with it, as HSTS) where it is. kIo, naming it,
// when something cannot be removed: it would be taken for what a site brought back.
Status clear_site_data(const std::filesystem::path& profile, Kind kind);

}  // namespace affiant::browser
