// The process that crash_test kills: makes or opens a case and writes events into it for ever, or
// seals it after some. After each commit it prints the number of durable entries.
//   crash_writer CASE IDENTITY_DIR create|open|seal
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "evidence/case_log.h"
#include "evidence/identity.h"

namespace {

using affiant::Result;
using affiant::Status;
using affiant::evidence::CaseLog;

void tell(std::uint64_t durable) {
  const std::string line = std::to_string(durable) + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::exit(3);
}

Status write_events(CaseLog& log, bool seal) {
  const std::uint64_t first = log.size();
  tell(log.durable());
  for (std::uint64_t n = 0; !seal || n < 40; ++n) {
    // The body carries the entry's own index: what was promised can be told from what is there.
    const std::string index = std::to_string(log.size());
    std::string body = R"({"at":)" + index + R"(,"filler":")" + std::string(n % 900, 'f') + "\"}";
    std::vector<affiant::evidence::Disclosure> disclosures;
    if (n % 4 == 0) {
      disclosures.push_back(affiant::evidence::make_disclosure("value", "\"" + index + "\""));
      body = R"({"_sd":[")" + disclosures[0].digest + R"("],"at":)" + index + "}";
    }
    AFFIANT_TRY(const auto appended, log.append({"request", 1, first + n, 1, body, disclosures}));
    (void)appended;
    if (n % 7 == 0) AFFIANT_CHECK(log.commit());
    if (n % 31 == 0) AFFIANT_CHECK(log.sign());
    tell(log.durable());
  }
  return log.seal(1);
}

Status run(const std::string& dir, const std::string& identity_dir, std::string_view mode) {
  AFFIANT_TRY(const auto identity, affiant::evidence::Identity::load_or_create(identity_dir));
  if (mode == "create") {
    AFFIANT_TRY(CaseLog log, CaseLog::create(dir, identity, {"crash.example", "crash test"}));
    return write_events(log, false);
  }
  AFFIANT_TRY(CaseLog log, CaseLog::open(dir));
  return write_events(log, mode == "seal");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const Status done = run(argv[1], argv[2], argv[3]);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().to_string().c_str());
  return 1;
}
