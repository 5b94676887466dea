#include "consent/js_places.h"

#include <algorithm>

#include "consent/js_scanner.h"

namespace affiant::consent {
namespace {

constexpr std::size_t kPlaces = 1'000;

bool starts_with_folded(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

// Behind the '>' that ends the tag at `at`; the size of the text when none does.
std::size_t tag_end(std::string_view html, std::size_t at) {
  char quote = 0;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  return html.size();
}

std::size_t find_folded(std::string_view html, std::string_view lower, std::size_t at) {
  for (; at < html.size(); ++at) {
    at = html.find('<', at);
    if (at == std::string_view::npos) break;
    if (starts_with_folded(html.substr(at), lower)) return at;
  }
  return html.size();
}

}  // namespace

std::vector<JsPlace> places_of(std::string_view code, std::initializer_list<std::string_view> names,
                               std::string_view signs) {
  std::vector<JsPlace> places;
  JsScanner scanner(code);
  JsToken before;
  for (JsToken token = scanner.next(); token.kind != JsToken::Kind::kEnd; token = scanner.next()) {
    const JsToken named = before;
    before = token;
    if (token.kind != JsToken::Kind::kSign) continue;
    const char sign = code[token.start];
    if (signs.find(sign) == std::string_view::npos) continue;
    // "==" and "=>" give nothing a value.
    if (sign == '=' && token.end < code.size() &&
        (code[token.end] == '=' || code[token.end] == '>'))
      continue;
    std::string_view name = scanner.of(named);
    if (named.kind == JsToken::Kind::kString && sign == ':' && name.size() >= 2)
      name = name.substr(1, name.size() - 2);
    else if (named.kind != JsToken::Kind::kWord)
      continue;
    const auto* found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) continue;
    places.push_back({*found, sign, token.end});
    if (places.size() == kPlaces) break;
  }
  return places;
}

std::vector<std::string_view> scripts_in(std::string_view html) {
  std::vector<std::string_view> scripts;
  for (std::size_t at = 0; at < html.size();) {
    at = html.find('<', at);
    if (at == std::string_view::npos) break;
    const std::string_view rest = html.substr(at);
    if (rest.starts_with("<!--")) {
      const std::size_t end = html.find("-->", at + 4);
      at = end == std::string_view::npos ? html.size() : end + 3;
      continue;
    }
    if (!starts_with_folded(rest, "<script") || rest.size() == 7 ||
        std::string_view(" \t\n\r\f/>").find(rest[7]) == std::string_view::npos) {
      ++at;
      continue;
    }
    const std::size_t begin = tag_end(html, at);
    const std::size_t end = find_folded(html, "</script", begin);
    scripts.push_back(html.substr(begin, end - begin));
    at = end;
    if (at < html.size()) at += 2;
  }
  return scripts;
}

}  // namespace affiant::consent
