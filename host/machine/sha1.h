// SHA-1 (FIPS 180-4 section 6.1), to tell a published file by the name its publisher gave it, and
// for nothing that anybody could gain by forging. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

namespace affiant::machine {

std::string sha1_hex(std::string_view bytes);

}  // namespace affiant::machine
