// A declaration in the making, shared by the readers of this layer. Internal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "machine/machine.h"
#include "policy/declaration.h"

namespace affiant::machine {

struct Span {
  std::size_t start = 0, end = 0;  // Bytes of Source::text.
};

class Reading {
 public:
  // `text`: what all spans refer to. Lives on inside the declaration.
  Reading(std::string_view kind, std::string text, const policy::Source& source);

  std::string_view text() const { return declaration_.sources.front().text; }
  std::string_view of(Span span) const { return text().substr(span.start, span.end - span.start); }

  // A statement that quotes `span`, to be filled in; nullptr when there are too many already.
  // Valid until the next call.
  policy::Statement* state(std::string type, Span span);
  // A declared cookie or storage key likewise.
  policy::DeclaredCookie* declare(std::string pattern, Span span);
  // What could not be read, in words; of each `what` the first few are told with their place.
  void cannot_read(std::string what, std::string_view where);

  // Numbered, and with what is left to say in `unread`.
  policy::Declaration finish() &&;

 private:
  policy::Declaration declaration_;
  std::size_t statements_left_out_ = 0, rows_left_out_ = 0;
  std::vector<std::pair<std::string, std::size_t>> faults_;
};

// One function a format, each in the file of that name. `text` is UTF-8 without byte order mark.
Result<policy::Declaration> read_gpc(std::string text, const policy::Source& source);
Result<policy::Declaration> read_dnt_policy(std::string text, const policy::Source& source);
Result<policy::Declaration> read_iab_disclosure(std::string text, const policy::Source& source);
Result<policy::Declaration> read_tcf(std::string text, const policy::Source& source);
Result<policy::Declaration> read_p3p(std::string text, const policy::Source& source);
Result<policy::Declaration> read_ads_txt(std::string text, const policy::Source& source);
Result<policy::Declaration> read_sellers_json(std::string text, const policy::Source& source);
Result<policy::Declaration> read_related_website_set(std::string text,
                                                     const policy::Source& source);

// Whether a text is of the format, by its looks alone.
bool looks_like_p3p(std::string_view text);
bool looks_like_ads_txt(std::string_view text);
bool looks_like_dnt_policy(std::string_view text);

// How messages call the source: its address, its name, or its kind.
std::string called(const policy::Source& source, std::string_view kind);

// Small helpers for ASCII text.
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
// Whether `text` is a host name with at least two labels: letters, digits, hyphens, underscores;
// internationalised names as bytes above 0x7F too. Lower or upper case.
bool is_host_name(std::string_view text);

}  // namespace affiant::machine
