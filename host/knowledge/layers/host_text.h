// Host names as public lists spell them. Internal to this layer.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::knowledge {

// Lower case, without a dot at its ends. kMalformed, in two or three words, for what is no host
// name that a request could carry: an address, a port, bytes beyond ASCII, a label alone, "xn--"
// that does not decode.
Result<std::string> host_of_list(std::string_view text);

}  // namespace affiant::knowledge
