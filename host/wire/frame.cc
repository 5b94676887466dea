#include "wire/frame.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/streams.h"

namespace affiant::wire {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kReadBytes = 64U << 10U;
constexpr std::size_t kKeepBytes = 1U << 20U;  // Of capacity, once a larger frame has been handled.

std::uint32_t length_at(const char* bytes) {
  std::uint32_t length = 0;
  std::memcpy(&length, bytes, kLengthBytes);
  return length;
}

}  // namespace

void FrameSplitter::feed(std::string_view bytes) {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
    if (buffer_.empty() && buffer_.capacity() > kKeepBytes) std::string().swap(buffer_);
  }
  buffer_.append(bytes);
}

Result<std::optional<std::string_view>> FrameSplitter::next() {
  const std::size_t there = buffer_.size() - begin_;
  if (there < kLengthBytes) return std::nullopt;
  const std::uint32_t length = length_at(buffer_.data() + begin_);
  if (length > max_frame_)
    return fail(Code::kTooLarge,
                "frame {} announces {} bytes, at most {} allowed (limits::kFrameIn). Send smaller "
                "batches",
                frames_ + 1, length, max_frame_);
  if (there - kLengthBytes < length) return std::nullopt;
  const auto frame = std::string_view(buffer_).substr(begin_ + kLengthBytes, length);
  begin_ += kLengthBytes + length;
  ++frames_;
  return frame;
}

Status FrameSplitter::end() const {
  const std::size_t there = buffer_.size() - begin_;
  if (there == 0) return {};
  if (there < kLengthBytes)
    return fail(Code::kMalformed, "input ends inside the length of frame {}: {} of {} bytes",
                frames_ + 1, there, kLengthBytes);
  return fail(Code::kMalformed, "input ends inside frame {}: {} of {} bytes", frames_ + 1,
              there - kLengthBytes, length_at(buffer_.data() + begin_));
}

Result<bool> FrameReader::fill() {
  std::array<char, kReadBytes> bytes;  // NOLINT(*-member-init): read_some() fills what is used.
  AFFIANT_TRY(const auto n, read_some(fd_, bytes.data(), bytes.size(), "the browser"));
  if (!n) return true;  // Nothing yet; wait again.
  if (*n == 0) {
    AFFIANT_CHECK(splitter_.end());
    return false;
  }
  splitter_.feed(std::string_view(bytes.data(), *n));
  return true;
}

FrameWriter::~FrameWriter() { close_descriptor(fd_); }

Status FrameWriter::write(std::string_view message) {
  if (message.size() > limits::kFrameOut)
    return fail(Code::kTooLarge,
                "a message to the browser takes {} bytes, at most {} allowed (limits::kFrameOut)",
                message.size(), limits::kFrameOut);
  const auto length = static_cast<std::uint32_t>(message.size());
  std::string frame(kLengthBytes, '\0');
  std::memcpy(frame.data(), &length, kLengthBytes);
  frame += message;
  return write_all(fd_, frame, "the browser");
}

}  // namespace affiant::wire
