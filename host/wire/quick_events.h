// The short way through decode_message() for what is nearly all of the traffic.
#pragma once

#include <optional>
#include <string_view>

#include "wire/message.h"

namespace affiant::wire {

// What decode_message() makes of `frame`, bodies left as text. nullopt for whatever is not a batch
// of events without exhibits in the spelling that the extension uses, good or bad.
std::optional<Events> quick_events(std::string_view frame);

}  // namespace affiant::wire
