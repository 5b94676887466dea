#include "policy/cookie_words.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <vector>

#include "policy/data_tables.h"
#include "policy/tokens.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

struct Row {
  std::string_view kind, value;
  std::vector<std::string_view> phrases;
};

struct Words {
  std::vector<Row> labels, categories, storages, lives, same;
  std::unordered_map<std::string_view, std::int64_t> units, numbers;
};

std::int64_t integer(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Words load() {
  Words words;
  std::string_view table = tables::kCookieTables;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    Row row;
    const std::size_t a = line.find('\t'), b = line.find('\t', a + 1);
    row.kind = line.substr(0, a);
    row.value = line.substr(a + 1, b - a - 1);
    std::string_view list = line.substr(b + 1);
    for (;;) {
      const std::size_t bar = list.find('|');
      row.phrases.push_back(list.substr(0, bar));
      if (bar == std::string_view::npos) break;
      list.remove_prefix(bar + 1);
    }
    if (row.kind == "unit" || row.kind == "number") {
      auto& map = row.kind == "unit" ? words.units : words.numbers;
      for (const std::string_view phrase : row.phrases) map.emplace(phrase, integer(row.value));
    } else if (row.kind == "label") {
      words.labels.push_back(std::move(row));
    } else if (row.kind == "category") {
      words.categories.push_back(std::move(row));
    } else if (row.kind == "storage") {
      words.storages.push_back(std::move(row));
    } else if (row.kind == "life") {
      words.lives.push_back(std::move(row));
    } else {
      words.same.push_back(std::move(row));
    }
  }
  return words;
}

const Words& words() {
  static const Words loaded = load();
  return loaded;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// Where `phrase` begins a word in `text`; npos when nowhere.
std::size_t word_start(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    if (at == 0 || !is_letter(text[at - 1])) return at;
  }
  return std::string_view::npos;
}

// The same, ending a word too.
bool has_word(std::string_view text, std::string_view phrase) {
  for (std::size_t at = word_start(text, phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end >= text.size() || !is_letter(text[end])))
      return true;
  }
  return false;
}

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

// "1,5" and "1.5" as thousandths; digits beyond what fits are cut.
std::optional<std::int64_t> figure(std::string_view word) {
  std::int64_t whole = 0, thousandths = 0, scale = 0;
  std::size_t digits = 0;
  for (const char c : word) {
    if (c >= '0' && c <= '9') {
      if (++digits > 12) return std::nullopt;
      if (scale == 0) {
        whole = whole * 10 + (c - '0');
      } else if (scale > 1) {
        scale /= 10;
        thousandths += (c - '0') * scale;
      }
    } else if ((c == '.' || c == ',') && scale == 0 && digits > 0) {
      scale = 1'000;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  return whole * 1'000 + thousandths;
}

}  // namespace

Column column_of(std::string_view head) {
  const std::string text = fold(head);
  // The phrase that begins earliest decides, of two at one place the longer. The last row of the
  // table is the word "cookie" itself, which counts only where nothing else is said.
  const std::vector<Row>& labels = words().labels;
  Column best = Column::kNone;
  std::size_t best_at = std::string::npos, best_size = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i + 1 == labels.size() && best != Column::kNone) break;
    for (const std::string_view phrase : labels[i].phrases) {
      const std::size_t at = word_start(text, phrase);
      if (at == std::string_view::npos) continue;
      if (at > best_at || (at == best_at && phrase.size() <= best_size)) continue;
      best = column_named(labels[i].value);
      best_at = at;
      best_size = phrase.size();
    }
  }
  return best;
}

std::string category_of(std::string_view text_in) {
  const std::string text = fold(text_in) + " ";
  if (text.find("non-essential") != std::string::npos ||
      text.find("non essential") != std::string::npos ||
      text.find("non-necessary") != std::string::npos ||
      text.find("non essentiels") != std::string::npos) {
    for (const Row& row : words().categories) {
      if (row.value == "necessary") continue;
      for (const std::string_view phrase : row.phrases)
        if (word_start(text, phrase) != std::string_view::npos) return std::string(row.value);
    }
    return "unclassified";
  }
  // The earliest word decides: "Performance and functionality" is analytics, "Functional analytics"
  // functional.
  std::string_view best;
  std::size_t best_at = std::string::npos;
  for (const Row& row : words().categories) {
    for (const std::string_view phrase : row.phrases) {
      const std::size_t at = word_start(text, phrase);
      if (at < best_at) {
        best_at = at;
        best = row.value;
      }
    }
  }
  return std::string(best);
}

std::string storage_of(std::string_view text_in) {
  const std::string text = fold(text_in);
  for (const Row& row : words().storages) {
    for (const std::string_view phrase : row.phrases)
      if (word_start(text, phrase) != std::string_view::npos) return std::string(row.value);
  }
  return {};
}

bool repeats_above(std::string_view cell) {
  const std::string text = fold(cell);
  for (const Row& row : words().same) {
    if (std::find(row.phrases.begin(), row.phrases.end(), text) != row.phrases.end()) return true;
  }
  return false;
}

Lifetime lifetime_of(std::string_view text_in) {
  Lifetime out;
  const std::string text = fold(text_in);
  // Words and figures, "30min" parted between digit and letter.
  std::vector<std::string> parts;
  std::string part;
  const auto end_part = [&] {
    while (!part.empty() && (part.back() == '.' || part.back() == ',')) part.pop_back();
    if (!part.empty()) parts.push_back(part);
    part.clear();
  };
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool numeric =
        digit || ((c == '.' || c == ',') && !part.empty() && part[0] >= '0' && part[0] <= '9');
    if (!numeric && !is_letter(c)) {
      end_part();
      continue;
    }
    if (!part.empty() && (part[0] >= '0' && part[0] <= '9') != numeric) end_part();
    part += c;
  }
  end_part();

  constexpr std::int64_t kNoFigure = -1;
  std::int64_t current = kNoFigure;  // Thousandths.
  std::int64_t sum = 0, best = -1;
  std::size_t last_unit = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto unit = words().units.find(parts[i]);
    if (unit != words().units.end() && current != kNoFigure) {
      // "1 year 24 days" is one lifetime: figures that follow each other directly add up.
      const bool continues = last_unit > 0 && i - last_unit <= 3;
      sum = (continues ? sum : 0) + current * unit->second;
      best = std::max(best, sum);
      last_unit = i;
      current = kNoFigure;
      continue;
    }
    if (const auto value = figure(parts[i])) {
      current = *value;
    } else if (const auto number = words().numbers.find(parts[i]);
               number != words().numbers.end()) {
      if (current == kNoFigure) current = number->second * 1'000;
    } else if (parts[i] != "calendar" && parts[i] != "full" && parts[i] != "business") {
      current = kNoFigure;
    }
  }
  if (best >= 0) {
    out.stated = true;
    out.seconds = best / 1'000;
    return out;
  }
  for (const Row& row : words().lives) {
    for (const std::string_view phrase : row.phrases) {
      if (!has_word(text, phrase)) continue;
      out.stated = true;
      if (row.value == "session") out.session = true;
      return out;
    }
  }
  return out;
}

}  // namespace affiant::policy
