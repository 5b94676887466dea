// Where there is no confine_linux.cc.
#include "base/confine.h"

#ifndef __linux__

namespace affiant {

Status close_inherited_descriptors() { return {}; }
Status give_up_network_and_privileges() {
  return fail(Code::kUnsupported, "only Linux lets a process give up the network");
}

}  // namespace affiant

#endif
