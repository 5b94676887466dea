#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "base/confine.h"

namespace affiant {
namespace {

// What nobody can take back is done in a child. Its exit code: 0, or the line of the first check
// that failed (below 256 in this file).
int in_child(const std::function<int()>& body) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(body());
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
#define MUST(condition) \
  if (!(condition)) return __LINE__

int run(const char* program, const char* argument) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::execl(program, program, argument, nullptr);
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ConfineTest, SocketsAndTracingFailSoftlyAndWorkGoesOn) {
  const int line = in_child([] {
    MUST(give_up_network_and_privileges());
    for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET}) {
      errno = 0;
      MUST(::socket(family, SOCK_STREAM, 0) == -1 && errno == EPERM);
    }
    std::array<int, 2> pair{};
    MUST(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) == -1 && errno == EPERM);
    MUST(::syscall(SYS_io_uring_setup, 1, nullptr) == -1 && errno == EPERM);
    MUST(::unshare(CLONE_NEWUSER) == -1 && errno == EPERM);
    MUST(::syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) == -1 && errno == EPERM);
#ifndef __SANITIZE_ADDRESS__
    MUST(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == -1 && errno == EPERM);
#endif
    bool threaded = false;
    std::thread([&] { threaded = true; }).join();
    MUST(threaded);
    MUST(::pipe(pair.data()) == 0 && ::write(pair[1], "x", 1) == 1);
    MUST(run("/bin/true", "") == 0);
    return 0;
  });
  EXPECT_EQ(line, 0) << "the check in that line failed, or a signal (1000 + its number)";
}

TEST(ConfineTest, WhatIsStartedAfterwardsIsConfinedToo) {
  EXPECT_EQ(in_child([] {
              MUST(give_up_network_and_privileges());
              MUST(run("/bin/bash", "--version") == 0);
              const pid_t pid = ::fork();
              if (pid == 0) {
                ::execl("/bin/bash", "bash", "-c",
                        "grep -q 'NoNewPrivs:.1' /proc/self/status && "
                        "grep -q 'Seccomp:.2' /proc/self/status && ! : >/dev/tcp/127.0.0.1/9",
                        nullptr);
                ::_exit(99);
              }
              int status = 0;
              ::waitpid(pid, &status, 0);
              MUST(WIFEXITED(status) && WEXITSTATUS(status) == 0);
              return 0;
            }),
            0);
}

TEST(ConfineTest, DescriptorsOfTheParentAreClosedAndTheThreeOfEveryProgramStay) {
  EXPECT_EQ(in_child([] {
              MUST(::dup2(STDERR_FILENO, 3) == 3 && ::dup2(STDERR_FILENO, 200) == 200);
              MUST(close_inherited_descriptors());
              MUST(::fcntl(3, F_GETFD) == -1 && ::fcntl(200, F_GETFD) == -1);
              for (const int fd : {0, 1, 2}) MUST(::fcntl(fd, F_GETFD) != -1 || fd == 0);
              return 0;
            }),
            0);
}

}  // namespace
}  // namespace affiant
