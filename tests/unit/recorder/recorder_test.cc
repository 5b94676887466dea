// The order of messages, and which case they go to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connection.h"

namespace affiant::recorder {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(RecorderTest, WholeSessionIsSealedCompleteAndTold) {
  {
    Connection c(place_, clock_);
    ASSERT_TRUE(c.say(hello()));
    EXPECT_FALSE(std::filesystem::exists(place_.case_dir)) << "a case is created at open";
    const json::Value welcome = c.answer();
    EXPECT_EQ(welcome.at("resume"), nullptr);
    EXPECT_EQ(welcome.at("plan").at("pages"), 1);
    EXPECT_FALSE(welcome.at("plan").contains("case"));
    ASSERT_TRUE(c.say(open()));
    EXPECT_EQ(c.answer(), (json::Value{{"type", "opened"}, {"session", 1}, {"case", "case"}}));
    ASSERT_TRUE(c.say(wire::Events{{
        event(
            1, "page.start",
            R"({"page":0,"role":"site","url":"https://shop.example/s?id=7","host":"shop.example"})"),
        event(
            2, "page.done",
            R"({"page":0,"role":"site","url":"https://shop.example/s","result":"loaded","status":200,"quiet":true,"elapsed_ms":12})"),
    }}));
    EXPECT_TRUE(c.take_heard().empty()) << "nothing is acknowledged before it is on disk";
    ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 2}));
    const auto heard = c.take_heard();
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0], (json::Value{{"type", "ack"}, {"durable", 2}}));
    EXPECT_EQ(heard[1].at("type"), "closed");
    const auto read = test::read_case(place_.case_dir);
    EXPECT_TRUE(read.verdict.sealed);
    EXPECT_EQ(read.verdict.complete, evidence::Completeness::kComplete);
    EXPECT_EQ(read.verdict.tree_size, heard[1].at("tree_size").get<std::uint64_t>());
    EXPECT_EQ(read.verdict.root_base64, heard[1].at("root").get<std::string>());
    EXPECT_FALSE(std::filesystem::exists(place_.case_dir / "case.key"));
    const auto opened = read.of_kind("session.open").at(0);
    EXPECT_EQ(opened.body.at("host"), "shop.example");
    EXPECT_EQ(opened.body.at("gpc"), true);
    EXPECT_EQ(read.of_kind("page.start").at(0).body.at("url"), "https://shop.example/s?id=7");
    EXPECT_EQ(read.of_kind("session.close").at(0).body.at("received"), 2);
  }
  std::vector<std::string> ats;
  for (const auto& line : told()) ats.push_back(line.at("at"));
  EXPECT_THAT(ats, ElementsAre("hello", "open", "page", "page-done", "count", "closed"));
  EXPECT_EQ(told().at(3), *json::parse(R"({"at":"page-done","page":0,"role":"site",
    "url":"https://shop.example/s","result":"loaded","status":200,"error":null,"elapsed_ms":12})",
                                       "t"));
  const std::string log = test::read_file(place_.case_dir / "seg" / "00000.jsonl");
  EXPECT_EQ(log.find("id=7"), std::string::npos) << "a sensitive field stands in the log itself";
}

TEST_F(RecorderTest, MessagesOutOfOrderAreProtocolErrors) {
  Connection c(place_, clock_);
  EXPECT_THAT(c.error_of(open()), HasSubstr("protocol: the first message"));
  ASSERT_TRUE(c.say(hello()));
  EXPECT_THAT(c.error_of(hello()), HasSubstr("second hello"));
  EXPECT_THAT(c.error_of(notes(1, 1)), HasSubstr("outside any session"));
  EXPECT_THAT(c.error_of(wire::Close{"stopped", {}, 0}), HasSubstr("outside any session"));
  ASSERT_TRUE(c.say(open()));
  EXPECT_THAT(c.error_of(open()), HasSubstr("while session 1 is open"));
}

TEST_F(RecorderTest, OpenThatMayNotBeIsRefusedAndAnotherMayFollow) {
  Connection c(place_, clock_);
  ASSERT_TRUE(c.say(hello()));
  c.take_heard();
  wire::Open secret = open();
  secret.private_window = true;
  wire::Open nowhere = open();
  nowhere.url = "no url";
  for (const wire::Open& bad : {secret, nowhere, open("visit")}) {
    ASSERT_TRUE(c.say(bad));
    const json::Value answer = c.answer();
    EXPECT_EQ(answer.at("type"), "error");
    EXPECT_EQ(answer.at("fatal"), false);
  }
  EXPECT_FALSE(std::filesystem::exists(place_.case_dir));
  ASSERT_TRUE(c.say(open()));
  EXPECT_EQ(c.answer().at("type"), "opened");
}

TEST_F(RecorderTest, HelloOfAnotherBrowserThanTheCallerIsRefused) {
  Connection c(place_, clock_, "firefox");
  EXPECT_THAT(c.error_of(hello()), HasSubstr("hello says chromium, but firefox started"));
}

TEST_F(RecorderTest, TickComesEveryMinuteWhileASessionIsOpen) {
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(notes(1, 2)));
  auto wait = c.recorder().idle();
  ASSERT_TRUE(wait);
  EXPECT_GT(*wait, 0);
  for (int minute = 0; minute < 2; ++minute) {
    clock_.ns += 60'000'000'000;
    ASSERT_TRUE(c.recorder().idle());
    ASSERT_TRUE(c.recorder().idle());
  }
  ASSERT_TRUE(c.recorder().leave());
  const auto ticks = test::read_case(place_.case_dir).of_kind("tick");
  ASSERT_EQ(ticks.size(), 2U);
  EXPECT_EQ(ticks[0].body, (json::Value{{"session", 1}, {"received", 2}}));
  EXPECT_EQ(ticks[0].q, 0U);
}

TEST_F(RecorderTest, SessionLeftOpenIsOfferedAndGoneOnWith) {
  {
    Connection c(place_, clock_);
    begin(c);
    ASSERT_TRUE(c.say(notes(1, 5)));
    ASSERT_TRUE(c.recorder().leave());
  }
  EXPECT_EQ(test::read_case(place_.case_dir).verdict.complete, evidence::Completeness::kOpen);
  clock_.ns += 7'000'000'000;
  Connection c(place_, clock_);
  ASSERT_TRUE(c.say(hello("boot-2")));
  EXPECT_EQ(c.answer().at("resume"), (json::Value{{"session", 1}, {"durable", 5}}));
  EXPECT_TRUE(test::read_case(place_.case_dir).of_kind("session.resume").empty())
      << "nobody has gone on with it yet";
  ASSERT_TRUE(c.say(wire::Events{{gap(8, 6, 7), note(9)}}));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 9}));
  const auto read = test::read_case(place_.case_dir);
  EXPECT_THAT(read.numbers(1), ElementsAre(1, 2, 3, 4, 5, 8, 9));
  const auto resumes = read.of_kind("session.resume");
  ASSERT_EQ(resumes.size(), 1U);
  EXPECT_EQ(resumes[0].body.at("boot"), "boot-2");
  EXPECT_EQ(resumes[0].body.at("durable"), 5);
  EXPECT_EQ(resumes[0].body.at("down_ms"), clock_.utc_ms() - 1'790'000'000'005);
  EXPECT_EQ(read.of_kind("session.close").at(0).body.at("received"), 7);
  EXPECT_EQ(read.verdict.sessions.at(0).down_ms, resumes[0].body.at("down_ms").get<int>());
}

TEST_F(RecorderTest, OpenInsteadOfGoingOnClosesWhatWasLeftOpenAndBeginsTheNextSession) {
  {
    Connection c(place_, clock_);
    begin(c);
    ASSERT_TRUE(c.say(notes(1, 2)));
    ASSERT_TRUE(c.recorder().leave());
  }
  Connection c(place_, clock_);
  ASSERT_TRUE(c.say(hello("boot-2")));
  ASSERT_TRUE(c.say(open()));
  EXPECT_EQ(c.take_heard().at(1).at("session"), 2);
  ASSERT_TRUE(c.say(notes(1, 1)));
  ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 1}));
  const auto read = test::read_case(place_.case_dir);
  const auto closes = read.of_kind("session.close");
  ASSERT_EQ(closes.size(), 2U);
  EXPECT_EQ(closes[0].body.at("by"), "host");
  EXPECT_EQ(closes[0].body.at("reason"), "failed");
  EXPECT_EQ(closes[1].body.at("by"), "extension");
  EXPECT_EQ(read.verdict.complete, evidence::Completeness::kEndedAbnormally);
}

TEST_F(RecorderTest, CaseMadeByTheAuditIsTakenUp) {
  {
    const auto made = create_case(place_, place_.case_dir, "shop.example");
    ASSERT_TRUE(made) << made.error().message;
  }
  Connection c(place_, clock_);
  begin(c);
  ASSERT_TRUE(c.say(wire::Close{"failed", "nothing loaded", 0}));
  const auto read = test::read_case(place_.case_dir);
  EXPECT_EQ(read.of_kind("log.genesis").size(), 1U);
  EXPECT_EQ(read.of_kind("log.genesis").at(0).body.at("site"), "shop.example");
  EXPECT_TRUE(read.verdict.sealed);
}

TEST_F(RecorderTest, SecondHostOnACaseWaitsThenSaysWhoHoldsIt) {
  Connection first(place_, clock_);
  begin(first);
  Connection second(place_, clock_);
  EXPECT_THAT(second.error_of(hello("boot-2")), HasSubstr("conflict: "));
}

TEST_F(RecorderTest, SealedCaseTakesNothingMore) {
  {
    Connection c(place_, clock_);
    begin(c);
    ASSERT_TRUE(c.say(wire::Close{"plan-done", {}, 0}));
  }
  Connection c(place_, clock_);
  EXPECT_THAT(c.error_of(hello("boot-2")), HasSubstr("closed: "));
}

TEST_F(RecorderTest, ErrorIsToldToExtensionAndAudit) {
  Connection c(place_, clock_);
  c.recorder().give_up({Code::kTooLarge, "frame 1 announces too much"});
  EXPECT_EQ(c.answer(), (json::Value{{"type", "error"},
                                     {"code", "too-large"},
                                     {"message", "frame 1 announces too much"},
                                     {"fatal", true}}));
  EXPECT_EQ(told().at(0).at("code"), "too-large");
}

TEST_F(RecorderTest, VisitMakesACaseOfItsOwnEachTime) {
  Connection c(visits(), clock_);
  ASSERT_TRUE(c.say(hello()));
  EXPECT_EQ(c.answer().at("plan"), nullptr);
  ASSERT_TRUE(c.say(open("audit")));
  EXPECT_EQ(c.answer().at("fatal"), false) << "an audit needs its folder";
  std::vector<std::string> names;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(c.say(open("visit")));
    names.push_back(c.answer().at("case"));
    ASSERT_TRUE(c.say(notes(1, 1)));
    ASSERT_TRUE(c.say(wire::Close{"stopped", {}, 1}));
    c.take_heard();
    EXPECT_TRUE(test::read_case(visits().cases_dir / names.back()).verdict.sealed);
  }
  EXPECT_NE(names[0], names[1]);
  EXPECT_THAT(names[0], HasSubstr("-shop.example-"));
}

TEST_F(RecorderTest, VisitLeftOpenIsOfferedToTheSameBrowserOnly) {
  std::string name;
  {
    Connection c(visits(), clock_);
    ASSERT_TRUE(c.say(hello()));
    ASSERT_TRUE(c.say(open("visit")));
    name = c.take_heard().at(1).at("case");
    ASSERT_TRUE(c.say(notes(1, 4)));
    ASSERT_TRUE(c.recorder().leave());
  }
  {
    Connection fox(visits(), clock_, "firefox");
    wire::Hello other = hello("boot-2");
    other.browser = "firefox";
    ASSERT_TRUE(fox.say(other));
    EXPECT_EQ(fox.answer().at("resume"), nullptr);
  }
  Connection c(visits(), clock_);
  ASSERT_TRUE(c.say(hello("boot-3")));
  EXPECT_EQ(c.answer().at("resume").at("durable"), 4);
  ASSERT_TRUE(c.say(notes(5, 5)));
  ASSERT_TRUE(c.say(wire::Close{"stopped", {}, 5}));
  EXPECT_THAT(test::read_case(visits().cases_dir / name).numbers(1), ElementsAre(1, 2, 3, 4, 5));
}

}  // namespace
}  // namespace affiant::recorder
