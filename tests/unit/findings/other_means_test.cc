// F16 to F18, and F1 of storage and fingerprinting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Strength;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::strength_of_only;
using test::World;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kF1 = "contradicted-denial";
constexpr auto kF16 = "wrong-party";
constexpr auto kStorage = "undeclared-storage";
constexpr auto kTechnique = "undeclared-technique";
constexpr auto kF18 = "personal-data-leak";

TEST(WrongParty, DeclaredAsTheSitesOwnAndStoredForAnother) {
  for (const char* provider : {"shop.example", "First party", "www.shop.example"}) {
    Said said;
    said.cookie("uid", -1, provider);
    World w;
    w.cookie({.name = "uid", .host = "ads.localhost"});
    const auto all = compare(said, w);
    const auto found = of(all, kF16);
    ASSERT_THAT(found, SizeIs(1)) << provider << "\n" << lines(all);
    EXPECT_EQ(found[0].strength, Strength::kUndeclared);
    EXPECT_EQ(found[0].id, "F16-1");
    EXPECT_THAT(found[0].declared_cookies, ElementsAre(0));
    EXPECT_THAT(found[0].title, HasSubstr("ads.localhost"));
    EXPECT_THAT(of(all, "undeclared-cookie"), IsEmpty()) << "one thing is told once";
  }
}

TEST(WrongParty, IsNoneWhereARowLeavesItOpenOrTheSiteHasACookieOfThatName) {
  World third;
  third.cookie({.name = "uid", .host = "ads.localhost"});
  for (const char* provider : {"", "ads.localhost", "Third party", "First and third party",
                               "shop.example, ads.localhost", "Shop Ltd."}) {
    Said said;
    said.cookie("uid", -1, provider);
    EXPECT_THAT(of(compare(said, third), kF16), IsEmpty()) << provider;
  }
  Said own;
  own.cookie("uid", -1, "shop.example");
  World both = third;
  both.cookie({.name = "uid", .host = "shop.example"});
  EXPECT_THAT(of(compare(own, both), kF16), IsEmpty());
  EXPECT_THAT(of(compare(own, both), "undeclared-cookie"), SizeIs(1)) << "another cookie, then";
  World first;
  first.cookie({.name = "uid", .host = "shop.example"});
  EXPECT_THAT(of(compare(own, first), kF16), IsEmpty());
}

TEST(WrongParty, SetThroughAHostThatStandsForATracker) {
  Said said;
  said.cookie("visit", -1, "shop.example");
  const auto through = [&](const std::string& canonical) {
    World w;
    w.request("m.shop.example");
    w.cookie({.name = "visit", .host = "m.shop.example", .domain = "shop.example"});
    w.seen.addresses.push_back({800, 1, "m.shop.example", canonical, "192.0.2.7"});
    return of(compare(said, w), kF16);
  };
  const auto found = through("static.criteo.net");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].entries, Contains(800));
  EXPECT_THAT(found[0].explanation, HasSubstr("stands for static.criteo.net of Criteo"));
  EXPECT_THAT(through("d1q4z6c1vnlqgs.cloudfront.net"), IsEmpty()) << "it delivers the site";
  EXPECT_THAT(through("shop.hosting.example"), IsEmpty()) << "nobody knows what it is";
}

TEST(WrongParty, HandedOnToOneThatThePolicyDoesNotName) {
  Said said;
  said.cookie("visit", -1, "shop.example");
  const auto found = [&](const std::string& path) {
    World w;
    w.cookie({.name = "visit", .host = "shop.example"}).request("static.criteo.net", "image", path);
    return of(compare(said, w), kF16);
  };
  EXPECT_THAT(found("/p?u=" + test::kRandomId), SizeIs(1));
  EXPECT_THAT(found("/p?u=" + test::kRandomId.substr(1)), IsEmpty()) << "another value";
  said.statement("named-third-party", "does", "We work with Criteo.").parties = {"Criteo"};
  EXPECT_THAT(found("/p?u=" + test::kRandomId), IsEmpty());
}

Said lists_storage() {
  Said said;
  said.cookie("basket").storage = "localStorage";
  return said;
}

TEST(UndeclaredStorage, NeedsAListOfStorageToBeMissingFrom) {
  World w;
  w.storage("localStorage", "uid").storage("localStorage", "basket");
  Said cookies_only;
  cookies_only.cookie("basket");
  cookies_only.statement("closed-list", "does", "These are all the cookies we use.");
  EXPECT_THAT(of(compare(cookies_only, w), kStorage), IsEmpty());
  const auto found = of(compare(lists_storage(), w), kStorage);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_EQ(found[0].id, "F17-1");
  EXPECT_THAT(found[0].explanation, HasSubstr("\"uid\""));
  EXPECT_THAT(found[0].explanation, Not(HasSubstr("basket")));
  EXPECT_EQ(found[0].entries.size(), 1U);
  Said closed;
  closed.statement("closed-list", "does", "We use only the cookies and storage listed here.");
  EXPECT_EQ(of(compare(closed, w), kStorage).at(0).statements, std::vector<std::string>{"S1"});
}

TEST(UndeclaredStorage, MasksKindsAndHostsCountAsForCookies) {
  Said said;
  said.cookie("vis_*").storage = "localStorage";
  World w;
  w.storage("localStorage", "vis_1");
  EXPECT_THAT(of(compare(said, w), kStorage), IsEmpty());
  World session;
  session.storage("sessionStorage", "vis_1");
  EXPECT_EQ(strength_of_only(compare(said, session), kStorage), Strength::kNote)
      << "it lists no sessionStorage at all";
  said.declaration.cookies[0].provider = "ads.localhost";
  EXPECT_THAT(of(compare(said, w), kStorage), SizeIs(1));
  World by_script;
  by_script.storage("localStorage", "vis_1", "ads.localhost");
  EXPECT_THAT(of(compare(said, by_script), kStorage), IsEmpty()) << "whose script keeps it";
}

TEST(UndeclaredStorage, WhatIsRemovedWithheldOrAProgramIsNone) {
  World w;
  w.storage("localStorage", "uid", "", "remove").storage("serviceWorker", "/sw.js");
  w.storage("localStorage", "x");
  w.seen.storage.back().key.reset();
  EXPECT_THAT(of(compare(lists_storage(), w), kStorage), IsEmpty());
  World found_there;
  found_there.storage("localStorage", "uid", "", "present");
  EXPECT_THAT(of(compare(lists_storage(), found_there), kStorage), SizeIs(1));
}

TEST(UndeclaredStorage, WordsThatLeaveRoomMakeItANote) {
  Said said = lists_storage();
  said.statement("closed-list", "does-not", "This list may not be complete.");
  World w;
  w.storage("localStorage", "uid");
  EXPECT_EQ(strength_of_only(compare(said, w), kStorage), Strength::kNote);
}

std::map<std::string, std::int64_t> canvas() {
  return {{"toDataURL", 1}, {"width", 200}, {"height", 60}, {"characters", 20}, {"colours", 2}};
}

World fingerprinting() {
  World w;
  w.technique("canvas", canvas(), "cdn.localhost");
  return w;
}

TEST(UndeclaredTechnique, IsUndeclaredBesideAListOfStorageAndElseANote) {
  const auto found = of(compare(lists_storage(), fingerprinting()), kTechnique);
  ASSERT_THAT(found, SizeIs(1)) << lines(compare(lists_storage(), fingerprinting()));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_THAT(found[0].title, HasSubstr("canvas fingerprinting"));
  EXPECT_THAT(found[0].explanation, HasSubstr("20 different characters"));
  EXPECT_EQ(strength_of_only(compare(Said(), fingerprinting()), kTechnique), Strength::kNote);
  Said none;
  none.declaration.is_policy = false;
  EXPECT_THAT(of(compare(none, fingerprinting()), kTechnique), IsEmpty());
}

TEST(UndeclaredTechnique, AnyWordForItInThePolicyIsEnough) {
  for (const char* text : {"We use device fingerprinting against fraud.",
                           "We collect information about your device."}) {
    Said said = lists_storage();
    said.declaration.sources[0].text = text;
    EXPECT_THAT(of(compare(said, fingerprinting()), kTechnique), IsEmpty()) << text;
  }
}

TEST(UndeclaredTechnique, BelowAPublishedDefinitionThereIsNothing) {
  World w;
  auto few = canvas();
  few["characters"] = 9;
  few["colours"] = 1;
  w.technique("canvas", few, "cdn.localhost");
  w.technique("battery", {{"getBattery", 1}}, "cdn.localhost");
  EXPECT_THAT(of(compare(lists_storage(), w), kTechnique), IsEmpty());
}

TEST(UndeclaredTechnique, SharesItsNumbersWithStorage) {
  World w = fingerprinting();
  w.storage("localStorage", "uid");
  const auto all = compare(lists_storage(), w);
  EXPECT_EQ(of(all, kStorage).at(0).id, "F17-1");
  EXPECT_EQ(of(all, kTechnique).at(0).id, "F17-2");
}

TEST(DeniedTechnique, IsToldUnderF1AndNotAgainUnderF17) {
  Said said = lists_storage();
  auto& s = said.statement("beacon-or-fingerprint", "does-not", "We do no fingerprinting.");
  s.data = {"fingerprinting"};
  const auto all = compare(said, fingerprinting());
  EXPECT_EQ(strength_of_only(all, kF1), Strength::kContradicted);
  EXPECT_THAT(of(all, kF1).at(0).title, HasSubstr("fingerprinting"));
  EXPECT_THAT(of(all, kTechnique), IsEmpty());
  World hint;
  hint.technique("battery", {{"getBattery", 1}}, "cdn.localhost");
  EXPECT_EQ(strength_of_only(compare(said, hint), kF1), Strength::kVague);
  said.declaration.statements[0].purposes = {"advertising"};
  EXPECT_EQ(strength_of_only(compare(said, fingerprinting()), kF1), Strength::kNote)
      << "what it served is not seen";
  Said pixels;
  pixels.statement("beacon-or-fingerprint", "does-not", "We use no web beacons.").data = {"pixels"};
  EXPECT_THAT(of(compare(pixels, fingerprinting()), kF1), IsEmpty());
}

TEST(DeniedStorage, OfOneKindIsContradictedByThatKindOnly) {
  Said said;
  said.statement("other-storage", "does-not", "We do not use local storage.").data = {
      "localStorage"};
  World w;
  w.storage("localStorage", "uid");
  const auto found = of(compare(said, w), kF1);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  World other;
  other.storage("indexedDB", "db");
  EXPECT_THAT(of(compare(said, other), kF1), IsEmpty());
  said.cookie("uid").storage = "localStorage";
  EXPECT_EQ(strength_of_only(compare(said, w), kF1), Strength::kNote)
      << "its own list declares the key";
}

World leaking() {
  World w;
  w.request("static.criteo.net", "image", "/p?e=ann%40mail.example");
  return w;
}

std::vector<findings::Finding> leaks(const Said& said) {
  detect::Facts facts = detect::detect(leaking().seen, test::sites());
  const observe::Leaf leaf = facts.seen.requests.back().entry;
  facts.techniques.push_back({"pii-leak",
                              std::nullopt,
                              "shop.example",
                              std::nullopt,
                              "an e-mail address stood in a request to static.criteo.net",
                              {leaf}});
  return of(findings::compare(said.declaration, facts, test::sites()), kF18);
}

TEST(PersonalDataLeak, IsUndeclaredBesideAWordAgainstHandingOn) {
  Said said;
  said.statement("sale-or-sharing", "does-not", "We do not share your personal data.").data = {
      "personal-information"};
  const auto found = leaks(said);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_EQ(found[0].id, "F18-1");
  EXPECT_THAT(found[0].title, HasSubstr("Criteo"));
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
  EXPECT_THAT(leaks(Said()), IsEmpty()) << "nothing is denied";
}

TEST(PersonalDataLeak, WordsOnOtherThingsGiveANoteOrNothing) {
  const auto strength = [](auto&& change) {
    Said said;
    policy::Statement& s =
        said.statement("sale-or-sharing", "does-not", "We do not share your personal data.");
    s.data = {"personal-information"};
    change(said, s);
    const auto found = leaks(said);
    return found.size() == 1 ? std::string(findings::strength_name(found[0].strength)) : "none";
  };
  using S = policy::Statement;
  EXPECT_EQ(strength([](Said&, S& s) { s.polarity = "does"; }), "none");
  EXPECT_EQ(strength([](Said&, S& s) { s.data = {"location"}; }), "none");
  EXPECT_EQ(strength([](Said&, S& s) { s.modality = "may"; }), "none");
  EXPECT_EQ(strength([](Said&, S& s) { s.exception = "except with partners"; }), "note");
  EXPECT_EQ(strength([](Said&, S& s) { s.quote = "We do not sell your data."; }), "note");
  EXPECT_EQ(strength([](Said&, S& s) { s.type = "cookie-content"; }), "note");
  EXPECT_EQ(strength([](Said&, S& s) { s.hedged = true; }), "vague");
  EXPECT_EQ(strength([](Said& said, S&) {
              said.statement("named-third-party", "does", "We use Criteo.").parties = {"Criteo"};
            }),
            "note");
}

}  // namespace
}  // namespace affiant
