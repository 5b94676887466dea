// Frames of native messaging: a 32-bit length in native byte order, then that many bytes
// (docs/protocol.md). Not thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/limits.h"

namespace affiant::wire {

// Cuts a stream of bytes into frames, however the bytes arrive. Memory stays below max_frame plus
// what was fed at once: an announced length is checked before anything is kept for it, and nothing
// is allocated on the strength of an announcement alone.
class FrameSplitter {
 public:
  explicit FrameSplitter(std::size_t max_frame = limits::kFrameIn) : max_frame_(max_frame) {}

  void feed(std::string_view bytes);
  // The next whole frame, or nothing when more bytes are needed. The view lives until the next call
  // of any member. kTooLarge for an announcement beyond the cap: the stream cannot be used any more
  // and every later call fails in the same way.
  Result<std::optional<std::string_view>> next();
  // Success when the bytes fed end where a frame ends; kMalformed says how much is missing.
  Status end() const;

 private:
  std::size_t max_frame_;
  std::string buffer_;
  std::size_t begin_ = 0;     // What lies before it in buffer_ was handed out.
  unsigned long frames_ = 0;  // Handed out so far, for messages.
};

// The browser's end of a pipe. Does not own the descriptor.
class FrameReader {
 public:
  explicit FrameReader(int fd, std::size_t max_frame = limits::kFrameIn)
      : fd_(fd), splitter_(max_frame) {}

  // One read(2): blocks only when the descriptor is not readable. False at an end of input between
  // two frames; kMalformed at one inside a frame; kIo.
  Result<bool> fill();
  // As FrameSplitter::next().
  Result<std::optional<std::string_view>> next() { return splitter_.next(); }

 private:
  int fd_;
  FrameSplitter splitter_;
};

// The only writer of the real standard output of affiant-host. Owns and closes the descriptor.
class FrameWriter {
 public:
  explicit FrameWriter(int fd) : fd_(fd) {}
  FrameWriter(const FrameWriter&) = delete;
  FrameWriter& operator=(const FrameWriter&) = delete;
  ~FrameWriter();

  // Writes one frame whole, blocking. kTooLarge beyond limits::kFrameOut, with nothing written;
  // kIo when the browser has gone (SIGPIPE must be ignored by the program).
  Status write(std::string_view message);

 private:
  int fd_;
};

}  // namespace affiant::wire
