// Tests that start affiant-host as a process, in an audit's folder of their own.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "case_reader.h"
#include "host_process.h"
#include "unit/base/temp_dir.h"

namespace affiant::test {

inline constexpr const char* kManifest =
    "/usr/lib/mozilla/native-messaging-hosts/app.affiant.host.json";

// The ids that the extension is built with, as the program must know them.
inline json::Value ids() {
  return *json::parse(
      read_file(std::filesystem::path(AFFIANT_SOURCE_DIR) / "manifests" / "ids.json"), "ids");
}
inline std::vector<std::string> chromium_arguments() {
  return {"chrome-extension://" + ids().at("chromium").at("id").get<std::string>() + "/"};
}
inline std::vector<std::string> firefox_arguments() {
  return {kManifest, ids().at("firefox").at("id").get<std::string>()};
}

inline json::Value hello(const std::string& browser = "chromium",
                         const std::string& boot = "boot-1") {
  return {{"type", "hello"},
          {"protocol", 1},
          {"boot", boot},
          {"extension", {{"version", "0.1.0"}}},
          {"browser", {{"name", browser}, {"version", "156.0"}}},
          {"user_agent", "UA"}};
}

inline json::Value open(const std::string& purpose = "audit") {
  return {{"type", "open"},         {"url", "https://shop.example/"},
          {"purpose", purpose},     {"phase", "no-choice"},
          {"gpc", false},           {"third_party_cookies", "partitioned"},
          {"private_window", false}};
}

inline json::Value notes(std::uint64_t from, std::uint64_t to, const std::string& detail = "d") {
  json::Value list = json::Value::array();
  for (std::uint64_t q = from; q <= to; ++q)
    list.push_back({{"q", q},
                    {"k", "recorder.note"},
                    {"t", 1'790'000'000'000},
                    {"b", {{"code", "test"}, {"detail", detail}}}});
  return {{"type", "events"}, {"events", list}};
}

inline json::Value close(std::uint64_t last_q) {
  return {{"type", "close"}, {"reason", "plan-done"}, {"detail", nullptr}, {"last_q", last_q}};
}

class HostProcessTest : public testing::Test {
 protected:
  HostProcessTest() {
    std::filesystem::create_directory(run_);
    write_plan({{"url", "https://shop.example/"},
                {"pages", 0},
                {"quiet_ms", 3000},
                {"timeout_ms", 60'000},
                {"policy", nullptr},
                {"discover_policy", true},
                {"phase", "no-choice"},
                {"gpc", false},
                {"third_party_cookies", "default"},
                {"case", case_.string()},
                {"identity_dir", (temp_.path() / "identity").string()}});
  }
  void write_plan(const json::Value& plan) {
    plan_ = plan;
    std::ofstream(run_ / "plan.json") << plan.dump();
  }
  HostProcess::Settings audit() const { return {{"AFFIANT_RUN", run_.string()}}; }
  // A host in an open session.
  void begin(HostProcess& host) {
    ASSERT_TRUE(host.send(hello()));
    ASSERT_EQ(host.receive().value_or(json::Value{}).value("type", ""), "welcome");
    ASSERT_TRUE(host.send(open()));
    ASSERT_EQ(host.receive().value_or(json::Value{}).value("type", ""), "opened");
  }
  // What follows a fatal error: exit 1, and the numbers 1 to last_q signed in an open case.
  void expect_orderly_death(HostProcess& host, std::string_view code, std::string_view words,
                            std::uint64_t last_q) {
    const auto error = host.receive_type("error");
    ASSERT_TRUE(error) << host.standard_error();
    EXPECT_EQ(error->at("code"), code);
    EXPECT_THAT(error->at("message").get<std::string>(), testing::HasSubstr(std::string(words)));
    EXPECT_EQ(error->at("fatal"), true);
    EXPECT_EQ(host.wait(), 1);
    EXPECT_THAT(read_file(run_ / "progress.jsonl"), testing::HasSubstr(R"("at":"error")"));
    expect_open_case(last_q);
  }
  void expect_open_case(std::uint64_t last_q) {
    const auto read = read_case(case_);
    EXPECT_EQ(read.verdict.integrity, evidence::Integrity::kIntact);
    EXPECT_EQ(read.verdict.complete, evidence::Completeness::kOpen);
    EXPECT_EQ(read.verdict.unsigned_entries, 0U);
    const auto numbers = read.numbers(1);
    ASSERT_EQ(numbers.size(), last_q);
    for (std::uint64_t q = 1; q <= last_q; ++q) EXPECT_EQ(numbers[q - 1], q);
  }

  TempDir temp_;
  std::filesystem::path run_ = temp_.path() / "run";
  std::filesystem::path case_ = temp_.path() / "case";
  json::Value plan_;
};

}  // namespace affiant::test
