// Masks in names of cookies to patterns, and patterns against names.
#include <algorithm>

#include "policy/cookie_lexicon.h"
#include "policy/cookie_names.h"
#include "policy/declaration.h"
#include "policy/folded_text.h"

namespace affiant::policy {
namespace {

bool is_x(char c) { return c == 'x' || c == 'X'; }
bool is_hash(char c) { return c == '#'; }
bool is_dot(char c) { return c == '.'; }

std::size_t run_of(std::string_view text, std::size_t at, bool (*is)(char)) {
  std::size_t n = 0;
  while (at + n < text.size() && is(text[at + n])) ++n;
  return n;
}

bool is_sign(char c) { return c == '_' || c == '-' || c == '.' || c == '*' || c == '='; }

// The end of a bracketed placeholder that opens at `at`, or 0. Parentheses only where they are
// glued to a sign.
std::size_t placeholder(std::string_view text, std::size_t at) {
  const char open = text[at];
  const char close = open == '<' ? '>' : open == '{' ? '}' : open == '[' ? ']' : ')';
  if (open != '<' && open != '{' && open != '[' && open != '(') return 0;
  if (open == '(' && (at == 0 || !is_sign(text[at - 1]))) return 0;
  std::size_t end = text.find(close, at);
  if (end == std::string_view::npos) return 0;
  while (end + 1 < text.size() && text[end + 1] == close) ++end;  // "{{id}}"
  return end + 1;
}

// What a regular expression repeats: "+", "{32}", "?" behind a class.
std::size_t quantifier(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  if (text[at] == '+' || text[at] == '?') return at + 1;
  if (text[at] == '{' && at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9') {
    const std::size_t end = text.find('}', at);
    return end == std::string_view::npos ? at : end + 1;
  }
  return at;
}

bool is_expression(std::string_view name) {
  return name.starts_with('^') || name.ends_with('$') || name.find(".*$") < name.size() ||
         name.find("\\.") < name.size() || name.find("\\d") < name.size() ||
         name.find("\\w") < name.size() || name.find(".+") < name.size();
}

// "^_ga_[A-Z0-9]+$" as the mask that it stands for.
std::string without_expression(std::string_view name) {
  if (name.starts_with('^')) name.remove_prefix(1);
  if (name.ends_with('$')) name.remove_suffix(1);
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    if (name[i] == '\\' && i + 1 < name.size()) {
      const bool any = name[i + 1] == 'd' || name[i + 1] == 'w' || name[i + 1] == 'S';
      out += any ? '*' : name[i + 1];
      i += 2;
      if (any) i = quantifier(name, i);
    } else if (name[i] == '.' && i + 1 < name.size() &&
               (name[i + 1] == '*' || name[i + 1] == '+')) {
      out += '*';
      i += 2;
    } else if (name[i] == '(' || name[i] == ')') {
      ++i;
    } else {
      out += name[i++];
    }
  }
  return out;
}

// "_ga_container-id", "_gac_propertyId": a word that stands for the id.
std::size_t spelled_placeholder(std::string_view name) {
  const std::string folded = fold_latin(name);
  std::string spaced = folded;
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  for (const std::string_view word : cookie_lexicon().placeholders) {
    if (folded.size() != name.size() || spaced.size() <= word.size() || !spaced.ends_with(word))
      continue;
    const std::size_t at = name.size() - word.size();
    if (is_sign(name[at - 1])) return at;
  }
  return name.size();
}

}  // namespace

std::string pattern_of(std::string_view written) {
  std::string expression;
  std::string_view name = written;
  if (is_expression(name)) {
    expression = without_expression(name);
    name = expression;
  }
  const std::size_t spelled = spelled_placeholder(name);
  std::string out;
  const auto mask = [&] {
    if (out.empty() || out.back() != '*') out += '*';
  };
  for (std::size_t i = 0; i < spelled;) {
    if (const std::size_t end = placeholder(name, i); end > 0) {
      mask();
      i = quantifier(name, end);
      continue;
    }
    const bool boundary = i == 0 || is_sign(name[i - 1]);
    if (const std::size_t hashes = run_of(name, i, is_hash); hashes > 0) {
      mask();
      i += hashes;
    } else if (const std::size_t xs = run_of(name, i, is_x);
               xs >= 3 || (xs >= 2 && i > 0 && boundary && i + xs == name.size())) {
      mask();
      i += xs;
      // "UA-XXXXXX-X" is one mask.
      if (i + 2 == name.size() && (name[i] == '-' || name[i] == '_') &&
          (is_x(name[i + 1]) || name[i + 1] == 'Y'))
        i += 2;
    } else if (run_of(name, i, is_dot) >= 3) {
      mask();
      i += run_of(name, i, is_dot);
    } else if (name.substr(i).starts_with("\xE2\x80\xA6")) {
      mask();
      i += 3;
    } else if (name[i] == '*') {
      mask();
      ++i;
    } else {
      out += name[i];
      ++i;
    }
  }
  if (spelled < name.size()) mask();
  if (out.ends_with("UA-")) mask();  // The number of the site was left out.
  return out;
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
