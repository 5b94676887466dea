// The process that crash_test kills: makes or opens a case and writes events into it for ever, or
// seals it after some. After each commit it prints the number of durable entries.
//   crash_writer CASE IDENTITY_DIR create|open|seal
//   crash_writer CASE IDENTITY_DIR script SEED OPERATION before|half|after
// The second writes what the seed says and kills itself with SIGKILL at that file operation, before
// it, in the middle of its bytes or after it. Lines: `d N` (durable entries), `s SIZE ROOT` (a
// signature is about to reach the disk), `k OPERATION FILE` (killed there).
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "fault_fs.h"

namespace {

using affiant::Result;
using affiant::Status;
using affiant::evidence::CaseLog;
using affiant::evidence::test::FaultFs;

void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::exit(3);
}
void tell(std::uint64_t durable) { say(std::to_string(durable) + "\n"); }

// The body carries the entry's own index: what was promised can be told from what is there.
Status append(CaseLog& log, std::uint64_t seq, std::size_t filler, bool secret) {
  const std::string index = std::to_string(log.size());
  std::string body = R"({"at":)" + index + R"(,"filler":")" + std::string(filler, 'f') + "\"}";
  std::vector<affiant::evidence::Disclosure> disclosures;
  if (secret) {
    disclosures.push_back(affiant::evidence::make_disclosure("value", "\"" + index + "\""));
    body = R"({"_sd":[")" + disclosures[0].digest() + R"("],"at":)" + index + "}";
  }
  AFFIANT_CHECK(log.append({"request", 1, seq, 1, body, disclosures}));
  return {};
}

Status write_events(CaseLog& log, bool seal) {
  const std::uint64_t first = log.size();
  tell(log.durable());
  for (std::uint64_t n = 0; !seal || n < 40; ++n) {
    AFFIANT_CHECK(append(log, first + n, n % 900, n % 4 == 0));
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

// One life of a case as `seed` has it: events, exhibits, commits, signatures, perhaps the seal.
Status play(CaseLog& log, unsigned seed) {
  std::mt19937 random(seed);
  const auto one_in = [&random](unsigned n) { return random() % n == 0; };
  const auto durable = [&log] { say("d " + std::to_string(log.durable()) + "\n"); };
  const bool seal = one_in(2);
  durable();
  for (auto left = 20 + random() % 300; left > 0; --left) {
    AFFIANT_CHECK(append(log, log.size(), random() % 900, one_in(4)));
    if (one_in(60)) AFFIANT_CHECK(log.add_exhibit("exhibit " + std::to_string(log.size())));
    if (one_in(9)) AFFIANT_CHECK(log.commit());
    if (one_in(50)) AFFIANT_CHECK(log.sign());
    durable();
  }
  AFFIANT_CHECK(log.commit());
  durable();
  return seal ? log.seal(1) : log.sign();
}

Status run_script(const std::string& dir, const std::string& identity_dir, char** arguments) {
  AFFIANT_TRY(const auto identity, affiant::evidence::Identity::load_or_create(identity_dir));
  const std::string_view when = arguments[2];
  const FaultFs::How how = when == "before" ? FaultFs::How::kFails
                           : when == "half" ? FaultFs::How::kHalfHappens
                                            : FaultFs::How::kHappensAndFails;
  FaultFs fault(std::atoi(arguments[1]), how, true);
  fault.watch(
      [](std::string_view operation, const auto& path, std::string_view bytes) {
        if (operation != "write" || !path.string().ends_with("checkpoint.tmp")) return;
        const std::size_t size = bytes.find('\n') + 1;
        const std::size_t root = bytes.find('\n', size) + 1;
        say("s " + std::string(bytes.substr(size, root - 1 - size)) + " " +
            std::string(bytes.substr(root, bytes.find('\n', root) - root)) + "\n");
      },
      [](std::string_view operation, const auto& path, std::string_view) {
        say("k " + std::string(operation) + " " + path.filename().string() + "\n");
        ::kill(::getpid(), SIGKILL);
      });
  affiant::evidence::Environment environment;
  environment.fs = &fault;
  const auto seed = static_cast<unsigned>(std::atoi(arguments[0]));
  auto log = CaseLog::open(dir, environment);
  if (!log && log.error().code == affiant::Code::kNotFound)
    log = CaseLog::create(dir, identity, {"crash.example", "crash test"}, environment);
  if (!log && log.error().code == affiant::Code::kClosed) return {};
  if (!log) return tl::unexpected<affiant::Error>(log.error());
  return play(*log, seed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 7) return 2;
  const Status done =
      argc == 7 ? run_script(argv[1], argv[2], argv + 4) : run(argv[1], argv[2], argv[3]);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().to_string().c_str());
  return 1;
}
