// A program of its own that reads a case, so that this one need not: it is started, its output is
// read as it comes, and it ends with this object (docs/adr/0013). It can write nothing but its
// output and is given little of the processor, so that recording goes on undisturbed.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::recorder {

class ReaderProcess {
 public:
  // kNotFound when there is no such program; kIo.
  static Result<ReaderProcess> start(const std::filesystem::path& program,
                                     const std::vector<std::string>& arguments);
  ReaderProcess(ReaderProcess&& other) noexcept;
  ReaderProcess& operator=(ReaderProcess&& other) noexcept;
  ReaderProcess(const ReaderProcess&) = delete;
  ReaderProcess& operator=(const ReaderProcess&) = delete;
  ~ReaderProcess();

  int output() const { return output_; }  // To wait for.
  // One read(2), appended to `to`: blocks unless output() is readable. False at its end.
  Result<bool> read(std::string* to);
  // Ends it. Its exit code, or minus the signal that ended it.
  int finish();

 private:
  ReaderProcess(pid_t pid, int output) : pid_(pid), output_(output) {}

  pid_t pid_ = -1;
  int output_ = -1;
};

}  // namespace affiant::recorder
