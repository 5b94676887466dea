#include "detect/identifier.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace affiant::detect {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool all(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Seconds or milliseconds near the visit. A wider window would take half of all random ten-digit
// numbers for times.
bool is_time(std::string_view token, std::int64_t seen_at_ms) {
  if (!all(token, is_digit) || (token.size() != 10 && token.size() != 13)) return false;
  std::int64_t number = 0;
  std::from_chars(token.data(), token.data() + token.size(), number);
  const std::int64_t seconds = token.size() == 13 ? number / 1'000 : number;
  return std::abs(seconds - seen_at_ms / 1'000) <= kTimeWindowS;
}

// YYYYMMDD, alone or before a 'T' and a time (ISO 8601 basic format).
bool is_date(std::string_view token) {
  if (token.size() > 9 && token[8] == 'T') token = token.substr(0, 8);
  if (token.size() != 8 || !all(token, is_digit)) return false;
  const int month = (token[4] - '0') * 10 + (token[5] - '0'),
            day = (token[6] - '0') * 10 + (token[7] - '0');
  return (token.starts_with("19") || token.starts_with("20")) && month >= 1 && month <= 12 &&
         day >= 1 && day <= 31;
}

// Letters only, capitals only where words have them, and no long run of consonants: random letters
// hardly ever look so.
bool is_word(std::string_view token) {
  if (!all(token, is_letter)) return false;
  int run = 0, turns = 0, vowels = 0;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const char c = is_upper(token[i]) ? static_cast<char>(token[i] - 'A' + 'a') : token[i];
    const bool vowel = std::string_view("aeiouy").find(c) != std::string_view::npos;
    vowels += vowel ? 1 : 0;
    run = vowel ? 0 : run + 1;
    if (run > kWordConsonants) return false;
    if (i > 0 && is_upper(token[i]) && is_lower(token[i - 1])) ++turns;  // camelCase
  }
  return vowels > 0 && turns <= static_cast<int>(token.size() / 5);
}

}  // namespace

std::string percent_decoded(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '%' && i + 2 < value.size() && hex_digit(value[i + 1]) >= 0 &&
        hex_digit(value[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(value[i + 1]) * 16 + hex_digit(value[i + 2]));
      i += 2;
    } else {
      out += value[i];
    }
  }
  return out;
}

std::vector<std::string> identifying_tokens(std::string_view value, std::int64_t seen_at_ms) {
  const std::string decoded = percent_decoded(value);
  std::vector<std::string> tokens;
  std::string token;
  const auto take = [&] {
    if (token.size() >= kIdentifierTokenBytes && !is_time(token, seen_at_ms) && !is_date(token) &&
        !is_word(token))
      tokens.push_back(token);
    token.clear();
  };
  for (const char c : decoded) {
    if (is_digit(c) || is_letter(c)) {
      token += c;
    } else {
      take();
    }
  }
  take();
  return tokens;
}

double token_bits(std::string_view token) {
  const bool digits = all(token, is_digit);
  const bool hex = all(token, [](char c) { return hex_digit(c) >= 0; });
  const bool lower = std::any_of(token.begin(), token.end(), is_lower),
             upper = std::any_of(token.begin(), token.end(), is_upper);
  const bool any_digit = std::any_of(token.begin(), token.end(), is_digit);
  double alphabet = 62;
  if (digits) {
    alphabet = 10;
  } else if (hex && !(lower && upper)) {
    alphabet = 16;
  } else if (!(lower && upper)) {
    alphabet = any_digit ? 36 : 26;
  } else if (!any_digit) {
    alphabet = 52;
  }
  return std::log2(alphabet) * static_cast<double>(token.size());
}

bool looks_like_identifier(std::string_view value, std::optional<std::int64_t> lifetime_s,
                           std::int64_t seen_at_ms) {
  if (!lifetime_s || *lifetime_s < kIdentifierLifetimeS) return false;
  double bits = 0;
  for (const std::string& token : identifying_tokens(value, seen_at_ms)) bits += token_bits(token);
  return bits > kIdentifierBits;
}

}  // namespace affiant::detect
