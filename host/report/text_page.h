// A page of text under construction, and the sections of the report that go on it. Internal to
// host/report.
#pragma once

#include <string>
#include <string_view>

#include "report/report.h"
#include "report/text_layout.h"

namespace affiant::report {

enum class Tone { kPlain, kStrong, kFaint, kBad, kWarning, kMild };

class TextPage {
 public:
  explicit TextPage(const TextOptions& options);

  // `text` in `tone`, with the escape sequences of a terminal only when colours were asked for.
  std::string tinted(std::string_view text, Tone tone) const;

  void heading(std::string_view text);
  void blank();
  // Wrapped text; the first line starts with `first`, the others are indented as far. `first` may
  // be tinted.
  void paragraph(std::string_view text, std::string_view first = "",
                 Tone first_tone = Tone::kPlain);
  void line(std::string_view text);  // As it is: no longer than columns().
  void line(std::string_view text, Tone tone);

  std::size_t columns() const { return columns_; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t columns_;
  bool colour_;
};

void headline_section(TextPage& page, const Report& report, std::string_view fail_on);
void findings_section(TextPage& page, const Report& report);
void unseen_section(TextPage& page, const Report& report);
void evidence_section(TextPage& page, const Report& report, std::string_view case_name);
void inventory_section(TextPage& page, const Report& report);

// "second-hand words": how a strength is said and painted.
std::string_view strength_sentence(findings::Strength strength);
Tone strength_tone(findings::Strength strength);

// The lifetime of an observed cookie, e.g. "2 years", "session", "not known".
std::string cookie_lifetime(const observe::CookieStory& story);
// Who set it, e.g. "by a response of shop.example", "by script of cdn.example".
std::string cookie_setter(const observe::CookieStory& story);

}  // namespace affiant::report
