// Lifetimes as words: figures with units, "session", "persistent".
#include <algorithm>
#include <limits>
#include <vector>

#include "policy/cookie_lexicon.h"
#include "policy/cookie_words.h"
#include "policy/folded_text.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kOnlyBytes = 90;   // A longer text says more than a lifetime.
constexpr std::size_t kReachBytes = 60;  // How far from "expires" its figure may stand.

struct Part {
  std::string_view text;
  bool sign = false;  // Punctuation.
};

bool digit(char c) { return c >= '0' && c <= '9'; }

// Words, figures and signs of folded text; "30min" parted between digit and letter, "year(s)" read
// as "year".
std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t from = i;
    if (digit(text[i])) {
      while (i < text.size() && (digit(text[i]) || ((text[i] == '.' || text[i] == ',') &&
                                                    i + 1 < text.size() && digit(text[i + 1]))))
        ++i;
      parts.push_back({text.substr(from, i - from)});
    } else if (is_word_letter(text[i])) {
      while (i < text.size() && is_word_letter(text[i])) ++i;
      parts.push_back({text.substr(from, i - from)});
      const std::size_t close = text.substr(i).starts_with('(') ? text.find(')', i) : i;
      if (close != std::string_view::npos && close > i && close - i <= 3) i = close + 1;
    } else {
      if (text[i] != ' ' && text[i] != '\n') parts.push_back({text.substr(i, 1), true});
      ++i;
    }
  }
  return parts;
}

// Adds up "1 year and 24 days" and keeps the longest of what is not one lifetime.
class Reckoner {
 public:
  explicit Reckoner(const std::vector<Part>& parts) : parts_(parts) {}

  // Seconds, or -1.
  std::int64_t run() {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].sign) {
        sign(parts_[i].text[0]);
      } else {
        word(i);
      }
    }
    return best_ < 0 ? -1 : best_ / 1'000;
  }

 private:
  static constexpr std::int64_t kNone = -1;

  void sign(char c) {
    // "1 year (365 days)" is said twice, "1 year, 2 months" is not.
    if (c != ',' && c != '&' && c != '+' && c != '-') chain_ = false;
    if (c == '.' || c == ';') current_ = kNone;
    if (c != '-') spelled_ = false;
  }

  void word(std::size_t i) {
    const CookieLexicon& words = cookie_lexicon();
    const std::string_view text = parts_[i].text;
    if (const auto unit = words.units.find(text);
        unit != words.units.end() && (current_ != kNone || big_)) {
      if (!big_) take(unit->second);
      big_ = spelled_ = false;
      current_ = kNone;
      return;
    }
    std::int64_t value = 0;
    if (digit(text[0]) && read_figure(text, &value)) {
      current_ = value;
      spelled_ = false;
    } else if (const auto number = words.numbers.find(text); number != words.numbers.end()) {
      spell(number->second, i);
    } else if (words.big_numbers.contains(text)) {
      big_ = true;
      current_ = kNone;
    } else if (words.sum_words.contains(text)) {
      joined_ = true;
      spelled_ = false;
    } else if (text != "calendar" && text != "full" && text != "consecutive") {
      current_ = kNone;
      chain_ = joined_ = big_ = spelled_ = false;
    }
  }

  void spell(std::int64_t value, std::size_t i) {
    const bool unit_follows =
        i + 1 < parts_.size() && cookie_lexicon().units.contains(parts_[i + 1].text);
    if (value == 500 && chain_ && joined_ && !unit_follows) {  // "1 year and a half"
      sum_ += unit_ * 500;
      best_ = std::max(best_, sum_);
      current_ = kNone;
    } else if (value < 1'000 || current_ == kNone) {
      current_ = value;
    } else if (spelled_ && current_ == 4'000 && value == 20'000) {  // "quatre-vingt"
      current_ = 80'000;
    } else if (spelled_ && current_ >= 20'000 && value < 20'000) {
      current_ += value;
    }
    spelled_ = true;
  }

  void take(std::int64_t unit) {
    if (current_ > std::numeric_limits<std::int64_t>::max() / 2 / unit) return;
    const std::int64_t value = current_ * unit;
    sum_ = chain_ && unit < unit_ && sum_ < std::numeric_limits<std::int64_t>::max() / 2
               ? sum_ + value
               : value;
    best_ = std::max(best_, sum_);
    unit_ = unit;
    chain_ = true;
    joined_ = false;
  }

  const std::vector<Part>& parts_;
  std::int64_t current_ = kNone, sum_ = 0, best_ = -1, unit_ = 0;  // Thousandths; unit_ in seconds.
  bool chain_ = false;    // Nothing since the last unit that ends one lifetime.
  bool joined_ = false;   // "and" since the last unit.
  bool spelled_ = false;  // The number before was a word: "thirty-six".
  bool big_ = false;      // A number that is not reckoned with stands before the unit.
};

}  // namespace

Lifetime lifetime_of(std::string_view words) {
  Lifetime out;
  if (words.empty()) return out;
  const std::string text = fold_latin(words);
  const std::vector<Part> parts = parts_of(text);
  const std::int64_t seconds = Reckoner(parts).run();
  if (seconds > 0) {
    out.stated = true;
    out.seconds = seconds;
    return out;
  }
  out.stated = seconds == 0;
  const FoldedText label(fold_label(words));
  for (const CookieWordRow& row : cookie_lexicon().lives) {
    for (const std::string_view phrase : row.phrases) {
      if (label.find_whole(phrase) == std::string::npos) continue;
      out.stated = true;
      out.session = row.value == "session";
      return out;
    }
  }
  return out;
}

bool is_only_lifetime(std::string_view words) {
  if (words.empty() || words.size() > kOnlyBytes || !lifetime_of(words).stated) return false;
  const CookieLexicon& lexicon = cookie_lexicon();
  const std::string text = fold_latin(words);
  const std::vector<Part> parts = parts_of(text);
  return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
    return part.sign || digit(part.text[0]) || lexicon.units.contains(part.text) ||
           lexicon.numbers.contains(part.text) || lexicon.big_numbers.contains(part.text) ||
           lexicon.sum_words.contains(part.text) || lexicon.fillers.contains(part.text) ||
           lexicon.life_words.contains(part.text);
  });
}

namespace {

void keep_longer(const Lifetime& found, Lifetime* best) {
  if (!found.seconds && !found.session) return;
  if (!best->stated || (found.seconds && best->seconds.value_or(0) < *found.seconds)) *best = found;
}

// What stands behind a word like "expires", else before it.
void near_expiry(std::string_view sentence, Lifetime* best) {
  const FoldedText folded(fold_label(sentence));
  const std::string_view text = folded.text();
  for (const std::string_view word : cookie_lexicon().expires) {
    const std::size_t at = folded.find_whole(word);
    if (at == std::string_view::npos) continue;
    std::string_view behind = text.substr(at + word.size());
    // Cut between words: half a word may be another unit.
    if (behind.size() > kReachBytes) behind = behind.substr(0, behind.rfind(' ', kReachBytes));
    Lifetime found = lifetime_of(behind);
    if (!found.seconds && !found.session) {
      const std::size_t from = at > kReachBytes / 2 ? at - kReachBytes / 2 : 0;
      const std::string_view before = text.substr(from, at - from);
      if (!is_only_lifetime(before)) continue;
      found = lifetime_of(before);
    }
    keep_longer(found, best);
  }
}

std::size_t sign_at(std::string_view text, std::size_t from, bool commas, std::size_t* size) {
  for (std::size_t i = from; i < text.size(); ++i) {
    *size = 1;
    const char c = text[i];
    if (c == '(' || c == ')' || c == ';' || c == '\n' || c == '[' || c == ']') return i;
    const std::string_view rest = text.substr(i);
    if (commas && (rest.starts_with(": ") || rest.starts_with(", ") || rest.starts_with("- ")))
      return i;
    if (rest.starts_with(". ")) return i;
    *size = 3;
    if (commas && (rest.starts_with("–") || rest.starts_with("—"))) return i;
  }
  return text.size();
}

}  // namespace

Lifetime lifetime_said_in(std::string_view text) {
  Lifetime best;
  for (const bool commas : {true, false}) {
    for (std::size_t from = 0; from < text.size();) {
      std::size_t size = 1;
      const std::size_t end = sign_at(text, from, commas, &size);
      const std::string_view segment = text.substr(from, end - from);
      if (!commas) {
        near_expiry(segment, &best);
      } else if (is_only_lifetime(segment)) {
        keep_longer(lifetime_of(segment), &best);
      }
      from = end + size;
    }
  }
  return best;
}

}  // namespace affiant::policy
