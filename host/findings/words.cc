#include "findings/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace affiant::findings {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string collapsed(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    if (is_space(c)) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

}  // namespace

std::string duration(std::int64_t seconds) {
  constexpr std::int64_t kMinute = 60, kHour = 3'600, kDay = 86'400, kYear = 365 * kDay;
  const auto n = [](std::int64_t value, std::string_view unit) {
    return count(static_cast<std::size_t>(value), unit);
  };
  if (seconds < 2 * kMinute) return n(std::max<std::int64_t>(seconds, 0), "second");
  if (seconds < 2 * kHour) return n(seconds / kMinute, "minute");
  if (seconds < 2 * kDay) return seconds == kDay ? n(1, "day") : n(seconds / kHour, "hour");
  std::string out = n(seconds / kDay, "day");
  if (seconds >= kYear && seconds % kYear == 0) out += " (" + n(seconds / kYear, "year") + ")";
  return out;
}

std::string count(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string list(const std::vector<std::string>& items, std::size_t most) {
  std::string out;
  const std::size_t shown = items.size() <= most ? items.size() : most - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  if (shown < items.size()) out += fmt::format(" and {} more", items.size() - shown);
  return out;
}

std::string quotation(std::string_view text, std::size_t max_bytes) {
  std::string out = collapsed(text);
  if (out.size() > max_bytes) {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    // Back to the last word, unless the text has no spaces (or a single enormous word).
    if (const std::size_t space = out.rfind(' ', end);
        space != std::string::npos && space > end / 2)
      end = space;
    out = out.substr(0, end) + " …";
  }
  return "\"" + out + "\"";
}

std::string sentence(std::string quotation) {
  const bool ends =
      quotation.size() > 2 &&
      std::string_view(".!?").find(quotation[quotation.size() - 2]) != std::string_view::npos;
  return std::move(quotation) + (ends ? "" : ".");
}

std::string folded(std::string_view text) {
  std::string out = collapsed(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  while (!out.empty() && !is_word_byte(out.back())) out.pop_back();
  std::size_t first = 0;
  while (first < out.size() && !is_word_byte(out[first])) ++first;
  return out.substr(first);
}

bool has_phrase(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return false;
  for (std::size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || !is_word_byte(text[at - 1])) &&
        (end == text.size() || !is_word_byte(text[end])))
      return true;
  }
  return false;
}

bool has_word_start(std::string_view text, std::string_view beginnings) {
  while (!beginnings.empty()) {
    const std::size_t bar = beginnings.find('|');
    const std::string_view word = beginnings.substr(0, bar);
    for (std::size_t at = text.find(word); !word.empty() && at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      if (at == 0 || !is_word_byte(text[at - 1])) return true;
    }
    if (bar == std::string_view::npos) break;
    beginnings.remove_prefix(bar + 1);
  }
  return false;
}

}  // namespace affiant::findings
