// A page of our own as PDF, through the browser that is there.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::browser {

// Chromium prints `html`, headless, in a throw-away profile and without a network. kBrowser when no
// Chromium is there or it cannot print, kTimeout after a minute.
Result<std::string> print_pdf(std::string_view html);

}  // namespace affiant::browser
