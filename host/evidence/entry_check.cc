#include "evidence/entry_check.h"

#include <algorithm>

#include "base/bytes.h"
#include "evidence/absent_row.h"
#include "evidence/case_files.h"
#include "evidence/encode_entry.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/sd_list.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kBodyOffset = 5;  // After {"b":

Status check_canonical(std::string_view line) {
  if (json::is_canonical(line)) return {};
  AFFIANT_TRY(const json::Value value, json::parse(line, "entry"));
  AFFIANT_TRY(const std::string canonical, json::canonical(value));
  if (canonical != line)
    return fail(Code::kMalformed, "byte {}: not the RFC 8785 form of what it says",
                first_difference(canonical, line));
  return {};
}

}  // namespace

Result<EntryCheck> EntryCheck::create(Plan plan) {
  AFFIANT_TRY(auto reader, DisclosureReader::open(plan.dir));
  return EntryCheck(std::move(plan), std::move(reader));
}

Result<std::size_t> EntryCheck::check(const LineBatch& batch) {
  for (std::size_t n = 0; n < batch.lines(); ++n) {
    const std::string_view line = batch.line(n);
    if (const auto good = check_line(line); !good) {
      if (visitor_error_) return tl::unexpected<Error>(*visitor_error_);
      const std::uint64_t offset = batch.offset + batch.begin(n);
      // A hole that a power cut left: space was given to the file, its bytes never came. No line
      // that we write has a NUL, and none from here on can have been acknowledged.
      if (next_index_ >= plan_.signed_size && line.find('\0') != std::string_view::npos)
        torn_ = Place{batch.segment, offset};
      else
        problem_ = problem_in(segment_file(batch.segment), good.error(), offset, next_index_);
      return n;
    }
    ++next_index_;
  }
  return batch.lines();
}

Status EntryCheck::check_absent(std::string_view line) {
  AFFIANT_TRY(const AbsentRow row, parse_absent_row(line));
  if (row.index != next_index_)
    return fail(Code::kBroken, "byte 0: entry {} where entry {} belongs", row.index, next_index_);
  if (row.index == 0) return fail(Code::kBroken, "byte 0: entry 0 can be absent from no log");
  if (close_index_) return fail(Code::kBroken, "byte 0: an entry after log.close");
  // No writer leaves one: a hash that nobody signed stands for nothing.
  if (row.index >= plan_.signed_size)
    return fail(Code::kBroken, "byte 0: an absent entry above the last checkpoint");
  ++(row.erased ? absent_erased_ : absent_withheld_);
  // Its disclosures, if any are left, have no digest to answer to.
  return {};
}

Status EntryCheck::check_line(std::string_view line) {
  if (is_absent_row(line)) return check_absent(line);
  AFFIANT_TRY(const Entry entry, parse_entry(line));
  if (entry.head.index != next_index_)
    return fail(Code::kBroken, "byte 0: entry {} where entry {} belongs", entry.head.index,
                next_index_);
  if (close_index_) return fail(Code::kBroken, "byte 0: an entry after log.close");
  if (plan_.strict) AFFIANT_CHECK(check_canonical(line));
  if (next_index_ == 0 || entry.head.kind.starts_with("log.")) {
    if (const auto good = check_log_kind(entry); !good)
      return fail(good.error().code, "byte {}: {}", kBodyOffset, good.error().message);
  }
  if (const auto good = sessions_.add(entry); !good)
    return fail(good.error().code, "byte {}: {}", kBodyOffset, good.error().message);
  AFFIANT_CHECK(match_disclosures(entry));
  collect_exhibits(entry.body, exhibits_);
  if (plan_.visit != nullptr && *plan_.visit) {
    views_.assign(texts_.begin(), texts_.end());
    if (const auto seen = (*plan_.visit)(entry, views_); !seen) {
      visitor_error_ = seen.error();
      return seen;
    }
  }
  return {};
}

Status EntryCheck::check_log_kind(const Entry& entry) {
  const std::string_view kind = entry.head.kind;
  const bool genesis = kind == "log.genesis";
  if (genesis != (entry.head.index == 0))
    return fail(Code::kBroken, "entry {} is of kind {}; log.genesis is entry 0 and no other",
                entry.head.index, kind);
  if (!genesis && kind != "log.recovered" && kind != "log.close" && kind != "log.time") return {};
  AFFIANT_TRY(const json::Value value, json::parse(entry.body, kind));
  AFFIANT_TRY(auto body, json::Reader::open(value, std::string(kind)));
  if (genesis) {
    AFFIANT_TRY(const std::string origin, body.string("origin"));
    AFFIANT_TRY(const std::string delegation, body.string("delegation"));
    if (origin != plan_.origin)
      return fail(Code::kBroken, "log.genesis names the log {}, the case key is that of {}",
                  printable(origin), printable(plan_.origin));
    if (!plan_.delegation.empty() && delegation != plan_.delegation)
      return fail(Code::kBroken, "delegation.note is not the one that log.genesis names");
  } else if (kind == "log.recovered") {
    ++recovered_;
    AFFIANT_TRY(const auto torn, body.optional_string("torn_sha256"));
    if (torn) torn_named_.insert(*torn);
  } else if (kind == "log.time") {
    AFFIANT_TRY(const std::int64_t size, body.integer("size"));
    AFFIANT_TRY(std::string exhibit, body.string("exhibit"));
    if (times_.size() == limits::kTimesCited)
      return fail(Code::kTooLarge, "more than {} log.time entries (kTimesCited)",
                  limits::kTimesCited);
    times_.push_back({entry.head.index, static_cast<std::uint64_t>(size), std::move(exhibit)});
  } else {
    AFFIANT_TRY(const std::int64_t entries, body.integer("entries"));
    if (static_cast<std::uint64_t>(entries) != entry.head.index + 1)
      return fail(Code::kBroken, "log.close counts {} entries and is entry {}", entries,
                  entry.head.index);
    close_index_ = entry.head.index;
  }
  return {};
}

void EntryCheck::peek_disclosure() {
  if (peeked_) return;
  peeked_ = true;
  next_disclosure_ = nullptr;
  if (disclosure_problem_) return;
  const auto line = disclosures_.peek();
  if (line)
    next_disclosure_ = *line;
  else
    disclosure_problem_ = problem_in(kDisclosureFile, line.error());
}

Status EntryCheck::match_disclosures(const Entry& entry) {
  texts_.clear();
  std::vector<std::string_view> digests;
  AFFIANT_TRY(digests, read_sd_list(entry.body, kBodyOffset));
  std::vector<bool> found(digests.size(), false);
  for (;;) {
    peek_disclosure();
    if (next_disclosure_ == nullptr || next_disclosure_->index > entry.head.index) break;
    const std::string digest = next_disclosure_->erased ? next_disclosure_->text
                                                        : disclosure_digest(next_disclosure_->text);
    const auto it = std::lower_bound(digests.begin(), digests.end(), digest);
    const auto at = static_cast<std::size_t>(it - digests.begin());
    if (it == digests.end() || *it != digest || found[at]) {
      disclosure_problem_ =
          Problem{kDisclosureFile, next_disclosure_->offset, entry.head.index,
                  fmt::format("a disclosure that entry {} does not have, or has already",
                              next_disclosure_->index)};
      peeked_ = false;
      continue;
    }
    found[at] = true;
    if (next_disclosure_->erased)
      ++erased_;
    else
      texts_.push_back(next_disclosure_->text);
    disclosures_.pop();
    peeked_ = false;
    disclosures_end_ = disclosures_.offset();
  }
  withheld_ += static_cast<std::uint64_t>(std::count(found.begin(), found.end(), false));
  return {};
}

void EntryCheck::finish(bool sealed, Verdict& verdict) {
  peek_disclosure();
  verdict.withheld = withheld_;
  verdict.erased = erased_;
  verdict.absent_withheld = absent_withheld_;
  verdict.absent_erased = absent_erased_;
  verdict.recovered = recovered_;
  if (disclosure_problem_ && !sealed && disclosures_.cut() &&
      disclosure_problem_->offset >= disclosures_end_) {
    verdict.notes.push_back("disclosures.jsonl ends in a line that was never finished");
  } else if (disclosure_problem_) {
    verdict.problems.push_back(*disclosure_problem_);
  } else if (next_disclosure_ != nullptr && sealed) {
    verdict.problems.push_back({kDisclosureFile, next_disclosure_->offset, std::nullopt,
                                "a disclosure for an entry that is not there"});
  } else if (next_disclosure_ != nullptr) {
    verdict.notes.push_back("disclosures.jsonl is ahead of the log");
  }
}

}  // namespace affiant::evidence
