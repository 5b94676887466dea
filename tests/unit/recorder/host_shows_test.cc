// affiant-host as a process: what it answers when the extension wants to show a case.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/limits.h"
#include "host_process_fixture.h"

namespace affiant::test {
namespace {

using testing::HasSubstr;

json::Value show(const std::string& type, const std::string& name = "case") {
  return {{"type", type}, {"case", name}};
}

json::Value request(std::uint64_t q, const std::string& host) {
  const std::string url = "https://" + host + "/x";
  return {{"q", q},
          {"k", "request"},
          {"t", 1'790'000'000'000},
          {"b",
           {{"rid", std::to_string(q)},
            {"hop", 0},
            {"url", url},
            {"scheme", "https"},
            {"host", host},
            {"method", "GET"},
            {"type", "script"},
            {"status", 200},
            {"from_cache", false},
            {"set_cookies", 0},
            {"headers", json::Value::object()},
            {"tab", 1},
            {"frame", 0},
            {"top", "https://shop.example/"},
            {"top_host", "shop.example"}}}};
}

json::Value batch(const json::Value& events) { return {{"type", "events"}, {"events", events}}; }

TEST_F(HostProcessTest, CaseThatIsStillBeingWrittenIsSummedUp) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(batch({request(1, "cdn.a.example"), request(2, "www.a.example"),
                               request(3, "static.shop.example"), request(4, "b.co.uk")})));
  ASSERT_TRUE(host.acknowledged(4));
  ASSERT_TRUE(host.send(show("summary")));
  const auto answer = host.receive_type("summary");
  ASSERT_TRUE(answer) << host.standard_error();
  ASSERT_TRUE(answer->at("error").is_null()) << answer->dump();
  const json::Value& figures = answer->at("summary");
  EXPECT_EQ(figures.at("schema"), "affiant.summary/1");
  EXPECT_EQ(figures.at("third_parties"), 2) << "by registrable domain";
  EXPECT_EQ(figures.at("complete"), "open");
  EXPECT_TRUE(figures.at("said").is_null());
  ASSERT_TRUE(host.send(close(4))) << "the recording goes on";
  ASSERT_TRUE(host.receive_type("closed"));
  ASSERT_TRUE(host.send(show("summary")));
  EXPECT_EQ(host.receive_type("summary").value().at("summary").at("complete"), "complete");
}

TEST_F(HostProcessTest, ReportComesInPiecesThatAreWholeCharacters) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  json::Value events = json::Value::array();
  for (std::uint64_t q = 1; q <= 400; ++q)
    events.push_back(request(q, "h" + std::to_string(q) + ".example"));
  ASSERT_TRUE(host.send(batch(events)));
  ASSERT_TRUE(host.acknowledged(400));
  ASSERT_TRUE(host.send(show("report")));
  std::string text, report_text, parts;
  std::size_t pieces = 0;
  for (bool done = false; !done; ++pieces) {
    const auto part = host.receive_type("report.part");
    ASSERT_TRUE(part) << host.standard_error();
    ASSERT_TRUE(part->at("error").is_null()) << part->dump();
    text += part->at("json").get<std::string>();
    if (part->at("done") == true) parts += part->at("part").get<std::string>() + " ";
    if (part->at("part") == "report") report_text = text;
    done = part->at("part") == "proofs" && part->at("done") == true;
  }
  EXPECT_EQ(parts, "report texts proofs ");
  EXPECT_GT(pieces, 3U);
  const auto report = json::Value::parse(report_text);
  EXPECT_EQ(report.at("schema"), "affiant.report/1");
  EXPECT_EQ(report.at("requests").size(), 400U);
}

TEST_F(HostProcessTest, RecordingIsNotHeldUpByWhatIsRead) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 1000)));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(host.send(show("report")));
  std::uint64_t q = 1001;
  for (; q < 20'000; q += 1000) ASSERT_TRUE(host.send(notes(q, q + 999)));
  ASSERT_TRUE(host.acknowledged(q - 1));
}

TEST_F(HostProcessTest, OnlyCasesOfThisHostAreShown) {
  HostProcess host(chromium_arguments(), {{"AFFIANT_HOME", temp_.path().string()}});
  std::filesystem::create_directories(temp_.path() / "cases");
  ASSERT_TRUE(host.send(hello()));
  ASSERT_TRUE(host.receive_type("welcome"));
  for (const std::string name :
       {"none", "..", ".", "../case", "/etc", "a/b", "", "\n", ".hidden"}) {
    if (name.empty()) continue;
    for (const std::string type : {"summary", "report"}) {
      ASSERT_TRUE(host.send(show(type, name)));
      const auto answer = host.receive();
      ASSERT_TRUE(answer) << name;
      EXPECT_EQ(answer->at("error").at("code"), "not-found") << name;
    }
  }
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
}

TEST_F(HostProcessTest, DamagedCaseIsAReasonAndNoEndOfTheConnection) {
  HostProcess host(chromium_arguments(), audit());
  begin(host);
  ASSERT_TRUE(host.send(notes(1, 10)));
  ASSERT_TRUE(host.acknowledged(10));
  ASSERT_TRUE(host.send(close(10)));
  ASSERT_TRUE(host.receive_type("closed"));
  std::filesystem::remove(case_ / "checkpoint");
  ASSERT_TRUE(host.send(show("summary")));
  const auto answer = host.receive_type("summary");
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->at("summary").is_null());
  EXPECT_THAT(answer->at("error").at("message").get<std::string>(), HasSubstr("affiant verify"));
  host.end_input();
  EXPECT_EQ(host.wait(), 0);
}

TEST_F(HostProcessTest, ShowingBeforeHelloIsRefused) {
  HostProcess host(chromium_arguments(), audit());
  ASSERT_TRUE(host.send(show("summary")));
  const auto error = host.receive_type("error");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->at("code"), "protocol");
  EXPECT_EQ(host.wait(), 1);
}

}  // namespace
}  // namespace affiant::test
