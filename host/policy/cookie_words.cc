#include "policy/cookie_words.h"

#include <algorithm>

#include "policy/cookie_lexicon.h"
#include "policy/folded_text.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLeadBytes = 40;  // A longer beginning of a purpose is no label of it.

Column column_named(std::string_view value) {
  if (value == "name") return Column::kName;
  if (value == "domain") return Column::kDomain;
  if (value == "provider") return Column::kProvider;
  if (value == "party") return Column::kParty;
  if (value == "purpose") return Column::kPurpose;
  if (value == "lifetime") return Column::kLifetime;
  if (value == "category") return Column::kCategory;
  if (value == "storage") return Column::kStorage;
  return value == "optout" ? Column::kOptout : Column::kNone;
}

// "not necessary", "non-essential".
bool denied_before(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  std::size_t from = at;
  while (from > 0 && is_word_letter(text[from - 1])) --from;
  const std::string_view word = text.substr(from, at - from);
  if (cookie_lexicon().denied.contains(word)) return true;
  return word == "strictly" && denied_before(text, from);
}

// Where a row's category is named first; npos when nowhere.
std::size_t first_of(const FoldedText& text, const CookieWordRow& row) {
  std::size_t best = std::string::npos;
  for (const std::string_view phrase : row.phrases) {
    const std::size_t at = text.find(phrase);
    if (at < best && !(row.value == "necessary" && denied_before(text.text(), at))) best = at;
  }
  return best;
}

bool is_category_label(std::string_view words) {
  return words.size() <= kLeadBytes && std::count(words.begin(), words.end(), ' ') <= 3 &&
         !category_of(words).empty();
}

}  // namespace

Column column_of(std::string_view head) {
  const FoldedText text(fold_label(head));
  if (text.has_any(cookie_lexicon().elsewhere)) return Column::kOptout;
  // The last row of the table is the word "cookie" itself, which counts only where nothing else is
  // said.
  const auto& labels = cookie_lexicon().labels;
  Column best = Column::kNone;
  std::size_t best_at = std::string::npos, best_size = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i + 1 == labels.size() && best != Column::kNone) break;
    for (const std::string_view phrase : labels[i].phrases) {
      const std::size_t at = text.find(phrase);
      if (at == std::string_view::npos) continue;
      if (at > best_at || (at == best_at && phrase.size() <= best_size)) continue;
      best = column_named(labels[i].value);
      best_at = at;
      best_size = phrase.size();
    }
  }
  return best;
}

bool is_name_label(std::string_view label) {
  const std::string text = fold_label(label);
  const std::string_view singular = text.ends_with('s')
                                        ? std::string_view(text).substr(0, text.size() - 1)
                                        : std::string_view(text);
  return cookie_lexicon().name_labels.contains(text) ||
         cookie_lexicon().name_labels.contains(singular);
}

bool says_cookie(std::string_view text) {
  if (!cookie_lexicon().cookie_beginnings.may_begin_in(text)) return false;
  return FoldedText(fold_label(text)).has_any(cookie_lexicon().cookie_words);
}

std::string category_of(std::string_view words) {
  const FoldedText text(fold_label(words));
  // "Performance and functionality" is analytics, "Functional analytics" functional.
  std::string_view best;
  std::size_t best_at = std::string::npos;
  for (const CookieWordRow& row : cookie_lexicon().categories) {
    if (row.value == "unclassified" && !best.empty()) continue;
    if (const std::size_t at = first_of(text, row); at < best_at) {
      best_at = at;
      best = row.value;
    }
  }
  return std::string(best);
}

int categories_in(std::string_view words) {
  const FoldedText text(fold_label(words));
  int n = 0;
  for (const CookieWordRow& row : cookie_lexicon().categories)
    n += row.value != "unclassified" && first_of(text, row) != std::string::npos ? 1 : 0;
  return n;
}

std::string leading_category(std::string_view purpose) {
  // Capitals that end where a word begins: the line break between them was lost.
  std::size_t capitals = 0;
  while (capitals < purpose.size() &&
         ((purpose[capitals] >= 'A' && purpose[capitals] <= 'Z') || purpose[capitals] == ' '))
    ++capitals;
  if (capitals < purpose.size() && purpose[capitals] >= 'a' && capitals > 0) --capitals;
  if (capitals >= 5) {
    if (std::string found = category_of(purpose.substr(0, capitals)); !found.empty()) return found;
  }
  for (const std::string_view sign : {":", "\n", " (", " - ", " – ", " — ", ". "}) {
    const std::size_t at = purpose.find(sign);
    // A line that goes on in small letters was only wrapped.
    if (sign == "\n" && at != std::string_view::npos) {
      const std::size_t next = purpose.find_first_not_of("\n ", at);
      if (next != std::string_view::npos && purpose[next] >= 'a' && purpose[next] <= 'z') continue;
    }
    if (at != std::string_view::npos && is_category_label(purpose.substr(0, at)))
      return category_of(purpose.substr(0, at));
  }
  // "Analytics cookie ...", "Marketing used to ...".
  const std::size_t space = purpose.find(' ');
  if (space == std::string_view::npos)
    return is_category_label(purpose) ? category_of(purpose) : "";
  const std::string rest = fold_label(purpose.substr(space + 1, 8));
  if ((rest.starts_with("cookie") || rest.starts_with("used ")) &&
      is_category_label(purpose.substr(0, space)))
    return category_of(purpose.substr(0, space));
  return {};
}

std::string storage_of(std::string_view words) {
  const FoldedText text(fold_label(words));
  const bool cookie = text.text().find("cookie") != std::string::npos;
  for (const CookieWordRow& row : cookie_lexicon().storages) {
    // "Beacon and cookie" is a cookie.
    if (row.value == "pixel" && cookie) continue;
    if (text.has_any(row.phrases)) return std::string(row.value);
  }
  return {};
}

bool bears_mark(std::string_view word) {
  constexpr std::string_view kMarks = "*^#_";
  const auto letter = [](char c) {
    return is_word_letter(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '\'';
  };
  std::string_view plain = word;
  // "1.Our", the number of a list.
  if (const std::size_t stop = word.find('.');
      stop == 1 && word.size() > 2 && word[2] >= 'A' && word[2] <= 'Z' && word[0] != '_')
    return std::all_of(word.begin() + 2, word.end(), letter);
  while (!plain.empty() && plain.front() == word.front() && kMarks.find(plain.front()) < 4)
    plain.remove_prefix(1);
  const std::size_t front = word.size() - plain.size();
  while (!plain.empty() && plain.back() == word.back() && kMarks.find(plain.back()) < 4)
    plain.remove_suffix(1);
  const bool behind = front + plain.size() < word.size();
  if (plain.empty() || plain.size() == word.size() ||
      !std::all_of(plain.begin(), plain.end(), letter))
    return false;
  if (front > 0 && (word.front() != '_' || behind)) return true;
  // "_gat" is a name, "_Strictly" begins a stretch between underscores.
  if (front > 0)
    return front == 1 && plain.front() >= 'A' && plain.front() <= 'Z' && plain.size() > 1 &&
           std::all_of(plain.begin() + 1, plain.end(), is_word_letter);
  return cookie_lexicon().generic.contains(fold_latin(plain)) || !category_of(plain).empty();
}

bool repeats_above(std::string_view cell) {
  if (cell.size() > kLeadBytes) return false;
  return cookie_lexicon().same.contains(fold_label(cell));
}

}  // namespace affiant::policy
