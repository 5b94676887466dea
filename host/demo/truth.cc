#include <array>

#include "demo/demo.h"

namespace affiant::demo {
namespace {

constexpr std::array kTruth = {
    Truth{What::kHeaderCookie, kShop, "session_id", "",
          "a session cookie set by the shop's response"},
    Truth{What::kHeaderCookie, kShop, "visitor", "",
          "a cookie of 400 days set by the shop's response"},
    Truth{What::kHeaderCookie, kShop, "basket", "", "the third cookie of one response"},
    Truth{What::kScriptCookie, kShop, "theme", kShop, "a cookie set by the shop's script"},
    Truth{What::kScriptCookie, kShop, "ab_group", kShop,
          "an undeclared cookie set by the shop's script"},
    Truth{What::kScriptCookie, kShop, "_lt_id", kTracker,
          "a cookie set in the shop's name by a tracker's script"},
    Truth{What::kScriptCookie, kAds, "ads_frame", kAds,
          "a cookie set by a script inside a third party's frame"},
    Truth{What::kHeaderCookie, kTracker, "lt_uid", "",
          "a third-party cookie on a redirecting response"},
    Truth{What::kHeaderCookie, kAds, "ad_uid", "", "a third-party cookie behind a redirect"},
    Truth{What::kHeaderCookie, kAds, "ads_id", "",
          "a third-party cookie set by a frame's document"},
    Truth{What::kHeaderCookie, kAds, "ads_seen", "",
          "a partitioned cookie set by a frame's document"},
    Truth{What::kJarCookie, kShop, "visitor", "", "the shop's cookie in the jar at the end"},
    Truth{What::kJarCookie, kShop, "_lt_id", "", "the tracker's cookie in the jar at the end"},
    Truth{What::kJarCookie, kAds, "ads_seen", "", "the partitioned cookie in the jar at the end"},
    Truth{What::kRequest, kTracker, "/t.js", "script", "the tracker's script"},
    Truth{What::kRequest, kFonts, "/type.css", "stylesheet", "a stylesheet from another site"},
    Truth{What::kRequest, kAds, "/offer.html", "sub_frame", "a frame from another site"},
    Truth{What::kRedirect, kTracker, "/p.gif", kAds, "a pixel that redirects to another site"},
    Truth{What::kRequest, kAds, "/sync.gif", "image", "the pixel behind the redirect"},
    Truth{What::kStorage, kShop, "lantern.basket", "localStorage",
          "a call of localStorage.setItem"},
    Truth{What::kStorage, kShop, "lantern.scroll", "sessionStorage",
          "a call of sessionStorage.setItem"},
    Truth{What::kStorageByProperty, kShop, "lantern_last_seen", "localStorage",
          "localStorage written as a property"},
    Truth{What::kStorage, kAds, "ads.freq", "localStorage",
          "localStorage inside a third party's frame"},
    Truth{What::kPolicyPage, kShop, "/privacy", "", "the text of the privacy policy"},
    Truth{What::kPolicyPage, kShop, "/cookies", "", "the text of the cookie policy"},
    Truth{What::kDeclared, kShop, "newsletter_ref", "", "a cookie that is declared and never set"},
};

}  // namespace

std::span<const Truth> demo_truth() { return kTruth; }

}  // namespace affiant::demo
