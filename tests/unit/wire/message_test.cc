#include "wire/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace affiant::wire {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHello =
    R"({"type":"hello","protocol":2,"boot":"b1","extension":{"version":"0.1.0"},)"
    R"("browser":{"name":"firefox","version":"153.7"},"user_agent":"UA"})";
constexpr std::string_view kOpen =
    R"({"type":"open","url":"https://shop.example/","purpose":"audit","phase":"no-choice",)"
    R"("gpc":true,"third_party_cookies":"blocked","private_window":false})";

std::string error_of(std::string_view text) {
  const auto message = decode_message(text);
  return message ? "accepted" : message.error().to_string();
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

std::string events(std::string_view inside) {
  return fmt::format(R"({{"type":"events","events":[{}]}})", inside);
}

std::string event(std::string_view q, std::string_view rest = "") {
  return fmt::format(R"({{"q":{},"k":"recorder.note","t":5,"b":{{"code":"c"}}{}}})", q, rest);
}

TEST(Decode, HelloCarriesWhoSpeaks) {
  const auto message = decode_message(kHello);
  ASSERT_TRUE(message) << message.error().message;
  const auto& hello = std::get<Hello>(*message);
  EXPECT_EQ(hello.boot, "b1");
  EXPECT_EQ(hello.extension_version, "0.1.0");
  EXPECT_EQ(hello.browser, "firefox");
  EXPECT_EQ(hello.browser_version, "153.7");
  EXPECT_EQ(hello.user_agent, "UA");
}

TEST(Decode, HelloOfTheProtocolBeforeIsTaken) {
  const auto message = decode_message(replaced(kHello, R"("protocol":2)", R"("protocol":1)"));
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(std::get<Hello>(*message).protocol, 1);
}

TEST(Decode, HelloOfAnotherProtocolNamesTheHalfToUpdateWhateverFieldsItHas) {
  const auto with = [](std::string_view protocol) {
    return error_of(replaced(kHello, R"("protocol":2)", protocol));
  };
  EXPECT_THAT(
      with(R"("protocol":3,"new":true)"),
      AllOf(HasSubstr("unsupported: message.protocol"), HasSubstr("speaks 1 to 2"),
            HasSubstr(R"(update Affiant, then run "affiant install")"), Not(HasSubstr("browser"))));
  EXPECT_THAT(with(R"("protocol":0)"),
              AllOf(HasSubstr("unsupported: message.protocol"),
                    HasSubstr("The extension is the older half: update it in the browser")));
}

TEST(Decode, UnknownAndMissingFieldsAreNamed) {
  EXPECT_THAT(error_of(replaced(kHello, R"("boot")", R"("boots")")),
              HasSubstr("field \"boot\" is missing"));
  EXPECT_THAT(error_of(replaced(kHello, R"("version":"0.1.0")", R"("version":"0.1.0","x":1)")),
              HasSubstr("message.extension: unknown field \"x\""));
  EXPECT_THAT(error_of(replaced(kOpen, R"("gpc":true)", R"("gpc":true,"extra":1)")),
              HasSubstr("unknown field \"extra\""));
}

TEST(Decode, OpenTakesOnlyTheWordsOfTheProtocol) {
  const auto message = decode_message(kOpen);
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_TRUE(std::get<Open>(*message).gpc);
  EXPECT_THAT(error_of(replaced(kOpen, "blocked", "some")),
              HasSubstr("message.third_party_cookies: \"some\" is none of \"allowed\""));
  EXPECT_THAT(error_of(replaced(kOpen, "no-choice", "")), HasSubstr("message.phase"));
  EXPECT_THAT(error_of(replaced(kOpen, R"("private_window":false)", R"("private_window":0)")),
              HasSubstr("message.private_window: expected true or false"));
}

TEST(Decode, UnknownTypeIsAProtocolError) {
  EXPECT_THAT(error_of(R"({"type":"reboot"})"), HasSubstr("protocol: message.type: \"reboot\""));
  EXPECT_THAT(error_of(R"({"type":7})"), HasSubstr("message.type: expected a string"));
  EXPECT_THAT(error_of("{}"), HasSubstr("\"type\" is missing"));
  EXPECT_THAT(error_of("[]"), HasSubstr("expected an object"));
  EXPECT_THAT(error_of(""), HasSubstr("not JSON at byte"));
}

TEST(Decode, EventNumbersAreCountedFromOneAndGrow) {
  EXPECT_THAT(error_of(events(event("-1"))), HasSubstr("message.events[0].q: -1"));
  EXPECT_THAT(error_of(events(event("0"))), HasSubstr("message.events[0].q: 0"));
  EXPECT_THAT(error_of(events(event("1.5"))), HasSubstr("found a fraction"));
  EXPECT_THAT(error_of(events(event("9007199254740992"))), HasSubstr("message.events[0].q"));
  EXPECT_THAT(error_of(events(event("18446744073709551617"))), HasSubstr("message.events[0].q"));
  EXPECT_THAT(error_of(events(event("\"1\""))), HasSubstr("expected an integer"));
  EXPECT_THAT(error_of(events(event("4") + "," + event("4"))),
              HasSubstr("message.events[1].q: 4 follows 4"));
  EXPECT_EQ(error_of(events(event("4") + "," + event("9"))), "accepted")
      << "holes are the recorder's affair";
}

TEST(Decode, EventBodiesAndExhibitsKeepTheirText) {
  auto message =
      decode_message(events(event("7", R"(,"x":{"type":"application/json","text":"{\"v\":1}"})")));
  ASSERT_TRUE(message) << message.error().message;
  auto& first = std::get<Events>(*message).events.at(0);
  ASSERT_TRUE(first.tree());
  EXPECT_EQ(first.q, 7U);
  EXPECT_EQ(first.kind, "recorder.note");
  EXPECT_EQ(first.time_ms, 5);
  EXPECT_EQ(first.body.at("code"), "c");
  ASSERT_TRUE(first.exhibit);
  EXPECT_EQ(first.exhibit->text, R"({"v":1})");
  EXPECT_THAT(error_of(events(event("7", R"(,"x":null)"))), HasSubstr("message.events[0].x"));
  const auto picture = decode_message(
      events(event("7", R"(,"x":{"type":"image/jpeg","encoding":"base64","text":"/9gA"})")));
  ASSERT_TRUE(picture);
  EXPECT_EQ(std::get<Events>(*picture).events[0].exhibit->text, std::string("\xff\xd8\0", 3));
  EXPECT_THAT(error_of(events(event("7", R"(,"x":{"type":"a/b","encoding":"hex","text":"00"})"))),
              HasSubstr("message.events[0].x.encoding"));
  EXPECT_THAT(
      error_of(events(event("7", R"(,"x":{"type":"a/b","encoding":"base64","text":"=oops"})"))),
      HasSubstr("message.events[0].x.text"));
  EXPECT_THAT(error_of(events(event("7", R"(,"x":{"type":"a/b","text":"","sha":"1"})"))),
              HasSubstr("message.events[0].x: unknown field \"sha\""));
}

TEST(Decode, BatchesAreNeitherEmptyNorBeyondTheCap) {
  EXPECT_THAT(error_of(events("")), HasSubstr("message.events: empty"));
  std::string many;
  for (std::size_t i = 1; i <= limits::kEventsPerBatch; ++i)
    many += (i == 1 ? "" : ",") + event(std::to_string(i));
  EXPECT_EQ(error_of(events(many)), "accepted");
  many += "," + event(std::to_string(limits::kEventsPerBatch + 1));
  EXPECT_THAT(error_of(events(many)), HasSubstr("1001 items, at most 1000"));
}

TEST(Decode, BodyThatIsNoObjectIsRefusedWithItsPlace) {
  EXPECT_THAT(error_of(events(R"({"q":1,"k":"gap","t":1,"b":[]})")),
              HasSubstr("message.events[0].b: expected an object, found array"));
}

TEST(Decode, HalfAMillionLevelsAreRefusedWithoutDamage) {
  std::string deep;
  for (int i = 0; i < 500'000; ++i) deep += R"({"type":)";
  EXPECT_THAT(error_of(deep), HasSubstr("too-large: message: nested deeper than 64"));
  EXPECT_THAT(error_of(events(std::string(500'000, '['))), HasSubstr("nested deeper than 64"));
}

TEST(Decode, DuplicateKeysAreRefusedAtEveryLevel) {
  EXPECT_THAT(error_of(R"({"type":"close","type":"close"})"), HasSubstr("duplicate key \"type\""));
  EXPECT_THAT(error_of(events(R"({"q":1,"k":"gap","t":1,"b":{"why":"a","why":"b"}})")),
              HasSubstr("duplicate key \"why\""));
}

TEST(Decode, LoneSurrogatesBecomeTheReplacementCharacter) {
  const auto message =
      decode_message(events(R"({"q":1,"k":"recorder.note","t":1,"b":{"code":"a\ud800"}})"));
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(std::get<Events>(*message).events[0].body.at("code"), "a\xEF\xBF\xBD");
}

TEST(Decode, CloseDetailMayBeNull) {
  const auto message =
      decode_message(R"({"type":"close","reason":"plan-done","detail":null,"last_q":0})");
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_FALSE(std::get<Close>(*message).detail);
  EXPECT_THAT(error_of(R"({"type":"close","reason":"bored","detail":null,"last_q":0})"),
              HasSubstr("message.reason: \"bored\""));
}

TEST(Decode, WhatIsToBeShownIsNamedByItsCaseAlone) {
  for (const std::string type : {"summary", "report"}) {
    const std::string text = fmt::format(R"({{"type":"{}","case":"c1"}})", type);
    const auto message = decode_message(text);
    ASSERT_TRUE(message) << message.error().message;
    const auto& show = std::get<Show>(*message);
    EXPECT_EQ(show.view, type == "summary" ? View::kSummary : View::kReport);
    EXPECT_EQ(show.case_id, "c1");
    EXPECT_THAT(error_of(replaced(text, R"("case":"c1")", R"("case":"c1","path":"/")")),
                HasSubstr("unknown field \"path\""));
    EXPECT_THAT(error_of(replaced(text, R"("c1")", R"("")")), HasSubstr("message.case: empty"));
    EXPECT_THAT(error_of(replaced(text, R"("c1")", "null")), HasSubstr("message.case"));
    EXPECT_THAT(error_of(fmt::format(R"({{"type":"{}"}})", type)),
                HasSubstr("\"case\" is missing"));
    EXPECT_THAT(
        error_of(fmt::format(R"({{"type":"{}","case":"{}"}})", type, std::string(257, 'c'))),
        HasSubstr("message.case"));
  }
}

TEST(Decode, MessageCutAtAnyByteIsRefused) {
  for (std::size_t cut = 0; cut < kOpen.size(); ++cut)
    EXPECT_NE(error_of(kOpen.substr(0, cut)), "accepted") << cut;
}

TEST(Encode, WelcomeCarriesPlanAndResumeOrNull) {
  EXPECT_EQ(*encode_message(Welcome{"0.1.0", {}, {}}),
            R"({"host_version":"0.1.0","plan":null,"protocol":2,"resume":null,"type":"welcome"})");
  Plan plan;
  plan.url = "https://shop.example/";
  plan.timeout_ms = 60'000;
  plan.phase = "no-choice";
  plan.third_party_cookies = "default";
  EXPECT_EQ(*encode_message(Welcome{"0.1.0", plan, Resume{2, 17}, 1}),
            R"({"host_version":"0.1.0","plan":{"discover_policy":true,"gpc":false,"pages":0,)"
            R"("phase":"no-choice","policy":null,"quiet_ms":0,"site_files":false,)"
            R"("third_party_cookies":"default",)"
            R"("timeout_ms":60000,"url":"https://shop.example/"},"protocol":1,)"
            R"("resume":{"durable":17,"session":2},"type":"welcome"})");
}

TEST(Encode, AnswersAreAsTheProtocolSpellsThem) {
  EXPECT_EQ(*encode_message(Opened{3, "c1"}), R"({"case":"c1","session":3,"type":"opened"})");
  EXPECT_EQ(*encode_message(Ack{812}), R"({"durable":812,"type":"ack"})");
  EXPECT_EQ(*encode_message(Closed{"c1", 9, "cm9vdA=="}),
            R"({"case":"c1","root":"cm9vdA==","tree_size":9,"type":"closed"})");
}

TEST(Encode, WhatIsShownIsFiguresOrPiecesOrAReason) {
  EXPECT_EQ(*encode_message(Summary{"c1", {{"cookies", 3}}, {}}),
            R"({"case":"c1","error":null,"summary":{"cookies":3},"type":"summary"})");
  EXPECT_EQ(*encode_message(Summary{"c1", nullptr, Error{Code::kBroken, "bad\xff"}}),
            R"({"case":"c1","error":{"code":"broken","message":"bad\\xff"},"summary":null,)"
            R"("type":"summary"})");
  EXPECT_EQ(*encode_message(ReportPart{"c1", "report", "{\"a\"", false, {}}),
            R"({"case":"c1","done":false,"error":null,"json":"{\"a\"","part":"report",)"
            R"("type":"report.part"})");
}

TEST(Encode, PieceOfTheLargestSizeFitsAFrameWhateverItsCharacters) {
  const std::string worst(kPieceBytes, '\x01');  // Six bytes each.
  EXPECT_LE(encode_message(ReportPart{std::string(256, 'c'), "report", worst, false, {}})->size(),
            limits::kFrameOut);
}

TEST(Encode, ErrorTextIsMadeSafeWhateverBytesItQuotes) {
  EXPECT_EQ(*encode_message(ErrorMessage{Code::kMalformed, "bad \xff\n", true}),
            R"({"code":"malformed","fatal":true,"message":"bad \\xff\\n","type":"error"})");
}

TEST(Encode, ErrorOfAnUnknownProtocolSaysWhatIsSpoken) {
  const auto sent =
      *json::parse(*encode_message(ErrorMessage{Code::kUnsupported, "x", true}), "error");
  EXPECT_EQ(sent.at("protocol"), kProtocol);
  EXPECT_EQ(sent.at("oldest_protocol"), kOldestProtocol);
  EXPECT_EQ(sent.at("host_version"), AFFIANT_VERSION);
}

TEST(Plan, RoundTripsThroughItsReader) {
  const auto value = *json::parse(
      R"({"url":"https://a.example/","pages":2,"quiet_ms":3000,"timeout_ms":60000,"policy":null,
          "discover_policy":true,"site_files":true,"phase":"reject","gpc":true,"third_party_cookies":"allow"})",
      "plan");
  auto reader = *json::Reader::open(value, "plan");
  const auto plan = read_plan(reader);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_TRUE(reader.finish());
  const auto sent = *json::parse(*encode_message(Welcome{"v", *plan, {}}), "welcome");
  EXPECT_EQ(sent.at("plan"), value);
}

}  // namespace
}  // namespace affiant::wire
