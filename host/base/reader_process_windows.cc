// The Windows half of reader_process.h.
#include <io.h>

#include <utility>

#include "base/bytes.h"
#include "base/command_line_windows.h"
#include "base/reader_process.h"
#include "base/streams.h"
#include "base/text_windows.h"

namespace affiant {
namespace {

using windows::Handle;

tl::unexpected<Error> failed(const char* what) {
  const DWORD error = ::GetLastError();
  return fail(Code::kIo, "cannot {}: {}", what, windows::words_for(error));
}

// A handle that a child may be given.
Handle for_child(int fd) {
  HANDLE copy = nullptr;
  const auto own = reinterpret_cast<HANDLE>(::_get_osfhandle(fd));
  if (::DuplicateHandle(::GetCurrentProcess(), own, ::GetCurrentProcess(), &copy, 0, TRUE,
                        DUPLICATE_SAME_ACCESS) == 0)
    return Handle();
  return Handle(copy);
}

// Names the handles that a child inherits, so that it gets no others: no lock of the case may
// outlive this host in a child.
class InheritOnly {
 public:
  explicit InheritOnly(std::vector<HANDLE> handles) : handles_(std::move(handles)) {
    SIZE_T bytes = 0;
    ::InitializeProcThreadAttributeList(nullptr, 1, 0, &bytes);
    memory_.resize(bytes / sizeof(std::uint64_t) + 1);
    made_ = ::InitializeProcThreadAttributeList(get(), 1, 0, &bytes) != 0;
    good_ = made_ && ::UpdateProcThreadAttribute(get(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
                                                 handles_.data(), handles_.size() * sizeof(HANDLE),
                                                 nullptr, nullptr) != 0;
  }
  InheritOnly(const InheritOnly&) = delete;
  InheritOnly& operator=(const InheritOnly&) = delete;
  ~InheritOnly() {
    if (made_) ::DeleteProcThreadAttributeList(get());
  }
  LPPROC_THREAD_ATTRIBUTE_LIST get() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }
  bool good() const { return good_; }

 private:
  std::vector<HANDLE> handles_;
  std::vector<std::uint64_t> memory_;
  bool made_ = false, good_ = false;
};

// What is in it ends when its last handle is closed: with this process, however that ends.
Handle make_job() {
  Handle job(::CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (job.ok() && ::SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits,
                                            sizeof limits) == 0)
    return Handle();
  return job;
}

}  // namespace

struct ReaderProcess::Child {
  Handle job, process;
  int output = -1;
};

Result<ReaderProcess> ReaderProcess::start(const std::filesystem::path& program,
                                           const std::vector<std::string>& arguments) {
  const DWORD there = ::GetFileAttributesW(program.c_str());
  if (there == INVALID_FILE_ATTRIBUTES || (there & FILE_ATTRIBUTE_DIRECTORY) != 0)
    return fail(Code::kNotFound, "{} cannot be started. Install both programs together",
                printable(windows::narrow(program.native())));
  AFFIANT_TRY(const auto ends, make_pipe());
  auto child = std::make_unique<Child>();
  child->output = ends[0];
  ReaderProcess started(std::move(child));  // Closes what has been opened, if it comes to that.
  Handle out = for_child(ends[1]);
  close_descriptor(ends[1]);
  Handle error = for_child(kStderr);
  SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
  Handle nothing(::CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE,
                               FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0,
                               nullptr));
  started.child_->job = make_job();
  if (!out.ok() || !nothing.ok() || !started.child_->job.ok()) return failed("prepare a process");

  std::vector<HANDLE> given = {nothing.get(), out.get()};
  if (error.ok()) given.push_back(error.get());
  InheritOnly only(given);
  if (!only.good()) return failed("prepare a process");
  STARTUPINFOEXW how{};
  how.StartupInfo.cb = sizeof how;
  how.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  how.StartupInfo.hStdInput = nothing.get();
  how.StartupInfo.hStdOutput = out.get();
  how.StartupInfo.hStdError = error.ok() ? error.get() : nothing.get();
  how.lpAttributeList = only.get();
  PROCESS_INFORMATION info{};
  std::wstring line = windows::command_line(program.native(), arguments);
  // Suspended, so that it is in its job before it does anything.
  if (::CreateProcessW(program.c_str(), line.data(), nullptr, nullptr, TRUE,
                       CREATE_SUSPENDED | CREATE_NO_WINDOW | EXTENDED_STARTUPINFO_PRESENT |
                           BELOW_NORMAL_PRIORITY_CLASS,
                       nullptr, nullptr, &how.StartupInfo, &info) == 0)
    return failed("start a process");
  const Handle thread(info.hThread);
  started.child_->process = Handle(info.hProcess);
  if (::AssignProcessToJobObject(started.child_->job.get(), info.hProcess) == 0 ||
      ::ResumeThread(info.hThread) == static_cast<DWORD>(-1)) {
    const auto failure = failed("start a process");
    ::TerminateProcess(info.hProcess, 1);
    return failure;
  }
  return started;
}

ReaderProcess::ReaderProcess(std::unique_ptr<Child> child) : child_(std::move(child)) {}
ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept = default;

ReaderProcess::~ReaderProcess() {
  if (child_ && child_->process.ok()) ::TerminateProcess(child_->process.get(), 1);
  finish();
}

int ReaderProcess::output() const { return child_ ? child_->output : -1; }

int ReaderProcess::finish() {
  if (!child_) return 0;
  close_descriptor(std::exchange(child_->output, -1));
  if (!child_->process.ok()) return 0;
  DWORD code = 0;
  ::WaitForSingleObject(child_->process.get(), INFINITE);
  ::GetExitCodeProcess(child_->process.get(), &code);
  child_->process = Handle();
  return static_cast<int>(code);
}

}  // namespace affiant
