#include "evidence/checkpoint_files.h"

#include <algorithm>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/decimal.h"
#include "evidence/layout.h"
#include "evidence/problem.h"

namespace affiant::evidence {
namespace {

struct Loaded {
  std::string bytes;
  std::optional<Checkpoint> checkpoint;
};

Loaded load(const std::filesystem::path& dir, const std::string& file, const VerifierKey& key,
            std::vector<Problem>& problems) {
  Loaded out;
  auto bytes = read_file(dir / file, limits::kNoteBytes, "kNoteBytes");
  if (!bytes) {
    problems.push_back(
        {file, 0, std::nullopt,
         bytes.error().code == Code::kNotFound ? "the file is not there" : bytes.error().message});
    return out;
  }
  out.bytes = std::move(*bytes);
  const auto text = open_sole_note(out.bytes, key);
  if (!text) {
    problems.push_back(problem_in(file, text.error()));
    return out;
  }
  auto checkpoint = parse_checkpoint(*text);
  if (!checkpoint)
    problems.push_back(problem_in(file, checkpoint.error()));
  else if (checkpoint->origin != key.name)
    problems.push_back({file, 0, std::nullopt, "a checkpoint of another log"});
  else
    out.checkpoint = std::move(*checkpoint);
  return out;
}

void load_index(const std::filesystem::path& dir, const VerifierKey& key, CheckpointFiles& out,
                std::vector<Problem>& problems) {
  const auto bytes = read_file(dir / kIndexFile, limits::kNoteBytes, "kNoteBytes");
  if (!bytes && bytes.error().code == Code::kNotFound) return;
  if (!bytes) {
    problems.push_back({kIndexFile, 0, std::nullopt, bytes.error().message});
    return;
  }
  const auto text = open_sole_note(*bytes, key);
  if (!text) {
    problems.push_back(problem_in(kIndexFile, text.error()));
    return;
  }
  auto index = parse_index(*text);
  if (!index)
    problems.push_back(problem_in(kIndexFile, index.error()));
  else if (index->origin != key.name)
    problems.push_back({kIndexFile, 0, std::nullopt, "the index of another log"});
  else
    out.index = std::move(*index);
}

}  // namespace

const Checkpoint* CheckpointFiles::find(std::uint64_t size) const {
  const auto it = std::lower_bound(history.begin(), history.end(), size,
                                   [](const Checkpoint& c, std::uint64_t n) { return c.size < n; });
  return it != history.end() && it->size == size ? &*it : nullptr;
}

CheckpointFiles load_checkpoints(const std::filesystem::path& dir, const VerifierKey& key,
                                 std::vector<Problem>& problems) {
  CheckpointFiles out;
  // The names first: a writer beside us replaces `checkpoint` and then adds its copy, so none of
  // them is newer than the `checkpoint` that is read now.
  const auto names = list_dir(dir / kCheckpointDir);
  std::vector<Problem> of_last;
  const Loaded last = load(dir, kCheckpointFile, key, of_last);
  out.last = last.checkpoint;

  std::vector<std::uint64_t> sizes;
  if (!names) problems.push_back({kCheckpointDir, 0, std::nullopt, names.error().message});
  for (const std::string& name : names.value_or(std::vector<std::string>()))
    if (const auto size = parse_decimal(name)) sizes.push_back(*size);
  std::sort(sizes.begin(), sizes.end());

  std::string twin;  // The newest kept one: where a damaged `checkpoint` differs from it.
  for (const std::uint64_t size : sizes) {
    const std::string file = checkpoint_file(size);
    Loaded kept = load(dir, file, key, problems);
    if (!kept.checkpoint) continue;
    if (kept.checkpoint->size != size) {
      problems.push_back(
          {file, 0, std::nullopt, fmt::format("a checkpoint of size {}", kept.checkpoint->size)});
      continue;
    }
    if (out.last && size == out.last->size) {
      out.last_is_kept = kept.bytes == last.bytes;
      if (!out.last_is_kept)
        problems.push_back({file, first_difference(kept.bytes, last.bytes), std::nullopt,
                            "not the same bytes as `checkpoint`"});
    }
    out.history.push_back(std::move(*kept.checkpoint));
    twin = std::move(kept.bytes);
  }
  if (!of_last.empty() && !last.bytes.empty() && !twin.empty() && of_last[0].offset == 0)
    of_last[0].offset = first_difference(last.bytes, twin);
  problems.insert(problems.begin(), of_last.begin(), of_last.end());
  if (out.last && !out.history.empty() && out.history.back().size > out.last->size)
    problems.push_back(
        {kCheckpointFile, 0, std::nullopt,
         fmt::format("rolled back: it signs {} entries, {} signs {}", out.last->size,
                     checkpoint_file(out.history.back().size), out.history.back().size)});
  load_index(dir, key, out, problems);
  return out;
}

void check_index(const CheckpointFiles& files, std::vector<Problem>& problems) {
  if (!files.index) {
    problems.push_back({kIndexFile, 0, std::nullopt, "the file is not there"});
    return;
  }
  for (const std::uint64_t size : files.index->sizes) {
    if (files.find(size) == nullptr)
      problems.push_back(
          {checkpoint_file(size), 0, std::nullopt,
           "the file is not there, or not good, but checkpoints/index.note names it"});
  }
  for (const Checkpoint& c : files.history)
    if (!std::binary_search(files.index->sizes.begin(), files.index->sizes.end(), c.size))
      problems.push_back(
          {checkpoint_file(c.size), 0, std::nullopt, "checkpoints/index.note does not name it"});
  if (files.last && !files.last_is_kept)
    problems.push_back({checkpoint_file(files.last->size), 0, std::nullopt,
                        "the copy of `checkpoint` is not there"});
}

}  // namespace affiant::evidence
