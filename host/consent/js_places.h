// Where in a script something is given a name. Internal to this layer. Pure.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

namespace affiant::consent {

struct JsPlace {
  std::string_view name;  // Which of those asked for.
  char sign = '=';        // '=' (x = ...), ':' (x: ...) or '(' (x(...)).
  std::size_t at = 0;     // Behind the sign.
};

// In order. Names in comments and in strings do not count, but `"x": ...` does. Of a name with dots
// before it ("window.x") only the last part is looked at.
std::vector<JsPlace> places_of(std::string_view code, std::initializer_list<std::string_view> names,
                               std::string_view signs);

// What stands in the script elements of a page, in order; none inside a comment.
std::vector<std::string_view> scripts_in(std::string_view html);

}  // namespace affiant::consent
