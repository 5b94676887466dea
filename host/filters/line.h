// What kind a line of a list is. Internal to host/filters.
#pragma once

#include <cstdint>
#include <string_view>

namespace affiant::filters {

enum class Line : std::uint8_t {
  kNothing,   // Empty, a comment.
  kHeader,    // "[Adblock Plus 2.0]"
  kCosmetic,  // Element hiding, scriptlets, HTML filters.
  kHosts,     // "0.0.0.0 a.example b.example"
  kDomain,    // A host and nothing else, in a list that is not in EasyList syntax by its header.
  kNetwork,
};

// `line` has no blanks around it. `adblock`: the list said so in its header; a host standing alone
// is then what it is in EasyList syntax, a piece of any URL.
Line kind_of(std::string_view line, bool adblock);

// "||host^" in lower case: four lines of five, which need no more reading than this.
bool is_plain_host_rule(std::string_view line);

// A line of a hosts file without its "# comment", and without blanks around.
std::string_view without_comment(std::string_view line);

// Names that hosts files give to the machine itself.
bool is_local_name(std::string_view host);

// UTF-8 without control characters (a tab may stand).
bool is_text(std::string_view line);

}  // namespace affiant::filters
