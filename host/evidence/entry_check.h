// The parsing half of a walk over a case: every line's envelope, index, disclosures, exhibits and
// what counts for completeness. The hashing half is hash_lane.h; both see the same batches.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/cited_times.h"
#include "evidence/disclosure_reader.h"
#include "evidence/segment_reader.h"
#include "evidence/sessions.h"
#include "evidence/verify.h"

namespace affiant::evidence {

class EntryCheck {
 public:
  struct Plan {
    std::filesystem::path dir;
    std::uint64_t signed_size = 0;  // Of the last checkpoint: below it nothing may be torn.
    std::string origin;             // What log.genesis must name …
    std::string delegation;         // … base64url SHA-256 of delegation.note; empty: unknown.
    bool strict = false;
    const Visit* visit = nullptr;
  };
  static Result<EntryCheck> create(Plan plan);

  // How many lines of the batch are good; fewer than all end the walk: then problem() or torn() is
  // set. An error is the visitor's own.
  Result<std::size_t> check(const LineBatch& batch);

  // Once, after the last batch: what disclosures.jsonl holds beyond the entries.
  void finish(bool sealed, Verdict& verdict);

  struct Place {
    std::uint64_t segment = 0;
    std::uint64_t offset = 0;
  };
  const std::optional<Problem>& problem() const { return problem_; }
  const std::optional<Place>& torn() const { return torn_; }  // A line with a NUL byte in the tail.
  std::uint64_t entries() const { return next_index_; }
  std::optional<std::uint64_t> close_index() const { return close_index_; }
  const std::set<std::string>& exhibits() const { return exhibits_; }
  const std::set<std::string>& torn_named() const { return torn_named_; }
  const SessionBook& sessions() const { return sessions_; }
  std::uint64_t recovered() const { return recovered_; }
  const std::vector<TimeCitation>& times() const { return times_; }
  // Where the disclosures of the entries walked end in disclosures.jsonl.
  std::uint64_t disclosures_end() const { return disclosures_end_; }

 private:
  EntryCheck(Plan plan, DisclosureReader reader)
      : plan_(std::move(plan)), disclosures_(std::move(reader)) {}
  Status check_line(std::string_view line);  // Errors with "byte N: ".
  Status check_log_kind(const Entry& entry);
  Status check_absent(std::string_view line);
  Status match_disclosures(const Entry& entry);
  void peek_disclosure();

  Plan plan_;
  DisclosureReader disclosures_;
  SessionBook sessions_;
  std::uint64_t next_index_ = 0;
  std::optional<std::uint64_t> close_index_;
  std::optional<Problem> problem_;
  std::optional<Place> torn_;
  std::set<std::string> exhibits_;
  std::set<std::string> torn_named_;
  std::uint64_t recovered_ = 0;
  std::vector<TimeCitation> times_;

  bool peeked_ = false;
  const DisclosureLine* next_disclosure_ = nullptr;  // Null: no more, or none that can be read.
  std::optional<Problem> disclosure_problem_;
  std::uint64_t disclosures_end_ = 0;
  std::uint64_t withheld_ = 0;         // Disclosures.
  std::uint64_t erased_ = 0;           // Disclosures.
  std::uint64_t absent_withheld_ = 0;  // Rows.
  std::uint64_t absent_erased_ = 0;    // Rows.
  std::vector<std::string> texts_;     // Of the current entry.
  std::vector<std::string_view> views_;
  std::optional<Error> visitor_error_;
};

}  // namespace affiant::evidence
