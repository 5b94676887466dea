// Ctrl-C, SIGTERM and SIGHUP (on Windows Ctrl-C, Ctrl-Break and a closed console) as a question
// instead of an end: what is running is wound up in order.
#pragma once

namespace affiant {

// While one lives, these signals only set interrupted(), and a closed pipe is an error of write(2).
// They nest: what was caught is forgotten when the outermost one begins. Main thread only.
class CatchInterrupts {
 public:
  CatchInterrupts();
  ~CatchInterrupts();
  CatchInterrupts(const CatchInterrupts&) = delete;
  CatchInterrupts& operator=(const CatchInterrupts&) = delete;
};

bool interrupted();

}  // namespace affiant
