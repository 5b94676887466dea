#include "policy/pdf_words.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/bytes.h"
#include "base/limits.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kComplaintBytes = 64U << 10U;
constexpr int kWallSeconds = 3 * limits::kPdfSeconds;

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string find_program() {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string file(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (file.empty() || file.front() != '/') continue;  // The working folder is anybody's.
    file += "/pdftotext";
    if (::access(file.c_str(), X_OK) == 0) return file;
  }
  return {};
}

// A file that has no name: pdftotext can jump about in it, and nothing is left behind.
Result<Descriptor> in_memory(std::string_view bytes) {
  Descriptor file(::memfd_create("policy.pdf", MFD_CLOEXEC));
  if (file.get() < 0) return fail(Code::kIo, "no file in memory: {}", std::strerror(errno));
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail(Code::kIo, "no file in memory: {}", std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

void limit(decltype(RLIMIT_CPU) what, rlim_t most) {
  const rlimit value{most, most};
  ::setrlimit(what, &value);
}

// Between fork and exec: only what is safe there in a program with threads.
[[noreturn]] void become(const char* program, int in, int out, int err, char* const* argv,
                         char* const* envp, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  limit(RLIMIT_CPU, limits::kPdfSeconds);
  limit(RLIMIT_AS, limits::kPdfMemoryBytes);
  limit(RLIMIT_FSIZE, 0);  // It writes to pipes alone.
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 64);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD}) ::signal(number, SIG_DFL);
  if (::dup2(in, STDIN_FILENO) >= 0 && ::dup2(out, STDOUT_FILENO) >= 0 &&
      ::dup2(err, STDERR_FILENO) >= 0)
    ::execve(program, argv, envp);
  ::_exit(126);
}

struct Pipe {
  Descriptor read_end, write_end;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail(Code::kIo, "cannot make a pipe: {}", std::strerror(errno));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

struct Child {
  pid_t pid = -1;
  Descriptor out, err;
};

Result<Child> start(const std::string& program, int in) {
  AFFIANT_TRY(Pipe out, make_pipe());
  AFFIANT_TRY(Pipe err, make_pipe());
  std::array<std::string, 8> words = {
      program, "-bbox-layout", "-enc", "UTF-8", "-l", std::to_string(limits::kPdfPages + 1), "-",
      "-"};
  std::array<std::string, 2> environment = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"};
  std::array<char*, 9> argv{};
  std::array<char*, 3> envp{};
  for (std::size_t i = 0; i < words.size(); ++i) argv[i] = words[i].data();
  for (std::size_t i = 0; i < environment.size(); ++i) envp[i] = environment[i].data();
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return fail(Code::kIo, "cannot start a process: {}", std::strerror(errno));
  if (pid == 0)
    become(program.c_str(), in, out.write_end.get(), err.write_end.get(), argv.data(), envp.data(),
           parent);
  return Child{pid, std::move(out.read_end), std::move(err.read_end)};
}

// Appends what is there; true at the end. Beyond `most`, what comes is read and thrown away.
bool drain(int fd, std::size_t most, std::string* to, bool* cut) {
  std::array<char, 65'536> buffer;
  const ssize_t n = ::read(fd, buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return false;
  if (n <= 0) return true;
  const std::size_t room = most - to->size(), got = static_cast<std::size_t>(n);
  to->append(buffer.data(), std::min(room, got));
  *cut = *cut || got > room;
  return false;
}

struct Ending {
  PdfWords words;
  std::string errors;
  int status = 0;
  bool too_slow = false;
};

Ending collect(Child& child) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::seconds(kWallSeconds);
  Ending out;
  bool noisy = false;  // Of the errors the first ones will do.
  while (child.out.get() >= 0 || child.err.get() >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    std::array<pollfd, 2> wanted = {pollfd{child.out.get(), POLLIN, 0},
                                    pollfd{child.err.get(), POLLIN, 0}};
    const int ready = left.count() <= 0
                          ? 0
                          : ::poll(wanted.data(), wanted.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno == EINTR) continue;
    out.too_slow = ready <= 0;
    if (out.too_slow || out.words.cut) break;
    if (wanted[0].revents != 0 &&
        drain(child.out.get(), limits::kPdfWordsBytes, &out.words.layout, &out.words.cut))
      child.out.reset();
    if (wanted[1].revents != 0 && drain(child.err.get(), kComplaintBytes, &out.errors, &noisy))
      child.err.reset();
  }
  if (out.too_slow || out.words.cut) ::kill(child.pid, SIGKILL);
  while (::waitpid(child.pid, &out.status, 0) < 0 && errno == EINTR) {
  }
  return out;
}

// "Syntax Error (812): ..." with the place; warnings are about looks.
std::string first_error(std::string_view errors) {
  while (!errors.empty()) {
    const std::size_t end = std::min(errors.find('\n'), errors.size());
    const std::string_view line = errors.substr(0, end);
    if (line.find("Error") != std::string_view::npos) return printable(line, 160);
    errors.remove_prefix(std::min(end + 1, errors.size()));
  }
  return {};
}

}  // namespace

Result<PdfWords> pdf_words(std::string_view pdf, std::string_view what) {
  const std::string program = find_program();
  if (program.empty())
    return fail(Code::kUnsupported,
                "{}: a PDF, which is read with pdftotext, and that is not installed; install it "
                "(Debian: apt-get install poppler-utils), or save the policy as HTML or plain text",
                printable(what));
  AFFIANT_TRY(const Descriptor file, in_memory(pdf));
  AFFIANT_TRY(Child child, start(program, file.get()));
  Ending ending = collect(child);
  const std::string error = first_error(ending.errors);
  if (ending.words.cut) return std::move(ending.words);
  if (ending.too_slow || WIFSIGNALED(ending.status) ||
      ending.errors.find("Out of memory") != std::string::npos)
    return fail(
        Code::kTooLarge,
        "{}: a PDF that pdftotext could not read within {} s and {} MiB (limits::kPdfSeconds, "
        "kPdfMemoryBytes), or that made it fail",
        printable(what), limits::kPdfSeconds, limits::kPdfMemoryBytes >> 20U);
  switch (WEXITSTATUS(ending.status)) {
    case 0:
      ending.words.complaint = error;
      return std::move(ending.words);
    case 3:
      return fail(Code::kUnsupported,
                  "{}: a PDF whose maker forbids taking its text out; save the policy as HTML or "
                  "plain text",
                  printable(what));
    default:
      break;
  }
  if (ending.errors.find("Incorrect password") != std::string::npos)
    return fail(Code::kUnsupported,
                "{}: a PDF that is encrypted and opens with a password only; save a copy without "
                "one",
                printable(what));
  return fail(Code::kMalformed, "{}: a PDF that cannot be read: {}", printable(what),
              error.empty() ? "pdftotext does not say why" : error);
}

}  // namespace affiant::policy
