// `affiant key`: the identity that signs for each case's own key.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/key_passphrase.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "evidence/identity.h"
#include "evidence/identity_lock.h"
#include "json/json.h"

namespace affiant::cli {
namespace {

using evidence::Identity;
using evidence::PublicIdentity;

std::string_view state_word(const std::filesystem::path& dir) {
  switch (evidence::identity_state(dir).value_or(evidence::IdentityState::kPlain)) {
    case evidence::IdentityState::kLocked:
      return "locked";
    case evidence::IdentityState::kUnlocked:
      return "unlocked";
    case evidence::IdentityState::kPlain:
      break;
  }
  return "no passphrase";
}

// The identity under `dir`; of none, what to do about it.
Result<PublicIdentity> existing(const std::filesystem::path& dir) {
  auto identity = evidence::load_public(dir);
  if (!identity && identity.error().code == Code::kNotFound)
    return fail(Code::kNotFound,
                "there is no identity under {} yet. The first recording makes one, or `affiant key "
                "new` does now",
                dir.string());
  return identity;
}

int show(bool as_json) {
  const auto dir = identity_dir();
  if (!dir) return report_error(dir.error());
  const auto identity = existing(*dir);
  if (!identity) return report_error(identity.error());
  const auto retired = evidence::retired_vkeys(*dir);
  if (!retired) return report_error(retired.error());
  if (as_json) {
    const auto line = json::canonical({{"name", identity->name},
                                       {"vkey", identity->vkey},
                                       {"public_key_pem", identity->public_pem},
                                       {"file", (*dir / "identity.key").string()},
                                       {"state", state_word(*dir)},
                                       {"retired", *retired}});
    if (!line) return report_error(line.error());
    fmt::print("{}\n", *line);
    return kOk;
  }
  fmt::print("{}\n\n  verifier key   {}\n  private key    {} ({}; never leaves this machine)\n",
             identity->name, identity->vkey, (*dir / "identity.key").string(), state_word(*dir));
  for (const std::string& vkey : *retired) fmt::print("  retired        {}\n", vkey);
  fmt::print(
      "\nGive the verifier key to whoever should trust your cases; they pin it with\n"
      "  affiant verify CASE --key '{}'\n",
      identity->vkey);
  return kOk;
}

int export_public(const std::string& format, const std::string& file) {
  const auto dir = identity_dir();
  if (!dir) return report_error(dir.error());
  const auto identity = existing(*dir);
  if (!identity) return report_error(identity.error());
  const std::string text = format == "pem" ? identity->public_pem : identity->vkey + "\n";
  if (const Status done = write_text(text, file); !done) return report_error(done.error());
  return kOk;
}

int make() {
  const auto dir = identity_dir();
  if (!dir) return report_error(dir.error());
  if (const auto there = evidence::load_public(*dir); there)
    return report_error({Code::kConflict,
                         fmt::format("there is an identity already: {}. `affiant key rotate` takes "
                                     "a new one in its place",
                                     there->name)});
  else if (there.error().code != Code::kNotFound)
    return report_error(there.error());
  if (const auto made = Identity::load_or_create(*dir); !made) return report_error(made.error());
  return show(false);
}

int rotate(bool yes) {
  const auto dir = identity_dir();
  if (!dir) return report_error(dir.error());
  std::string old;
  {
    const auto identity = existing(*dir);
    if (!identity) return report_error(identity.error());
    old = identity->name;
  }
  if (!yes &&
      !confirmed(fmt::format(
          "Destroy the private key of {} and take a new identity?\nCases that it signed for "
          "verify as before, for whoever pinned it; new ones will not.",
          old)))
    return report_error({Code::kUsage, "nothing is changed: it was not confirmed"});
  if (const auto fresh = Identity::rotate(*dir); !fresh) return report_error(fresh.error());
  fmt::print(stderr,
             "affiant: {} is retired; its public key stays under {}. Tell those who pinned it the "
             "new one:\n",
             old, (*dir / "retired").string());
  return show(false);
}

}  // namespace

void add_key(CLI::App& app, Run* run) {
  CLI::App* key =
      app.add_subcommand("key", "Your identity: the key that vouches for each case's own key");
  key->require_subcommand(1);
  key->footer(
      "Examples:\n"
      "  affiant key show                          who signs, and what to give to others\n"
      "  affiant key export-public -o me.vkey      for `affiant verify CASE --key me.vkey`\n"
      "  affiant key rotate                        retire it and take a new one\n"
      "  affiant key passphrase                    protect it; then `affiant key unlock` once a "
      "login\n");

  CLI::App* seen = key->add_subcommand("show", "Name, verifier key, where the private key is");
  auto as_json = std::make_shared<bool>(false);
  seen->add_flag("--json", *as_json, "One JSON object instead of text");
  seen->callback([=] { *run = [=] { return show(*as_json); }; });

  CLI::App* out = key->add_subcommand("export-public", "The public key, for others to pin");
  auto format = std::make_shared<std::string>("vkey");
  auto file = std::make_shared<std::string>();
  out->add_option("--format", *format, "vkey (C2SP signed-note), or pem (for openssl)")
      ->check(CLI::IsMember({"vkey", "pem"}))
      ->capture_default_str();
  out->add_option("-o,--output", *file, "Write to this file instead of stdout");
  out->callback([=] { *run = [=] { return export_public(*format, *file); }; });

  CLI::App* fresh = key->add_subcommand("new", "Make an identity where there is none");
  fresh->callback([=] { *run = [=] { return make(); }; });

  CLI::App* turn = key->add_subcommand(
      "rotate", "Destroy the private key and take a new identity; old cases stay verifiable");
  auto yes = std::make_shared<bool>(false);
  turn->add_flag("--yes", *yes, "Do not ask, even on a terminal");
  turn->callback([=] { *run = [=] { return rotate(*yes); }; });

  add_key_passphrase(*key, run);
}

}  // namespace affiant::cli
