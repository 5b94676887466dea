// Which language a text is in. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

namespace affiant::policy {

// The code of the language most of the text's frequent words belong to; empty when it is too short
// or of none that is known.
std::string language_of(std::string_view text);

// "French" for "fr"; the code itself when it has no name here.
std::string language_name(std::string_view code);

}  // namespace affiant::policy
