#include "recorder/reader_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace affiant::recorder {
namespace {

constexpr int kNice = 15;
constexpr std::size_t kReadBytes = 64U << 10U;

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
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail(Code::kIo, "cannot make a pipe: {}", std::strerror(errno));
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(path.c_str(), argv.data(), ends[1], parent);
  ::close(ends[1]);
  if (pid < 0) {
    ::close(ends[0]);
    return fail(Code::kIo, "cannot start a process: {}", std::strerror(errno));
  }
  return ReaderProcess(pid, ends[0]);
}

ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), output_(std::exchange(other.output_, -1)) {}

ReaderProcess& ReaderProcess::operator=(ReaderProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(output_, other.output_);
  return *this;
}

ReaderProcess::~ReaderProcess() {
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  finish();
}

Result<bool> ReaderProcess::read(std::string* to) {
  std::array<char, kReadBytes> buffer;
  const ssize_t n = ::read(output_, buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return true;
  if (n < 0) return fail(Code::kIo, "cannot read from a process: {}", std::strerror(errno));
  to->append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0;
}

int ReaderProcess::finish() {
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  if (pid_ <= 0) return 0;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace affiant::recorder
