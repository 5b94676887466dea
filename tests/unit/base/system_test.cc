// What the system gives: digests, random bytes, clocks, processes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "base/clock.h"
#include "base/digest.h"
#include "base/paths.h"
#include "base/random.h"
#include "base/reader_process.h"
#include "base/registry.h"

namespace affiant {
namespace {

TEST(Digest, IsThatOfTheStandards) {
  EXPECT_EQ(hex_digest(Digest::kMd5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_digest(Digest::kSha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_digest(Digest::kSha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_digest(Digest::kSha256, ""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Random, FillsAllOfItAndNeverTheSame) {
  std::array<std::uint8_t, 64> one{};
  std::array<std::uint8_t, 64> two{};
  ASSERT_TRUE(system_random().fill(one));
  ASSERT_TRUE(system_random().fill(two));
  EXPECT_NE(one, two);
  EXPECT_TRUE(system_random().fill({}));
}

TEST(Clock, BothGoOn) {
  const std::int64_t utc = system_clock().utc_ms();
  const std::int64_t mono = system_clock().mono_ns();
  EXPECT_GT(utc, 1'700'000'000'000) << "milliseconds since 1970";
  EXPECT_GE(system_clock().mono_ns(), mono);
}

// The program that a case is read with is this test itself, told by a variable what to be.
std::string all_of(ReaderProcess* process) {
  std::string out;
  while (process->read(&out).value_or(false)) {
  }
  return out;
}

TEST(ReaderProcess, WhatItWritesIsReadAndItsExitCodeTold) {
  auto process = ReaderProcess::start(program_file().value(), {"--gtest_list_tests"});
  ASSERT_TRUE(process) << process.error().message;
  EXPECT_GE(process->output(), 0);
  EXPECT_THAT(all_of(&*process), testing::HasSubstr("ReaderProcess."));
  EXPECT_EQ(process->finish(), 0);
  EXPECT_LT(process->output(), 0);
  EXPECT_EQ(process->finish(), 0) << "it has been";
}

TEST(ReaderProcess, ArgumentsArriveAsTheyWereGiven) {
  // A filter that fits nothing is named in what GoogleTest writes.
  const std::string odd = R"(--gtest_filter=No.a "b\" c\\ d" é\\)";
  auto process = ReaderProcess::start(program_file().value(), {odd, "--gtest_color=no"});
  ASSERT_TRUE(process);
#ifndef _WIN32  // GoogleTest there reads its arguments in the machine's code page.
  EXPECT_THAT(all_of(&*process), testing::HasSubstr(R"(No.a "b\" c\\ d" é\\)"));
#else
  EXPECT_THAT(all_of(&*process), testing::HasSubstr(R"(No.a "b\" c\\ d" )"));
#endif
}

TEST(ReaderProcess, EndsWithItsObjectAndOneThatIsNotThereIsSaid) {
  {
    auto process = ReaderProcess::start(program_file().value(),
                                        {"--gtest_repeat=-1", "--gtest_filter=Digest.*"});
    ASSERT_TRUE(process);
  }  // Comes back: it did not wait for the end of what has none.
  const auto none = ReaderProcess::start(program_file()->parent_path() / "no_such_program", {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
}

#ifndef _WIN32
TEST(Registry, OnlyWindowsHasOne) {
  EXPECT_EQ(system_registry().get("HKEY_CURRENT_USER\\Software").error().code, Code::kUnsupported);
}
#endif

}  // namespace
}  // namespace affiant
