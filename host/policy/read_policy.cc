#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "base/limits.h"
#include "policy/analysis.h"
#include "policy/answers.h"
#include "policy/cookie_tables.h"
#include "policy/declaration.h"
#include "policy/grammar/parts.h"
#include "policy/grammar/reader.h"
#include "policy/is_policy.h"
#include "policy/language.h"
#include "policy/own_names.h"
#include "policy/sentence_walk.h"
#include "policy/spoken_of.h"
#include "policy/take_back.h"

namespace affiant::policy {
namespace {

class Reader {
 public:
  Reader(const Document& document, const Lexicon& lexicon, std::string_view called,
         Declaration* out)
      : document_(document),
        lexicon_(lexicon),
        own_(own_names(document, lexicon, called)),
        out_(out) {}

  void run(const std::set<int>& tables) {
    walk(document_, outline_of(document_, tables, lexicon_), this, out_);
    note_too_long(too_long_, limits::kEnglishTokens, out_);
  }

  void section(const Block* heading) {
    heading_.reset();
    previous_.clear();
    signals_.clear();
    site_before_ = false;
    if (heading != nullptr)
      heading_ = analyse(document_.text, heading->start, heading->end, lexicon_, own_);
  }

  void remember(const Statements& read) { previous_ = read; }

  Statements read_sentence(const Sentence& sentence) {
    Analysis analysis = analyse(document_.text, sentence.start, sentence.end, lexicon_, own_);
    if (analysis.too_long) ++too_long_;
    begins_but_ = analysis.at(0, Tag::kBut) || analysis.at(0, Tag::kExcept);
    if (analysis.tokens.empty()) return {};
    spoken_of_.pass(document_.text, &analysis);
    if (sentence.is_heading && analysis.question) return {};
    if (auto answer = answer_to_question(sentence, analysis)) return *answer;
    Statements out = read(Reading{document_, sentence, analysis, heading_ ? &*heading_ : nullptr,
                                  &previous_, &signals_, site_before_});
    if (analysis.question && document_.blocks[sentence.block].kind == BlockKind::kCell) {
      cell_ = sentence.block;
      cell_question_ = analysis;
    }
    signals_ = analysis.values(Tag::kSignal);
    site_before_ = is_about_site(analysis, site_before_);
    return out;
  }

  // "However, these applications do use cookies": an exception to the denial in the sentence
  // before.
  void take_back(const Sentence& sentence, const Statements& read) {
    const bool denied = std::any_of(previous_.begin(), previous_.end(), [](const Statement& s) {
      return s.polarity == "does-not" && s.observable != "no";
    });
    if (!denied) return;
    const std::string_view words =
        std::string_view(document_.text).substr(sentence.start, sentence.end - sentence.start);
    const Analysis all = analyse(document_.text, sentence.start, sentence.end, lexicon_, own_);
    bool uses = takes_back(all) || (begins_but_ && says_of_use(read));
    for (const Predicate& p : all.predicates) {
      uses = uses || (begins_but_ && p.polarity == Polarity::kPlain &&
                      (all.has(Tag::kCookie) || all.has(Tag::kTracker)) &&
                      (all.at(p.at, Tag::kUse) || all.at(p.at, Tag::kSet)));
    }
    if (uses) except_from_last(previous_.front().start, words, out_);
  }

 private:
  // "Do Not Track: we do not follow you ...": a heading in the line that it heads is none.
  static bool speaks_of_signal(const Analysis& a) {
    return std::any_of(a.hits.begin(), a.hits.end(), [&](const Hit& h) {
      const bool label = h.first <= 1 && h.last < a.size() && a.tokens[h.last].word == ":";
      return h.tag == Tag::kSignal && !label;
    });
  }

  // "This website is quiet.": nothing else in it that "it" could be in the next.
  static bool is_about_site(const Analysis& a, bool before) {
    if (before && a.tokens[0].word == "it") return true;
    return a.clauses.front().subject == Subject::kWe && !a.has(Tag::kWe) && !a.has(Tag::kVendor) &&
           !a.has(Tag::kThird) && !a.has(Tag::kStorage);
  }

  static Statements read(const Reading& r) {
    Statements out;
    const bool signal = speaks_of_signal(r.a);
    const NonClaim non_claim = non_claim_of(r);
    if (non_claim != NonClaim::kQuestion) read_about(r, &out);
    if (non_claim == NonClaim::kQuestion || non_claim == NonClaim::kDefinition) return out;
    read_signal(r, &out);
    // Whatever else such a sentence says holds only when the signal is sent.
    if (signal || has_type(out, "signal")) return out;
    if (non_claim == NonClaim::kNone || non_claim == NonClaim::kChoice) read_consent(r, &out);
    if (non_claim != NonClaim::kNone) return out;
    if (read_named_part(r, &out)) return out;
    read_denials(r, &out);
    if (only_advises(r)) return out;
    if (!is_off_by_default(r.a)) read_uses(r, &out);
    read_parties(r, &out);
    if (tells_no_practice(r)) return out;
    read_practice(r, &out);
    read_collection(r, &out);
    return out;
  }

  // The question that a sentence may answer: the heading directly above it, or the cell before it
  // in a row that ends with the answer.
  const Analysis* asked_before(const Sentence& answer) const {
    if (!answer.first_of_block) return nullptr;
    if (heading_ && heading_->question && answer.block == answer.heading + 1) return &*heading_;
    const std::vector<Block>& blocks = document_.blocks;
    const auto in_row = [&](std::size_t block) {
      return block < blocks.size() && blocks[block].kind == BlockKind::kCell &&
             blocks[block].table == blocks[answer.block].table &&
             blocks[block].row == blocks[answer.block].row;
    };
    if (!cell_question_ || answer.block != cell_ + 1 || !in_row(cell_) || in_row(cell_ + 2))
      return nullptr;
    return &*cell_question_;
  }

  // "Do we use cookies?" "No!"
  std::optional<Statements> answer_to_question(const Sentence& sentence, const Analysis& answer) {
    const Analysis* question = asked_before(sentence);
    if (question == nullptr) return std::nullopt;
    Sentence whole = sentence;
    whole.start = document_.blocks[sentence.block - 1].start;
    Reading r{document_, whole, answer, heading_ ? &*heading_ : nullptr};
    if (says_only_necessary(*question, answer)) {
      Statement s = statement_of(r, "only-necessary", nullptr);
      s.data = {"cookies"};
      s.purposes = {"necessary"};
      s.scope = section_place(r);
      s.observable = "yes";
      return Statements{std::move(s)};
    }
    const std::optional<Analysis> stated = stated_by(*question, answer);
    if (!stated) return std::nullopt;
    return read(Reading{document_, whole, *stated, nullptr, nullptr, nullptr, false});
  }

  const Document& document_;
  const Lexicon& lexicon_;
  const OwnNames own_;
  Declaration* out_;
  std::optional<Analysis> heading_, cell_question_;
  std::size_t cell_ = 0;  // Of the question.
  Statements previous_;
  std::vector<std::string> signals_;
  SpokenOf spoken_of_;
  bool site_before_ = false;
  bool begins_but_ = false;  // The sentence read last: "However", "Except".
  std::size_t too_long_ = 0;
};

void number(Declaration* declaration) {
  std::size_t n = 0;
  for (Statement& s : declaration->statements) s.id = "S" + std::to_string(++n);
}

// The statements of what is in one language, or the reason why there are none.
void read_part(const LanguagePart& part, const std::set<int>& tables, std::string_view called,
               bool mixed, Declaration* out) {
  const auto unread = [&](const Error& error) {
    out->unread.push_back("all statements: " + error.to_string());
  };
  if (part.code == "en") {
    if (const Result<Lexicon>& lexicon = english())
      Reader(part.document, *lexicon, called, out).run(tables);
    else
      unread(lexicon.error());
  } else if (const Result<Grammar>* grammar = grammar_of(part.code)) {
    if (*grammar)
      read_statements(part.document, **grammar, tables, called, out);
    else
      unread(grammar->error());
  } else {
    out->unread.push_back(
        (mixed ? "the statements of passages in " : "the statements of a text in ") +
        language_name(part.code) + " (unsupported language; its tables of cookies were read)");
  }
}

}  // namespace

Declaration read_policy(const Document& document, const Source& source) {
  Declaration out;
  out.unread = document.unread;
  out.sources.push_back(source);
  Source& own = out.sources.front();
  own.text = document.text;
  own.language = guess_language(document.text);
  if (own.language.empty() && !document.declared_language.empty())
    own.language =
        document.declared_language.substr(0, document.declared_language.find_first_of("-_"));

  TableCookies tables = cookies_in_tables(document);
  std::vector<DeclaredCookie> listed = cookies_in_prose(document, tables);
  out.cookies = std::move(tables.cookies);
  std::move(listed.begin(), listed.end(), std::back_inserter(out.cookies));
  std::move(tables.unread.begin(), tables.unread.end(), std::back_inserter(out.unread));
  std::stable_sort(
      out.cookies.begin(), out.cookies.end(),
      [](const DeclaredCookie& a, const DeclaredCookie& b) { return a.start < b.start; });

  const std::string main = own.language.empty() ? "en" : own.language;
  const std::vector<LanguagePart> parts = parts_of(document, main);
  for (const LanguagePart& part : parts) {
    if (!part.document.blocks.empty())
      read_part(part, tables.tables, called(own), parts.size() > 1, &out);
  }
  if (parts.size() > 1)
    std::stable_sort(out.statements.begin(), out.statements.end(),
                     [](const Statement& a, const Statement& b) { return a.start < b.start; });
  number(&out);
  for (Statement& s : out.statements) s.source = own.id;
  for (DeclaredCookie& c : out.cookies) c.source = own.id;
  out.is_policy = reads_as_policy(document, out, own.language);
  return out;
}

Declaration merge(std::vector<Declaration> parts) {
  Declaration out;
  int sources = 0;
  for (Declaration& part : parts) {
    // A part may be a merger itself.
    std::map<int, int> renamed;
    for (Source& source : part.sources) {
      renamed[source.id] = ++sources;
      source.id = sources;
      out.sources.push_back(std::move(source));
    }
    for (Statement& s : part.statements) {
      s.source = renamed[s.source];
      out.statements.push_back(std::move(s));
    }
    for (DeclaredCookie& c : part.cookies) {
      c.source = renamed[c.source];
      out.cookies.push_back(std::move(c));
    }
    out.not_observable += part.not_observable;
    out.is_policy = out.is_policy || part.is_policy;
    std::move(part.unread.begin(), part.unread.end(), std::back_inserter(out.unread));
  }
  number(&out);
  return out;
}

}  // namespace affiant::policy
