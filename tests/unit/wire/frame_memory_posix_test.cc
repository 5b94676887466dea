// What an announcement costs, as the kernel counts it.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "pipe.h"
#include "wire/frame.h"

namespace affiant::wire {
namespace {

using test::length_bytes;
using test::Pipe;

TEST(FrameReader, FourGigabytesAnnouncedAllocateNothing) {
  Pipe pipe;
  pipe.put(length_bytes(0xFFFFFFF0U));
  pipe.close_write();
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_SELF, &before);
  FrameReader reader(pipe.read_end());
  EXPECT_TRUE(*reader.fill());
  EXPECT_FALSE(reader.next());
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 1024) << "KiB";
}

TEST(FrameReader, AnnouncementWithinTheCapReservesNothingUntilBytesCome) {
  Pipe pipe;
  pipe.put(length_bytes(limits::kFrameIn));
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_SELF, &before);
  FrameReader reader(pipe.read_end());
  EXPECT_TRUE(*reader.fill());
  EXPECT_FALSE(*reader.next());
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 1024) << "KiB";
}

}  // namespace
}  // namespace affiant::wire
