// Cookies that are listed without a table.
#include <algorithm>

#include "policy/cookie_names.h"
#include "policy/cookie_tables.h"
#include "policy/cookie_words.h"
#include "policy/outline.h"
#include "policy/tokens.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

bool space(char c) { return c == ' ' || c == '\n'; }

// A word that nobody would write but as a name: with an underscore, or with figures and letters
// mixed.
bool is_plainly_a_name(std::string_view word) {
  if (!may_be_name(word) || word.size() < 3) return false;
  return word.find('_') != std::string_view::npos && word.find('/') == std::string_view::npos &&
         word.find('@') == std::string_view::npos;
}

// What stands between a name and what is said of it.
bool separates(std::string_view rest) {
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  if (rest.empty()) return true;
  for (const std::string_view sign : {"(", ":", "- ", "–", "—", ",", "\n", "cookie"}) {
    if (rest.starts_with(sign)) return true;
  }
  return false;
}

std::string provider_in(std::string_view text) {
  for (const std::string_view by :
       {"implemented by ", "set by ", "provided by ", "placed by ", "served by "}) {
    const std::size_t at = text.find(by);
    if (at == std::string_view::npos) continue;
    std::string_view rest = text.substr(at + by.size());
    std::size_t end = 0;
    while (end < rest.size() && rest[end] != ',' && rest[end] != ';' && rest[end] != '\n' &&
           rest[end] != '(' &&
           !(rest[end] == '.' && (end + 1 == rest.size() || space(rest[end + 1]))) &&
           !(rest[end] == ' ' && end + 1 < rest.size() && rest[end + 1] >= 'a' &&
             rest[end + 1] <= 'z'))
      ++end;
    return std::string(cut(rest.substr(0, end), 80));
  }
  return {};
}

}  // namespace

std::vector<DeclaredCookie> cookies_in_prose(const Document& document) {
  std::vector<DeclaredCookie> out;
  std::string category;
  bool about_cookies = false;
  for (const Block& block : document.blocks) {
    const std::string_view text = document.of(block);
    if (block.kind == BlockKind::kHeading) {
      category = category_of(text);
      about_cookies = fold(text).find("cookie") != std::string::npos;
      continue;
    }
    if (block.kind == BlockKind::kCell || text.empty()) continue;
    const std::size_t end = std::min(text.find_first_of(" \n:,("), text.size());
    std::string_view word = text.substr(0, end);
    while (!word.empty() && (word.back() == '.' || word.back() == '"' || word.back() == '\''))
      word.remove_suffix(1);
    while (!word.empty() && (word.front() == '"' || word.front() == '\'' || word.front() == '`'))
      word.remove_prefix(1);
    const std::string_view rest = text.substr(end);
    const Lifetime life = lifetime_of(rest);
    if (is_plainly_a_name(word) && separates(rest) && (about_cookies || life.stated)) {
      DeclaredCookie row;
      row.pattern = pattern_of(word);
      row.provider = provider_in(rest);
      std::size_t from = 0;
      while (from < rest.size() && (space(rest[from]) || std::string_view(":,-").find(rest[from]) !=
                                                             std::string_view::npos))
        ++from;
      row.purpose = rest.substr(from);
      row.category = category.empty() ? "unclassified" : category;
      row.lifetime_s = life.seconds;
      row.session_cookie = life.session;
      const std::string storage = storage_of(rest.substr(0, 120));
      if (!storage.empty() && storage != "pixel") row.storage = storage;
      row.start = block.start;
      row.end = block.end;
      row.quote = text;
      out.push_back(std::move(row));
    } else {
      about_cookies =
          about_cookies || fold(text.substr(0, 400)).find("cookie") != std::string::npos;
    }
  }
  return out;
}

}  // namespace affiant::policy
