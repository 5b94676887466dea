// Which language a text is in. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

namespace affiant::policy {

// The code of the language most of the text's frequent words belong to; empty when it is too short
// or of none that is known.
std::string language_of(std::string_view text);

// The same of a part of a text that is in `main`: empty unless the part's words tell clearly that
// it is in another.
std::string clear_language_of(std::string_view part, std::string_view main);

// "French" for "fr"; the code itself when it has no name here.
std::string language_name(std::string_view code);

}  // namespace affiant::policy
