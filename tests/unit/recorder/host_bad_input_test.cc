// affiant-host as a process: bad input, strangers, and what it tells whom.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "host_process_fixture.h"

namespace affiant::test {
namespace {

using testing::HasSubstr;

TEST_F(HostProcessTest, FourGigabytesAnnouncedAreRefusedAtOnce) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 3)));
  ASSERT_TRUE(host.acknowledged(3));
  ASSERT_TRUE(host.send_bytes("\xff\xff\xff\xff{\"type\""));
  const auto error = host.receive_type("error");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->at("code"), "too-large");
  EXPECT_THAT(error->at("message").get<std::string>(), HasSubstr("announces 4294967295 bytes"));
  EXPECT_EQ(host.wait(), 1);
  expect_open_case(3);
}

TEST_F(HostProcessTest, DeepJsonIsRefusedAndWhatWasRecordedStays) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 3)));
  std::string deep = R"({"type":"events","events":)" + std::string(500'000, '[');
  ASSERT_TRUE(host.send_text(deep));
  expect_orderly_death(host, "too-large", "nested deeper than 64", 3);
}

TEST_F(HostProcessTest, GarbageIsRefusedWithItsPlace) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"\x80\x81", "not UTF-8 at byte 0"},
      {"", "not JSON at byte"},
      {"{} {}", "not JSON at byte 4"},
      {R"({"type":"events","events":[{"q":-5,"k":"gap","t":1,"b":{}}]})",
       "message.events[0].q: -5"},
      {R"({"type":"close","reason":"stopped","detail":null,"last_q":3,"last_q":3})",
       "duplicate key \"last_q\""},
      {R"({"type":"events","events":[],"more":1})", "unknown field \"more\""},
  };
  for (const auto& [text, words] : bad) {
    std::filesystem::remove_all(case_);
    HostProcess host(chromium_arguments(), audit());
    begin(host);
    ASSERT_TRUE(host.send(notes(1, 3)));
    ASSERT_TRUE(host.send_text(text));
    expect_orderly_death(host, "malformed", words, 3);
  }
}

TEST_F(HostProcessTest, InputThatEndsInsideAFrameIsAnErrorAndKeepsWhatCameBefore) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 3)));
  ASSERT_TRUE(host.send_bytes(std::string("\x40\x00\x00\x00{\"type\"", 11)));
  host.end_input();
  expect_orderly_death(host, "malformed", "inside frame 4: 7 of 64 bytes", 3);
}

TEST_F(HostProcessTest, MemoryStaysBoundedUnderLargeBatches) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  constexpr std::uint64_t kBatch = 1000;
  std::uint64_t q = 1;
  // Frames of nearly 12 MB, ten of them.
  for (int i = 0; i < 10; ++i, q += kBatch)
    ASSERT_TRUE(host.send(notes(q, q + kBatch - 1, std::string(12'000, 'x'))));
  ASSERT_TRUE(host.acknowledged(q - 1));
  const json::Value page = {{"url", "https://shop.example/"},
                            {"host", "shop.example"},
                            {"kind", "unknown"},
                            {"result", "captured"}};
  for (const char letter : {'a', 'b', 'c', 'd', 'e'}) {
    json::Value batch = notes(q, q);
    json::Value& event = batch["events"][0];
    event["k"] = "policy.page";
    event["b"] = page;
    event["x"] = {{"type", "text/plain"}, {"text", std::string(15'000'000, letter)}};
    ASSERT_TRUE(host.send(batch));
    ++q;
  }
  ASSERT_TRUE(host.acknowledged(q - 1));
  const long peak = host.peak_kib();
  RecordProperty("peak_kib", std::to_string(peak));
  EXPECT_GT(peak, 0);
#ifndef __SANITIZE_ADDRESS__  // Its quarantine keeps what was freed.
  EXPECT_LT(peak, 160 * 1024) << "KiB";
#endif
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
}

TEST_F(HostProcessTest, UnknownExtensionIsRefusedUnlessThePlanNamesIt) {
  const std::vector<std::string> stranger = {
      "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"};
  {
    HostProcess host(stranger, audit());
    const auto error = host.receive();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->at("code"), "permission");
    EXPECT_EQ(host.wait(), 1);
  }
  plan_["extension_ids"] = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
  write_plan(plan_);
  HostProcess host(stranger, audit());
  begin(host);
}

TEST_F(HostProcessTest, PlanThatIsNotOneIsTold) {
  plan_["colour"] = "blue";
  write_plan(plan_);
  HostProcess host(chromium_arguments(), audit());
  const auto error = host.receive();
  ASSERT_TRUE(error);
  EXPECT_THAT(error->at("message").get<std::string>(),
              HasSubstr("plan.json: unknown field \"colour\""));
  EXPECT_EQ(host.wait(), 1);
}

TEST_F(HostProcessTest, StartedByHandItExplainsItself) {
  HostProcess host({}, {});
  host.end_input();
  EXPECT_EQ(host.rest_of_output(), "");
  EXPECT_THAT(host.standard_error(), HasSubstr("affiant install"));
  EXPECT_EQ(host.wait(), 2);
}

TEST_F(HostProcessTest, StandardOutputOfLibrariesGoesToStandardError) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  EXPECT_EQ(host.link_of(1), host.link_of(2));
  EXPECT_NE(host.link_of(1), "");
}

TEST_F(HostProcessTest, NothingOfThePageReachesStandardError) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 1, "secret-word")));
  ASSERT_TRUE(host.acknowledged(1));
  host.end_input();
  const std::string told = host.standard_error();
  EXPECT_EQ(host.wait(), 0);
  EXPECT_EQ(told.find("secret-word"), std::string::npos);
  EXPECT_EQ(told.find("shop.example"), std::string::npos);
}

}  // namespace
}  // namespace affiant::test
