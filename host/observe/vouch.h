// Whose address is on top of a stack? SpiderMonkey names code as it names itself (`//#
// sourceURL=`), V8's true names come from the extension. So what a Firefox session says is held
// against what was loaded in it.
#pragma once

#include "observe/observations.h"

namespace affiant::observe {

// Where the innermost frame of a stack names an address that was neither asked for nor shown in its
// session, the script becomes that of the next frame which was (whoever evaluated or called it), or
// unknown. The stack keeps every name. Sessions with events missing are left alone: what was loaded
// is not known of them. What is withheld stays so.
void vouch_for_scripts(Observations* seen);

}  // namespace affiant::observe
