// The user's layers that the tables are built with. Internal to this layer.
#pragma once

#include <vector>

#include "knowledge/layer.h"

namespace affiant::knowledge {

using Layers = std::vector<Layer>;

const Layers& layers_in_use();

// Build the tables anew; `layers` live as long as the program.
void build_vendors(const Layers& layers);
void build_cookies(const Layers& layers);

}  // namespace affiant::knowledge
