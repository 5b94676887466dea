// A process that gives up what it does not need, for itself and for all it starts: once for all,
// nothing takes it back. Linux only; elsewhere each call does nothing and says so.
//
// Not there to keep an attacker in who has taken the process over, who can still write what its
// user can; it keeps that attacker from the network, from other processes and from new privileges.
#pragma once

#include <string>

#include "base/error.h"

namespace affiant {

// Closes every descriptor above standard error: what the parent left open by mistake.
Status close_inherited_descriptors();

// no_new_privs, then a seccomp filter after which sockets, tracing and reading other processes, new
// namespaces, mounts, io_uring (which opens sockets past a filter), BPF, keyrings, modules and
// the like fail with EPERM; not by a signal, so that a library that tries goes on without. System
// calls of another ABI (32 bit, x32) fail altogether. Files, pipes, threads, fork and exec work as
// before. Call it before any thread is made. kUnsupported where the kernel or the system has no
// such thing, kIo when it refuses; what could be given up by then is.
Status give_up_network_and_privileges();

}  // namespace affiant
