#include "evidence/anchors.h"

#include <map>
#include <set>

#include "base/limits.h"
#include "evidence/examine.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/timestamp.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

// The files of one size.
class AnchorCheck {
 public:
  AnchorCheck(const stdfs::path& dir, std::uint64_t size, const std::set<AnchorPart>& parts,
              Verdict& verdict)
      : dir_(dir), size_(size), parts_(parts), verdict_(verdict) {}

  // The checkpoint, when its signature verifies and it is of a size that the log has.
  std::optional<Checkpoint> check(const VerifierKey& key, const CheckpointFiles& files,
                                  const std::string& ca_pem) {
    const std::string bytes = load(AnchorPart::kCheckpoint, limits::kNoteBytes);
    if (bytes.empty()) return std::nullopt;
    auto checkpoint = read_checkpoint(bytes, key, files);
    if (!checkpoint) return std::nullopt;
    if (parts_.contains(AnchorPart::kResponse))
      check_token(bytes, ca_pem);
    else
      verdict_.notes.push_back(
          fmt::format("{} has no time stamp beside it: anchoring was not finished",
                      anchor_file(size_, AnchorPart::kCheckpoint)));
    return checkpoint;
  }

 private:
  void problem(AnchorPart part, std::string what, std::uint64_t offset = 0) {
    verdict_.problems.push_back({anchor_file(size_, part), offset, std::nullopt, std::move(what)});
  }

  std::string load(AnchorPart part, std::size_t max_bytes) {
    if (!parts_.contains(part)) {
      problem(part, "the file is not there, but others of this anchor are");
      return {};
    }
    auto bytes = read_file(dir_ / anchor_file(size_, part), max_bytes);
    if (bytes && !bytes->empty()) return std::move(*bytes);
    problem(part, bytes ? "the file is empty" : bytes.error().message);
    return {};
  }

  std::optional<Checkpoint> read_checkpoint(const std::string& bytes, const VerifierKey& key,
                                            const CheckpointFiles& files) {
    const std::string file = anchor_file(size_, AnchorPart::kCheckpoint);
    const auto text = open_sole_note(bytes, key);
    const auto checkpoint = text ? parse_checkpoint(*text) : tl::unexpected<Error>(text.error());
    if (!checkpoint) {
      verdict_.problems.push_back(problem_in(file, checkpoint.error()));
      return std::nullopt;
    }
    if (checkpoint->origin != key.name || checkpoint->size != size_) {
      problem(AnchorPart::kCheckpoint, "a checkpoint of another log or size than its name says");
      return std::nullopt;
    }
    if (files.last && files.last->size < size_) {
      // Whoever takes entries away from an open case cannot sign them away.
      problem(
          AnchorPart::kCheckpoint,
          fmt::format("the log was signed with {} entries here, its last checkpoint has {}: the "
                      "end was taken away",
                      size_, files.last->size));
      return std::nullopt;
    }
    const Checkpoint* kept = files.find(size_);
    if (kept == nullptr && files.last && files.last->size == size_) kept = &*files.last;
    if (kept != nullptr && kept->root != checkpoint->root) {
      problem(AnchorPart::kCheckpoint,
              "another tree of this size was signed too: one of the two is a fork");
      return std::nullopt;
    }
    return *checkpoint;
  }

  void check_token(const std::string& data, const std::string& ca_pem) {
    const std::string response = load(AnchorPart::kResponse, limits::kTimestampBytes);
    if (response.empty()) return;
    const bool chained = parts_.contains(AnchorPart::kChain);
    const std::string chain =
        chained ? load(AnchorPart::kChain, limits::kCertificateBytes) : std::string();
    if (const Status good = chained ? check_certificates(chain) : Status(); !good)
      return problem(AnchorPart::kChain, good.error().message);
    const auto token = Timestamp::parse(response);
    const Status over_data = token ? token->check_data(data) : tl::unexpected(token.error());
    if (!over_data) {
      verdict_.problems.push_back(
          problem_in(anchor_file(size_, AnchorPart::kResponse), over_data.error()));
      return;
    }
    const Status own = token->check_own_signature(chain);
    if (!own && own.error().code != Code::kNotFound)
      return problem(AnchorPart::kResponse, own.error().message);
    const TimestampFacts& facts = token->facts();
    Anchor anchor{anchor_file(size_, AnchorPart::kResponse),
                  size_,
                  facts.time_ms,
                  facts.accuracy_ms,
                  facts.authority,
                  false,
                  {}};
    if (!own)
      anchor.unproved_because = fmt::format("{}. Put it into {}, in PEM form", own.error().message,
                                            anchor_file(size_, AnchorPart::kChain));
    else if (ca_pem.empty())
      anchor.unproved_because = "no certificate of the authority was given";
    else if (const Status proved = token->check_under(ca_pem, chain); proved)
      anchor.proved = true;
    else
      anchor.unproved_because = proved.error().message;
    verdict_.anchors.push_back(std::move(anchor));
  }

  const stdfs::path& dir_;
  std::uint64_t size_;
  const std::set<AnchorPart>& parts_;
  Verdict& verdict_;
};

void judge_time(Verdict& verdict) {
  bool proved = false;
  for (const Anchor& anchor : verdict.anchors) {
    proved = proved || anchor.proved;
    if (verdict.authority_brought && !anchor.proved)
      verdict.notes.push_back(fmt::format("{}: {}", anchor.file, anchor.unproved_because));
  }
  if (proved)
    verdict.time = "anchored";
  else if (!verdict.anchors.empty())
    verdict.time = verdict.authority_brought ? "mismatch" : "stamped";
}

}  // namespace

Result<std::vector<Checkpoint>> check_anchors(const stdfs::path& dir, const VerifierKey& key,
                                              const CheckpointFiles& files,
                                              const VerifyOptions& options, Verdict& verdict) {
  verdict.authority_brought = !options.tsa_ca_pem.empty();
  if (verdict.authority_brought)
    if (const Status good = check_certificates(options.tsa_ca_pem); !good)
      return fail(Code::kUsage, "the certificate of the time-stamp authority: {}",
                  good.error().message);
  std::vector<Checkpoint> found;
  const auto names = list_dir(dir / kAnchorDir);
  if (!names) {
    verdict.problems.push_back({kAnchorDir, 0, std::nullopt, names.error().message});
    return found;
  }
  std::map<std::uint64_t, std::set<AnchorPart>> anchors;
  for (const std::string& name : *names)  // Others are noted as unknown.
    if (const auto part = parse_anchor_file(std::string(kAnchorDir) + "/" + name);
        part && part->part != AnchorPart::kCosignatures)  // Of those, cosigned.h.
      anchors[part->size].insert(part->part);
  for (const auto& [size, parts] : anchors)
    if (auto checkpoint =
            AnchorCheck(dir, size, parts, verdict).check(key, files, options.tsa_ca_pem))
      found.push_back(std::move(*checkpoint));
  judge_time(verdict);
  return found;
}

Result<AnchorPoint> anchor_point(const stdfs::path& dir) {
  // Read before the rest is verified: a recorder that is at work may sign a later one meanwhile.
  auto bytes = read_file(dir / kCheckpointFile, limits::kNoteBytes, "kNoteBytes");
  AFFIANT_TRY(const Examination now, examine(dir, {}, {}));
  const Verdict& verdict = now.verdict;
  if (verdict.integrity == Integrity::kBroken)
    return fail(Code::kBroken, "the record is broken, a time stamp would make it no better: {}: {}",
                verdict.problems.empty() ? kCheckpointFile : printable(verdict.problems[0].file),
                verdict.problems.empty() ? "not there" : printable(verdict.problems[0].what));
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  // Its signature was verified just now, unless it was replaced; then by a later one that was.
  AFFIANT_TRY(const Note note, parse_note(*bytes));
  AFFIANT_TRY(const Checkpoint checkpoint, parse_checkpoint(note.text));
  if (checkpoint.size != now.checkpoints.last->size ||
      checkpoint.root != now.checkpoints.last->root)
    return fail(Code::kConflict,
                "the case was signed anew while it was read: a recording is under way. Run the "
                "command again");
  std::error_code ignored;
  return AnchorPoint{checkpoint.size, std::move(*bytes),
                     stdfs::exists(stdfs::symlink_status(
                         dir / anchor_file(checkpoint.size, AnchorPart::kResponse), ignored)),
                     verdict.unsigned_entries};
}

Status store_anchor(Fs& fs, const stdfs::path& dir, const AnchorPoint& point,
                    std::string_view response, std::string_view chain_pem) {
  AFFIANT_CHECK(fs.make_dir(dir / kAnchorDir));
  AFFIANT_TRY(const auto lock, fs.lock_dir(dir / kAnchorDir));  // Against another of ourselves.
  const stdfs::path token = dir / anchor_file(point.size, AnchorPart::kResponse);
  std::error_code ignored;
  if (stdfs::exists(stdfs::symlink_status(token, ignored)))
    return fail(Code::kConflict, "{} is there already and is kept",
                anchor_file(point.size, AnchorPart::kResponse));
  if (!chain_pem.empty())
    AFFIANT_CHECK(write_durably(fs, dir / anchor_file(point.size, AnchorPart::kChain), chain_pem));
  AFFIANT_CHECK(
      write_durably(fs, dir / anchor_file(point.size, AnchorPart::kCheckpoint), point.checkpoint));
  return write_durably(fs, token, response);
}

}  // namespace affiant::evidence
