#include "evidence/witness.h"

#include <algorithm>

#include "base/limits.h"
#include "base/random.h"
#include "base/user.h"
#include "evidence/add_checkpoint.h"
#include "evidence/cosignature.h"
#include "evidence/decimal.h"
#include "evidence/merkle.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr const char* kKeyFile = "witness.key";
constexpr const char* kVkeyFile = "witness.vkey";
constexpr const char* kStateFile = "state";
constexpr std::size_t kSmallFile = 16'384;

bool there(const stdfs::path& path) {
  std::error_code ignored;
  return stdfs::exists(stdfs::symlink_status(path, ignored));
}

WitnessAnswer refuse(int status, std::string why) { return {status, {}, std::move(why) + "\n"}; }

}  // namespace

Status Witness::make(Fs& fs, const stdfs::path& dir, const std::string& name) {
  AFFIANT_TRY(const SigningKey key, SigningKey::generate(system_random()));
  // The state first: a key without one means that it was lost.
  AFFIANT_CHECK(write_durably(fs, dir / kStateFile, "end 0\n"));
  AFFIANT_CHECK(write_durably(fs, dir / kVkeyFile,
                              format_vkey(make_cosigner_vkey(name, key.public_key())) + "\n"));
  std::string pem = key.to_pem();
  const Status done = write_durably(fs, dir / kKeyFile, pem);
  wipe(pem);
  return done;
}

Result<std::unique_ptr<Witness>> Witness::open(const stdfs::path& dir, Options options, Fs& fs) {
  AFFIANT_CHECK(fs.make_dir(dir));
  AFFIANT_TRY(auto lock, fs.lock_dir(dir));
  if (!there(dir / kKeyFile)) {
    const auto state = read_file(dir / kStateFile, kSmallFile);
    if (state && *state != "end 0\n")
      return fail(Code::kBroken,
                  "{} has a state and no {}: bring the key back, or take an empty folder for a new "
                  "witness with a new name",
                  printable(dir.string()), kKeyFile);
    AFFIANT_CHECK(make(fs, dir, options.name));
  }
  if (others_can_read(dir / kKeyFile))
    return fail(Code::kPermission, "{} can be read by others: `chmod 600` it if nobody has",
                printable((dir / kKeyFile).string()));
  AFFIANT_TRY(std::string pem, read_file(dir / kKeyFile, kSmallFile));
  auto key = SigningKey::from_pem(pem);
  wipe(pem);
  if (!key) return tl::unexpected<Error>(key.error());
  std::unique_ptr<Witness> out(new Witness(dir, std::move(options), fs, std::move(*key)));
  AFFIANT_TRY(out->vkey_, read_vkey_file(dir / kVkeyFile));
  if (out->vkey_.type != 0x04 || out->vkey_.key != out->key_.public_key())
    return fail(Code::kBroken, "{} is not the key of {}", kVkeyFile, kKeyFile);
  AFFIANT_CHECK(out->load_state());
  out->lock_ = std::move(lock);
  return out;
}

Status Witness::load_state() {
  const auto lost = [&](std::string_view why) {
    return fail(Code::kBroken,
                "{}: {}. What this witness has cosigned is not known any more, and beginning anew "
                "would let a log show it a second history. Bring the file back from a backup that "
                "is certainly the newest, or take an empty folder for a new witness",
                printable((dir_ / kStateFile).string()), why);
  };
  const auto text = read_file(dir_ / kStateFile, limits::kWitnessStateBytes, "kWitnessStateBytes");
  if (!text) return lost(text.error().message);
  std::size_t at = 0;
  for (;;) {
    const std::size_t end = text->find('\n', at);
    if (end == std::string::npos) return lost(fmt::format("byte {}: it is cut", at));
    const std::string_view line = std::string_view(*text).substr(at, end - at);
    if (line.starts_with("end ")) {
      const auto count = parse_decimal(line.substr(4));
      if (!count || *count != seen_.size() || end + 1 != text->size())
        return lost(fmt::format("byte {}: it does not end as it should", at));
      return {};
    }
    const std::size_t one = line.find(' ');
    const std::size_t two = one == std::string_view::npos ? one : line.find(' ', one + 1);
    const auto size = parse_decimal(line.substr(0, std::min(one, line.size())));
    const auto root = two == std::string_view::npos
                          ? Result<Bytes>(fail(Code::kMalformed, "no root"))
                          : base64_decode(line.substr(one + 1, two - one - 1));
    Seen seen;
    if (!size || !root || root->size() != seen.root.size())
      return lost(fmt::format("byte {}: not SIZE ROOT ORIGIN", at));
    seen.size = *size;
    std::copy(root->begin(), root->end(), seen.root.begin());
    if (!seen_.emplace(std::string(line.substr(two + 1)), seen).second)
      return lost(fmt::format("byte {}: a log that is there twice", at));
    at = end + 1;
  }
}

Status Witness::save_state(const std::map<std::string, Seen>& seen) {
  std::string text;
  for (const auto& [origin, s] : seen)
    text += fmt::format("{} {} {}\n", s.size, base64_encode(s.root), origin);
  text += fmt::format("end {}\n", seen.size());
  if (text.size() > limits::kWitnessStateBytes)
    return fail(Code::kTooLarge, "the state would be over kWitnessStateBytes");
  return write_durably(*fs_, dir_ / kStateFile, text);
}

WitnessAnswer Witness::add_checkpoint(std::string_view body, std::uint64_t now_s) {
  const auto request = parse_add_checkpoint(body);
  if (!request) return refuse(400, request.error().message);
  const std::string& signed_note = request->checkpoint;
  const std::size_t split = signed_note.rfind("\n\n");
  const std::string_view text =
      std::string_view(signed_note).substr(0, std::min(split, signed_note.size()) + 1);
  const auto checkpoint = split == std::string::npos
                              ? Result<Checkpoint>(fail(Code::kMalformed, "it has no signatures"))
                              : parse_extended_checkpoint(text);
  if (!checkpoint) return refuse(400, "the checkpoint: " + checkpoint.error().message);

  // "It MUST verify the checkpoint signature against the public key(s) it trusts for the origin."
  std::vector<VerifierKey> keys;
  for (const VerifierKey& key : options_.logs)
    if (key.name == checkpoint->origin) keys.push_back(key);
  if (keys.empty()) return refuse(404, "this witness does not know the log");
  // A signature line that cannot be read is a signature that does not verify.
  if (const auto opened = open_note(signed_note, keys); !opened)
    return refuse(403, "invalid signature: " + opened.error().message);
  if (request->old_size > checkpoint->size)
    return refuse(400, "the old size is above that of the checkpoint");

  const std::lock_guard guard(mutex_);
  if (failed_) return refuse(500, "this witness has stopped after a failure of its disk");
  const auto it = seen_.find(checkpoint->origin);
  const Seen last = it == seen_.end() ? Seen{0, sha256("")} : it->second;
  if (request->old_size != last.size)
    return {409, "text/x.tlog.size", fmt::format("{}\n", last.size)};
  if (checkpoint->size == 0 && checkpoint->root != sha256(""))
    return refuse(422, "not the root of the empty tree");
  if (request->old_size == 0 && !request->proof.empty())
    return refuse(422, "a consistency proof from the empty tree is empty");
  if (request->old_size > 0)
    if (const auto good = verify_consistency(last.size, checkpoint->size, request->proof, last.root,
                                             checkpoint->root);
        !good)
      return refuse(422, "consistency proof: " + good.error().message);

  auto next = seen_;
  next[checkpoint->origin] = {checkpoint->size, checkpoint->root};
  if (const Status saved = save_state(next); !saved) {
    failed_ = true;  // It may be there, or not: nothing more may be said for this log.
    return refuse(500, "this witness cannot keep its state");
  }
  seen_ = std::move(next);
  const auto line = cosign(text, vkey_, key_, now_s);
  if (!line) return refuse(500, "this witness cannot sign");
  return {200, "text/plain; charset=utf-8", *line};
}

}  // namespace affiant::evidence
