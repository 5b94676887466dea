#include "detect/techniques.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/layer.h"
#include "unit/detect/world.h"

namespace affiant {
namespace {

using detect::TechniqueFact;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Features = std::map<std::string, std::int64_t>;

observe::Technique did(const std::string& technique, Features features, observe::Leaf entry = 50) {
  observe::Technique t;
  t.entry = entry;
  t.place.session = 1;
  t.place.frame_url = "https://shop.example/";
  t.place.frame_host = t.place.top_host = "shop.example";
  t.technique = technique;
  t.script_url = "https://cdn.example/fp.js";
  t.script_host = "cdn.example";
  t.features = std::move(features);
  return t;
}

std::vector<TechniqueFact> facts_of(std::vector<observe::Technique> all) {
  World w;
  w.seen.techniques = std::move(all);
  return detect::detect(std::move(w.seen), test::sites()).techniques;
}

std::vector<TechniqueFact> canvas_with(const std::string& name, std::int64_t value) {
  Features f{{"toDataURL", 1}, {"width", 16}, {"height", 16}, {"characters", 10}, {"colours", 1}};
  f[name] = value;
  return facts_of({did("canvas", std::move(f))});
}

TEST(Canvas, IsFingerprintingFromTheThresholdsOfThePaperOn) {
  const auto found = canvas_with("colours", 1);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].technique, "canvas");
  EXPECT_EQ(found[0].script_url, "https://cdn.example/fp.js");
  EXPECT_THAT(found[0].detail, HasSubstr("10 different characters"));
  EXPECT_THAT(found[0].entries, ElementsAre(50));
}

TEST(Canvas, BelowAnyOneThresholdIsDrawing) {
  EXPECT_THAT(canvas_with("toDataURL", 0), IsEmpty());
  EXPECT_THAT(canvas_with("width", 15), IsEmpty());
  EXPECT_THAT(canvas_with("height", 15), IsEmpty());
  EXPECT_THAT(canvas_with("characters", 9), IsEmpty());
  EXPECT_THAT(canvas_with("saved", 1), IsEmpty()) << "who saves the state draws pictures";
}

TEST(Canvas, TwoColoursReplaceTenCharacters) {
  Features f{{"toBlob", 1}, {"width", 300}, {"height", 20}, {"characters", 3}, {"colours", 2}};
  EXPECT_THAT(facts_of({did("canvas", f)}), SizeIs(1));
}

TEST(Canvas, ReadingPixelsCountsFromSixteenBySixteenOn) {
  Features f{{"getImageData", 1}, {"read_width", 16}, {"read_height", 16},
             {"width", 99},       {"height", 99},     {"characters", 30}};
  EXPECT_THAT(facts_of({did("canvas", f)}), SizeIs(1));
  f["read_height"] = 15;
  EXPECT_THAT(facts_of({did("canvas", f)}), IsEmpty());
}

TEST(CanvasFont, NeedsFiftyFontsAndFiftyMeasurementsOfOneText) {
  EXPECT_THAT(facts_of({did("canvas-font", {{"fonts", 50}, {"measured", 50}})}), SizeIs(1));
  EXPECT_THAT(facts_of({did("canvas-font", {{"fonts", 49}, {"measured", 90}})}), IsEmpty());
  EXPECT_THAT(facts_of({did("canvas-font", {{"fonts", 90}, {"measured", 49}})}), IsEmpty());
}

TEST(WebRtc, NeedsChannelOfferAndTheReadingOfAddresses) {
  Features f{{"createDataChannel", 1}, {"createOffer", 1}, {"onicecandidate", 1}};
  EXPECT_THAT(facts_of({did("webrtc", f)}), SizeIs(1));
  for (const char* left_out : {"createDataChannel", "createOffer", "onicecandidate"}) {
    Features less = f;
    less.erase(left_out);
    EXPECT_THAT(facts_of({did("webrtc", less)}), IsEmpty()) << left_out;
  }
}

TEST(Audio, NeedsAnOscillatorThatIsRenderedOrMeasured) {
  EXPECT_THAT(facts_of({did("audio", {{"createOscillator", 1}, {"startRendering", 1}})}),
              SizeIs(1));
  EXPECT_THAT(facts_of({did("audio", {{"createOscillator", 1}})}), IsEmpty());
  EXPECT_THAT(facts_of({did("audio", {{"getFloatFrequencyData", 9}})}), IsEmpty());
}

TEST(WebGl, AskingForTheHardwareIsToldAskingForLimitsIsNot) {
  EXPECT_THAT(facts_of({did("webgl", {{"unmasked", 2}})}), SizeIs(1));
  EXPECT_THAT(facts_of({did("webgl", {{"getParameter", 900}})}), IsEmpty());
}

TEST(Fonts, ManyChecksAreToldFewAreAPagesOwnText) {
  EXPECT_THAT(facts_of({did("fonts", {{"check", 50}})}), SizeIs(1));
  EXPECT_THAT(facts_of({did("fonts", {{"check", 49}})}), IsEmpty());
}

TEST(Techniques, CumulativeEntriesOfOneScriptAreOneFactWithBothEntries) {
  const auto found =
      facts_of({did("battery", {{"getBattery", 1}}, 50), did("battery", {{"getBattery", 3}}, 60)});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].entries, ElementsAre(50, 60));
  EXPECT_THAT(found[0].detail, HasSubstr("3 times"));
}

TEST(Techniques, UnknownOnesAreNoFacts) {
  EXPECT_THAT(facts_of({did("telepathy", {{"calls", 900}})}), IsEmpty());
}

TEST(Cname, AHostOfTheSiteThatStandsForAnotherSitesNameIsTold) {
  World w;
  w.request("metrics.shop.example");
  w.seen.addresses.push_back({70, 1, "metrics.shop.example", "shop.collect.vendor.example", {}});
  w.seen.addresses.push_back({71, 1, "shop.example", "edge.shop.example", {}});
  const auto found = detect::detect(std::move(w.seen), test::sites()).techniques;
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].technique, "cname");
  EXPECT_THAT(found[0].detail, HasSubstr("metrics.shop.example stands for"));
  EXPECT_THAT(found[0].entries, ElementsAre(70));
}

TEST(Cname, OfAThirdPartyIsItsOwnBusiness) {
  World w;
  w.request("cdn.other.example");
  w.seen.addresses.push_back({70, 1, "cdn.other.example", "x.akamai.example", {}});
  EXPECT_THAT(detect::detect(std::move(w.seen), test::sites()).techniques, IsEmpty());
}

TEST(Cname, AListNamesAHostOfWhichTheBrowserToldNothing) {
  World w;
  w.request("metrics.shop.example");
  w.request("seen.shop.example");
  w.request("cdn.other.example");
  w.seen.addresses.push_back({70, 1, "seen.shop.example", "edge.shop.example", {}});
  knowledge::Layer list;
  list.kind = knowledge::LayerKind::kAliasPairs;
  list.provenance.source = "CNAME pairs (list.json)";
  for (const char* host : {"metrics.shop.example", "seen.shop.example", "cdn.other.example"})
    list.aliases.push_back({host, "in.vendor.example", "Vendor"});
  knowledge::use_layers({list});
  const auto found = detect::detect(std::move(w.seen), test::sites()).techniques;
  knowledge::use_layers({});
  ASSERT_THAT(found, SizeIs(1)) << "what was seen outweighs the list; a third party's is its own";
  EXPECT_EQ(found[0].technique, "cname");
  EXPECT_EQ(found[0].detail,
            "metrics.shop.example stands for in.vendor.example of Vendor, as CNAME pairs "
            "(list.json) has it");
  EXPECT_THAT(found[0].entries, SizeIs(1));
}

}  // namespace
}  // namespace affiant
