#include "policy/cookie_mentions.h"

#include <algorithm>
#include <vector>

#include "base/limits.h"
#include "policy/cookie_lexicon.h"
#include "policy/cookie_names.h"
#include "policy/cookie_words.h"
#include "policy/folded_text.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kQuoteBytes = 600;  // Of a longer sentence only the name is quoted.
constexpr std::size_t kNear = 6;          // Words between a name and the word "cookie",
constexpr std::size_t kBeside = 2;        // where the name could be any word.
constexpr std::size_t kReach = 160;       // Bytes between such a name and its lifetime.

struct Word {
  std::size_t at = 0, size = 0;  // In the sentence; without signs around it.
  std::string folded;
  bool quoted = false;
};

bool opening_quote(std::string_view text) {
  for (const std::string_view mark : {"\"", "'", "“", "„", "‘", "«", "`", "‚"})
    if (text.ends_with(mark)) return true;
  return false;
}
bool closing_quote(std::string_view text) {
  for (const std::string_view mark : {"\"", "'", "”", "“", "’", "»", "`", "‘"})
    if (text.starts_with(mark)) return true;
  return false;
}

bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-.*#<>{}[]$!~@^&=/%+").find(c) != std::string_view::npos;
}

// Runs of letters and of what names are made of. Quotation marks show what is a name.
std::vector<Word> words_of(std::string_view sentence) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < sentence.size();) {
    const auto in_word = [&](std::size_t at) {
      const std::string_view rest = sentence.substr(at);
      if (rest.starts_with("\xC2\xAB") || rest.starts_with("\xC2\xBB") ||
          rest.starts_with("\xE2\x80"))  // Guillemets, quotation marks, dashes.
        return false;
      return name_char(sentence[at]) || static_cast<unsigned char>(sentence[at]) >= 0xC2;
    };
    if (!in_word(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < sentence.size() &&
           (in_word(end) || (static_cast<unsigned char>(sentence[end]) & 0xC0U) == 0x80U))
      ++end;
    std::size_t last = end;
    while (last > i + 1 && (sentence[last - 1] == '.' || sentence[last - 1] == '/')) --last;
    Word word{i, last - i, fold_latin(sentence.substr(i, last - i)), false};
    std::string_view before = sentence.substr(0, i), after = sentence.substr(last);
    if (before.ends_with("« ")) before.remove_suffix(1);
    if (after.starts_with(" »")) after.remove_prefix(1);
    word.quoted = opening_quote(before) && closing_quote(after);
    words.push_back(std::move(word));
    i = end;
  }
  return words;
}

// A full stop, or a line break, before a space. Names hold stops, so no more is looked at.
std::size_t sentence_end(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool stop = text[i] == '.' || text[i] == '!' || text[i] == '?';
    const bool short_for = i > from + 1 && text[i - 2] == '.';  // "e.g. ", "z.B. ".
    if (text[i] == '\n' ||
        (stop && !short_for && i + 1 < text.size() && text[i + 1] == ' ' && i > from + 3))
      return i + 1;
  }
  return text.size();
}

// Whether a word could be one of those of is_cookie_word(), or a name: most sentences are told by
// it unread.
bool may_speak_of_cookies(std::string_view sentence) {
  if (sentence.find('_') != std::string_view::npos) return true;
  for (const std::string_view stem : {"ookie", "OOKIE", "raceur", "RACEUR"})
    if (sentence.find(stem) != std::string_view::npos) return true;
  return false;
}

// "the _ea-cookie": the name without the word that is joined to it.
std::string_view bare_name(std::string_view name) {
  for (const std::string_view end : {"-cookie", "-cookies", "-Cookie", "-Cookies"})
    if (name.ends_with(end) && name.find('_') < name.size() - end.size())
      return name.substr(0, name.size() - end.size());
  return name;
}

// "Cookies", "Opt-out-Cookie", "_ea-cookie"; but "test_cookie" is a name.
bool is_cookie_word(std::string_view word) {
  if (word.starts_with("cookie") || word.starts_with("traceur")) return true;
  return (word.ends_with("cookie") || word.ends_with("cookies")) &&
         (word.find('_') == std::string_view::npos || bare_name(word).size() < word.size());
}

class Mentions {
 public:
  explicit Mentions(std::string_view sentence) : sentence_(sentence), words_(words_of(sentence)) {}

  // Indices of the words that name cookies.
  std::vector<std::size_t> find() {
    const auto& lexicon = cookie_lexicon();
    bool cookie = false;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      // "Doesn't": no apostrophe is part of a word here.
      const bool not_so = i > 0 && words_[i].folded == "t" && words_[i - 1].folded.ends_with('n');
      if (lexicon.negations.contains(words_[i].folded) || not_so) return {};
      cookie = cookie || is_cookie_word(words_[i].folded);
    }
    std::vector<std::size_t> found;
    if (!cookie && std::none_of(words_.begin(), words_.end(),
                                [&](const Word& w) { return lexicon.setters.contains(w.folded); }))
      return found;
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (is_mention(i, found)) found.push_back(i);
    return found;
  }

  const Word& word(std::size_t i) const { return words_[i]; }

  // Whether nothing but "and" and signs stands between two words that follow each other in a list.
  bool listed(std::size_t a, std::size_t b) const {
    for (std::size_t i = a + 1; i < b; ++i)
      if (!cookie_lexicon().joiners.contains(words_[i].folded)) return false;
    return true;
  }

 private:
  bool is_mention(std::size_t i, const std::vector<std::size_t>& found) const {
    const Word& word = words_[i];
    const std::string_view text = sentence_.substr(word.at, word.size);
    const Looks looks = looks_of(text);
    const bool call = sentence_.substr(word.at + word.size).starts_with("(");
    const bool continues = !found.empty() && listed(found.back(), i);
    if (looks == Looks::kNone || call || bears_mark(text) ||
        text.find("{{") != std::string_view::npos)
      return false;
    if (looks == Looks::kSurely && text.find('_') != std::string_view::npos &&
        text.find('/') == std::string_view::npos && text.find('@') == std::string_view::npos)
      return continues || near_cookie(i, kNear) ||
             (i > 0 && (cookie_lexicon().nameless.contains(words_[i - 1].folded) ||
                        cookie_lexicon().setters.contains(words_[i - 1].folded)));
    const CookieLexicon& lexicon = cookie_lexicon();
    if (!word.quoted || lexicon.generic.contains(word.folded) ||
        lexicon.life_words.contains(word.folded) || !category_of(word.folded).empty() ||
        is_host(text))
      return false;
    if (continues) return true;
    const bool named =
        i > 0 && lexicon.nameless.contains(words_[i - 1].folded) && near_cookie(i, kNear);
    return named || (near_cookie(i, kBeside) && lifetime_follows(i));
  }

  bool near_cookie(std::size_t i, std::size_t words) const {
    const std::size_t from = i > words ? i - words : 0;
    const std::size_t end = std::min(words_.size(), i + words + 1);
    for (std::size_t w = from; w < end; ++w)
      if (is_cookie_word(words_[w].folded)) return true;
    return false;
  }

  // "“locale” cookies (retained for 1 year)"
  bool lifetime_follows(std::size_t i) const {
    return lifetime_said_in(cut(sentence_.substr(words_[i].at + words_[i].size), kReach)).stated;
  }

  std::string_view sentence_;
  std::vector<Word> words_;
};

}  // namespace

void cookies_mentioned(const Document& document, std::size_t start, std::size_t end,
                       const std::string& category, std::unordered_set<std::string>* known,
                       CookieList* out) {
  const std::string_view text = document.text;
  for (std::size_t next = start; next < end;) {
    std::size_t at = next, stop = sentence_end(text.substr(0, end), next);
    next = stop;
    while (at < stop && (text[at] == ' ' || text[at] == '\n')) ++at;
    while (stop > at && (text[stop - 1] == ' ' || text[stop - 1] == '\n')) --stop;
    const std::string_view sentence = text.substr(at, stop - at);
    if (!may_speak_of_cookies(sentence)) continue;
    Mentions mentions(sentence);
    const std::vector<std::size_t> found = mentions.find();
    Lifetime life;
    std::vector<DeclaredCookie> rows;
    for (std::size_t n = found.size(); n-- > 0;) {
      const Word& word = mentions.word(found[n]);
      const std::size_t from = word.at + word.size;
      const bool last = n + 1 == found.size();
      const std::size_t until = last ? sentence.size() : mentions.word(found[n + 1]).at;
      // Of "a and b (1 year)" both last a year.
      if (last || !mentions.listed(found[n], found[n + 1]))
        life = lifetime_said_in(sentence.substr(from, until - from));
      DeclaredCookie row;
      row.pattern = pattern_of(bare_name(sentence.substr(word.at, word.size)));
      if (row.pattern.find_first_not_of("*-_ .") == std::string::npos ||
          !known->insert(row.pattern).second)
        continue;
      row.category = category.empty() ? "unclassified" : category;
      row.lifetime_s = life.seconds;
      row.session_cookie = life.session;
      const bool whole = sentence.size() <= kQuoteBytes;
      row.start = whole ? at : at + word.at;
      row.end = whole ? stop : row.start + word.size;
      row.quote = document.text.substr(row.start, row.end - row.start);
      rows.push_back(std::move(row));
    }
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      if (out->cookies.size() >= limits::kDeclaredCookies) {
        out->cut = true;
        return;
      }
      out->cookies.push_back(std::move(*row));
    }
  }
}

}  // namespace affiant::policy
