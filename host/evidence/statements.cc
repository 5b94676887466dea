#include "evidence/statements.h"

#include <algorithm>

#include "evidence/decimal.h"

namespace affiant::evidence {
namespace {

// Takes one line, with its newline, off the front of `rest`.
Result<std::string_view> take_line(std::string_view text, std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos || end == 0)
    return fail(Code::kMalformed, "byte {}: a line is missing or empty", text.size() - rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Status expect_magic(std::string_view text, std::string_view& rest, std::string_view magic) {
  AFFIANT_TRY(const auto line, take_line(text, rest));
  if (line != fmt::format("{}/{}", kNamePrefix, magic))
    return fail(Code::kUnsupported, "byte 0: the first line is not {}/{}", kNamePrefix, magic);
  return {};
}

Status expect_end(std::string_view text, std::string_view rest) {
  if (!rest.empty())
    return fail(Code::kMalformed, "byte {}: a line too many", text.size() - rest.size());
  return {};
}

}  // namespace

std::string origin_for(const PublicKey& key) {
  return fmt::format("{}/log/{}", kNamePrefix, hex_encode(sha256({key})));
}
std::string identity_name_for(const PublicKey& key) {
  return fmt::format("{}/id/{}", kNamePrefix, hex_encode(sha256({key})).substr(0, 16));
}

std::string format_checkpoint(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     base64_encode(checkpoint.root));
}

namespace {

Result<Checkpoint> parse_three_lines(std::string_view text, std::string_view& rest) {
  rest = text;
  Checkpoint out;
  AFFIANT_TRY(out.origin, take_line(text, rest));
  const std::size_t size_at = text.size() - rest.size();
  AFFIANT_TRY(const auto size_line, take_line(text, rest));
  const auto size = parse_decimal(size_line);
  if (!size) return fail(Code::kMalformed, "byte {}: not a tree size", size_at);
  out.size = *size;
  const std::size_t root_at = text.size() - rest.size();
  AFFIANT_TRY(const auto root_line, take_line(text, rest));
  const auto root = base64_decode(root_line);
  if (!root || root->size() != out.root.size())
    return fail(Code::kMalformed, "byte {}: not the base64 of a root hash", root_at);
  std::copy(root->begin(), root->end(), out.root.begin());
  return out;
}

}  // namespace

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  std::string_view rest;
  AFFIANT_TRY(Checkpoint out, parse_three_lines(text, rest));
  AFFIANT_CHECK(expect_end(text, rest));
  return out;
}

Result<Checkpoint> parse_extended_checkpoint(std::string_view text) {
  std::string_view rest;
  AFFIANT_TRY(Checkpoint out, parse_three_lines(text, rest));
  while (!rest.empty()) {
    AFFIANT_TRY(const auto extension, take_line(text, rest));
    (void)extension;
  }
  return out;
}

std::string format_delegation(const Delegation& delegation) {
  return fmt::format("{}/delegation/v1\n{}\n{}\nnot-before {}\n", kNamePrefix, delegation.origin,
                     delegation.case_vkey, delegation.not_before_s);
}

Result<Delegation> parse_delegation(std::string_view text) {
  std::string_view rest = text;
  Delegation out;
  AFFIANT_CHECK(expect_magic(text, rest, "delegation/v1"));
  AFFIANT_TRY(out.origin, take_line(text, rest));
  AFFIANT_TRY(out.case_vkey, take_line(text, rest));
  const std::size_t time_at = text.size() - rest.size();
  AFFIANT_TRY(const auto time, take_line(text, rest));
  constexpr std::string_view kLabel = "not-before ";
  const auto seconds = time.starts_with(kLabel) ? parse_decimal(time.substr(kLabel.size()))
                                                : std::optional<std::uint64_t>();
  if (!seconds) return fail(Code::kMalformed, "byte {}: not \"not-before SECONDS\"", time_at);
  out.not_before_s = *seconds;
  AFFIANT_CHECK(expect_end(text, rest));
  return out;
}

std::string format_index(const CheckpointIndex& index) {
  std::string out = fmt::format("{}/checkpoints/v1\n{}\n", kNamePrefix, index.origin);
  for (const std::uint64_t size : index.sizes) out += fmt::format("{}\n", size);
  return out;
}

Result<CheckpointIndex> parse_index(std::string_view text) {
  std::string_view rest = text;
  CheckpointIndex out;
  AFFIANT_CHECK(expect_magic(text, rest, "checkpoints/v1"));
  AFFIANT_TRY(out.origin, take_line(text, rest));
  while (!rest.empty()) {
    const std::size_t at = text.size() - rest.size();
    AFFIANT_TRY(const auto line, take_line(text, rest));
    const auto size = parse_decimal(line);
    if (!size || (!out.sizes.empty() && *size <= out.sizes.back()))
      return fail(Code::kMalformed, "byte {}: not a tree size above the one before", at);
    out.sizes.push_back(*size);
  }
  return out;
}

}  // namespace affiant::evidence
