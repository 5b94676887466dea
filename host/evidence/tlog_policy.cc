#include "evidence/tlog_policy.h"

#include <algorithm>

#include "base/limits.h"
#include "evidence/decimal.h"

namespace affiant::evidence {
namespace {

constexpr std::string_view kBlank = " \t";
constexpr std::size_t kItems = 10'000;  // Of each sort.

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kBlank, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kBlank, end);
  }
  return words;
}

Result<VerifierKey> key_of(std::string_view text, std::uint8_t type, std::string_view what,
                           const std::vector<PolicyKey>& others) {
  AFFIANT_TRY(const VerifierKey key, parse_vkey(text));
  if (key.type != type)
    return fail(Code::kMalformed, "a {} has a key of type 0x{:02x}, not 0x{:02x}", what, type,
                key.type);
  // "Duplicate … if they wrap the same underlying public key."
  if (std::any_of(others.begin(), others.end(),
                  [&](const PolicyKey& other) { return other.key.key == key.key; }))
    return fail(Code::kMalformed, "this key is there already");
  if (others.size() == kItems) return fail(Code::kTooLarge, "over {} of them", kItems);
  return key;
}

}  // namespace

std::size_t TlogPolicy::find(std::string_view name) const {
  const auto it = std::find_if(nodes_.begin(), nodes_.end(),
                               [&](const Node& node) { return node.name == name; });
  return static_cast<std::size_t>(it - nodes_.begin());
}

Status TlogPolicy::take_log(const std::vector<std::string_view>& words) {
  if (words.size() < 2 || words.size() > 3) return fail(Code::kMalformed, "not \"log VKEY [URL]\"");
  AFFIANT_TRY(const VerifierKey key, key_of(words[1], 0x01, "log", logs_));
  logs_.push_back({key.name, key, words.size() == 3 ? std::string(words[2]) : ""});
  return {};
}

Status TlogPolicy::take_witness(const std::vector<std::string_view>& words) {
  if (words.size() < 3 || words.size() > 4)
    return fail(Code::kMalformed, "not \"witness NAME VKEY [URL]\"");
  if (words[1] == "none" || find(words[1]) != nodes_.size())
    return fail(Code::kMalformed, "the name {} is taken", printable(words[1]));
  AFFIANT_TRY(const VerifierKey key, key_of(words[2], 0x04, "witness", witnesses_));
  witnesses_.push_back(
      {std::string(words[1]), key, words.size() == 4 ? std::string(words[3]) : ""});
  Node node;
  node.name = words[1];
  node.witness = witnesses_.size() - 1;
  nodes_.push_back(std::move(node));
  return {};
}

Status TlogPolicy::take_group(const std::vector<std::string_view>& words) {
  if (words.size() < 4) return fail(Code::kMalformed, "not \"group NAME all|any|K MEMBER...\"");
  if (words[1] == "none" || find(words[1]) != nodes_.size())
    return fail(Code::kMalformed, "the name {} is taken", printable(words[1]));
  if (nodes_.size() >= 2 * kItems) return fail(Code::kTooLarge, "over {} of them", kItems);
  const std::size_t count = words.size() - 3;
  const auto number = parse_decimal(words[2]);
  Node group;
  group.name = words[1];
  group.threshold = words[2] == "any"   ? 1
                    : words[2] == "all" ? count
                                        : static_cast<std::size_t>(number.value_or(0));
  if (group.threshold < 1 || group.threshold > count)
    return fail(Code::kMalformed, "{} is not all, any, or a number from 1 to {}",
                printable(words[2]), count);
  for (std::size_t i = 3; i < words.size(); ++i) {
    const std::size_t member = find(words[i]);
    if (member == nodes_.size())
      return fail(Code::kMalformed, "{} is not defined above", printable(words[i]));
    // "Each defined name can be listed as a group member at most once."
    if (nodes_[member].used)
      return fail(Code::kMalformed, "{} is a member of a group already", printable(words[i]));
    nodes_[member].used = true;
    group.members.push_back(member);
  }
  nodes_.push_back(std::move(group));
  return {};
}

Status TlogPolicy::take_quorum(const std::vector<std::string_view>& words) {
  if (words.size() != 2) return fail(Code::kMalformed, "not \"quorum NAME\"");
  if (has_quorum_) return fail(Code::kMalformed, "a second quorum");
  has_quorum_ = true;
  none_ = words[1] == "none";
  quorum_ = find(words[1]);
  if (!none_ && quorum_ == nodes_.size())
    return fail(Code::kMalformed, "{} is not defined above", printable(words[1]));
  return {};
}

Result<TlogPolicy> TlogPolicy::parse(std::string_view text) {
  if (text.size() > limits::kNoteBytes)
    return fail(Code::kTooLarge, "a policy of {} bytes is over kNoteBytes ({})", text.size(),
                limits::kNoteBytes);
  TlogPolicy out;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++number;
    const std::size_t end = text.find('\n', at);
    const auto failed = [&](const Error& error) {
      return fail(error.code, "line {}: {}", number, error.message);
    };
    if (end == std::string_view::npos)
      return fail(Code::kMalformed, "line {}: it does not end with a newline", number);
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    for (const char c : line)
      if ((static_cast<std::uint8_t>(c) < 0x20 && c != '\t') || c == '\x7f')
        return fail(Code::kMalformed, "line {}: a control character", number);
    const auto words = split(line);
    if (words.empty() || words[0].starts_with('#')) continue;
    const Status taken =
        words[0] == "log"       ? out.take_log(words)
        : words[0] == "witness" ? out.take_witness(words)
        : words[0] == "group"   ? out.take_group(words)
        : words[0] == "quorum"
            ? out.take_quorum(words)
            : Status(fail(Code::kMalformed, "\"{}\" is none of log, witness, group, quorum",
                          printable(words[0])));
    if (!taken) return failed(taken.error());
  }
  if (!out.has_quorum_) return fail(Code::kMalformed, "line {}: there is no quorum line", number);
  return out;
}

bool TlogPolicy::satisfied(const std::vector<bool>& cosigned) const {
  if (none_) return true;
  std::vector<bool> met(nodes_.size(), false);
  // Members come before their groups.
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    if (node.threshold == 0) {
      met[i] = node.witness < cosigned.size() && cosigned[node.witness];
      continue;
    }
    const auto count = std::count_if(node.members.begin(), node.members.end(),
                                     [&](std::size_t member) { return met[member]; });
    met[i] = static_cast<std::size_t>(count) >= node.threshold;
  }
  return met[quorum_];
}

}  // namespace affiant::evidence
