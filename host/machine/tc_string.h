// Transparency & consent strings, version 2 (IAB Europe TCF v2.2/v2.3, "Consent string and vendor
// list formats v2", section "TC String Format"): what a visitor is said to have consented to.
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::machine {

struct TcRange {
  int first = 0, last = 0;
};

// "Publisher restrictions": what a publisher forbids or fixes for a purpose and some vendors.
struct TcRestriction {
  int purpose = 0;
  int type = 0;  // 0 not allowed, 1 requires consent, 2 requires legitimate interest, 3 undefined.
  std::vector<TcRange> vendors;  // As written: of one string they may be more than fit in memory.
};

struct TcString {
  std::int64_t created_ms = 0, updated_ms = 0;  // UTC; the string counts tenths of a second.
  int cmp_id = 0, cmp_version = 0, consent_screen = 0;
  std::string language;  // "EN"
  int vendor_list_version = 0, policy_version = 0;
  bool service_specific = false;
  bool non_standard_texts = false;
  bool purpose_one_treatment = false;  // Purpose 1 was not disclosed at all.
  std::string publisher_country;       // "DE"; "AA" where it is not known.
  // Numbers of the Global Vendor List, ascending.
  std::vector<int> special_features, purposes_consent, purposes_legitimate_interest;
  std::vector<int> vendors_consent, vendors_legitimate_interest;
  std::vector<TcRestriction> restrictions;
  // Further segments; nothing where the string has none of the kind.
  std::optional<std::vector<int>> vendors_disclosed, vendors_allowed;
  std::optional<std::vector<int>> publisher_consent, publisher_legitimate_interest;
};

// kTooLarge above limits::kTcStringBytes, limits::kTcSegments or limits::kTcRestrictions;
// kUnsupported for another version than 2; kMalformed for anything else that is no TC string, with
// the segment and the bit where it ends too early or means nothing.
Result<TcString> decode_tc_string(std::string_view text);

// In words, one line each: "consent to purposes 1, 2 and 3", "consent for 3 vendors: 2, 6 and 8".
std::vector<std::string> tc_summary(const TcString& tc);

}  // namespace affiant::machine
