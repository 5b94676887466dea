// When the visitor's choice of a `reject` or `accept` session was made, by what the record shows of
// it. A session of such a phase in which nothing shows that the choice was made has none: nothing
// may then be held against the site for what came "after" it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "observe/observations.h"

namespace affiant::detect {

// What a page had under way when the choice was made may still arrive: an event of the same page
// counts as later than the choice only so long after it.
inline constexpr std::int64_t kChoiceSettlesMs = 5'000;

// The code of the recorder.note by which a click is recorded as done; its detail begins with
// "reject" or "accept" (docs/protocol.md).
inline constexpr std::string_view kChoiceNote = "choice-made";
// Likewise, of a choice that could not be made.
inline constexpr std::string_view kChoiceFailedNote = "choice-failed";

struct Choice {
  std::string choice;       // "reject", "accept": the phase of its session.
  observe::Leaf entry = 0;  // The entry that shows it.
  std::int64_t at_ms = 0;   // Of the last event before that entry: the choice was no earlier.
};

// Shown by a recorder.note of kChoiceNote, or by the page's TCF interface, which says
// "useractioncomplete" with a string that consents to no purpose (reject) or to some (accept). A
// later word of the interface to the contrary takes it back. Pure; keeps nothing of `seen`.
class Choices {
 public:
  explicit Choices(const observe::Observations& seen);
  // nullptr: none is recorded as made.
  const Choice* of(std::uint64_t session) const;
  // Whether an entry comes after the choice of its session at all: `after_choice` of the report.
  bool after(std::uint64_t session, observe::Leaf entry) const;
  // Whether it belongs to a page begun after the choice, or came kChoiceSettlesMs later.
  bool settled(std::uint64_t session, observe::Leaf entry, std::int64_t at_ms) const;
  // What the recorder noted of making the choice or of failing to, last: its entry and its words,
  // which begin with the choice. nullptr: nothing.
  const std::pair<observe::Leaf, std::string>* told(std::uint64_t session) const;

 private:
  std::map<std::uint64_t, std::pair<observe::Leaf, std::string>> told_;
  std::map<std::uint64_t, Choice> made_;
  std::map<std::uint64_t, observe::Leaf> next_page_;  // First page begun after the choice.
};

// Whether a TC string (IAB TCF v2) consents to any purpose; nothing when it is no such string.
std::optional<bool> consents_to_any_purpose(std::string_view tc_string);

}  // namespace affiant::detect
