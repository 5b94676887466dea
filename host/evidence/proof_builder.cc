#include "evidence/proof_builder.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/absent_row.h"
#include "evidence/find_line.h"
#include "evidence/layout.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kTilesKept = 64;
constexpr std::size_t kEntriesRead = 64U << 10U;

// Folds a row of 2^k hashes into its root.
Hash fold(std::vector<Hash> row) {
  // Halved in place.
  for (std::size_t width = row.size(); width > 1; width /= 2)
    for (std::size_t i = 0; i < width / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
  return row[0];
}

// The largest power of two below n (n > 1).
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

// Nothing when the file is not there: a log that is not at its end has no tiles.
Result<std::optional<std::vector<Hash>>> read_tile(const std::filesystem::path& dir,
                                                   const TileName& tile) {
  const std::string name = tile_file(tile.level, tile.index, tile.width);
  const std::size_t size = static_cast<std::size_t>(tile.width) * sizeof(Hash);
  const auto bytes = read_file(dir / name, size, "a tile of its width");
  if (!bytes && bytes.error().code == Code::kNotFound) return std::nullopt;
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (bytes->size() != size)
    return fail(Code::kBroken, "{} has {} bytes, not {}", name, bytes->size(), size);
  std::vector<Hash> out(static_cast<std::size_t>(tile.width));
  std::memcpy(out.data(), bytes->data(), size);
  return out;
}

}  // namespace

Result<std::vector<Hash>> ProofBuilder::inclusion(std::uint64_t index) {
  if (index >= size_)
    return fail(Code::kUsage, "there is no entry {} in a tree of {}", index, size_);
  Hashes proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size_;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = index < middle;
    AFFIANT_TRY(const Hash sibling, left ? range(middle, end) : range(begin, middle));
    proof.push_back(sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<std::vector<Hash>> ProofBuilder::consistency(std::uint64_t old_size) {
  if (old_size == 0 || old_size > size_)
    return fail(Code::kUsage, "there is no proof from a tree of {} to one of {}", old_size, size_);
  Hashes proof;
  std::uint64_t begin = 0;
  std::uint64_t end = size_;
  bool known = true;  // The old root is [0, old_size): its holder has it.
  while (old_size != end) {
    const std::uint64_t middle = begin + split(end - begin);
    const bool left = old_size <= middle;
    AFFIANT_TRY(const Hash other, left ? range(middle, end) : range(begin, middle));
    proof.push_back(other);
    if (!left) known = false;
    (left ? end : begin) = middle;
  }
  if (!known) {
    AFFIANT_TRY(const Hash last, range(begin, end));
    proof.push_back(last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<Hash> ProofBuilder::range(std::uint64_t begin, std::uint64_t end) {
  std::vector<Hash> parts;  // Complete subtrees, largest first.
  while (begin < end) {
    const std::uint64_t length = std::bit_floor(end - begin);
    const auto height = static_cast<unsigned>(std::countr_zero(length));
    AFFIANT_TRY(const Hash part, subtree(height, begin >> height));
    parts.push_back(part);
    begin += length;
  }
  if (parts.empty()) return sha256("");
  Hash hash = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) hash = node_hash(parts[i], hash);
  return hash;
}

Result<Hash> ProofBuilder::subtree(unsigned height, std::uint64_t index) {
  const unsigned level = height / 8;
  const unsigned above = height % 8;
  const std::uint64_t first = index << above;
  AFFIANT_TRY(const Hashes* hashes, tile(level, first / limits::kTileHashes));
  const auto at = static_cast<std::ptrdiff_t>(first % limits::kTileHashes);
  const auto width = std::ptrdiff_t{1} << above;
  if (at + width > static_cast<std::ptrdiff_t>(hashes->size()))
    return fail(Code::kInternal, "a subtree beyond the tree");
  return fold(Hashes(hashes->begin() + at, hashes->begin() + at + width));
}

Result<const std::vector<Hash>*> ProofBuilder::tile(unsigned level, std::uint64_t index) {
  const auto key = std::make_pair(level, index);
  if (const auto it = tiles_.find(key); it != tiles_.end()) return &it->second;
  AFFIANT_TRY(Hashes hashes, load(level, index));
  if (tiles_.size() >= kTilesKept)
    std::erase_if(tiles_, [&](const auto& kept) {
      return size_ >> (8U * (kept.first.first + 1)) > kept.first.second;  // Edges are dear.
    });
  return &tiles_.insert_or_assign(key, std::move(hashes)).first->second;
}

Result<std::vector<Hash>> ProofBuilder::load(unsigned level, std::uint64_t index) {
  const std::uint64_t begin = index * limits::kTileHashes;
  const std::uint64_t end = std::min(begin + limits::kTileHashes, size_ >> (8U * level));
  AFFIANT_TRY(auto stored, read_tile(dir_, {level, index, end - begin}));
  if (stored) return std::move(*stored);
  if (level == 0) return leaves(begin, end);
  Hashes out;
  for (std::uint64_t n = begin; n < end; ++n) {  // As deep as there are levels: seven.
    AFFIANT_TRY(Hashes below, load(level - 1, n));
    out.push_back(fold(std::move(below)));
  }
  return out;
}

Result<std::vector<Hash>> ProofBuilder::leaves(std::uint64_t begin, std::uint64_t end) {
  Hashes out;
  AFFIANT_TRY(const FoundLine first, find_line(dir_, begin));
  AFFIANT_TRY(auto reader,
              FileReader::open(dir_ / segment_file(begin / limits::kSegmentLines), first.offset));
  std::string text;
  for (std::size_t at = 0; out.size() < end - begin;) {
    const std::size_t lf = text.find('\n', at);
    if (lf != std::string::npos) {
      out.push_back(leaf_of_line(std::string_view(text).substr(at, lf - at)));
      at = lf + 1;
      continue;
    }
    text.erase(0, at);
    at = 0;
    if (text.size() > limits::kEntryBytes)
      return fail(Code::kBroken, "no line ends near entry {}", begin + out.size());
    const std::size_t had = text.size();
    text.resize(had + kEntriesRead);
    AFFIANT_TRY(const std::size_t n, reader.read(text.data() + had, kEntriesRead));
    text.resize(had + n);
    if (n == 0) return fail(Code::kBroken, "the log has no entry {}", begin + out.size());
  }
  return out;
}

}  // namespace affiant::evidence
