// What a test expects of a verdict, in the closed vocabulary of docs/log-format.md.
#pragma once

#include <ostream>
#include <string>

#include "evidence/verify.h"

namespace affiant::evidence::test {

struct Row {
  std::string integrity;  // intact, unsigned-tail, broken; unreadable: there is no verdict.
  std::string complete;   // complete, gaps, ended-abnormally, open.
  std::string file;       // The first bad one; empty: none.
  int exit_code = 0;      // Of `affiant verify`.

  bool operator==(const Row&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << "{" << row.integrity << ", " << row.complete << ", "
             << (row.file.empty() ? "no bad file" : row.file) << ", exit " << row.exit_code << "}";
}

inline Row row_of(const Result<Verdict>& verdict) {
  constexpr const char* kIntegrity[] = {"intact", "unsigned-tail", "broken"};
  constexpr const char* kComplete[] = {"complete", "gaps", "ended-abnormally", "open"};
  if (!verdict) return {"unreadable", "open", "", 2};
  return {kIntegrity[static_cast<int>(verdict->integrity)],
          kComplete[static_cast<int>(verdict->complete)],
          verdict->problems.empty() ? "" : verdict->problems[0].file, verdict->ok() ? 0 : 3};
}

}  // namespace affiant::evidence::test
