#include "browser/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>
#include <utility>

#include "base/bytes.h"
#include "browser/temp_dir.h"

extern char** environ;

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    if (!command.set.contains(name) && !command.unset.contains(name)) result.push_back(text);
  }
  for (const auto& [name, value] : command.set) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (std::string& s : strings) result.push_back(s.data());
  result.push_back(nullptr);
  return result;
}

struct Stat {
  pid_t parent = 0;
  char state = 0;
  std::string name;
};

// proc(5): "pid (comm) state ppid ..."; comm may hold anything, so it ends at the last ')'.
std::optional<Stat> read_stat(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  const std::size_t open = line.find('('), close = line.rfind(')');
  if (open == std::string::npos || close == std::string::npos || close + 4 >= line.size())
    return std::nullopt;
  Stat stat;
  stat.name = line.substr(open + 1, close - open - 1);
  stat.state = line[close + 2];
  std::from_chars(line.data() + close + 4, line.data() + line.size(), stat.parent);
  return stat;
}

std::map<pid_t, Stat> all_processes() {
  std::map<pid_t, Stat> all;
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    pid_t pid = 0;
    const auto [at, bad] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (bad != std::errc() || at != name.data() + name.size()) continue;
    if (auto stat = read_stat(pid)) all.emplace(pid, std::move(*stat));
  }
  return all;
}

std::set<pid_t> children_of(pid_t parent, const std::map<pid_t, Stat>& all) {
  std::set<pid_t> found;
  for (const auto& [pid, stat] : all)
    if (stat.parent == parent) found.insert(pid);
  return found;
}

// Between fork and exec: only what is safe after fork in a program with threads.
[[noreturn]] void become(const char* directory, int output, int report, char** argv, char** envp,
                         pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD}) signal(number, SIG_DFL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  bool good = dup2(nothing, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
              dup2(output, STDERR_FILENO) >= 0;
  good = good && (directory == nullptr || chdir(directory) == 0);
  if (good) execve(argv[0], argv, envp);
  const int why = errno;
  [[maybe_unused]] const ssize_t told = write(report, &why, sizeof(why));
  _exit(127);
}

}  // namespace

Result<Process> Process::start(const Command& command) {
  const int output =
      open(command.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (output < 0)
    return fail(Code::kIo, "cannot write {}: {}", command.output.string(), std::strerror(errno));
  std::array<int, 2> report{};
  if (pipe2(report.data(), O_CLOEXEC) != 0) {
    close(output);
    return fail(Code::kIo, "cannot make a pipe: {}", std::strerror(errno));
  }
  std::vector<std::string> argv_text = command.argv, env_text = environment_of(command);
  const std::vector<char*> argv = pointers(argv_text), envp = pointers(env_text);
  const std::string directory = command.directory.string();
  std::set<pid_t> before = children_of(getpid(), all_processes());
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0)
    become(directory.empty() ? nullptr : directory.c_str(), output, report[1],
           const_cast<char**>(argv.data()), const_cast<char**>(envp.data()), parent);
  const int fork_error = errno;
  close(output);
  close(report[1]);
  int why = 0;
  const ssize_t got = pid < 0 ? 0 : read(report[0], &why, sizeof(why));
  close(report[0]);
  if (pid < 0) return fail(Code::kIo, "cannot start a process: {}", std::strerror(fork_error));
  if (got == static_cast<ssize_t>(sizeof(why))) {
    waitpid(pid, nullptr, 0);
    return fail(Code::kBrowser, "{} cannot be executed: {}", command.argv.front(),
                std::strerror(why));
  }
  setpgid(pid, pid);
  return Process(pid, std::move(before));
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      before_(std::move(other.before_)),
      status_(other.status_) {}

Process::~Process() { stop(0, 0); }

void Process::reap() {
  if (pid_ == 0) return;
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  for (const pid_t child : children_of(getpid(), all_processes()))
    if (child != pid_ && !before_.contains(child)) waitpid(child, nullptr, WNOHANG);
}

bool Process::running() {
  int status = 0;
  if (pid_ != 0 && !status_ && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return pid_ != 0 && !status_;
}

std::optional<std::string> Process::ending() {
  if (running() || !status_) return std::nullopt;
  if (WIFSIGNALED(*status_)) return fmt::format("killed by signal {}", WTERMSIG(*status_));
  return fmt::format("exit status {}", WEXITSTATUS(*status_));
}

std::vector<pid_t> Process::family(std::string_view name) const {
  std::vector<pid_t> found;
  if (pid_ == 0) return found;
  const std::map<pid_t, Stat> all = all_processes();
  std::set<pid_t> seen = children_of(getpid(), all);
  std::vector<pid_t> pending;
  for (const pid_t child : seen)
    if (!before_.contains(child)) pending.push_back(child);
  while (!pending.empty()) {
    const pid_t pid = pending.back();
    pending.pop_back();
    const Stat& stat = all.at(pid);
    if (stat.state != 'Z' && (name.empty() || stat.name == name)) found.push_back(pid);
    for (const pid_t child : children_of(pid, all))
      if (seen.insert(child).second) pending.push_back(child);
  }
  return found;
}

void Process::stop(std::int64_t term_ms, std::int64_t rest_ms) {
  if (pid_ == 0) return;
  const auto wait = [this](std::int64_t ms, auto done) {
    const auto end = Clock::now() + std::chrono::milliseconds(ms);
    while (!done() && Clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  };
  if (running()) {
    if (term_ms > 0) kill(pid_, SIGTERM);
    wait(term_ms, [this] { return !running(); });
  }
  wait(rest_ms, [this] { return reap(), family().empty(); });
  // The group id stays ours as long as one member lives, even after its leader was reaped.
  const auto end = Clock::now() + std::chrono::seconds(10);
  for (std::vector<pid_t> left = family(); !left.empty() && Clock::now() < end; left = family()) {
    if (!status_) kill(-pid_, SIGKILL);
    for (const pid_t pid : left) kill(pid, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    reap();
  }
  reap();
  pid_ = 0;
}

Result<std::string> run_to_end(Command command, std::int64_t timeout_ms) {
  AFFIANT_TRY(const TempDir scratch, TempDir::create("affiant-cmd"));
  command.output = scratch.path() / "output";
  AFFIANT_TRY(Process process, Process::start(command));
  const auto end = Clock::now() + std::chrono::milliseconds(timeout_ms);
  while (process.running() && Clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const std::optional<std::string> ending = process.ending();
  process.stop(0, 0);
  std::ifstream in(command.output, std::ios::binary);
  std::string text(65'536, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (!ending)
    return fail(Code::kTimeout, "{} did not end within {} ms", command.argv.front(), timeout_ms);
  if (*ending != "exit status 0")
    return fail(Code::kIo, "{} ended with {}: {}", command.argv.front(), *ending,
                printable(text, 400));
  return text;
}

}  // namespace affiant::browser
