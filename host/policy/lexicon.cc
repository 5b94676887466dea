#include "policy/lexicon.h"

#include <algorithm>
#include <optional>

#include "policy/data_tables.h"

namespace affiant::policy {
namespace {

// Letters by which phrases with a wild first word are looked up: all that stand before its '*', up
// to four, which a word of the text tries by twos, threes and fours.
constexpr std::size_t kStart = 2, kMostStart = 4;
constexpr std::size_t kEnd = 3;  // The same where the word begins with its '*'.

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// The first `letters` bytes as one number, which is quicker to look up than a string.
std::uint32_t start_key(std::string_view word, std::size_t letters) {
  std::uint32_t key = 0;
  for (const char c : word.substr(0, letters)) key = key << 8U | static_cast<unsigned char>(c);
  return key;
}

// What may stand between the words of a phrase: "third-party", a line that was wrapped.
bool joins_words(std::string_view sign) { return sign == "-" || sign == "/" || sign == "\n"; }

bool is_capital(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= 'A' && text[at] <= 'Z';
}

}  // namespace

bool Lexicon::Word::matches(std::string_view word) const {
  if (!wild) return word == head;
  return word.size() >= head.size() + tail.size() && word.starts_with(head) && word.ends_with(tail);
}

void Lexicon::add(Tag tag, std::uint32_t value, std::string_view phrase) {
  Phrase made{tag, value, {}, false};
  if (phrase.starts_with('=')) {
    made.cased = true;
    phrase.remove_prefix(1);
  }
  std::string folded = fold(phrase);
  std::replace(folded.begin(), folded.end(), '-', ' ');
  std::replace(folded.begin(), folded.end(), '/', ' ');
  for (const std::string_view part : split(folded, ' ')) {
    if (part.empty()) continue;
    Word word;
    const std::size_t star = part.find('*');
    word.wild = star != std::string_view::npos;
    word.head = part.substr(0, star);
    if (word.wild) word.tail = part.substr(star + 1);
    word.capital =
        made.cased && is_capital(phrase, static_cast<std::size_t>(part.data() - folded.data()));
    made.words.push_back(std::move(word));
  }
  if (made.words.empty()) return;
  const Word& first = made.words.front();
  auto& index = !first.wild ? by_word_[first.head]
                : first.head.empty() && first.tail.size() >= kEnd
                    ? by_end_[start_key(first.tail.substr(first.tail.size() - kEnd), kEnd)]
                    : by_start_[start_key(first.head, kMostStart)];
  const bool two = made.words.size() > 1 && made.words[1].head.size() >= kStart;
  index.push_back({static_cast<std::uint32_t>(phrases_.size()),
                   two ? start_key(made.words[1].head, kStart) : 0});
  phrases_.push_back(std::move(made));
}

Result<Lexicon> Lexicon::parse(std::string_view table, std::string_view vendors,
                               std::string_view what) {
  Lexicon lexicon;
  std::size_t row = 0;
  const auto value_index = [&](std::string_view value) {
    lexicon.values_.emplace_back(value);
    return static_cast<std::uint32_t>(lexicon.values_.size() - 1);
  };
  for (const std::string_view line : split(table, '\n')) {
    ++row;
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split(line, '\t');
    const auto tag = tag_named(cells[0]);
    if (cells.size() != 3 || !tag)
      return fail(Code::kMalformed,
                  "{}, row {}: needs three columns, the first a tag of docs/policy-reading.md",
                  what, row);
    const std::uint32_t value = value_index(cells[1]);
    for (const std::string_view phrase : split(cells[2], '|')) {
      const std::size_t star = phrase.find('*');
      const bool ends = star == 0 && std::min(phrase.find(' '), phrase.size()) > kEnd;
      if (star != std::string_view::npos && star < kStart && !ends)
        return fail(Code::kMalformed,
                    "{}, row {}: '{}' needs two letters before its '*', or three behind one that "
                    "it begins with",
                    what, row, phrase);
      lexicon.add(*tag, value, phrase);
    }
  }
  for (const std::string_view line : split(vendors, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const auto cells = split(line, '\t');
    if (cells.size() != 2)
      return fail(Code::kMalformed, "{}: a row of vendors needs two columns: {}", what, line);
    const std::uint32_t value = value_index(cells[0]);
    for (const std::string_view name : split(cells[1], '|')) lexicon.add(Tag::kVendor, value, name);
  }
  return lexicon;
}

void Lexicon::candidates_at(const std::vector<Token>& tokens, std::size_t at,
                            std::vector<Hit>* out) const {
  // "Example's": of names only, and only their last word.
  const auto matches = [&](const Phrase& phrase, std::size_t w, std::string_view word) {
    if (phrase.words[w].matches(word)) return true;
    return phrase.tag == Tag::kVendor && w + 1 == phrase.words.size() && word.ends_with("'s") &&
           phrase.words[w].matches(word.substr(0, word.size() - 2));
  };
  enum class First { kFound, kTry, kOwner };  // What is known of a phrase's first word.
  std::size_t next = at + 1;
  if (next < tokens.size() && joins_words(tokens[next].word)) ++next;
  const std::uint32_t second = next < tokens.size() ? start_key(tokens[next].word, kStart) : 0;
  const auto look = [&](const Entries& list, First first) {
    for (const Entry& entry : list) {
      if (entry.second != 0 && entry.second != second) continue;
      const Phrase& phrase = phrases_[entry.phrase];
      if (first == First::kOwner && phrase.tag != Tag::kVendor) continue;
      if (at + phrase.words.size() > tokens.size()) continue;
      if (phrase.cased && !tokens[at].capital) continue;
      // A hyphen is its own token: "third-party" is three tokens and two words.
      std::size_t token = at;
      bool same = true;
      for (std::size_t w = 0; w < phrase.words.size() && same; ++w) {
        if (w > 0 && token < tokens.size() && joins_words(tokens[token].word)) ++token;
        const bool found = w == 0 && first == First::kFound;
        same = token < tokens.size() && (found || matches(phrase, w, tokens[token].word)) &&
               (!phrase.words[w].capital || tokens[token].capital);
        ++token;
      }
      if (same)
        out->push_back({phrase.tag, static_cast<std::uint32_t>(at),
                        static_cast<std::uint32_t>(token), values_[phrase.value]});
    }
  };
  const std::string& word = tokens[at].word;
  if (const auto exact = by_word_.find(word); exact != by_word_.end())
    look(exact->second, First::kFound);
  for (std::size_t letters = kStart; letters <= std::min(kMostStart, word.size()); ++letters) {
    const auto start = by_start_.find(start_key(word, letters));
    if (start != by_start_.end()) look(start->second, First::kTry);
  }
  if (word.size() >= kEnd && !by_end_.empty()) {
    const auto end =
        by_end_.find(start_key(std::string_view(word).substr(word.size() - kEnd), kEnd));
    if (end != by_end_.end()) look(end->second, First::kTry);
  }
  if (word.ends_with("'s")) {
    const auto owner = by_word_.find(word.substr(0, word.size() - 2));
    if (owner != by_word_.end()) look(owner->second, First::kOwner);
  }
}

// "We do not track you" is no signal; "Do Not Track" with its capitals always is.
bool Lexicon::names_a_signal(const std::vector<Token>& tokens, const Hit& hit,
                             const std::vector<Hit>& before) const {
  if (tokens[hit.last - 1].capital) return true;
  for (auto h = before.rbegin(); h != before.rend() && h->last + 1 >= hit.first; ++h) {
    if (h->last == hit.first &&
        (h->tag == Tag::kWe || h->tag == Tag::kThird || h->tag == Tag::kCookie))
      return false;
  }
  if (hit.last >= tokens.size()) return true;
  std::vector<Hit> after;
  candidates_at(tokens, hit.last, &after);
  return std::none_of(after.begin(), after.end(), [](const Hit& h) {
    return h.tag == Tag::kYou || h.tag == Tag::kYour || h.tag == Tag::kOur;
  });
}

std::vector<Hit> Lexicon::find(const std::vector<Token>& tokens) const {
  std::vector<Hit> hits, here;
  std::uint32_t hidden_until = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (at < hidden_until) continue;
    here.clear();
    candidates_at(tokens, at, &here);
    if (here.size() > 1)  // To sort one allocates memory.
      std::stable_sort(here.begin(), here.end(), [](const Hit& a, const Hit& b) {
        return a.last != b.last ? a.last > b.last : a.tag < b.tag;
      });
    // "Cookie policy" speaks of the policy.
    if (std::any_of(here.begin(), here.end(),
                    [](const Hit& h) { return h.tag == Tag::kPolicyword; }))
      std::erase_if(here, [](const Hit& h) { return h.tag == Tag::kCookie; });
    const auto hides = std::find_if(here.begin(), here.end(), [&](const Hit& h) {
      return h.tag == Tag::kMask || (h.tag == Tag::kSignal && names_a_signal(tokens, h, hits));
    });
    std::optional<Hit> hidden;
    if (hides != here.end()) hidden = *hides;
    std::erase_if(here, [](const Hit& h) { return h.tag == Tag::kSignal; });
    if (hidden) {
      hidden_until = hidden->last;
      hits.push_back(*hidden);
      continue;
    }
    hits.insert(hits.end(), here.begin(), here.end());
  }
  return hits;
}

const Result<Lexicon>& english() {
  static const Result<Lexicon> lexicon =
      Lexicon::parse(tables::kEnglish, tables::kEnglishVendors, "host/policy/data/en.tsv");
  return lexicon;
}

}  // namespace affiant::policy
