// What a word or phrase can be to the rules. The names are those of
// host/policy/data/<language>.tsv; docs/policy-reading.md tells what each means. Internal to this
// layer.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

namespace affiant::policy {

enum class Tag : std::uint8_t {
  kWe,
  kOur,
  kSite,
  kYou,
  kYour,
  kThird,
  kCookie,
  kFlash,
  kStorage,
  kBeacon,
  kFingerprint,
  kReplay,
  kTracker,
  kTracking,
  kBehaviour,
  kAd,
  kTargeted,
  kContent,
  kSignal,
  kNecessary,
  kUnnecessary,
  kPersistent,
  kSessionlong,
  kFirstparty,
  kOnly,
  kUse,
  kSet,
  kAllow,
  kShare,
  kSell,
  kCollect,
  kTrack,
  kEmbed,
  kServe,
  kHonour,
  kAlter,
  kExpire,
  kBe,
  kDo,
  kWill,
  kMay,
  kNot,
  kNo,
  kWithout,
  kMask,
  kHedge,
  kOpenlist,
  kIf,
  kUnless,
  kExcept,
  kPurposemark,
  kAnaphora,
  kRelative,
  kBut,
  kPurpose,
  kData,
  kTls,
  kDefinition,
  kControl,
  kChoice,
  kRight,
  kLegal,
  kLegalsharing,
  kMerger,
  kChildren,
  kAffiliatesonly,
  kConsent,
  kByusing,
  kAsksfirst,
  kOptout,
  kOptlink,
  kPolicyword,
  kReachable,
  kUpdated,
  kAuthoritative,
  kAlias,
  kAppliesto,
  kAnonymousvisit,
  kRegardless,
  kClosedlist,
  kOpenended,
  kAsking,
  kLeadin,
  kOperator,
  kYes,
  kNope,
  kVendor,
  kCount
};

using TagSet = std::bitset<static_cast<std::size_t>(Tag::kCount)>;

inline std::size_t index_of(Tag tag) { return static_cast<std::size_t>(tag); }

// The tag of a name in the tables; nothing when there is none of that name.
std::optional<Tag> tag_named(std::string_view name);

}  // namespace affiant::policy
