#include "policy/cookie_names.h"

#include <algorithm>

#include "policy/declaration.h"
#include "policy/tokens.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kNameWords =
    4;  // "OT - Web Cookie" is a name somebody wrote; a longer run is a sentence.

std::string_view trimmed(std::string_view text) {
  // A '*' at the end may be a mask, so only pairs of it go.
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '`' ||
                           text.front() == '"' || text.front() == '\''))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '`' ||
                           text.back() == '"' || text.back() == '\''))
    text.remove_suffix(1);
  return text;
}

bool is_x(char c) { return c == 'x' || c == 'X'; }

std::size_t run_of(std::string_view text, std::size_t at, bool (*is)(char)) {
  std::size_t n = 0;
  while (at + n < text.size() && is(text[at + n])) ++n;
  return n;
}

bool closes(char open, char c) {
  return (open == '<' && c == '>') || (open == '{' && c == '}') || (open == '[' && c == ']') ||
         (open == '(' && c == ')') || (open == '%' && c == '%');
}

// The end of a bracketed placeholder that opens at `at`, or 0.
std::size_t placeholder(std::string_view text, std::size_t at) {
  const char open = text[at];
  if (open != '<' && open != '{' && open != '[') return 0;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (closes(open, text[i])) return i + 1;
  }
  return 0;
}

// Commas part names, but not inside brackets.
std::vector<std::string_view> parts_of(std::string_view cell) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= cell.size(); ++i) {
    const char c = i < cell.size() ? cell[i] : '\n';
    if (c == '{' || c == '[' || c == '<' || c == '(') ++depth;
    if ((c == '}' || c == ']' || c == '>' || c == ')') && depth > 0) --depth;
    const bool comma = depth == 0 && (c == ',' || c == ';');
    const bool bar = depth == 0 && c == '|';
    if (i == cell.size() || c == '\n' || comma || bar) {
      parts.push_back(cell.substr(from, i - from));
      from = i + 1;
      if (c == '\n') depth = 0;
    }
  }
  return parts;
}

}  // namespace

std::string pattern_of(std::string_view name) {
  name = trimmed(name);
  std::string out;
  const auto mask = [&] {
    if (out.empty() || out.back() != '*') out += '*';
  };
  for (std::size_t i = 0; i < name.size();) {
    if (const std::size_t end = placeholder(name, i); end > 0) {
      mask();
      i = end;
      continue;
    }
    const char c = name[i];
    const bool boundary = i == 0 || name[i - 1] == '_' || name[i - 1] == '-' ||
                          name[i - 1] == '.' || name[i - 1] == '*' || name[i - 1] == '=';
    if (const std::size_t hashes = run_of(name, i, [](char h) { return h == '#'; }); hashes > 0) {
      mask();
      i += hashes;
    } else if (const std::size_t xs = run_of(name, i, is_x);
               xs >= 3 || (xs >= 2 && i > 0 && boundary && i + xs == name.size())) {
      mask();
      i += xs;
    } else if (name.substr(i).starts_with("...")) {
      mask();
      i += run_of(name, i, [](char d) { return d == '.'; });
    } else if (name.substr(i).starts_with("\xE2\x80\xA6")) {
      mask();
      i += 3;
    } else if (c == '*') {
      mask();
      ++i;
    } else {
      out += c;
      ++i;
    }
  }
  return out;
}

bool may_be_name(std::string_view word) {
  if (word.empty() || word.size() > kNameBytes) return false;
  bool letter = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    letter = letter || alnum;
    if (!alnum && std::string_view("_-.*#<>{}[]%$!+~:|@^&=/'").find(c) == std::string_view::npos)
      return false;
  }
  if (word.find("://") != std::string_view::npos) return false;
  return letter;
}

std::vector<std::string> names_in(std::string_view cell) {
  std::vector<std::string> names;
  for (std::string_view part : parts_of(cell)) {
    part = trimmed(part);
    // "_ga (Google)": what stands in brackets after a name says who, not which.
    if (const std::size_t open = part.find(" (");
        open != std::string_view::npos && open > 0 && part.ends_with(')'))
      part = trimmed(part.substr(0, open));
    for (const std::string_view lead : {"and ", "or ", "- ", "\xE2\x80\xA2 "}) {
      if (part.starts_with(lead)) part = trimmed(part.substr(lead.size()));
    }
    while (part.ends_with('.') && !part.ends_with("..")) part.remove_suffix(1);
    if (part.empty() || part.size() > kNameBytes) continue;
    const auto spaces = static_cast<std::size_t>(std::count(part.begin(), part.end(), ' '));
    if (spaces >= kNameWords) continue;
    // "_ga _gid _gat": several names with nothing but spaces between.
    if (spaces > 0) {
      std::vector<std::string> words;
      std::string_view rest = part;
      bool all_names = true;
      while (!rest.empty()) {
        const std::size_t at = std::min(rest.find(' '), rest.size());
        const std::string_view word = rest.substr(0, at);
        all_names = all_names && may_be_name(word) && word.find('_') != std::string_view::npos;
        words.emplace_back(word);
        rest.remove_prefix(std::min(at + 1, rest.size()));
      }
      if (all_names) {
        for (const std::string& word : words) names.push_back(pattern_of(word));
        continue;
      }
    }
    std::string pattern = pattern_of(part);
    if (pattern.find_first_not_of("*-_ .") == std::string::npos) continue;
    if (std::find(names.begin(), names.end(), pattern) == names.end())
      names.push_back(std::move(pattern));
  }
  return names;
}

// Greedy with one step back, as globs are matched: linear in most cases, never worse than the
// product.
bool pattern_matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace affiant::policy
