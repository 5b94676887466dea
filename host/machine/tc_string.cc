#include "machine/tc_string.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/limits.h"

namespace affiant::machine {
namespace {

constexpr int kVersion = 2;

// A segment's bits, first the most significant of the first character. Base64 of the web pads no
// further than to the next character, and implementations also pad to whole bytes: what follows the
// last field has to be zero.
class Bits {
 public:
  static Result<Bits> of(std::string_view segment, std::size_t number) {
    Bits bits;
    bits.number_ = number;
    bits.sixes_.reserve(segment.size());
    for (std::size_t i = 0; i < segment.size(); ++i) {
      const char c = segment[i];
      int six = -1;
      if (c >= 'A' && c <= 'Z') six = c - 'A';
      if (c >= 'a' && c <= 'z') six = c - 'a' + 26;
      if (c >= '0' && c <= '9') six = c - '0' + 52;
      if (c == '-') six = 62;
      if (c == '_') six = 63;
      if (six < 0)
        return fail(Code::kMalformed,
                    "TC string: byte {} of segment {} is not of base64url (RFC 4648 section 5)", i,
                    number);
      bits.sixes_.push_back(static_cast<std::uint8_t>(six));
    }
    return bits;
  }

  Result<std::int64_t> take(std::size_t width) {
    if (width > sixes_.size() * 6 - at_)
      return fail(Code::kMalformed, "TC string: segment {} ends at bit {}, within a field", number_,
                  sixes_.size() * 6);
    std::int64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = value * 2 + (bit() ? 1 : 0);
    return value;
  }
  Result<int> number(std::size_t width) {
    AFFIANT_TRY(const std::int64_t value, take(width));
    return static_cast<int>(value);
  }
  Result<bool> flag() {
    AFFIANT_TRY(const std::int64_t value, take(1));
    return value == 1;
  }
  // Two letters of six bits, 'A' being 0.
  Result<std::string> letters() {
    std::string out;
    for (int i = 0; i < 2; ++i) {
      AFFIANT_TRY(const std::int64_t letter, take(6));
      if (letter > 25) return nonsense("a letter");
      out += static_cast<char>('A' + letter);
    }
    return out;
  }
  // Which of the bits 1 to `width` are set.
  Result<std::vector<int>> set(std::size_t width) {
    std::vector<int> out;
    if (width > sixes_.size() * 6 - at_) return tl::unexpected(take(width).error());
    for (std::size_t i = 1; i <= width; ++i)
      if (bit()) out.push_back(static_cast<int>(i));
    return out;
  }
  tl::unexpected<Error> nonsense(std::string_view what) const {
    return fail(Code::kMalformed, "TC string: {} before bit {} of segment {} means nothing", what,
                at_, number_);
  }
  Status finish() {
    while (at_ < sixes_.size() * 6) {
      const std::size_t place = at_;
      if (bit())
        return fail(Code::kMalformed, "TC string: bit {} of segment {} follows its last field",
                    place, number_);
    }
    return {};
  }

 private:
  bool bit() {
    const bool value = ((sixes_[at_ / 6] >> (5 - at_ % 6)) & 1) != 0;
    ++at_;
    return value;
  }

  std::vector<std::uint8_t> sixes_;
  std::size_t at_ = 0, number_ = 0;
};

// "NumEntries" and the entries; vendors above `most`, and a range that ends before it starts, mean
// nothing.
Result<std::vector<TcRange>> take_ranges(Bits* bits, int most) {
  AFFIANT_TRY(const int entries, bits->number(12));
  std::vector<TcRange> out;
  for (int i = 0; i < entries; ++i) {
    AFFIANT_TRY(const bool is_range, bits->flag());
    TcRange range;
    AFFIANT_TRY(range.first, bits->number(16));
    range.last = range.first;
    if (is_range) {
      AFFIANT_TRY(range.last, bits->number(16));
    }
    if (range.first == 0 || range.last < range.first || range.last > most)
      return bits->nonsense("a range of vendors");
    out.push_back(range);
  }
  return out;
}

// "MaxVendorId", "IsRangeEncoding", and a bit field or ranges.
Result<std::vector<int>> take_vendors(Bits* bits) {
  AFFIANT_TRY(const int most, bits->number(16));
  AFFIANT_TRY(const bool as_ranges, bits->flag());
  if (!as_ranges) return bits->set(static_cast<std::size_t>(most));
  AFFIANT_TRY(const std::vector<TcRange> ranges, take_ranges(bits, most));
  std::vector<bool> in(static_cast<std::size_t>(most) + 1, false);
  for (const TcRange& range : ranges)
    std::fill(in.begin() + range.first, in.begin() + range.last + 1, true);
  std::vector<int> out;
  for (int id = 1; id <= most; ++id)
    if (in[static_cast<std::size_t>(id)]) out.push_back(id);
  return out;
}

Status take_restrictions(Bits* bits, TcString* tc) {
  constexpr int kMostVendors = 0xFFFF;
  AFFIANT_TRY(const int count, bits->number(12));
  if (static_cast<std::size_t>(count) > limits::kTcRestrictions)
    return fail(Code::kTooLarge,
                "TC string: {} publisher restrictions (limits::kTcRestrictions is {})", count,
                limits::kTcRestrictions);
  for (int i = 0; i < count; ++i) {
    TcRestriction restriction;
    AFFIANT_TRY(restriction.purpose, bits->number(6));
    AFFIANT_TRY(restriction.type, bits->number(2));
    AFFIANT_TRY(restriction.vendors, take_ranges(bits, kMostVendors));
    tc->restrictions.push_back(std::move(restriction));
  }
  return {};
}

// "The core string", in the order of its table. The version was taken already.
Status take_core(Bits* bits, TcString* tc) {
  AFFIANT_TRY(const std::int64_t created, bits->take(36));
  AFFIANT_TRY(const std::int64_t updated, bits->take(36));
  tc->created_ms = created * 100;
  tc->updated_ms = updated * 100;
  AFFIANT_TRY(tc->cmp_id, bits->number(12));
  AFFIANT_TRY(tc->cmp_version, bits->number(12));
  AFFIANT_TRY(tc->consent_screen, bits->number(6));
  AFFIANT_TRY(tc->language, bits->letters());
  AFFIANT_TRY(tc->vendor_list_version, bits->number(12));
  AFFIANT_TRY(tc->policy_version, bits->number(6));
  AFFIANT_TRY(tc->service_specific, bits->flag());
  AFFIANT_TRY(tc->non_standard_texts, bits->flag());
  AFFIANT_TRY(tc->special_features, bits->set(12));
  AFFIANT_TRY(tc->purposes_consent, bits->set(24));
  AFFIANT_TRY(tc->purposes_legitimate_interest, bits->set(24));
  AFFIANT_TRY(tc->purpose_one_treatment, bits->flag());
  AFFIANT_TRY(tc->publisher_country, bits->letters());
  AFFIANT_TRY(tc->vendors_consent, take_vendors(bits));
  AFFIANT_TRY(tc->vendors_legitimate_interest, take_vendors(bits));
  return take_restrictions(bits, tc);
}

// "Publisher TC": purposes of the publisher himself, and some of his own making.
Status take_publisher(Bits* bits, TcString* tc) {
  AFFIANT_TRY(tc->publisher_consent, bits->set(24));
  AFFIANT_TRY(tc->publisher_legitimate_interest, bits->set(24));
  AFFIANT_TRY(const int custom, bits->number(6));
  // What those mean stands nowhere in the string.
  AFFIANT_TRY(const auto consent, bits->set(static_cast<std::size_t>(custom)));
  AFFIANT_TRY(const auto interest, bits->set(static_cast<std::size_t>(custom)));
  return {};
}

Status take_further(Bits* bits, TcString* tc) {
  AFFIANT_TRY(const int type, bits->number(3));
  const auto once = [&](std::optional<std::vector<int>>* list) -> Status {
    if (list->has_value()) return bits->nonsense("a second segment of the same type");
    AFFIANT_TRY(*list, take_vendors(bits));
    return {};
  };
  if (type == 1) return once(&tc->vendors_disclosed);
  if (type == 2) return once(&tc->vendors_allowed);
  if (type != 3) return bits->nonsense("a segment type");
  if (tc->publisher_consent) return bits->nonsense("a second segment of the same type");
  return take_publisher(bits, tc);
}

}  // namespace

Result<TcString> decode_tc_string(std::string_view text) {
  if (text.size() > limits::kTcStringBytes)
    return fail(Code::kTooLarge, "TC string: {} bytes (limits::kTcStringBytes is {})", text.size(),
                limits::kTcStringBytes);
  TcString tc;
  for (std::size_t number = 0, at = 0; at <= text.size(); ++number) {
    if (number >= limits::kTcSegments)
      return fail(Code::kTooLarge, "TC string: more than {} segments (limits::kTcSegments)",
                  limits::kTcSegments);
    const std::size_t dot = std::min(text.find('.', at), text.size());
    AFFIANT_TRY(Bits bits, Bits::of(text.substr(at, dot - at), number));
    if (number == 0) {
      AFFIANT_TRY(const int version, bits.number(6));
      if (version != kVersion)
        return fail(Code::kUnsupported, "TC string: version {}; only {} is read", version,
                    kVersion);
      AFFIANT_CHECK(take_core(&bits, &tc));
    } else {
      AFFIANT_CHECK(take_further(&bits, &tc));
    }
    AFFIANT_CHECK(bits.finish());
    at = dot + 1;
  }
  return tc;
}

}  // namespace affiant::machine
