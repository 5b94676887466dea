#include "policy/own_names.h"

#include <algorithm>

#include "policy/companies.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kTitleBytes = 80;

// "Its plugins are operated by Example Ltd": not the site is.
bool speaks_of_tool(const std::vector<Token>& tokens, std::size_t operated) {
  constexpr std::size_t kNear = 14;
  for (std::size_t i = operated; i-- > 0 && operated - i <= kNear && tokens[i].word != ".";)
    if (one_of(tokens[i].word, {"plugin", "plugins", "plug", "network", "networks", "button",
                                "buttons", "pixel", "tool", "tools", "analytics"}))
      return true;
  return false;
}

// Whether the site says of this name that it is the one who speaks: "Example Ltd ("we")", "this
// website is operated by Example Ltd".
bool introduces_itself(const std::vector<Token>& tokens, const Hit& name) {
  constexpr std::size_t kBefore = 4, kAfter = 32;
  const auto word = [&](std::size_t i) { return std::string_view(tokens[i].word); };
  for (std::size_t i = name.first; i-- > 0 && name.first - i <= kBefore;) {
    if (one_of(word(i), {"operated", "owned", "published", "controller", "copyright"}))
      return !speaks_of_tool(tokens, i);
  }
  // "Example, Inc. has created this privacy statement".
  constexpr std::size_t kSoon = 5;
  for (std::size_t i = name.last; i + 2 < tokens.size() && i < name.last + kSoon; ++i)
    if (one_of(word(i), {"created", "prepared", "adopted", "developed"}) && word(i + 1) == "this" &&
        word(i + 2) == "privacy")
      return true;
  const std::size_t end = std::min<std::size_t>(tokens.size(), name.last + kAfter);
  for (std::size_t i = name.last + 1; i < end; ++i) {
    if (one_of(word(i - 1), {"\"", "/", "'"}) && one_of(word(i), {"we", "us", "our"})) return true;
    if (word(i) == ".") break;
  }
  return false;
}

// What a policy is called tells whose it is: "https://www.example.com/privacy", "example.html".
void add_called(std::string_view called, OwnNames* own) {
  constexpr std::size_t kShortest = 3;
  std::string last;
  const std::vector<Token> words = tokenize(called, 0, called.size());
  for (const Token& token : words) {
    std::string_view rest = token.word;
    while (!rest.empty()) {  // "www.example.co.uk", "example_cookie_policy".
      const std::size_t at = rest.find_first_of("._");
      const std::string part(rest.substr(0, at));
      rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
      const bool says_nothing =
          part.size() < kShortest ||
          one_of(part, {"www",       "com",     "org",      "net",       "http",   "https",
                        "html",      "htm",     "txt",      "privacy",   "policy", "policies",
                        "cookie",    "cookies", "trackers", "notice",    "legal",  "terms",
                        "statement", "the",     "and",      "analytics", "maps",   "fonts"});
      if (!says_nothing) {
        own->insert(part);
        if (!last.empty()) own->insert(last + ' ' + part);
      }
      last = says_nothing ? std::string() : part;
    }
  }
}

// "Example Privacy Policy"; a later heading that only names somebody is about him.
bool is_title(std::string_view text, bool first) {
  const std::string words = fold(text);
  const auto has = [&](std::string_view word) { return words.find(word) != std::string::npos; };
  if (words.starts_with("we ") || has(" we ") || has(" use ")) return false;
  constexpr std::ptrdiff_t kLongestName = 5, kLongestTitle = 8;  // Spaces.
  const std::ptrdiff_t spaces = std::count(text.begin(), text.end(), ' ');
  if (spaces > kLongestTitle || has("e.g.") || has("used")) return false;
  return (first && spaces <= kLongestName) || has("policy") || has("terms") || has("notice") ||
         has("legal") || (first && (has("privacy") || has("cookie")));
}

}  // namespace

std::string called(const Source& source) {
  const std::size_t scheme = source.url.find("://");
  if (scheme == std::string::npos) return source.called;
  const std::size_t begin = scheme + 3;
  return source.url.substr(begin, source.url.find_first_of(":/?#", begin) - begin);
}

OwnNames own_names(const Document& document, const Lexicon& lexicon, std::string_view called) {
  std::string opening = document.title;
  std::size_t looked = 0;
  for (const Block& block : document.blocks) {
    if (block.quoted || block.kind == BlockKind::kCell) continue;
    const bool title =
        is_title(document.of(block), looked == 0) && block.kind != BlockKind::kItem &&
        (block.kind == BlockKind::kHeading ||
         std::string_view(".!?:").find(document.text[block.end - 1]) == std::string_view::npos);
    if (title && block.end - block.start <= kTitleBytes)
      opening.append("\n").append(document.of(block));
    if (++looked == 3) break;
  }
  OwnNames own;
  add_called(called, &own);
  const std::vector<Token> tokens = tokenize(opening, 0, opening.size());
  for (const Hit& hit : lexicon.find(tokens)) {
    if (hit.tag != Tag::kVendor) continue;
    const std::size_t start = tokens[hit.first].start;
    own.insert(fold(std::string_view(opening).substr(start, tokens[hit.last - 1].end - start)));
  }
  for (const Block& block : document.blocks) {
    const std::string_view text = document.of(block);
    if (block.kind == BlockKind::kCell) continue;
    const bool company = may_name_companies(text);
    if (!company && text.find("we\"") == std::string_view::npos &&
        text.find("we\xE2\x80") == std::string_view::npos &&
        text.find("/we") == std::string_view::npos && text.find("us\"") == std::string_view::npos)
      continue;
    const std::vector<Token> here = tokenize(text, 0, text.size());
    std::vector<Hit> names = companies(here, {});
    for (const Hit& hit : lexicon.find(here))
      if (hit.tag == Tag::kVendor) names.push_back(hit);
    for (const Hit& hit : names) {
      const bool in_title = std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) {
        return t.capital && t.word == here[hit.first].word &&
               (hit.value == "other" || hit.value == kCompany);
      });
      if (in_title || introduces_itself(here, hit))
        own.insert(fold(
            text.substr(here[hit.first].start, here[hit.last - 1].end - here[hit.first].start)));
    }
  }
  return own;
}

}  // namespace affiant::policy
