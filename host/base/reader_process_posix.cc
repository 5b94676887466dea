// The POSIX half of reader_process.h. Linux in two places: prctl(2) and close_range(2).
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/reader_process.h"
#include "base/streams.h"

namespace affiant {
namespace {

constexpr int kNice = 15;

// Between fork and exec: only what is safe there.
[[noreturn]] void become(const char* program, char* const* argv, int out, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  [[maybe_unused]] const int lower = ::nice(kNice);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(out, STDOUT_FILENO) >= 0) {
    // No lock of the case may outlive this host in a child.
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::execv(program, argv);
  }
  ::_exit(127);
}

}  // namespace

struct ReaderProcess::Child {
  pid_t pid = -1;
  int output = -1;
};

Result<ReaderProcess> ReaderProcess::start(const std::filesystem::path& program,
                                           const std::vector<std::string>& arguments) {
  std::string path = program.string();
  if (::access(path.c_str(), X_OK) != 0)
    return fail(Code::kNotFound, "{} cannot be started: {}. Install both programs together", path,
                std::strerror(errno));
  std::vector<std::string> words = arguments;
  std::vector<char*> argv = {path.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  AFFIANT_TRY(const auto ends, make_pipe());
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(path.c_str(), argv.data(), ends[1], parent);
  close_descriptor(ends[1]);
  if (pid < 0) {
    close_descriptor(ends[0]);
    return fail(Code::kIo, "cannot start a process: {}", std::strerror(errno));
  }
  return ReaderProcess(std::make_unique<Child>(Child{pid, ends[0]}));
}

ReaderProcess::ReaderProcess(std::unique_ptr<Child> child) : child_(std::move(child)) {}
ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept = default;

ReaderProcess::~ReaderProcess() {
  if (child_ && child_->pid > 0) ::kill(child_->pid, SIGKILL);
  finish();
}

int ReaderProcess::output() const { return child_ ? child_->output : -1; }

int ReaderProcess::finish() {
  if (!child_) return 0;
  close_descriptor(std::exchange(child_->output, -1));
  if (child_->pid <= 0) return 0;
  int status = 0;
  while (::waitpid(child_->pid, &status, 0) < 0 && errno == EINTR) {
  }
  child_->pid = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace affiant
