// Waiting for input, for a time and for being told to end, all at once.
#pragma once

#include <cstdint>

#include "base/error.h"

namespace affiant {

struct Wake {
  bool first = false, second = false;  // Can be read without blocking, or is at its end.
  int ending = 0;  // Not 0: the program is to end; the number of the signal, or of the event of a
                   // console (Windows), plus 1.
};

// From now on what asks this program to end is taken note of and ends wait_for_input(): SIGTERM,
// SIGINT and SIGHUP; on Windows Ctrl-C, a closed console, the end of a session. SIGPIPE is ignored.
// Call it once, before any thread is made.
Status take_note_of_endings();

// A descriptor below 0 is not waited for, a time below 0 has no end. Nothing is set when the time
// is over; kIo. Windows: pipes alone can be waited for, any other input counts as ready; they are
// looked at every few milliseconds.
Result<Wake> wait_for_input(int first_fd, int second_fd, std::int64_t timeout_ms);

}  // namespace affiant
