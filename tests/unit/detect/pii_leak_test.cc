// What was typed into a page and reached another site all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "detect/facts.h"
#include "unit/detect/world.h"

namespace affiant {
namespace {

using detect::TechniqueFact;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kEmail = "ava.0a1b2c3d4e@example.com";

std::vector<TechniqueFact> leaks(World w) { return test::techniques_of(std::move(w), "pii-leak"); }

TEST(PiiLeak, TheAddressInAnotherSitesUrlIsToldWithTheEntryOfTheTyping) {
  World w;
  w.canary(kEmail, "Quill Fennimore 0a1b");
  w.request("trackr.example", "image", "/p?e=ava.0a1b2c3d4e%40example.com");
  const observe::Leaf typed = w.seen.canaries.front().entry, sent = w.seen.requests.back().entry;
  const auto all = leaks(std::move(w));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].detail,
            "the e-mail address typed into the page, and not sent off by anyone, reached "
            "trackr.example in the address");
  EXPECT_THAT(all[0].entries, ElementsAre(typed, sent));
}

TEST(PiiLeak, BodiesAreSearchedForEveryFormAlsoWithinLongerBase64) {
  const auto detail = [](const std::string& body) {
    World w;
    w.canary(kEmail, "Quill Fennimore 0a1b").body("trackr.example", body);
    const auto all = leaks(std::move(w));
    return all.size() == 1 ? all[0].detail : std::to_string(all.size());
  };
  EXPECT_THAT(detail("{\"email\":\"" + kEmail + "\"}"), HasSubstr("in the body of a request"));
  EXPECT_THAT(detail("note=Quill Fennimore 0a1b"), HasSubstr("the text typed"));
  EXPECT_THAT(detail("h=" + hex_digest(Digest::kSha256, kEmail)), HasSubstr("as its SHA-256"));
  for (const char* before : {"", "{", "{\"", "{\"a\":"}) {
    const std::string json = before + kEmail + "\"}";
    EXPECT_THAT(detail("d=" + base64_encode(as_bytes(json))), HasSubstr("as base64")) << json;
  }
}

TEST(PiiLeak, TheSiteItselfMayHaveItAndWhatCameBeforeTheTypingIsNoLeak) {
  World own;
  own.canary(kEmail, "Quill Fennimore 0a1b").body("api.shop.example", kEmail);
  EXPECT_THAT(leaks(std::move(own)), IsEmpty());
  World before;
  before.request("trackr.example", "image", "/p?e=" + kEmail);
  before.canary(kEmail, "Quill Fennimore 0a1b");
  EXPECT_THAT(leaks(std::move(before)), IsEmpty());
  World other;
  other.canary(kEmail, "Quill Fennimore 0a1b").body("trackr.example", "ava@example.com");
  EXPECT_THAT(leaks(std::move(other)), IsEmpty());
}

}  // namespace
}  // namespace affiant
