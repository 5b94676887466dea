// A program of its own that reads a case, so that this one need not: it is started, its output is
// read as it comes, and it ends with this object (docs/adr/0013). It can write nothing but its
// output and is given little of the processor, so that recording goes on undisturbed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant {

class ReaderProcess {
 public:
  // kNotFound when there is no such program; kIo. Arguments are UTF-8.
  static Result<ReaderProcess> start(const std::filesystem::path& program,
                                     const std::vector<std::string>& arguments);
  ReaderProcess(ReaderProcess&& other) noexcept;
  ReaderProcess& operator=(ReaderProcess&& other) noexcept;
  ReaderProcess(const ReaderProcess&) = delete;
  ReaderProcess& operator=(const ReaderProcess&) = delete;
  ~ReaderProcess();

  int output() const;  // To wait for (wait.h). Below 0 once it has been finished.
  // One read(2), appended to `to`: blocks unless output() is readable. False at its end.
  Result<bool> read(std::string* to);
  // Waits for its end. Its exit code, or minus the signal that ended it.
  int finish();

 private:
  struct Child;
  explicit ReaderProcess(std::unique_ptr<Child> child);
  std::unique_ptr<Child> child_;
};

}  // namespace affiant
