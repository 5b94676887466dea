#include "consent/regex_pattern.h"

#include <optional>

#include "base/limits.h"

namespace affiant::consent {
namespace {

constexpr std::size_t kPatternBytes = 200;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One atom as a mask: a character or "*". `at` moves behind it.
std::optional<std::string> atom(std::string_view body, std::size_t* at) {
  const char c = body[(*at)++];
  if (c == '.') return "*";
  if (c == '[') {
    for (; *at < body.size(); ++*at) {
      if (body[*at] == '\\') {
        ++*at;
      } else if (body[*at] == ']') {
        ++*at;
        return "*";
      }
    }
    return std::nullopt;
  }
  if (c == '\\') {
    if (*at >= body.size()) return std::nullopt;
    const char escaped = body[(*at)++];
    constexpr std::string_view kClasses = "dDwWsS";
    if (kClasses.find(escaped) != std::string_view::npos) return "*";
    // "\b", "\1", "\x41", "\u0041": none that a name needs.
    if (is_letter(escaped) || (escaped >= '0' && escaped <= '9')) return std::nullopt;
    return std::string(1, escaped);
  }
  if (std::string_view("^$*+?{}()|").find(c) != std::string_view::npos) return std::nullopt;
  return std::string(1, c);
}

// Steps over a quantifier: whether there was one. Nothing when it is malformed.
std::optional<bool> quantifier(std::string_view body, std::size_t* at) {
  if (*at >= body.size()) return false;
  const char c = body[*at];
  if (c == '{') {
    const std::size_t end = body.find('}', *at);
    if (end == std::string_view::npos) return std::nullopt;
    *at = end + 1;
  } else if (c == '*' || c == '+' || c == '?') {
    ++*at;
  } else {
    return false;
  }
  if (*at < body.size() && body[*at] == '?') ++*at;  // Lazy.
  return true;
}

void append(std::string* mask, std::string_view part) {
  for (const char c : part) {
    if (c != '*' || !mask->ends_with('*')) *mask += c;
  }
}

// A sequence without groups and alternatives.
std::optional<std::string> sequence(std::string_view body) {
  std::string mask;
  for (std::size_t at = 0; at < body.size();) {
    const auto part = atom(body, &at);
    if (!part) return std::nullopt;
    const auto repeated = quantifier(body, &at);
    if (!repeated) return std::nullopt;
    append(&mask, *repeated ? "*" : *part);
  }
  return mask;
}

// Parts at '|', outside of groups and classes. Nothing when brackets do not match.
std::optional<std::vector<std::string_view>> alternatives(std::string_view body) {
  std::vector<std::string_view> parts;
  std::size_t from = 0, depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (c == '\\') {
      ++i;
    } else if (in_class) {
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      if (depth-- == 0) return std::nullopt;
    } else if (c == '|' && depth == 0) {
      parts.push_back(body.substr(from, i - from));
      from = i + 1;
    }
  }
  if (depth > 0 || in_class) return std::nullopt;
  parts.push_back(body.substr(from));
  return parts;
}

std::size_t group_end(std::string_view body, std::size_t open) {
  bool in_class = false;
  for (std::size_t i = open + 1; i < body.size(); ++i) {
    if (body[i] == '\\') {
      ++i;
    } else if (in_class) {
      in_class = body[i] != ']';
    } else if (body[i] == '[') {
      in_class = true;
    } else if (body[i] == '(') {
      return 0;  // A group within a group.
    } else if (body[i] == ')') {
      return i;
    }
  }
  return 0;
}

// The masks of one alternative, which may hold groups of alternatives.
std::optional<std::vector<std::string>> expand(std::string_view body) {
  std::vector<std::string> masks = {""};
  while (!body.empty()) {
    // Up to the next group.
    std::size_t open = 0;
    bool in_class = false;
    for (; open < body.size(); ++open) {
      if (body[open] == '\\') {
        ++open;
      } else if (in_class) {
        in_class = body[open] != ']';
      } else if (body[open] == '[') {
        in_class = true;
      } else if (body[open] == '(') {
        break;
      }
    }
    if (open > body.size()) return std::nullopt;
    const auto before = sequence(body.substr(0, open));
    if (!before) return std::nullopt;
    for (std::string& mask : masks) append(&mask, *before);
    if (open == body.size()) return masks;
    const std::size_t close = group_end(body, open);
    if (close == 0) return std::nullopt;
    std::string_view inside = body.substr(open + 1, close - open - 1);
    if (inside.starts_with("?:")) inside.remove_prefix(2);
    if (inside.starts_with('?')) return std::nullopt;  // Looks around, or is named.
    std::size_t behind = close + 1;
    const auto repeated = quantifier(body, &behind);
    const auto choices = alternatives(inside);
    if (!repeated || !choices) return std::nullopt;
    std::vector<std::string> grown;
    for (const std::string& mask : masks) {
      for (const std::string_view choice : *choices) {
        const auto part = sequence(choice);
        if (!part || grown.size() >= limits::kNamePatterns) return std::nullopt;
        grown.push_back(mask);
        append(&grown.back(), *repeated ? "*" : *part);
        if (*repeated) break;
      }
    }
    masks = std::move(grown);
    body.remove_prefix(behind);
  }
  return masks;
}

}  // namespace

std::vector<std::string> patterns_of_regex(std::string_view literal) {
  const std::size_t end = literal.rfind('/');
  if (!literal.starts_with('/') || end == std::string_view::npos || end == 0 ||
      literal.size() > kPatternBytes)
    return {};
  // Of the flags "i" means more names than a mask, which keeps the case.
  if (literal.substr(end + 1).find_first_not_of("gumsy") != std::string_view::npos) return {};
  const std::string_view body = literal.substr(1, end - 1);
  const auto parts = alternatives(body);
  if (!parts) return {};
  std::vector<std::string> patterns;
  for (std::string_view part : *parts) {
    const bool from_start = part.starts_with('^');
    if (from_start) part.remove_prefix(1);
    const bool to_end = part.ends_with('$') && !part.ends_with("\\$");
    if (to_end) part.remove_suffix(1);
    const auto masks = expand(part);
    if (!masks) return {};
    for (const std::string& mask : *masks) {
      std::string pattern = from_start ? "" : "*";
      append(&pattern, mask);
      if (!to_end) append(&pattern, "*");
      if (pattern.find_first_not_of("*-_. ") == std::string::npos) return {};
      patterns.push_back(std::move(pattern));
      if (patterns.size() > limits::kNamePatterns) return {};
    }
  }
  return patterns;
}

}  // namespace affiant::consent
