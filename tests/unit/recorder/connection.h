// One connection, in process, writing real cases; and the messages to say on it.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "case_reader.h"
#include "recorder/recorder.h"
#include "shared_data.h"
#include "unit/base/temp_dir.h"

namespace affiant::recorder {

class MovableClock final : public Clock {
 public:
  std::int64_t utc_ms() override { return 1'790'000'000'000 + ns / 1'000'000; }
  std::int64_t mono_ns() override { return ns; }
  std::int64_t ns = 5'000'000'000;
};

inline wire::Hello hello(std::string boot = "boot-1") {
  return {std::move(boot), "0.1.0", "chromium", "156.0", "UA"};
}

inline wire::Open open(std::string purpose = "audit") {
  return {"https://shop.example/start", std::move(purpose), "no-choice", true, "blocked", false};
}

inline wire::Event event(std::uint64_t q, std::string kind, std::string_view body) {
  return {q,
          std::move(kind),
          1'790'000'000'000 + static_cast<std::int64_t>(q),
          *json::parse(body, "test body"),
          {}};
}

inline wire::Event note(std::uint64_t q) {
  return event(q, "recorder.note", R"({"code":"test","detail":"d"})");
}

inline wire::Events notes(std::uint64_t from, std::uint64_t to) {
  wire::Events out;
  for (std::uint64_t q = from; q <= to; ++q) out.events.push_back(note(q));
  return out;
}

inline wire::Event gap(std::uint64_t q, std::uint64_t from, std::uint64_t to) {
  return event(q, "gap",
               fmt::format(R"({{"from":{},"to":{},"dropped":{},"why":"background ended"}})", from,
                           to, to + 1 - from));
}

// A connection and what the extension heard on it.
class Connection {
 public:
  Connection(const Workplace& place, MovableClock& clock, std::string caller = "chromium")
      : progress_(place.progress_file.empty() ? Progress()
                                              : std::move(*Progress::open(place.progress_file))),
        recorder_({place, std::move(caller), progress_, clock, system_random(), logger_, 200},
                  [this](const wire::HostMessage& message) -> Status {
                    AFFIANT_TRY(const std::string bytes, wire::encode_message(message));
                    heard_.push_back(*json::parse(bytes, "answer"));
                    return {};
                  }) {}

  Status say(wire::ExtensionMessage message) { return recorder_.handle(message); }
  std::string error_of(wire::ExtensionMessage message) {
    const Status status = say(std::move(message));
    return status ? "accepted" : status.error().to_string();
  }
  // The one answer heard since the last call.
  json::Value answer() {
    if (heard_.size() != 1) {
      ADD_FAILURE() << heard_.size() << " answers: " << json::Value(heard_);
      return {};
    }
    json::Value out = heard_[0];
    heard_.clear();
    return out;
  }
  std::vector<json::Value> take_heard() { return std::exchange(heard_, {}); }
  Recorder& recorder() { return recorder_; }

 private:
  spdlog::logger logger_{"test", std::make_shared<spdlog::sinks::null_sink_st>()};
  Progress progress_;
  std::vector<json::Value> heard_;
  Recorder recorder_;
};

class RecorderTest : public testing::Test {
 protected:
  RecorderTest() {
    place_.plan = wire::Plan{
        "https://shop.example/", 1, 3000, 60'000, {}, true, false, "no-choice", false, "default"};
    place_.case_dir = temp_.path() / "case";
    place_.identity_dir = temp_.path() / "identity";
    place_.progress_file = temp_.path() / "progress.jsonl";
  }
  Workplace visits() const {
    Workplace place;
    place.cases_dir = temp_.path() / "cases";
    place.identity_dir = place_.identity_dir;
    return place;
  }
  std::vector<json::Value> told() const {
    std::istringstream lines(test::read_file(place_.progress_file));
    std::vector<json::Value> out;
    for (std::string line; std::getline(lines, line);) out.push_back(*json::parse(line, "line"));
    return out;
  }
  void begin(Connection& connection) {
    ASSERT_TRUE(connection.say(hello()));
    ASSERT_TRUE(connection.say(open()));
    ASSERT_EQ(connection.take_heard().size(), 2U);
  }

  test::TempDir temp_;
  Workplace place_;
  MovableClock clock_;
};

}  // namespace affiant::recorder
