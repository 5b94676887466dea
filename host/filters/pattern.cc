#include "filters/pattern.h"

#include <string.h>

#include <algorithm>

#include "filters/ascii.h"

namespace affiant::filters {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_separator(char c) { return !is_host_char(c) && c != '%'; }

std::size_t find(std::string_view text, std::size_t from, std::string_view needle) {
  if (from > text.size()) return kNone;
  const void* at = ::memmem(text.data() + from, text.size() - from, needle.data(), needle.size());
  return at == nullptr ? kNone
                       : static_cast<std::size_t>(static_cast<const char*>(at) - text.data());
}

struct Run {
  std::size_t begin = 0, size = 0;
};
Run longest_literal(std::string_view part) {
  Run best;
  for (std::size_t i = 0; i < part.size();) {
    const std::size_t end = std::min(part.find('^', i), part.size());
    if (end - i > best.size) best = {i, end - i};
    i = end + 1;
  }
  return best;
}

// The end of the first place where `part` stands at or after `from`.
std::size_t find_part(std::string_view part, std::string_view text, std::size_t from) {
  const Run run = longest_literal(part);
  if (run.size == part.size()) {
    const std::size_t at = find(text, from, part);
    return at == kNone ? kNone : at + part.size();
  }
  if (run.size == 0) {  // Nothing but '^'.
    for (std::size_t at = from; at <= text.size(); ++at)
      if (const std::size_t end = match_here(part, text, at); end != kNone) return end;
    return kNone;
  }
  const std::string_view literal = part.substr(run.begin, run.size);
  for (std::size_t at = from + run.begin;; ++at) {
    at = find(text, at, literal);
    if (at == kNone) return kNone;
    const std::size_t end = match_here(part, text, at - run.begin);
    if (end != kNone) return end;
  }
}

// Whether `part` can stand at or after `from` so that it ends with the text. A '^' at its end may
// be the end of the text and then takes no character.
bool stands_at_end(std::string_view part, std::string_view text, std::size_t from) {
  std::size_t loose = 0;
  while (loose < part.size() && part[part.size() - 1 - loose] == '^') ++loose;
  for (std::size_t shorter = 0; shorter <= loose; ++shorter) {
    const std::size_t size = part.size() - shorter;
    if (size > text.size() || text.size() - size < from) continue;
    if (match_here(part, text, text.size() - size) == text.size()) return true;
  }
  return false;
}

}  // namespace

std::size_t match_here(std::string_view part, std::string_view text, std::size_t at) {
  for (const char c : part) {
    if (at >= text.size()) {
      if (c != '^') return kNone;
    } else if (c == '^' ? !is_separator(text[at]) : text[at] != c) {
      return kNone;
    } else {
      ++at;
    }
  }
  return at;
}

bool match_pattern(std::string_view pattern, std::string_view text, std::size_t start,
                   bool anchored, bool to_end) {
  std::size_t at = start;
  for (;;) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const bool last = star == kNone;
    if (anchored) {
      at = match_here(part, text, at);
    } else if (last && to_end) {
      return stands_at_end(part, text, at);
    } else {
      at = find_part(part, text, at);
    }
    if (at == kNone) return false;
    if (last) return !to_end || at == text.size();
    pattern.remove_prefix(star + 1);
    anchored = false;
  }
}

}  // namespace affiant::filters
