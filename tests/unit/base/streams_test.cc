#include "base/streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "base/terminal.h"
#include "base/wait.h"

namespace affiant {
namespace {

using testing::HasSubstr;

TEST(Streams, BytesPassThroughAPipeAsTheyAreAndAClosedOneHasAnEnd) {
  const auto ends = make_pipe().value();
  const std::string bytes("a\r\nb\n\x1a\0c", 9);
  EXPECT_TRUE(write_all(ends[1], bytes, "a test"));
  close_descriptor(ends[1]);
  std::string got(20, '\0');
  EXPECT_EQ(read_some(ends[0], got.data(), got.size(), "a test").value(), 9U);
  EXPECT_EQ(got.substr(0, 9), bytes);
  EXPECT_EQ(read_some(ends[0], got.data(), got.size(), "a test").value(), 0U);
  close_descriptor(ends[0]);
}

TEST(Streams, WhatCannotBeReadSaysFromWhomAndNoneIsClosedWithoutHarm) {
  char byte = 0;
  const auto read = read_some(9'999, &byte, 1, "the browser");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::kIo);
  EXPECT_THAT(read.error().message, HasSubstr("cannot read from the browser: "));
  EXPECT_FALSE(write_all(9'999, "x", "the browser"));
  close_descriptor(-1);
}

TEST(Wait, InputWakesAndTheOtherOneDoesNotCount) {
  const auto one = make_pipe().value();
  const auto two = make_pipe().value();
  const auto nothing = wait_for_input(one[0], two[0], 1);
  ASSERT_TRUE(nothing) << nothing.error().message;
  EXPECT_FALSE(nothing->first || nothing->second || nothing->ending != 0);
  std::thread writer([&] { EXPECT_TRUE(write_all(two[1], "x", "a test")); });
  const auto second = wait_for_input(one[0], two[0], -1);
  writer.join();
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->second && !second->first);
  EXPECT_FALSE(wait_for_input(one[0], -1, 1)->second) << "is not waited for";
  for (const auto& ends : {one, two})
    for (const int fd : ends) close_descriptor(fd);
}

TEST(Wait, TheEndOfInputWakesToo) {
  const auto ends = make_pipe().value();
  close_descriptor(ends[1]);
  EXPECT_TRUE(wait_for_input(ends[0], -1, -1)->first);
  close_descriptor(ends[0]);
}

TEST(Terminal, APipeIsNone) {
  const auto ends = make_pipe().value();
  for (const int fd : ends) {
    EXPECT_FALSE(is_terminal(fd));
    EXPECT_FALSE(sequences_work(fd));
    close_descriptor(fd);
  }
}

}  // namespace
}  // namespace affiant
