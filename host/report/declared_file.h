// Which reader reads what a site published: the choice is made here and nowhere else.
#pragma once

#include <string_view>

#include "base/error.h"
#include "policy/declaration.h"

namespace affiant::report {

// What `bytes` declare, whatever they are: a policy as a page, as Markdown or as text, a file made
// for machines, or the data of a consent manager. A page may hold both; then there are two sources,
// and what is declared twice with the same words counts once. `name` is that of the file, for its
// ending and for messages. The errors are the readers' own; in a page, a manager's part that cannot
// be read is told in `unread`.
Result<policy::Declaration> declared_in_bytes(std::string_view bytes, std::string_view name,
                                              policy::Source source);

}  // namespace affiant::report
