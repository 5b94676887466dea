#include "evidence/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/decimal.h"

namespace affiant::evidence {
namespace {

constexpr std::array<std::string_view, 4> kAnchorEndings = {".checkpoint", ".tsr", ".chain.pem",
                                                            ".cosig"};

// The digits of `text` as one number, other characters left out: the caller compares the name that
// the number gives, so anything else between them is found out there.
std::uint64_t digits_of(std::string_view text) {
  std::uint64_t value = 0;
  for (const char c : text)
    if (c >= '0' && c <= '9' && value < std::uint64_t{1} << 53U)
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
  return value;
}

}  // namespace

std::optional<std::uint64_t> parse_segment_file(std::string_view file) {
  const std::uint64_t segment = digits_of(file);
  return segment_file(segment) == file ? std::optional(segment) : std::nullopt;
}

std::optional<TileName> parse_tile_file(std::string_view file) {
  const std::size_t first = file.find('/');
  const std::size_t second = first == std::string_view::npos ? first : file.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto level = parse_decimal(file.substr(first + 1, second - first - 1));
  if (!level || *level > 63) return std::nullopt;
  TileName name{static_cast<unsigned>(*level)};
  const std::size_t partial = std::min(file.find(".p/", second), file.size());
  name.index = digits_of(file.substr(second, partial - second));
  if (partial < file.size()) name.width = digits_of(file.substr(partial));
  const bool exact = tile_file(name.level, name.index, name.width) == file;
  return exact && name.width > 0 ? std::optional(name) : std::nullopt;
}

std::string segment_file(std::uint64_t segment) {
  return fmt::format("{}/{:05}.jsonl", kSegmentDir, segment);
}

std::string tile_file(unsigned level, std::uint64_t index, std::uint64_t width) {
  std::string path = fmt::format("{:03}", index % 1000);
  for (std::uint64_t rest = index / 1000; rest > 0; rest /= 1000)
    path = fmt::format("x{:03}/{}", rest % 1000, path);
  if (width < limits::kTileHashes) path += fmt::format(".p/{}", width);
  return fmt::format("{}/{}/{}", kTileDir, level, path);
}

std::string checkpoint_file(std::uint64_t size) {
  return fmt::format("{}/{}", kCheckpointDir, size);
}
std::string anchor_file(std::uint64_t size, AnchorPart part) {
  return fmt::format("{}/{}{}", kAnchorDir, size, kAnchorEndings.at(static_cast<unsigned>(part)));
}
std::optional<AnchorName> parse_anchor_file(std::string_view file) {
  for (unsigned i = 0; i < kAnchorEndings.size(); ++i) {
    if (!file.ends_with(kAnchorEndings.at(i))) continue;
    const AnchorName name{digits_of(file.substr(0, file.find('.'))), static_cast<AnchorPart>(i)};
    if (anchor_file(name.size, name.part) == file) return name;
  }
  return std::nullopt;
}
std::string exhibit_file(const std::string& sha256_hex) {
  return fmt::format("{}/{}", kExhibitDir, sha256_hex);
}
std::string torn_file(const std::string& sha256_hex) {
  return fmt::format("{}/{}", kTornDir, sha256_hex);
}

}  // namespace affiant::evidence
