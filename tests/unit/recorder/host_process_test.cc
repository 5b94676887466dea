// affiant-host as a process: whole sessions, and what survives when it or the browser dies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/limits.h"
#include "host_process_fixture.h"

namespace affiant::test {
namespace {

using testing::HasSubstr;

TEST_F(HostProcessTest, WholeSessionInBothBrowsersEndsSealedAndCleanly) {
  for (const std::string browser : {"chromium", "firefox"}) {
    plan_["case"] = (temp_.path() / browser).string();
    write_plan(plan_);
    HostProcess host(browser == "firefox" ? firefox_arguments() : chromium_arguments(), audit());
    ASSERT_TRUE(host.send(hello(browser)));
    ASSERT_TRUE(host.receive_type("welcome")) << host.standard_error();
    ASSERT_TRUE(host.send(open()));
    ASSERT_TRUE(host.receive_type("opened"));
    ASSERT_TRUE(host.send(notes(1, 500)));
    ASSERT_TRUE(host.acknowledged(500));
    ASSERT_TRUE(host.send(close(500)));
    const auto closed = host.receive_type("closed");
    ASSERT_TRUE(closed);
    host.end_input();
    EXPECT_EQ(host.wait(), 0);
    EXPECT_EQ(host.rest_of_output(), "");
    const auto read = read_case(temp_.path() / browser);
    EXPECT_EQ(read.verdict.complete, evidence::Completeness::kComplete);
    EXPECT_EQ(read.verdict.root_base64, closed->at("root").get<std::string>());
    EXPECT_EQ(read.numbers(1).size(), 500U);
  }
}

TEST_F(HostProcessTest, LoneEventIsAcknowledgedWithoutFurtherInput) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 1)));
  EXPECT_TRUE(host.acknowledged(1));
}

TEST_F(HostProcessTest, AcknowledgedEventsSurviveKillAtAnyMomentAndTheNextHostGoesOn) {
  std::uint64_t next = 1;
  std::uint64_t durable = 0;
  for (int round = 0; round < 6; ++round) {
    HostProcess host(chromium_arguments(), audit());
    ASSERT_TRUE(host.send(hello("chromium", "boot-1")));
    const auto welcome = host.receive_type("welcome");
    ASSERT_TRUE(welcome) << host.standard_error();
    if (round == 0) {
      ASSERT_TRUE(host.send(open()));
      ASSERT_TRUE(host.receive_type("opened"));
    } else {
      ASSERT_TRUE(welcome->at("resume").is_object()) << "round " << round;
      EXPECT_EQ(welcome->at("resume").at("session"), 1);
      EXPECT_GE(welcome->at("resume").at("durable").get<std::uint64_t>(), durable)
          << "an acknowledged event is gone";
      // As the extension does: everything that was not acknowledged goes out again.
      next = durable + 1;
    }
    for (int batch = 0; batch < 5; ++batch, next += 70)
      ASSERT_TRUE(host.send(notes(next, next + 69)));
    ASSERT_TRUE(host.acknowledged(next - 150));
    durable = host.durable;
    host.signal(SIGKILL);
    EXPECT_EQ(host.wait(), -SIGKILL);
  }
  HostProcess last(chromium_arguments(), audit());
  ASSERT_TRUE(last.send(hello("chromium", "boot-2")));
  const auto welcome = last.receive_type("welcome");
  ASSERT_TRUE(welcome);
  durable = welcome->at("resume").at("durable");
  ASSERT_TRUE(last.send(notes(durable + 1, durable + 10)));
  ASSERT_TRUE(last.acknowledged(durable + 10));
  ASSERT_TRUE(last.send(close(durable + 10)));
  ASSERT_TRUE(last.receive_type("closed"));
  last.end_input();
  EXPECT_EQ(last.wait(), 0);
  const auto read = read_case(case_);
  EXPECT_EQ(read.verdict.complete, evidence::Completeness::kComplete);
  const auto numbers = read.numbers(1);
  ASSERT_EQ(numbers.size(), durable + 10);
  for (std::uint64_t q = 1; q <= numbers.size(); ++q) ASSERT_EQ(numbers[q - 1], q);
  EXPECT_EQ(read.of_kind("session.resume").size(), 6U);
}

TEST_F(HostProcessTest, EndOfInputCommitsSignsAndLeavesTheCaseOpen) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 7)));
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
  expect_open_case(7);
}

TEST_F(HostProcessTest, SignalsToEndDoTheSame) {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
    std::filesystem::remove_all(case_);
    HostProcess host(chromium_arguments(), audit());
    begin(host);
    ASSERT_TRUE(host.send(notes(1, 7)));
    ASSERT_TRUE(host.acknowledged(7));
    host.signal(number);
    EXPECT_EQ(host.wait(), 0);
    expect_open_case(7);
  }
}

TEST_F(HostProcessTest, BrowserThatStopsReadingLosesNothing) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  for (std::uint64_t q = 1; q < 10'000; q += 1000) ASSERT_TRUE(host.send(notes(q, q + 999)));
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
  expect_open_case(10'000);
}

TEST_F(HostProcessTest, TwoHostsOnOneCaseTheSecondIsRefusedAfterAShortWait) {
  HostProcess first(chromium_arguments(), audit());
  begin(first);
  HostProcess second(chromium_arguments(), audit());
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(second.send(hello("chromium", "boot-2")));
  const auto error = second.receive();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->at("code"), "conflict");
  EXPECT_EQ(error->at("fatal"), true);
  EXPECT_EQ(second.wait(), 1);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(HostProcessTest, NextHostWaitsForOneThatIsJustDying) {
  HostProcess first(chromium_arguments(), audit());
  begin(first);
  ASSERT_TRUE(first.send(notes(1, 2)));
  HostProcess second(chromium_arguments(), audit());
  ASSERT_TRUE(second.send(hello()));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  first.end_input();
  const auto welcome = second.receive();
  ASSERT_TRUE(welcome);
  EXPECT_EQ(welcome->at("resume"), (json::Value{{"session", 1}, {"durable", 2}}));
}

TEST_F(HostProcessTest, VisitsGoUnderAffiantHome) {
  const auto home = temp_.path() / "home";
  HostProcess host(chromium_arguments(), {{"AFFIANT_HOME", home.string()}});
  ASSERT_TRUE(host.send(hello()));
  ASSERT_TRUE(host.receive_type("welcome"));
  EXPECT_FALSE(std::filesystem::exists(home)) << "nothing is stored before Record is pressed";
  ASSERT_TRUE(host.send(open("visit")));
  const auto opened = host.receive_type("opened");
  ASSERT_TRUE(opened);
  ASSERT_TRUE(host.send(close(0)));
  ASSERT_TRUE(host.receive_type("closed"));
  const auto dir = home / "cases" / opened->at("case").get<std::string>();
  EXPECT_TRUE(read_case(dir).verdict.sealed);
  EXPECT_TRUE(std::filesystem::exists(home / "identity" / "identity.key"));
}

}  // namespace
}  // namespace affiant::test
