// Makes a body fit that is too large for an entry, by cutting its longest strings and naming them
// in `cut`, as the extension does with what it knows to be too long (docs/protocol.md "Events").
#pragma once

#include "json/json.h"
#include "observe/vocabulary.h"

namespace affiant::recorder {

// Cuts strings of `body` at character boundaries until observe::encode_body() no longer finds it
// too large, as far as strings are the reason. Names put into "cut": "tail", "headers.p3p",
// "stack". Leaves a body that is wrong in another way to encode_body() to refuse.
void fit_body(const observe::Kind& kind, json::Value& body);

}  // namespace affiant::recorder
