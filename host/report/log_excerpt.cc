#include "report/log_excerpt.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "detect/choice.h"
#include "evidence/absent_row.h"
#include "evidence/disclosure_reader.h"
#include "evidence/layout.h"
#include "evidence/proof_builder.h"
#include "evidence/segment_reader.h"
#include "json/json.h"
#include "observe/vocabulary.h"
#include "report/report.h"
#include "report/views.h"

namespace affiant::report {
namespace {

constexpr std::size_t kLeastBytes = 1U << 20U;
constexpr std::size_t kBytesPerEntry = 350;  // About a third of what an entry takes in the report.

// The page stays below twice the report (docs/html-report.md), which grows with the log.
std::size_t limit_of_excerpt(std::uint64_t tree_size) {
  return std::max<std::size_t>(kLeastBytes, static_cast<std::size_t>(tree_size) * kBytesPerEntry);
}

bool holds_value(std::string_view disclosure) {
  const auto plain = base64url_decode(disclosure);
  if (!plain) return true;
  const auto triple = json::parse(as_text(*plain), "disclosure");
  return !triple || !triple->is_array() || triple->size() != 3 || !(*triple)[1].is_string() ||
         observe::sensitive_class((*triple)[1].get<std::string>()) == observe::Sensitive::kValue;
}

// Lines of the wanted entries, and the time of every entry.
Status read_lines(const std::filesystem::path& dir, std::uint64_t size,
                  const std::set<std::uint64_t>& wanted, LogExcerpt* out,
                  std::map<std::uint64_t, ExcerptEntry>* found) {
  evidence::SegmentReader reader(dir);
  evidence::LineBatch batch;
  out->times_ms.reserve(static_cast<std::size_t>(size));
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more) return {};
    for (std::size_t n = 0; n < batch.lines(); ++n) {
      const std::uint64_t index = batch.first_index + n;
      if (index >= size) return {};
      const std::string_view line = batch.line(n);
      if (evidence::is_absent_row(line)) {
        out->times_ms.push_back(out->times_ms.empty() ? 0 : out->times_ms.back());
        out->sessions.push_back(0);
        continue;
      }
      AFFIANT_TRY(const evidence::Entry entry, evidence::parse_entry(line));
      out->times_ms.push_back(entry.head.time_ms);
      out->sessions.push_back(entry.head.session);
      if (wanted.contains(index)) (*found)[index] = {index, std::string(line), {}, {}};
    }
  }
}

Status read_disclosures(const std::filesystem::path& dir,
                        std::map<std::uint64_t, ExcerptEntry>* found) {
  AFFIANT_TRY(auto reader, evidence::DisclosureReader::open(dir));
  for (;;) {
    AFFIANT_TRY(const evidence::DisclosureLine* line, reader.peek());
    if (line == nullptr) return {};
    const auto entry = found->find(line->index);
    if (entry != found->end() && !line->erased && !holds_value(line->text))
      entry->second.disclosures.push_back(line->text);
    reader.pop();
  }
}

std::size_t bytes_of(const ExcerptEntry& entry) {
  std::size_t bytes = entry.line.size() + entry.line.size() / 8 + 160;  // Escapes and the path.
  for (const std::string& text : entry.disclosures) bytes += text.size();
  return bytes;
}

}  // namespace

std::vector<std::uint64_t> entries_by_weight(const Report& report) {
  std::vector<std::uint64_t> out;
  std::set<std::uint64_t> taken;
  const auto take = [&](const std::vector<observe::Leaf>& entries) {
    for (const observe::Leaf entry : entries)
      if (taken.insert(entry).second) out.push_back(entry);
  };
  std::vector<const findings::Finding*> sorted;
  for (const findings::Finding& finding : report.findings) sorted.push_back(&finding);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->strength < b->strength; });
  for (const findings::Finding* finding : sorted) take(finding->entries);
  for (const detect::CookieFact& fact : report.facts.cookies) take(fact.story.entries);
  for (const StorageRow& row : storage_rows(report)) take(row.entries);
  for (const detect::TechniqueFact& fact : report.facts.techniques) take(fact.entries);
  const detect::Choices choices(report.facts.seen);
  for (const observe::Session& session : report.facts.seen.sessions)
    if (const auto* told = choices.told(session.id)) take({told->first});
  for (const observe::ConsentState& state : report.facts.seen.consent) take({state.entry});
  for (const detect::RequestFact& fact : report.facts.requests) take({fact.request->entry});
  return out;
}

Result<LogExcerpt> read_log_excerpt(const std::filesystem::path& case_dir, std::uint64_t tree_size,
                                    const std::vector<std::uint64_t>& wanted) {
  LogExcerpt out;
  AFFIANT_TRY(out.checkpoint,
              read_file(case_dir / evidence::kCheckpointFile, limits::kNoteBytes, "kNoteBytes"));
  AFFIANT_TRY(out.verifier_key,
              read_file(case_dir / evidence::kCaseVkeyFile, limits::kNoteBytes, "kNoteBytes"));
  std::map<std::uint64_t, ExcerptEntry> found;
  AFFIANT_CHECK(read_lines(case_dir, tree_size, {wanted.begin(), wanted.end()}, &out, &found));
  AFFIANT_CHECK(read_disclosures(case_dir, &found));
  std::size_t room = limit_of_excerpt(tree_size);
  std::set<std::uint64_t> fit;
  for (const std::uint64_t index : wanted) {
    const auto entry = found.find(index);
    if (entry == found.end()) continue;
    const std::size_t bytes = bytes_of(entry->second);
    room = bytes > room ? 0 : room - bytes;
    if (room == 0)
      ++out.left_out;
    else
      fit.insert(index);
  }
  evidence::ProofBuilder proofs(case_dir, tree_size);
  for (auto& [index, entry] : found) {
    if (!fit.contains(index)) continue;
    AFFIANT_TRY(const auto path, proofs.inclusion(index));
    for (const evidence::Hash& hash : path) entry.path.push_back(base64_encode(hash));
    out.entries.push_back(std::move(entry));
  }
  return out;
}

}  // namespace affiant::report
