// Loaded into affiant-host before its own libraries (LD_PRELOAD): when the host, set up and
// confined, waits for its first message, this tries from inside that very process what it must not
// be able to do, notes what came of it in $AFFIANT_TEST_PROBE, and lets the host go on.
#include <dlfcn.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>

namespace {

void probe() {
  static bool done = false;
  const char* file = std::getenv("AFFIANT_TEST_PROBE");
  if (done || file == nullptr) return;
  done = true;
  std::ofstream out(file);
  for (const int family : {AF_INET, AF_INET6, AF_UNIX}) {
    errno = 0;
    const int fd = ::socket(family, SOCK_STREAM, 0);
    out << family << (fd < 0 && errno == EPERM ? " refused" : " GIVEN") << '\n';
    if (fd >= 0) ::close(fd);
  }
}

}  // namespace

extern "C" int ppoll(pollfd* fds, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  probe();
  using Ppoll = int (*)(pollfd*, nfds_t, const timespec*, const sigset_t*);
  static const auto real = reinterpret_cast<Ppoll>(::dlsym(RTLD_NEXT, "ppoll"));
  return real(fds, count, timeout, mask);
}

// What a fortified build calls instead.
extern "C" int __ppoll_chk(pollfd* fds, nfds_t count, const timespec* timeout, const sigset_t* mask,
                           std::size_t) {
  return ppoll(fds, count, timeout, mask);
}
