#include "evidence/cosigned.h"

#include <algorithm>

#include "base/limits.h"
#include "evidence/cosignature.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/tlog_policy.h"

namespace affiant::evidence {
namespace {

// As the signatures of a note over `checkpoint`.
Result<Note> parse_lines(std::string& note, std::string_view checkpoint, std::string_view lines) {
  note = fmt::format("{}\n{}", checkpoint, lines);
  return parse_note(note);
}

}  // namespace

std::string cosig_file(std::uint64_t size) { return anchor_file(size, AnchorPart::kCosignatures); }

Status add_cosignature(Fs& fs, const std::filesystem::path& dir, std::uint64_t size,
                       std::string_view line) {
  std::string note;
  AFFIANT_TRY(const Note fresh, parse_lines(note, "-\n", line));
  const std::filesystem::path file = dir / cosig_file(size);
  std::string lines;
  const auto there = read_file(file, limits::kNoteBytes, "kNoteBytes");
  if (!there && there.error().code != Code::kNotFound) return tl::unexpected<Error>(there.error());
  if (there) {
    std::string old_note;
    const auto old = parse_lines(old_note, "-\n", *there);
    if (!old)
      return fail(Code::kBroken, "{}: {}. Move it away first", file.string(), old.error().message);
    for (const NoteSignature& signature : old->signatures)
      if (signature.name != fresh.signatures[0].name || signature.id != fresh.signatures[0].id)
        lines += format_signature(signature);
  }
  AFFIANT_CHECK(fs.make_dir(file.parent_path()));
  return write_durably(fs, file, lines + std::string(line));
}

Status judge_cosignatures(const std::filesystem::path& dir, std::uint64_t size,
                          std::string_view checkpoint, const VerifierKey& log,
                          std::string_view policy_text, Verdict& verdict) {
  const std::string file = cosig_file(size);
  const auto lines = read_file(dir / file, limits::kNoteBytes, "kNoteBytes");
  std::string text;
  std::vector<NoteSignature> signatures;
  if (lines) {
    const auto note = parse_lines(text, checkpoint, *lines);
    if (!note)
      verdict.problems.push_back({file, 0, std::nullopt, note.error().message});
    else
      signatures = note->signatures;
  } else if (lines.error().code != Code::kNotFound) {
    verdict.problems.push_back({file, 0, std::nullopt, lines.error().message});
  }
  if (policy_text.empty()) {
    if (!signatures.empty())
      verdict.notes.push_back(fmt::format("{} has {} cosignatures; --policy says whose count", file,
                                          signatures.size()));
    return {};
  }
  const auto policy = TlogPolicy::parse(policy_text);
  if (!policy) return fail(Code::kUsage, "the policy: {}", policy.error().message);
  std::vector<bool> cosigned(policy->witnesses().size(), false);
  for (std::size_t i = 0; i < cosigned.size(); ++i) {
    const VerifierKey& key = policy->witnesses()[i].key;
    for (const NoteSignature& signature : signatures) {
      if (signature.name != key.name || signature.id != key.id) continue;
      const auto time = verify_cosignature(checkpoint, signature, key);
      if (time)
        cosigned[i] = true;
      else
        verdict.problems.push_back({file, 0, std::nullopt, time.error().message});
    }
  }
  const auto& logs = policy->logs();
  const bool of_log =
      logs.empty() || std::any_of(logs.begin(), logs.end(), [&](const PolicyKey& k) {
        return k.key.name == log.name && k.key.key == log.key;
      });
  if (!of_log) verdict.notes.emplace_back("the policy names other logs than this one");
  verdict.witnesses = static_cast<int>(std::count(cosigned.begin(), cosigned.end(), true));
  verdict.policy = of_log && policy->satisfied(cosigned) ? PolicyVerdict::kSatisfied
                                                         : PolicyVerdict::kNotSatisfied;
  return {};
}

}  // namespace affiant::evidence
