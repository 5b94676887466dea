#include "policy/text_marks.h"

#include <algorithm>
#include <array>

namespace affiant::policy {
namespace {

constexpr std::size_t kQuestionBytes = 120;
constexpr std::size_t kTitleBytes = 60;  // A longer line alone is a paragraph cut into lines.

// The last one is what word processors write in the font "Symbol".
constexpr auto kBullets = std::to_array<std::string_view>(
    {"-", "*", "+", "•", "–", "·", "o", "●", "▪", "■", "◦", "○", "‣", "➢", "\xEF\x82\xB7"});

bool ends_sentence(std::string_view line) {
  return std::string_view(".!:;,").find(line.back()) != std::string_view::npos;
}

}  // namespace

std::size_t list_mark(std::string_view line) {
  for (const std::string_view bullet : kBullets) {
    if (line.starts_with(bullet) && line.substr(bullet.size()).starts_with(' '))
      return bullet.size() + 1;
  }
  std::size_t at = 0;
  while (at < line.size() && at < 3 && line[at] >= '0' && line[at] <= '9') ++at;
  if (at == 0 && !line.empty() && line[0] >= 'a' && line[0] <= 'z') at = 1;
  const bool digits = at > 0 && line[0] >= '0' && line[0] <= '9';
  if (at == 0 || at + 1 >= line.size() || line[at + 1] != ' ') return 0;
  return line[at] == ')' || (digits && line[at] == '.') ? at + 2 : 0;
}

bool is_bullet(std::string_view line) {
  return std::find(kBullets.begin(), kBullets.end(), line) != kBullets.end();
}

bool looks_like_heading(std::string_view line) {
  const std::size_t most = line.ends_with('?') ? kQuestionBytes : kTitleBytes;
  if (line.size() > most || ends_sentence(line)) return false;
  return !(line.front() >= 'a' && line.front() <= 'z');
}

}  // namespace affiant::policy
