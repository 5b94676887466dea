// The commands that `affiant verify` prints, run word for word, and the command itself.
#include "evidence/hand_check.h"

#include <stdio.h>
#include <sys/wait.h>

#include "cli/commands.h"
#include "evidence/proof_builder.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

struct Ran {
  int status = -1;
  std::string output;
};

Ran shell(const std::string& script) {
  const TempDir tmp;
  spit(tmp / "script", script);
  FILE* pipe = ::popen(("/bin/sh '" + (tmp / "script").string() + "' 2>&1").c_str(), "r");
  Ran ran;
  char buffer[4096];
  while (const std::size_t n = ::fread(buffer, 1, sizeof buffer, pipe))
    ran.output.append(buffer, n);
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

bool have_openssl() { return shell("command -v openssl").status == 0; }

TEST(HandCheck, ThePrintedCommandsVerifyASealedCase) {
  if (!have_openssl()) GTEST_SKIP() << "no openssl program here: NOT TESTED";
  const TempDir tmp;
  const fs::path dir = tmp / "it's a case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 5));
  const Ran ran = shell(hand_check_commands(dir));
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_THAT(ran.output, testing::HasSubstr("Signature Verified Successfully"));
  EXPECT_THAT(ran.output, testing::HasSubstr("The key is the one this log is named after"));
  EXPECT_THAT(ran.output, testing::HasSubstr("The identity vouches for that key"));
}

TEST(HandCheck, ThePrintedCommandsFailOnAChangedSizeSignatureKeyOrDelegation) {
  if (!have_openssl()) GTEST_SKIP() << "no openssl program here: NOT TESTED";
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 5));
  const std::string checkpoint = slurp(dir / "checkpoint");
  const auto changed = [&](const std::string& file, std::size_t at) {
    const std::string original = slurp(dir / file);
    std::string bytes = original;
    bytes[at] = bytes[at] == 'A' ? 'B' : 'A';
    spit(dir / file, bytes);
    const Ran ran = shell(hand_check_commands(dir));
    spit(dir / file, original);
    return ran.status;
  };
  EXPECT_NE(changed("checkpoint", checkpoint.find('\n') + 1), 0);
  EXPECT_NE(changed("checkpoint", checkpoint.size() - 10), 0);
  EXPECT_NE(changed("keys/case.pub.pem", 60), 0);
  EXPECT_NE(changed("keys/identity.vkey", slurp(dir / "keys/identity.vkey").size() - 5), 0);
  EXPECT_NE(changed("delegation.note", 40), 0);
  EXPECT_EQ(shell(hand_check_commands(dir)).status, 0);
}

// Code of others: Debian's golang-golang-x-mod-dev, found in GOPATH mode, so nothing is downloaded.
TEST(Interop, GolangsNoteAndTlogAgreeWithOurSignaturesRootAndTiles) {
  const std::string program =
      std::string(AFFIANT_SOURCE_DIR) + "/tests/unit/evidence/interop/check.go";
  if (shell("command -v go").status != 0 ||
      !fs::exists("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog"))
    GTEST_SKIP() << "no go or no golang-golang-x-mod-dev here: NOT TESTED against them";
  const TempDir tmp;
  const std::string build =
      "export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOTOOLCHAIN=local GOCACHE='" +
      (tmp / "cache").string() + "' && go build -o '" + (tmp / "check").string() + "' '" + program +
      "'";
  const Ran built = shell(build);
  ASSERT_EQ(built.status, 0) << built.output;
  const std::string check = "'" + (tmp / "check").string() + "' '";
  for (const std::uint64_t events : {0U, 3U, 251U, 1'500U}) {
    const fs::path dir = tmp / ("case" + std::to_string(events));
    ASSERT_OK(record_sealed(dir, tmp / "id", events));
    const std::uint64_t size = verify_case(dir, {})->tree_size;
    ProofBuilder builder(dir, size);
    std::string lines;
    for (std::uint64_t n = 0; n < size; n += 1 + n / 7) {
      for (const char* kind : {"record", "tree"}) {
        const bool record = kind == std::string("record");
        if (!record && n == 0) continue;
        lines += fmt::format("{} {}", kind, n);
        const auto proof = record ? builder.inclusion(n) : builder.consistency(n);
        ASSERT_OK(proof);
        for (const Hash& hash : *proof) lines += " " + base64_encode(hash);
        lines += "\n";
      }
    }
    spit(tmp / "proofs", lines);
    const Ran ran = shell(check + dir.string() + "' '" + (tmp / "proofs").string() + "'");
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_THAT(ran.output, testing::Not(testing::HasSubstr(" 0 proofs")));
    EXPECT_THAT(ran.output, testing::StartsWith("YES: "));
  }
  std::string seg = slurp(tmp / "case3/seg/00000.jsonl");
  seg[100] = static_cast<char>(seg[100] ^ 1);
  spit(tmp / "case3/seg/00000.jsonl", seg);
  EXPECT_NE(shell(check + (tmp / "case3").string() + "'").status, 0);
}

// `affiant verify` as the program runs it, minus the other commands.
int run_verify(std::vector<std::string> arguments, std::string* output) {
  CLI::App app;
  cli::Run run;
  cli::add_verify(app, &run);
  std::reverse(arguments.begin(), arguments.end());
  arguments.emplace_back("verify");
  app.parse(arguments);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int status = run();
  ::fflush(stdout);
  *output = testing::internal::GetCapturedStdout();
  *output += testing::internal::GetCapturedStderr();
  return status;
}

TEST(VerifyCommand, AnUnpinnedKeyIsToldAndAPinnedOneIsAccepted) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 5));
  std::string out;
  EXPECT_EQ(run_verify({dir.string()}, &out), 0);
  EXPECT_THAT(out, testing::HasSubstr("UNPINNED"));
  EXPECT_THAT(out, testing::HasSubstr("--key"));
  for (const fs::path& key : {tmp / "id/identity.vkey", tmp / "id/identity.pub.pem",
                              dir / "keys/case.vkey", dir / "keys/case.pub.pem"}) {
    EXPECT_EQ(run_verify({dir.string(), "--key", key.string()}, &out), 0) << out;
    EXPECT_THAT(out, testing::HasSubstr("pinned: signed under the key you gave")) << key;
  }
  EXPECT_EQ(run_verify({dir.string(), "--key", slurp(tmp / "id/identity.vkey")}, &out), 0) << out;
}

TEST(VerifyCommand, AnotherMakersKeyIsAMismatchAndExits3) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 5));
  ASSERT_OK(Identity::load_or_create(tmp / "other"));
  std::string out;
  EXPECT_EQ(
      run_verify({(tmp / "case").string(), "--key", (tmp / "other/identity.vkey").string()}, &out),
      3);
  EXPECT_THAT(out, testing::HasSubstr("MISMATCH"));
}

TEST(VerifyCommand, ABrokenCaseExits3AndNamesThePlaceInTextAndJson) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 300));
  std::string seg = slurp(dir / "seg/00000.jsonl");
  std::size_t line = 0;
  for (int n = 0; n < 100; ++n) line = seg.find('\n', line) + 1;
  seg[seg.find("text", line)] = 'T';
  spit(dir / "seg/00000.jsonl", seg);
  std::string out;
  EXPECT_EQ(run_verify({dir.string()}, &out), 3);
  EXPECT_THAT(out, testing::HasSubstr(fmt::format("seg/00000.jsonl at byte {} (entry 100)", line)));
  EXPECT_EQ(run_verify({dir.string(), "--json"}, &out), 3);
  EXPECT_THAT(out, testing::HasSubstr(fmt::format("\"entry\":100,\"file\":\"seg/00000.jsonl\","
                                                  "\"offset\":{}",
                                                  line)));
  EXPECT_THAT(out, testing::HasSubstr("\"integrity\":\"broken\""));
}

TEST(VerifyCommand, WhatIsNoCaseOrNoKeyIsAUsageError) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 5));
  std::string out;
  EXPECT_EQ(run_verify({(tmp / "nothing").string()}, &out), 2);
  fs::create_directory(tmp / "empty");
  EXPECT_EQ(run_verify({(tmp / "empty").string()}, &out), 2);
  EXPECT_THAT(out, testing::HasSubstr("is not a case"));
  EXPECT_EQ(run_verify({(tmp / "case").string(), "--key", "no-such-file"}, &out), 2);
  EXPECT_EQ(run_verify({(tmp / "case").string(), "--key", "a+b+c"}, &out), 2);
}

}  // namespace
}  // namespace affiant::evidence
