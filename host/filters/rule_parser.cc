#include "filters/rule_parser.h"

#include <algorithm>

#include "base/limits.h"
#include "filters/ascii.h"
#include "filters/host_name.h"
#include "filters/options.h"
#include "filters/regex.h"
#include "filters/tokens.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool starts_with(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

std::optional<Skip> parse_regex(std::string_view body, ParsedRule& rule) {
  rule.flags |= kRegex;
  if (body.size() > limits::kRuleRegexBytes) return Skip::kTooLong;
  if (!is_ascii(body)) return Skip::kRegex;
  rule.pattern = body;
  return std::nullopt;
}

// The pattern in ASCII and lower case; the host after "||" in Punycode.
std::optional<Skip> normalise(std::string_view text, ParsedRule& rule) {
  const bool keep_case = (rule.flags & kMatchCase) != 0;
  if ((rule.flags & kHostAnchor) != 0) {
    const std::string_view host = text.substr(0, text.find_first_of("/^*:?|"));
    auto ascii = ascii_host(host);
    if (!ascii) return Skip::kMalformed;
    rule.pattern = std::move(*ascii);
    text.remove_prefix(host.size());
  }
  append_escaped(rule.pattern, text, keep_case);
  const auto twice = [](char a, char b) { return a == '*' && b == '*'; };
  rule.pattern.erase(std::unique(rule.pattern.begin(), rule.pattern.end(), twice),
                     rule.pattern.end());
  return rule.pattern.size() > limits::kRulePatternBytes ? std::optional(Skip::kTooLong)
                                                         : std::nullopt;
}

// "||host^" and "||host": the commonest rules by far have a form of their own.
void recognise_host(ParsedRule& rule, bool open_end) {
  std::string& pattern = rule.pattern;
  if ((rule.flags & kRight) != 0 || pattern.empty()) return;
  const bool closed = pattern.back() == '^';
  const std::size_t size = pattern.size() - (closed ? 1 : 0);
  if (size == 0 || !std::all_of(pattern.begin(),
                                pattern.begin() + static_cast<std::ptrdiff_t>(size), is_host_char))
    return;
  if (!closed) {
    if (!open_end) rule.flags |= kWholeLabels;
  } else if (pattern.front() != '.') {
    pattern.pop_back();
    rule.flags |= kPureHost;
  }
}

std::optional<Skip> parse_pattern(std::string_view text, ParsedRule& rule) {
  if (!text.empty() && text.back() == '|') {
    rule.flags |= kRight;
    text.remove_suffix(1);
  }
  if (starts_with(text, "||")) {
    rule.flags |= kHostAnchor;
    text.remove_prefix(2);
  } else if (starts_with(text, "|")) {
    rule.flags |= kLeft;
    text.remove_prefix(1);
  }
  if (text.find_first_of(" \t") != kNone) return Skip::kMalformed;  // No URL has one.
  // "|ws://" is how lists say "any web socket", secure ones as well.
  if (text == "ws://" && (rule.flags & kLeft) != 0) {
    rule.types |= kWebSocket;
    rule.flags = (rule.flags & ~kLeft) | kWebSocketOnly;
    text = {};
  }
  if (const auto bad = normalise(text, rule)) return bad;
  std::string& pattern = rule.pattern;
  if (!pattern.empty() && pattern.front() == '*') {
    rule.flags &= ~(kLeft | kHostAnchor);
    pattern.erase(0, 1);
  }
  const bool open_end = !pattern.empty() && pattern.back() == '*';
  if (open_end) {
    rule.flags &= ~kRight;
    pattern.pop_back();
  }
  if (pattern.empty()) {
    if ((rule.flags & (kHostAnchor | kRight)) != 0) return Skip::kMalformed;
    rule.flags &= ~kLeft;
  }
  if ((rule.flags & kHostAnchor) != 0) recognise_host(rule, open_end);
  if (pattern.find('*') != kNone) rule.flags |= kWild;
  return std::nullopt;
}

std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return (hash ^ 0xFFU) * 0x100000001B3U;
}

std::uint64_t hash_domains(const std::vector<DomainName>& domains) {
  std::uint64_t sum = 0;  // Whatever their order.
  for (const DomainName& d : domains) sum += mix(d.entity ? 3 : 5, d.name) * 0x9E3779B97F4A7C15U;
  return sum;
}

}  // namespace

void ParsedRule::clear() {
  flags = 0;
  types = kAnyType;
  methods = 0;
  pattern.clear();
  from.clear();
  not_from.clear();
  to.clear();
  not_to.clear();
  redirect.clear();
}

std::uint64_t fingerprint(const ParsedRule& rule) {
  std::uint64_t hash = mix(rule.flags & ~(kBadFilter | kHostsLine | kTakenBack), rule.pattern);
  hash = mix(hash ^ (std::uint64_t{rule.types} << 32U) ^ (std::uint64_t{rule.methods} << 48U),
             rule.redirect);
  for (const auto* list : {&rule.from, &rule.not_from, &rule.to, &rule.not_to})
    hash = (hash ^ hash_domains(*list)) * 0x100000001B3U;
  return hash;
}

std::optional<Skip> host_rule(std::string_view host, ParsedRule& rule) {
  rule.clear();
  auto ascii = ascii_host(host);
  if (!ascii || ascii->empty() || ascii->size() > limits::kRulePatternBytes ||
      ascii->front() == '.' || !std::all_of(ascii->begin(), ascii->end(), is_host_char))
    return Skip::kMalformed;
  if (ascii->back() == '.') ascii->pop_back();
  rule.pattern = std::move(*ascii);
  rule.flags = kHostAnchor | kPureHost;
  return std::nullopt;
}

std::optional<Skip> parse_rule(std::string_view line, ParsedRule& rule) {
  rule.clear();
  if (starts_with(line, "@@")) {
    rule.flags |= kException;
    line.remove_prefix(2);
  }
  const Split split = split_options(line);
  if (const auto bad = parse_options(split.options, rule)) return bad;
  const std::string_view text = split.pattern;
  const bool regex = text.size() > 2 && text.front() == '/' && text.back() == '/';
  if (const auto bad =
          regex ? parse_regex(text.substr(1, text.size() - 2), rule) : parse_pattern(text, rule))
    return bad;
  const bool narrowed =
      !rule.pattern.empty() || rule.has_conditions() || rule.types != kAnyType ||
      (rule.flags & (kThirdOnly | kFirstOnly | kOtherHostOnly | kSameHostOnly | kWebSocketOnly)) !=
          0;
  return narrowed ? std::nullopt : std::optional(Skip::kTooBroad);
}

}  // namespace affiant::filters
