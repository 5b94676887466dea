#include "policy/grammar/reader.h"

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "policy/grammar/rules.h"
#include "policy/own_names.h"
#include "policy/sentence_walk.h"
#include "policy/spoken_of.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kSample = 100'000;  // Bytes looked at for cues.
constexpr std::size_t kMostOfAKind = 4;

class Reader {
 public:
  Reader(const Document& document, const Grammar& grammar, std::string_view called,
         Declaration* out)
      : document_(document),
        grammar_(grammar),
        own_(own_names(document, grammar.lexicon, called)),
        out_(out) {
    if (grammar.capital_nouns) return;
    add_title_names(document.title);
    const auto heading = std::find_if(document.blocks.begin(), document.blocks.end(),
                                      [](const Block& b) { return b.kind == BlockKind::kHeading; });
    if (heading != document.blocks.end()) add_title_names(document.of(*heading));
  }

  void run(const std::set<int>& tables) {
    walk(document_, outline_of(document_, tables, grammar_.lexicon), this, out_);
    note_too_long(too_long_, limits::kSentenceTokens, out_);
  }

  void section(const Block* heading) {
    heading_.reset();
    previous_.clear();
    signals_.clear();
    among_ = explains_ = defined_ = false;
    if (heading == nullptr) return;
    heading_ = parse(document_.text, heading->start, heading->end, grammar_, own_);
    explains_ = asks_what(*heading_);
    among_ = tells_of_parties(heading_->a);
  }

  void remember(const Statements& read) {
    among_ = among_ || std::any_of(read.begin(), read.end(), [](const Statement& s) {
               return s.polarity == "does" &&
                      (s.type == "third-party-category" || s.type == "named-third-party" ||
                       (s.type == "uses-cookies" && s.subject == "third-party"));
             });
    previous_ = read;
  }

  Statements read_sentence(const Sentence& sentence) {
    Parse p = parse(document_.text, sentence.start, sentence.end, grammar_, own_);
    if (p.too_long) ++too_long_;
    begins_but_ = p.starts(0, Tag::kBut) || p.starts(0, Tag::kExcept);
    if (p.a.tokens.empty()) return {};
    spoken_of_.pass(document_.text, &p.a);
    if (sentence.is_heading && p.a.question) return {};
    if (auto answer = answer_to_heading(sentence, p)) return *answer;
    Statements out = read(
        Reading{document_, sentence, p.a, heading_ ? &heading_->a : nullptr, &previous_, &signals_},
        p);
    signals_ = p.a.values(Tag::kSignal);
    defined_ = grammar::non_claim_of({document_, sentence, p.a}, p) == NonClaim::kDefinition ||
               (defined_ && in_general(p));
    return out;
  }

  // "However, the shop does use cookies": an exception to the denial in the sentence before.
  void take_back(const Sentence& sentence, const Statements& read) {
    if (previous_.empty() || !begins_but_ || !says_of_use(read)) return;
    const std::string_view words =
        std::string_view(document_.text).substr(sentence.start, sentence.end - sentence.start);
    except_from_last(previous_.front().start, words, out_);
  }

 private:
  // A name in the title for which the language has no word, and that the text writes small nowhere.
  void add_title_names(std::string_view title) {
    constexpr std::size_t kShortest = 3, kLongestTitle = 200;
    if (title.size() > kLongestTitle) return;
    const std::vector<Token> words = grammar_.words(title, 0, title.size());
    std::vector<bool> known(words.size(), false);
    for (const Hit& hit : grammar_.lexicon.find(words))
      for (std::size_t i = hit.first; i < hit.last; ++i) known[i] = true;
    for (std::size_t i = 0; i < words.size(); ++i)
      if (words[i].capital && !known[i] && words[i].word.size() >= kShortest &&
          !written_small(words[i].word))
        own_.insert(words[i].word);
  }

  // As a word, and not in an address.
  bool written_small(const std::string& word) const {
    const std::string_view text = document_.text;
    for (std::size_t at = text.find(' ' + word); at != std::string_view::npos;
         at = text.find(' ' + word, at + 1)) {
      const std::size_t end = at + 1 + word.size();
      if (end >= text.size() || std::string_view("-._@/").find(text[end]) == std::string_view::npos)
        return true;
    }
    return false;
  }

  static bool tells_of_parties(const Analysis& heading) {
    return !heading.question && !heading.has(Tag::kChoice) && !heading.has(Tag::kOptout) &&
           (heading.has(Tag::kThird) || heading.has(Tag::kTracker));
  }

  // "What are cookies?", but not "which cookies are used?".
  static bool asks_what(const Parse& heading) {
    for (const Predicate& q : heading.a.predicates)
      if (is_practice(heading, q.at)) return false;
    return heading.starts(0, Tag::kAsking) && !speaks_of_site(heading) &&
           grammar::about_tracking(heading.a);
  }

  // "we", "our", "this site", a service by name, and the site as who acts; not "cookies help the
  // website".
  static bool speaks_of_site(const Parse& p) {
    const Analysis& a = p.a;
    for (const Hit& hit : a.hits) {
      if (hit.tag == Tag::kWe || hit.tag == Tag::kOur || hit.tag == Tag::kVendor) return true;
      if (hit.tag == Tag::kSite && hit.first > 0 && a.at(hit.first - 1, Tag::kPointer)) return true;
    }
    return std::any_of(a.clauses.begin(), a.clauses.end(),
                       [](const Clause& c) { return c.subject == Subject::kWe; });
  }

  // Below "what are cookies?", and of what was just defined: what such things do everywhere, where
  // nothing is said of this site.
  bool in_general(const Parse& p) const {
    const Analysis& a = p.a;
    const bool points = a.has(Tag::kPointer) || a.has(Tag::kPronoun) || a.has(Tag::kAnaphora);
    return (explains_ || (defined_ && points)) && !speaks_of_site(p);
  }

  Statements read(const Reading& r, const Parse& p) const {
    Statements out;
    const NonClaim non_claim = grammar::non_claim_of(r, p);
    if (non_claim != NonClaim::kQuestion) grammar::read_about(r, p, &out);
    if (non_claim == NonClaim::kQuestion || non_claim == NonClaim::kDefinition) return out;
    grammar::read_signal(r, p, &out);
    // Whatever else such a sentence says holds only when the signal is sent.
    if (r.a.has(Tag::kSignal) || has_type(out, "signal")) return out;
    if (non_claim == NonClaim::kNone || non_claim == NonClaim::kChoice) consent(r, p, &out);
    if (non_claim != NonClaim::kNone) return out;
    grammar::read_denials(r, p, &out);
    if (in_general(p)) {
      std::erase_if(out, [](const Statement& s) { return s.type == "cookie-content"; });
      return out;
    }
    grammar::read_uses(r, p, &out);
    grammar::read_parties(r, p, among_, &out);
    grammar::read_practice(r, p, &out);
    return out;
  }

  // What an item of a list asks for is asked for that item alone.
  void consent(const Reading& r, const Parse& p, Statements* out) const {
    const std::size_t items = grammar::items_of(p.a), asks = grammar::asks_first(p.a);
    if (asks == Analysis::npos || items == Analysis::npos || asks < items) {
      grammar::read_consent(r, p, false, out);
      return;
    }
    const bool of_cookies = p.a.has(Tag::kCookie, 0, items) || p.a.has(Tag::kTracker, 0, items);
    for (std::size_t first = items; first < p.a.size();) {
      std::size_t last = first;
      while (last < p.a.size() && p.word(last) != "\n") ++last;
      if (last > first && p.a.has(Tag::kAsksfirst, first, last)) {
        Sentence item = r.sentence;
        item.start = p.a.tokens[first].start;
        item.end = p.a.tokens[last - 1].end;
        const Parse q = parse(document_.text, item.start, item.end, grammar_, own_);
        Statements read;
        grammar::read_consent({document_, item, q.a, r.heading, r.previous, r.signals}, q,
                              of_cookies, &read);
        out->insert(out->end(), read.begin(), read.end());
      }
      first = last + 1;
    }
  }

  // A heading asks, the text answers in a word. The question is then read as the statement that the
  // answer makes of it.
  std::optional<Statements> answer_to_heading(const Sentence& sentence, const Parse& answer) {
    if (!heading_ || !heading_->a.question || !sentence.first_of_block ||
        sentence.block != sentence.heading + 1)
      return std::nullopt;
    const bool yes = answer.starts(0, Tag::kYes), no = answer.starts(0, Tag::kNope);
    const auto words = std::count_if(answer.a.tokens.begin(), answer.a.tokens.end(),
                                     [](const Token& t) { return !t.punctuation; });
    if ((!yes && !no) || static_cast<std::size_t>(words) > kShortAnswer) return std::nullopt;
    Parse stated = *heading_;
    const bool asks_which = std::any_of(stated.a.hits.begin(), stated.a.hits.end(),
                                        [](const Hit& h) { return h.tag == Tag::kAsking; });
    if (asks_which || stated.facts.empty()) return std::nullopt;
    stated.a.question = false;
    const bool plain = std::all_of(stated.facts.begin(), stated.facts.end(), [](const auto& f) {
      return f.polarity == Polarity::kPlain && !f.only && !f.avoids;
    });
    if (!plain) return std::nullopt;
    if (no) deny(&stated);
    Sentence whole = sentence;
    whole.start = document_.blocks[sentence.heading].start;
    return read(Reading{document_, whole, stated.a, nullptr, nullptr, nullptr}, stated);
  }

  // As if its verb were negated.
  static void deny(Parse* p) {
    for (ClauseFacts& f : p->facts) f.polarity = Polarity::kDenied;
    for (Predicate& q : p->a.predicates)
      if (q.role == Role::kMain) q.polarity = Polarity::kDenied;
    for (std::size_t c = 0; c < p->a.clauses.size(); ++c) {
      const std::size_t verb = p->facts[c].verb;
      if (verb == Analysis::npos) continue;
      p->first[verb].set(index_of(Tag::kNot));
      p->a.tags[verb].set(index_of(Tag::kNot));
    }
  }

  const Document& document_;
  const Grammar& grammar_;
  OwnNames own_;
  Declaration* out_;
  std::optional<Parse> heading_;
  Statements previous_;
  std::vector<std::string> signals_;
  SpokenOf spoken_of_;
  std::size_t too_long_ = 0;
  bool begins_but_ = false;  // The sentence read last: "However", "Except".
  bool among_ = false;       // The section tells who takes part.
  bool explains_ = false;    // The section tells what such things are.
  bool defined_ = false;     // So did the sentence before.
};

}  // namespace

void read_statements(const Document& document, const Grammar& grammar, const std::set<int>& tables,
                     std::string_view called, Declaration* out) {
  Reader(document, grammar, called, out).run(tables);
}

Cues cues_of(std::string_view text, const Grammar& grammar) {
  const std::vector<Token> tokens = grammar.words(text, 0, cut(text, kSample).size());
  std::vector<std::pair<std::string_view, std::size_t>> kinds;
  Cues cues;
  for (const Hit& hit : grammar.lexicon.find(tokens)) {
    cues.wall = cues.wall || hit.tag == Tag::kWall;
    if (hit.tag != Tag::kCue) continue;
    auto kind = std::find_if(kinds.begin(), kinds.end(),
                             [&](const auto& k) { return k.first == hit.value; });
    if (kind == kinds.end()) kind = kinds.insert(kinds.end(), {hit.value, 0});
    if (kind->second++ < kMostOfAKind) ++cues.count;
  }
  cues.kinds = kinds.size();
  return cues;
}

}  // namespace affiant::policy
