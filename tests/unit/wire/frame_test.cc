#include "wire/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/wait.h"
#include "pipe.h"

namespace affiant::wire {
namespace {

using test::frame;
using test::length_bytes;
using test::Pipe;
using testing::HasSubstr;

// All frames that come out when `stream` is fed in pieces of `step` bytes.
std::vector<std::string> split(std::string_view stream, std::size_t step) {
  FrameSplitter splitter;
  std::vector<std::string> out;
  for (std::size_t at = 0; at < stream.size(); at += step) {
    splitter.feed(stream.substr(at, step));
    for (;;) {
      const auto next = splitter.next();
      EXPECT_TRUE(next) << next.error().message;
      if (!next || !*next) break;
      out.emplace_back(**next);
    }
  }
  EXPECT_TRUE(splitter.end());
  return out;
}

TEST(FrameSplitter, FramesComeOutTheSameHoweverTheBytesArrive) {
  const std::string stream = frame("{}") + frame("") + frame(std::string(1000, 'x')) + frame("end");
  const auto whole = split(stream, stream.size());
  ASSERT_EQ(whole.size(), 4U);
  EXPECT_EQ(whole[0], "{}");
  EXPECT_EQ(whole[1], "");
  EXPECT_EQ(whole[3], "end");
  for (const std::size_t step : {1U, 2U, 3U, 5U, 7U, 100U}) EXPECT_EQ(split(stream, step), whole);
}

TEST(FrameSplitter, CutAtEveryByteIsAnErrorThatSaysWhatIsMissing) {
  const std::string stream = frame("first") + frame("second");
  for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
    FrameSplitter splitter;
    splitter.feed(std::string_view(stream).substr(0, cut));
    while (splitter.next().value()) {
    }
    const bool boundary = cut == 0 || cut == 9 || cut == stream.size();
    EXPECT_EQ(splitter.end().has_value(), boundary) << cut;
  }
  FrameSplitter splitter;
  splitter.feed(std::string_view(stream).substr(0, 15));
  while (splitter.next().value()) {
  }
  EXPECT_THAT(splitter.end().error().message, HasSubstr("inside frame 2: 2 of 6 bytes"));
}

TEST(FrameSplitter, AnnouncementBeyondTheCapIsRefusedForGoodAndNamesTheCap) {
  FrameSplitter splitter;
  splitter.feed(length_bytes(0xFFFFFFFFU) + "garbage");
  for (int i = 0; i < 3; ++i) {
    const auto next = splitter.next();
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().code, Code::kTooLarge);
    EXPECT_THAT(next.error().message, HasSubstr("announces 4294967295 bytes, at most 16777216"));
    EXPECT_THAT(next.error().message, HasSubstr("limits::kFrameIn"));
  }
}

TEST(FrameSplitter, LargestFrameIsAcceptedAndOneByteMoreIsNot) {
  FrameSplitter splitter(100);
  splitter.feed(frame(std::string(100, 'a')) + frame(std::string(101, 'b')));
  ASSERT_TRUE(splitter.next());
  EXPECT_FALSE(splitter.next());
}

TEST(FrameReader, EndBetweenFramesIsCleanAndInsideOneIsAnError) {
  Pipe clean;
  clean.put(frame("one"));
  clean.close_write();
  FrameReader reader(clean.read_end());
  EXPECT_TRUE(*reader.fill());
  EXPECT_EQ(**reader.next(), "one");
  EXPECT_FALSE(*reader.fill());

  Pipe torn;
  torn.put(frame("one").substr(0, 6));
  torn.close_write();
  FrameReader torn_reader(torn.read_end());
  EXPECT_TRUE(*torn_reader.fill());
  EXPECT_FALSE(*torn_reader.next());
  const auto end = torn_reader.fill();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, Code::kMalformed);
}

TEST(FrameWriter, WhatIsWrittenIsOneFrameAndMayBeLargerThanThePipe) {
  Pipe pipe;
  const std::string message(limits::kFrameOut, 'm');
  std::thread writing([fd = pipe.release_write(), &message] {
    FrameWriter writer(fd);
    EXPECT_TRUE(writer.write(message));
  });
  FrameReader reader(pipe.read_end());
  std::string got;
  while (got.empty()) {
    ASSERT_TRUE(*reader.fill());
    if (const auto next = reader.next(); *next) got = **next;
  }
  writing.join();
  EXPECT_EQ(got, message);
  EXPECT_FALSE(*reader.fill()) << "the writer closes what it owns";
}

TEST(FrameWriter, MessageBeyondOneMegabyteIsRefusedAndNothingIsWritten) {
  Pipe pipe;
  {
    FrameWriter writer(pipe.release_write());
    const auto status = writer.write(std::string(limits::kFrameOut + 1, 'm'));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Code::kTooLarge);
  }
  char byte = 0;
  EXPECT_EQ(read_some(pipe.read_end(), &byte, 1, "a test").value(), 0U);
}

TEST(FrameWriter, BrowserThatHasGoneIsAnErrorNotASignal) {
  ASSERT_TRUE(take_note_of_endings());
  Pipe pipe;
  pipe.close_read();
  FrameWriter writer(pipe.release_write());
  const auto status = writer.write("{}");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Code::kIo);
}

}  // namespace
}  // namespace affiant::wire
