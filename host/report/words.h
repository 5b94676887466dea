// The contract's words for verdicts.
#pragma once

#include <string_view>

#include "evidence/verify.h"

namespace affiant::report {

constexpr std::string_view integrity_word(evidence::Integrity v) {
  switch (v) {
    case evidence::Integrity::kIntact:
      return "intact";
    case evidence::Integrity::kUnsignedTail:
      return "unsigned-tail";
    case evidence::Integrity::kBroken:
      break;
  }
  return "broken";
}

constexpr std::string_view key_word(evidence::KeyVerdict v) {
  switch (v) {
    case evidence::KeyVerdict::kPinned:
      return "pinned";
    case evidence::KeyVerdict::kUnpinned:
      return "unpinned";
    case evidence::KeyVerdict::kMismatch:
      break;
  }
  return "mismatch";
}

constexpr std::string_view completeness_word(evidence::Completeness v) {
  switch (v) {
    case evidence::Completeness::kComplete:
      return "complete";
    case evidence::Completeness::kGaps:
      return "gaps";
    case evidence::Completeness::kEndedAbnormally:
      return "ended-abnormally";
    case evidence::Completeness::kPartial:
      return "partial";
    case evidence::Completeness::kOpen:
      break;
  }
  return "open";
}

constexpr std::string_view policy_word(evidence::PolicyVerdict v) {
  switch (v) {
    case evidence::PolicyVerdict::kSatisfied:
      return "satisfied";
    case evidence::PolicyVerdict::kNotSatisfied:
      return "not-satisfied";
    case evidence::PolicyVerdict::kNone:
      break;
  }
  return "none";
}

}  // namespace affiant::report
