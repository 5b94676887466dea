// What a test reads back out of a case: verified entries, with disclosed fields in place.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "evidence/verify.h"
#include "observe/vocabulary.h"

namespace affiant::test {

struct ReadEntry {
  std::string kind;
  std::uint64_t session = 0;
  std::uint64_t q = 0;
  std::int64_t time_ms = 0;
  json::Value body;
};

struct ReadCase {
  evidence::Verdict verdict;
  std::vector<ReadEntry> entries;

  std::vector<ReadEntry> of_kind(std::string_view kind) const {
    std::vector<ReadEntry> out;
    for (const auto& entry : entries)
      if (entry.kind == kind) out.push_back(entry);
    return out;
  }
  // The numbers of a session's events, in the order of the log.
  std::vector<std::uint64_t> numbers(std::uint64_t session) const {
    std::vector<std::uint64_t> out;
    for (const auto& entry : entries)
      if (entry.session == session && entry.q > 0) out.push_back(entry.q);
    return out;
  }
};

inline ReadCase read_case(const std::filesystem::path& dir) {
  ReadCase out;
  const auto visit = [&](const evidence::Entry& entry,
                         const std::vector<std::string_view>& disclosures) -> Status {
    AFFIANT_TRY(const auto body, observe::decode_body(entry.body, disclosures));
    out.entries.push_back({std::string(entry.head.kind), entry.head.session, entry.head.seq,
                           entry.head.time_ms, body.fields});
    return {};
  };
  const auto verdict = evidence::verify_case(dir, {"", true}, visit);
  EXPECT_TRUE(verdict) << verdict.error().message;
  if (verdict) out.verdict = *verdict;
  for (const auto& problem : out.verdict.problems)
    ADD_FAILURE() << problem.file << " byte " << problem.offset << ": " << problem.what;
  return out;
}

}  // namespace affiant::test
