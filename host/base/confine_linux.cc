// The Linux half of confine.h. The filter is written out here rather than made by libseccomp: it is
// a list of numbers, and the host would need one more library for it.
#include <dirent.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "base/confine.h"

namespace affiant {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;  // Not written for it: nothing is filtered.
#endif
constexpr std::uint32_t kX32 = 0x40000000;  // Bit of the calls of x86-64's 32-bit ABI.

// Each is something that neither writing a log nor reading a case does.
constexpr std::array kRefused = {
    // Network, and sockets to other programs (D-Bus among them).
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
    // The same by another door, which no filter sees into.
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
// Other processes.
#ifndef __SANITIZE_ADDRESS__  // Whose search for leaks traces its own threads.
    SYS_ptrace, SYS_process_vm_readv,
#endif
    SYS_process_vm_writev, SYS_kcmp,
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
    // Another view of the system.
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot,
    SYS_open_by_handle_at, SYS_name_to_handle_at,
#ifdef SYS_open_tree
    SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsmount,
#endif
    // The kernel itself.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl,
    SYS_keyctl, SYS_add_key, SYS_request_key, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex,
    SYS_sethostname, SYS_setdomainname};

constexpr unsigned kNewNamespaces = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID |
                                    CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

using Filter = std::vector<sock_filter>;

// Four macros of <linux/filter.h> that make C structures, as C++ has them.
sock_filter statement(std::uint16_t code, std::uint32_t k) { return {code, 0, 0, k}; }
sock_filter jump(std::uint16_t code, std::uint32_t k, std::uint8_t yes, std::uint8_t no) {
  return {code, yes, no, k};
}
sock_filter load(std::size_t offset) {
  return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
sock_filter answer(std::uint32_t action) { return statement(BPF_RET | BPF_K, action); }
std::uint32_t refuse(int error) {
  return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(error) & SECCOMP_RET_DATA);
}
// Answers when what is loaded is `value`, else goes on behind itself.
void when_equal(Filter& filter, std::uint32_t value, std::uint32_t action) {
  filter.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
  filter.push_back(answer(action));
}

Filter make_filter() {
  Filter filter;
  filter.push_back(load(offsetof(seccomp_data, arch)));
  filter.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
  filter.push_back(answer(refuse(EPERM)));
  filter.push_back(load(offsetof(seccomp_data, nr)));
#if defined(__x86_64__)
  filter.push_back(jump(BPF_JMP | BPF_JGE | BPF_K, kX32, 0, 1));
  filter.push_back(answer(refuse(EPERM)));
#endif
  for (const long number : kRefused)
    when_equal(filter, static_cast<std::uint32_t>(number), refuse(EPERM));
  // Its flags lie in memory, where no filter looks: the C library then takes clone(2).
  when_equal(filter, SYS_clone3, refuse(ENOSYS));
  filter.push_back(jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3));
  // Both architectures are little-endian: the lower half comes first.
  filter.push_back(load(offsetof(seccomp_data, args[0])));
  filter.push_back(jump(BPF_JMP | BPF_JSET | BPF_K, kNewNamespaces, 0, 1));
  filter.push_back(answer(refuse(EPERM)));
  filter.push_back(answer(SECCOMP_RET_ALLOW));
  return filter;
}

// Kernels before 5.9.
Status close_one_by_one() {
  DIR* open_ones = ::opendir("/proc/self/fd");
  if (open_ones == nullptr)
    return fail(Code::kIo, "cannot list open files: {}", std::strerror(errno));
  std::vector<int> found;
  while (const dirent* entry = ::readdir(open_ones)) {
    const int fd = std::atoi(entry->d_name);
    if (fd > STDERR_FILENO && fd != ::dirfd(open_ones)) found.push_back(fd);
  }
  ::closedir(open_ones);
  for (const int fd : found) ::close(fd);
  return {};
}

}  // namespace

Status close_inherited_descriptors() {
  if (::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0) == 0) return {};
  return close_one_by_one();
}

Status give_up_network_and_privileges() {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return fail(Code::kUnsupported, "the kernel has no no_new_privs: {}", std::strerror(errno));
  if constexpr (kArchitecture == 0)
    return fail(Code::kUnsupported, "no filter of system calls was written for this processor");
  Filter filter = make_filter();
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0) return {};
  return fail(errno == EINVAL ? Code::kUnsupported : Code::kIo,
              "the kernel takes no filter of system calls: {}", std::strerror(errno));
}

}  // namespace affiant
