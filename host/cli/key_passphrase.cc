#include "cli/key_passphrase.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/streams.h"
#include "base/terminal.h"
#include "cli/paths.h"
#include "evidence/identity_lock.h"

namespace affiant::cli {
namespace {

constexpr std::size_t kLongest = 1'000;  // OpenSSL's own buffer for one holds 1,024 bytes.

// One line of stdin: of a terminal without showing it, else as a pipe gives it.
Result<std::string> ask(const std::string& what) {
  const bool terminal = is_terminal(kStdin);
  if (terminal) fmt::print(stderr, "{}: ", what);
  std::string line;
  {
    const SilentInput silent;
    std::getline(std::cin, line);
  }
  const bool read = static_cast<bool>(std::cin);
  if (terminal) fmt::print(stderr, "\n");
  if (!read && line.empty())
    return fail(Code::kUsage, "{}: nothing was given on standard input", what);
  if (line.size() > kLongest) return fail(Code::kTooLarge, "{}: over {} bytes", what, kLongest);
  return line;
}

Status change(bool remove) {
  AFFIANT_TRY(const auto dir, identity_dir());
  AFFIANT_TRY(const auto state, evidence::identity_state(dir));
  const bool has = state != evidence::IdentityState::kPlain;
  if (remove && !has) return fail(Code::kUsage, "the identity has no passphrase");
  std::string current;
  std::string fresh;
  if (has) {
    AFFIANT_TRY(current, ask("Passphrase now"));
  }
  if (!remove) {
    AFFIANT_TRY(fresh, ask("New passphrase"));
    if (fresh.empty())
      return fail(Code::kUsage, "an empty passphrase protects nothing. --remove takes one away");
    AFFIANT_TRY(const std::string again, ask("The same again"));
    if (again != fresh) return fail(Code::kUsage, "those are two different passphrases: unchanged");
  }
  AFFIANT_CHECK(evidence::set_passphrase(dir, current, fresh));
  if (remove) {
    fmt::print(stderr, "affiant: the identity has no passphrase any more\n");
    return {};
  }
  fmt::print(
      stderr,
      "affiant: the identity is under that passphrase and locked. `affiant key unlock` opens "
      "it until you log out; recordings wait for that. If you forget it, old cases still "
      "verify, and `affiant key rotate` takes a new identity\n");
  return {};
}

Status unlock() {
  AFFIANT_TRY(const auto dir, identity_dir());
  AFFIANT_TRY(const auto state, evidence::identity_state(dir));
  if (state == evidence::IdentityState::kPlain)
    return fail(Code::kUsage, "the identity has no passphrase: there is nothing to unlock");
  AFFIANT_TRY(const std::string passphrase, ask("Passphrase"));
  AFFIANT_CHECK(evidence::unlock_identity(dir, passphrase));
  fmt::print(stderr, "affiant: unlocked until you log out, or `affiant key lock`\n");
  return {};
}

Status lock() {
  AFFIANT_TRY(const auto dir, identity_dir());
  AFFIANT_TRY(const auto state, evidence::identity_state(dir));
  if (state == evidence::IdentityState::kPlain)
    return fail(Code::kUsage,
                "the identity has no passphrase, so it cannot be locked: `affiant key passphrase`");
  return evidence::lock_identity(dir);
}

int code_of(const Status& done) { return done ? kOk : report_error(done.error()); }

}  // namespace

void add_key_passphrase(CLI::App& key, Run* run) {
  CLI::App* set = key.add_subcommand("passphrase", "Put the private key under a passphrase");
  auto remove = std::make_shared<bool>(false);
  set->add_flag("--remove", *remove, "Take the passphrase away");
  set->footer(
      "Asks on the terminal; from a pipe it reads a line each: the passphrase now (if there is "
      "one), the new one, the same again.");
  set->callback([=] { *run = [=] { return code_of(change(*remove)); }; });
  CLI::App* open = key.add_subcommand("unlock", "Open the private key until you log out");
  open->callback([=] { *run = [=] { return code_of(unlock()); }; });
  CLI::App* shut = key.add_subcommand("lock", "Take the opened private key away");
  shut->callback([=] { *run = [=] { return code_of(lock()); }; });
}

}  // namespace affiant::cli
