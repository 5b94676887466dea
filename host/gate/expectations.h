// The file of expectations, affiant.toml (docs/gate.md): what a team knows of its site and has
// reasons for, with a date by which it has to look again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "report/report.h"

namespace affiant::gate {

inline constexpr std::size_t kExpectationsBytes = 1U << 20U;
inline constexpr std::size_t kExpectationEntries = 20'000;

// What every entry has.
struct Known {
  std::string reason;   // Not empty.
  std::string expires;  // "2027-01-31", a day that is.
  std::size_t line = 0;
};

struct AllowedCookie {
  Known known;
  std::string name;                           // '*' stands for any run of characters.
  std::string domain;                         // Likewise; without a leading dot. Empty: any.
  std::optional<std::int64_t> lifetime_days;  // At most; 0: for the session only.
};

struct AllowedThirdParty {
  Known known;
  std::string owner;  // One of the two.
  std::string host;   // With its subdomains.
};

struct IgnoredRule {
  Known known;
  std::string rule;   // "lifetime-exceeds", whichever way it was written.
  std::string title;  // '*' stands for any run of characters. Empty: any.
};

struct Expectations {
  std::string file;  // For messages.
  std::string site;  // Host or registrable domain that it is for; empty: any.
  std::vector<AllowedCookie> cookies;
  std::vector<AllowedThirdParty> third_parties;
  std::vector<IgnoredRule> ignored;
};

// kTooLarge, kMalformed with "file:line:column: ...". Nothing is skipped: a member that this
// version does not know is an error, so that no slip of the pen allows more or less than was meant.
Result<Expectations> parse_expectations(std::string_view text, const std::string& file);

// What the expectations say of a report's findings, by the day of its generated_at.
report::Gate judge(const Expectations& expectations, const report::Report& report);

// judge() into Report::gate. kUsage when the expectations are for another site.
Status apply(const Expectations& expectations, report::Report* report);

// The text of a file by which everything in `report` is expected until `expires`. `case_name` goes
// into the reasons. Parses, and applied to the same report leaves no finding that counts.
std::string write_baseline(const report::Report& report, const std::string& case_name,
                           const std::string& expires);

// Whether `text` is a day of the calendar, "2027-01-31".
bool is_day(std::string_view text);
// The day `days` after `day`, which is_day().
std::string days_after(std::string_view day, int days);

}  // namespace affiant::gate
