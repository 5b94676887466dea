#include "policy/cookie_names.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "policy/cookie_lexicon.h"
#include "policy/cookie_words.h"
#include "policy/folded_text.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kOtherWords = 4;   // Beside its names, in a cell of names.
constexpr std::size_t kPhraseWords = 6;  // A longer run of words is a sentence.
constexpr std::string_view kTopLevel =
    " com net org edu gov io co de fr es it nl eu uk be at ch ie info biz app dev tv me ai us ca "
    "au "
    "pl se dk fi no cz pt gr hu ro jp in br cloud shop site online store tech media rocks live "
    "chat "
    "network link xyz example test ";

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n'; }

constexpr std::array<std::string_view, 20> kEdges = {" ", "\n", "`", "\"", "'", "“", "”",
                                                     "„", "‘",  "’", "«",  "»", "¹", "²",
                                                     "³", "†",  "•", "·",  "‹", "›"};

// Without spaces, quotation marks, code marks, bullets and footnote signs around it.
std::string_view trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view edge : kEdges) {
      if (text.starts_with(edge)) {
        text.remove_prefix(edge.size());
        again = true;
      }
      if (text.ends_with(edge)) {
        text.remove_suffix(edge.size());
        again = true;
      }
    }
  }
  return text;
}

// A word without the signs that a sentence puts behind it.
std::string_view bare(std::string_view word) {
  word = trimmed(word);
  while (!word.empty() &&
         (word.back() == ':' || word.back() == ',' || word.back() == '!' || word.back() == '?' ||
          word.back() == ')' || (word.back() == '.' && !word.ends_with(".."))) &&
         !(word.back() == ')' && word.find('(') != std::string_view::npos))
    word = trimmed(word.substr(0, word.size() - 1));
  return word;
}

bool opens(char c) { return c == '{' || c == '[' || c == '<' || c == '('; }
bool closes(char c) { return c == '}' || c == ']' || c == '>' || c == ')'; }

struct Word {
  std::string_view text;
  bool note = false;    // "(Google)"
  bool colon = false;   // One stands behind it.
  std::size_t end = 0;  // In the part.
};

// Words of a part; what stands in brackets stays one word.
std::vector<Word> words_of(std::string_view part) {
  std::vector<Word> words;
  std::size_t from = 0;
  int depth = 0;
  const auto end_word = [&](std::size_t end) {
    const std::string_view word = part.substr(from, end - from);
    if (word.starts_with('(')) {
      std::string_view inner = word.substr(1);
      if (inner.ends_with(')')) inner.remove_suffix(1);
      words.push_back({trimmed(inner), true, false, end});
    } else if (const std::string_view text = bare(word); !text.empty()) {
      words.push_back({text, false, word.ends_with(':'), end});
    }
    from = end;
  };
  for (std::size_t i = 0; i < part.size(); ++i) {
    const char c = part[i];
    // "name(localStorage)": glued, but no mask.
    const bool glued = c == '(' && depth == 0 && i > from &&
                       std::string_view("_-.*=").find(part[i - 1]) == std::string_view::npos;
    if (glued || (is_space(c) && depth == 0)) {
      end_word(i);
      if (is_space(c)) from = i + 1;
    }
    if (opens(c)) ++depth;
    if (closes(c) && depth > 0) --depth;
  }
  end_word(part.size());
  return words;
}

bool is_dash(std::string_view word) {
  return word == "-" || word == "–" || word == "—" || word == ":" || word == "=";
}

bool all_of_chars(std::string_view word, bool (*is)(char)) {
  return std::all_of(word.begin(), word.end(), is);
}
bool is_constant_char(char c) { return is_upper(c) || is_digit(c) || c == '_'; }

class Reader {
 public:
  Reader(std::string_view cell, bool phrases) : cell_(cell), phrases_(phrases) {}

  NameList run() {
    split(cell_, [this](std::string_view part) {
      read_part(part);
      ++out_.parts;
    });
    // A host alone is what is named; beside names it says whose they are.
    for (const std::string_view host : hosts_) {
      if (!named_) {
        add(host, looks_of(host), {});
      } else if (out_.host.empty()) {
        out_.host = host;
      }
    }
    if (!phrases_ && !out_.reads_as_names())
      std::erase_if(out_.names, [](const Name& n) { return n.looks < Looks::kSurely; });
    return std::move(out_);
  }

 private:
  // Commas part names, but not inside brackets.
  template <typename Take>
  static void split(std::string_view cell, const Take& take) {
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= cell.size(); ++i) {
      const char c = i < cell.size() ? cell[i] : '\n';
      if (opens(c)) ++depth;
      if (closes(c) && depth > 0) --depth;
      if (c == '\n') depth = 0;
      const bool mark = depth == 0 && (c == ',' || c == ';' || c == '|');
      if (c != '\n' && !mark) continue;
      const std::string_view part = cell.substr(from, i - from);
      from = i + 1;
      // Line breaks that only stand beside a comma or another one part nothing.
      if (c == '\n' && part.find_first_not_of(' ') == std::string_view::npos) continue;
      take(part);
    }
  }

  void read_part(std::string_view part) {
    std::vector<std::string_view> group;
    std::string_view note;
    bool named = false;      // The group holds what could be nothing but a name.
    bool described = false;  // "_ga - Google": what follows the dash is no name.
    const auto end_group = [&] {
      read_group(group, note);
      group.clear();
      note = {};
      named = false;
    };
    out_.cut = out_.cut || out_.names.size() >= limits::kNamesPerCell;
    if (out_.cut) return;
    for (const Word& word : words_of(part)) {
      if (described) break;
      if (word.note) {
        note = word.text;
        continue;
      }
      const bool joins = cookie_lexicon().joiners.contains(fold_latin(word.text));
      out_.words += joins || is_dash(word.text) ? 0U : 1U;
      if (joins) {
        end_group();
        continue;
      }
      named = named || (word.colon && is_surely(word.text));
      if (named && (word.colon || is_dash(word.text))) {
        if (!is_dash(word.text)) group.push_back(word.text);
        described = out_.described = true;
        if (is_only_lifetime(part.substr(word.end))) note = trimmed(part.substr(word.end));
        end_group();
      } else if (is_dash(word.text)) {
        if (group.size() == 1 && is_host(group[0])) end_group();
        if (!group.empty()) group.push_back(word.text);
      } else {
        group.push_back(word.text);
        named = named || is_surely(word.text);
      }
    }
    end_group();
  }

  static bool is_surely(std::string_view word) { return looks_of(word) == Looks::kSurely; }

  static bool is_generic(std::string_view word) {
    return !all_of_chars(word, is_constant_char) &&
           cookie_lexicon().generic.contains(fold_latin(word));
  }

  void read_group(const std::vector<std::string_view>& all, std::string_view note) {
    std::vector<std::string_view> words;
    for (const std::string_view word : all)
      if (!is_generic(word)) words.push_back(word);
    const bool surely = std::any_of(words.begin(), words.end(), [](std::string_view w) {
      return looks_of(w) == Looks::kSurely;
    });
    if (!surely && !note.empty() && note_names(note, words.empty())) return;
    if (words.empty()) {
      const std::string only = all.size() == 1 ? fold_latin(all[0]) : "";
      if (only == "session" || only == "cookie" || only == "cookies")
        add(all[0], Looks::kPlain, note);
    } else if (words.size() == 1) {
      read_word(words[0], note);
    } else {
      read_words(words, surely, note);
    }
  }

  void read_word(std::string_view word, std::string_view note) {
    if (is_host(word)) {
      hosts_.push_back(word);
      return;
    }
    std::vector<std::string_view> pieces;
    bool names = word.find('/') != std::string_view::npos, constants = names;
    for (std::string_view rest = word; names || constants;) {
      const std::size_t slash = rest.find('/');
      const std::string_view piece = rest.substr(0, slash);
      pieces.push_back(piece);
      names = names && looks_of(piece) == Looks::kSurely;
      constants = constants && piece.size() > 1 && all_of_chars(piece, is_constant_char);
      if (slash == std::string_view::npos) break;
      rest.remove_prefix(slash + 1);
    }
    if ((names || constants) && pieces.size() > 1) {
      for (const std::string_view piece : pieces) add(piece, looks_of(piece), note);
    } else {
      add(word, looks_of(word), note);
    }
  }

  void read_words(const std::vector<std::string_view>& words, bool surely, std::string_view note) {
    const std::string_view whole(
        words.front().data(),
        static_cast<std::size_t>(words.back().data() + words.back().size() - words.front().data()));
    // Numbered ("utag_main 2"), or broken by a narrow column ("VISITOR_INF O1_LIVE").
    const bool second_part =
        words.size() == 2 && surely &&
        ((words[1].size() <= 3 && all_of_chars(words[1], is_digit)) ||
         (all_of_chars(words[0], is_constant_char) && all_of_chars(words[1], is_constant_char) &&
          words[1].find('_') != std::string_view::npos && words[1].front() != '_'));
    const bool every = surely && std::all_of(words.begin(), words.end(), [](std::string_view w) {
                         const bool plain = all_of_chars(w, is_lower);  // "_fb family"
                         return looks_of(w) >= Looks::kLikely && !is_digit(w.front()) && !plain;
                       });
    if (second_part) {
      add(whole, Looks::kSurely, note);
    } else if (every && words.size() <= kPhraseWords) {
      for (const std::string_view word : words) add(word, looks_of(word), note);
    } else if (surely) {
      for (const std::string_view word : words)
        if (looks_of(word) == Looks::kSurely) add(word, Looks::kSurely, note);
    } else if (words.size() == 2 && words[1].find(':') != std::string_view::npos &&
               looks_of(words[0]) == Looks::kLikely && looks_of(words[1]) == Looks::kLikely) {
      add(whole, Looks::kLikely, note);  // A key of a storage may hold a space.
    } else if (phrases_ && words.size() <= kPhraseWords) {
      add(whole, Looks::kNone, note);
    }
  }

  // "Cookie Matomo (_pk*, matomo_*)": the names are in the brackets. `any`: nothing else is named.
  bool note_names(std::string_view note, bool any) {
    bool found = false;
    split(note, [&](std::string_view part) {
      for (const Word& word : words_of(part)) {
        const Looks looks = looks_of(word.text);
        if (word.note || is_generic(word.text) || is_host(word.text)) continue;
        if (looks == Looks::kSurely || (any && looks == Looks::kLikely && word.text == note)) {
          add(word.text, looks, {});
          found = true;
        }
      }
    });
    return found;
  }

  void add(std::string_view word, Looks looks, std::string_view note) {
    if (word.size() > kNameBytes) return;
    if (looks == Looks::kNone && word.find(' ') == std::string_view::npos) return;
    if (out_.names.size() >= limits::kNamesPerCell) {
      out_.cut = true;
      return;
    }
    Name name;
    name.pattern = pattern_of(word);
    if (name.pattern.find_first_not_of("*-_ .") == std::string::npos) return;
    name.looks = looks;
    name.at = static_cast<std::size_t>(word.data() - cell_.data());
    name.size = word.size();
    name.part = out_.parts;
    name.note = note;
    named_ = true;
    out_.names.push_back(std::move(name));
  }

  std::string_view cell_;
  bool phrases_, named_ = false;
  std::vector<std::string_view> hosts_;
  NameList out_;
};

}  // namespace

bool may_be_name(std::string_view word) {
  if (word.empty() || word.size() > kNameBytes) return false;
  bool alnum = false;
  int depth = 0;
  for (const char c : word) {
    if (opens(c)) ++depth;
    if (closes(c)) --depth;
    const bool is = is_upper(c) || is_lower(c) || is_digit(c);
    alnum = alnum || is;
    const bool inside = depth > 0 && (c == ' ' || c == ',');
    if (!is && !inside &&
        std::string_view("_-.*#<>{}[]()%$!+~:|@^&=/'\\?").find(c) == std::string_view::npos &&
        static_cast<unsigned char>(c) != 0xE2 && static_cast<unsigned char>(c) != 0x80 &&
        static_cast<unsigned char>(c) != 0xA6)  // "…"
      return false;
  }
  return depth == 0 && alnum && word.find("://") == std::string_view::npos;
}

bool is_host(std::string_view word) {
  if (word.starts_with('.')) word.remove_prefix(1);
  const std::size_t dot = word.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view top = word.substr(dot + 1);
  if (top.empty() || !all_of_chars(word, [](char c) {
        return is_upper(c) || is_lower(c) || is_digit(c) || c == '-' || c == '.';
      }))
    return false;
  const std::string padded = " " + fold_latin(top) + " ";
  return kTopLevel.find(padded) != std::string_view::npos;
}

Looks looks_of(std::string_view word) {
  if (!may_be_name(word) || word.front() == '/' || word.ends_with("()")) return Looks::kNone;
  if (word.find('@') != std::string_view::npos && word.find('.') != std::string_view::npos)
    return Looks::kNone;
  if (is_host(word)) return Looks::kPlain;
  if (word.find('*') != std::string_view::npos) {  // "*.fox.example", "*fox.example*"
    std::string host(word);
    std::erase(host, '*');
    if (is_host(host)) return Looks::kPlain;
  }
  if (word.find_first_of("_*#") != std::string_view::npos || pattern_of(word) != word)
    return Looks::kSurely;
  bool upper = false, lower = false, number = false, sign = false, hump = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    upper = upper || is_upper(word[i]);
    lower = lower || is_lower(word[i]);
    number = number || is_digit(word[i]);
    sign = sign || word[i] == '-' || word[i] == '.' || word[i] == ':';
    hump = hump || (i > 0 && is_upper(word[i]) && is_lower(word[i - 1]));
  }
  if (!upper && !lower) return Looks::kPlain;
  if (number || !upper || (sign && word.front() != '-')) return Looks::kLikely;
  if (!lower && word.size() > 1) return Looks::kLikely;
  // "siteCountry", but "OptanonConsent" is written as "YouTube" is.
  return hump && is_lower(word.front()) ? Looks::kLikely : Looks::kPlain;
}

bool NameList::reads_as_names() const {
  return words <= 2 * names.size() + (best() == Looks::kSurely ? kOtherWords : 1);
}

Looks NameList::best() const {
  Looks best = Looks::kNone;
  for (const Name& name : names) best = std::max(best, name.looks);
  return best;
}

NameList read_names(std::string_view cell, bool phrases) { return Reader(cell, phrases).run(); }

}  // namespace affiant::policy
