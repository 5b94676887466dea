#include <algorithm>
#include <iterator>
#include <optional>

#include "policy/analysis.h"
#include "policy/companies.h"
#include "policy/cookie_tables.h"
#include "policy/declaration.h"
#include "policy/is_policy.h"
#include "policy/language.h"
#include "policy/outline.h"
#include "policy/rules.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kTitleBytes = 80;
constexpr std::size_t kShortAnswer = 4;  // Words: "No!", "Yes, we do."
constexpr std::size_t kFewStatements = 200'000;

// Whether the site says of this name that it is the one who speaks: "Example Ltd ("we")", "this
// website is operated by Example Ltd".
bool introduces_itself(const std::vector<Token>& tokens, const Hit& name) {
  constexpr std::size_t kBefore = 4, kAfter = 16;
  const auto word = [&](std::size_t i) { return std::string_view(tokens[i].word); };
  for (std::size_t i = name.first; i-- > 0 && name.first - i <= kBefore;) {
    if (one_of(word(i), {"operated", "owned", "published", "controller", "copyright"})) return true;
  }
  const std::size_t end = std::min<std::size_t>(tokens.size(), name.last + kAfter);
  for (std::size_t i = name.last + 1; i < end; ++i) {
    if (one_of(word(i - 1), {"\"", "/", "'"}) && one_of(word(i), {"we", "us", "our"})) return true;
    if (word(i) == ".") break;
  }
  return false;
}

// What a policy is called tells whose it is: "https://www.example.com/privacy", "example.html".
void add_called(std::string_view called, OwnNames* own) {
  constexpr std::size_t kShortest = 3;
  std::string last;
  const std::vector<Token> words = tokenize(called, 0, called.size());
  for (const Token& token : words) {
    std::string_view rest = token.word;
    while (!rest.empty()) {  // "www.example.co.uk", "example_cookie_policy".
      const std::size_t at = rest.find_first_of("._");
      const std::string part(rest.substr(0, at));
      rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
      const bool says_nothing =
          part.size() < kShortest ||
          one_of(part, {"www",       "com",     "org",      "net",       "http",   "https",
                        "html",      "htm",     "txt",      "privacy",   "policy", "policies",
                        "cookie",    "cookies", "trackers", "notice",    "legal",  "terms",
                        "statement", "the",     "and",      "analytics", "maps",   "fonts"});
      if (!says_nothing) {
        own->insert(part);
        if (!last.empty()) own->insert(last + ' ' + part);
      }
      last = says_nothing ? std::string() : part;
    }
  }
}

// Names of the site's own: what it is called, those in its title or at its very beginning, and
// those that it says it is.
OwnNames own_names(const Document& document, const Lexicon& lexicon, std::string_view called) {
  std::string opening = document.title;
  std::size_t looked = 0;
  for (const Block& block : document.blocks) {
    if (block.quoted || block.kind == BlockKind::kCell) continue;
    const bool title =
        block.kind == BlockKind::kHeading ||
        std::string_view(".!?:").find(document.text[block.end - 1]) == std::string_view::npos;
    if (title && block.end - block.start <= kTitleBytes)
      opening.append("\n").append(document.of(block));
    if (++looked == 3) break;
  }
  OwnNames own;
  add_called(called, &own);
  const std::vector<Token> tokens = tokenize(opening, 0, opening.size());
  for (const Hit& hit : lexicon.find(tokens)) {
    if (hit.tag != Tag::kVendor) continue;
    const std::size_t start = tokens[hit.first].start;
    own.insert(fold(std::string_view(opening).substr(start, tokens[hit.last - 1].end - start)));
  }
  for (const Block& block : document.blocks) {
    const std::string_view text = document.of(block);
    if (block.kind == BlockKind::kCell) continue;
    const bool company = may_name_companies(text);
    if (!company && text.find("we\"") == std::string_view::npos &&
        text.find("we\xE2\x80") == std::string_view::npos &&
        text.find("/we") == std::string_view::npos)
      continue;
    const std::vector<Token> here = tokenize(text, 0, text.size());
    std::vector<Hit> names = companies(here, {});
    for (const Hit& hit : lexicon.find(here))
      if (hit.tag == Tag::kVendor) names.push_back(hit);
    for (const Hit& hit : names) {
      const bool in_title = std::any_of(tokens.begin(), tokens.end(), [&](const Token& t) {
        return t.capital && t.word == here[hit.first].word && hit.value == "other";
      });
      if (in_title || introduces_itself(here, hit))
        own.insert(fold(
            text.substr(here[hit.first].start, here[hit.last - 1].end - here[hit.first].start)));
    }
  }
  return own;
}

std::string host_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return {};
  const std::size_t begin = scheme + 3;
  return url.substr(begin, url.find_first_of(":/?#", begin) - begin);
}

class Reader {
 public:
  Reader(const Document& document, const Lexicon& lexicon, std::string_view called,
         Declaration* out)
      : document_(document),
        lexicon_(lexicon),
        own_(own_names(document, lexicon, called)),
        out_(out) {}

  void run(const std::set<int>& tables) {
    const Outline outline = outline_of(document_, tables, lexicon_);
    std::vector<bool> observable(outline.units.size(), false);
    std::size_t heading_block = Sentence::npos, block = Sentence::npos;
    for (const Sentence& sentence : outline.sentences) {
      if (sentence.heading != heading_block) {
        heading_block = sentence.heading;
        heading_.reset();
        previous_.clear();
        signals_.clear();
        if (heading_block != Sentence::npos) {
          const Block& b = document_.blocks[heading_block];
          heading_ = analyse(document_.text, b.start, b.end, lexicon_, own_);
        }
      }
      Statements read = read_sentence(sentence);
      if (sentence.block == block) take_back(sentence, read);
      block = sentence.block;
      for (const Statement& s : read) {
        if (s.observable != "no" && sentence.unit != Sentence::npos)
          observable[sentence.unit] = true;
      }
      previous_ = read;
      std::move(read.begin(), read.end(), std::back_inserter(out_->statements));
      if (out_->statements.size() > kFewStatements) break;
    }
    out_->not_observable =
        static_cast<int>(std::count(observable.begin(), observable.end(), false));
  }

 private:
  Statements read_sentence(const Sentence& sentence) {
    const Analysis analysis = analyse(document_.text, sentence.start, sentence.end, lexicon_, own_);
    if (analysis.tokens.empty()) return {};
    if (sentence.is_heading && analysis.question) return {};
    if (auto answer = answer_to_heading(sentence, analysis)) return *answer;
    Statements out = read(Reading{document_, sentence, analysis, heading_ ? &*heading_ : nullptr,
                                  &previous_, &signals_});
    signals_ = analysis.values(Tag::kSignal);
    return out;
  }

  static Statements read(const Reading& r) {
    Statements out;
    const bool signal = r.a.has(Tag::kSignal);
    const NonClaim non_claim = non_claim_of(r);
    if (non_claim != NonClaim::kQuestion) read_about(r, &out);
    if (non_claim == NonClaim::kQuestion || non_claim == NonClaim::kDefinition) return out;
    read_signal(r, &out);
    // Whatever else such a sentence says holds only when the signal is sent.
    if (signal || has_type(out, "signal")) return out;
    if (non_claim == NonClaim::kNone || non_claim == NonClaim::kChoice) read_consent(r, &out);
    if (non_claim != NonClaim::kNone) return out;
    read_denials(r, &out);
    read_uses(r, &out);
    read_parties(r, &out);
    read_practice(r, &out);
    return out;
  }

  // A heading asks, the text answers in a word: "Do we use cookies?" "No!"
  std::optional<Statements> answer_to_heading(const Sentence& sentence, const Analysis& answer) {
    if (!heading_ || !heading_->question || !sentence.first_of_block) return std::nullopt;
    const Block& asked = document_.blocks[sentence.heading];
    // Only directly below the question.
    if (sentence.block != sentence.heading + 1) return std::nullopt;
    const bool yes = answer.find(Tag::kYes) == 0, no = answer.find(Tag::kNope) == 0;
    if (!yes && !no) return std::nullopt;
    const auto words = std::count_if(answer.tokens.begin(), answer.tokens.end(),
                                     [](const Token& t) { return !t.punctuation; });
    if (static_cast<std::size_t>(words) > kShortAnswer) return std::nullopt;
    if (!heading_->at(0, Tag::kDo) && !heading_->at(0, Tag::kBe) && !heading_->at(0, Tag::kMay) &&
        !heading_->at(0, Tag::kWill))
      return std::nullopt;
    // Read the question as the statement that the answer makes of it.
    Analysis stated = *heading_;
    stated.question = false;
    for (Predicate& p : stated.predicates) {
      if (p.polarity == Polarity::kPlain && no) p.polarity = Polarity::kDenied;
    }
    Sentence whole = sentence;
    whole.start = asked.start;
    return read(Reading{document_, whole, stated, nullptr, nullptr, nullptr});
  }

  // "However, these applications do use cookies": an exception to the denial in the sentence
  // before.
  void take_back(const Sentence& sentence, const Statements& read) {
    const std::string_view words =
        std::string_view(document_.text).substr(sentence.start, sentence.end - sentence.start);
    const std::size_t opening = sentence.start + cut(words, 24).size();
    const Analysis analysis = analyse(document_.text, sentence.start, opening, lexicon_, own_);
    if (!analysis.at(0, Tag::kBut) && !analysis.at(0, Tag::kExcept)) return;
    bool uses = std::any_of(read.begin(), read.end(), [](const Statement& s) {
      return s.polarity == "does" &&
             (s.type == "uses-cookies" || s.type == "named-third-party" ||
              s.type == "third-party-category" || s.type == "cookie-category");
    });
    const Analysis all = analyse(document_.text, sentence.start, sentence.end, lexicon_, own_);
    for (const Predicate& p : all.predicates) {
      uses = uses ||
             (p.polarity == Polarity::kPlain && (all.has(Tag::kCookie) || all.has(Tag::kTracker)) &&
              (all.at(p.at, Tag::kUse) || all.at(p.at, Tag::kSet)));
    }
    if (!uses) return;
    for (auto s = out_->statements.rbegin(); s != out_->statements.rend(); ++s) {
      if (previous_.empty() || s->start != previous_.front().start) break;
      if (s->polarity != "does-not" || !s->exception.empty()) continue;
      s->exception = cut(
          std::string_view(document_.text).substr(sentence.start, sentence.end - sentence.start),
          300);
    }
  }

  const Document& document_;
  const Lexicon& lexicon_;
  const OwnNames own_;
  Declaration* out_;
  std::optional<Analysis> heading_;
  Statements previous_;
  std::vector<std::string> signals_;
};

void number(Declaration* declaration) {
  std::size_t n = 0;
  for (Statement& s : declaration->statements) s.id = "S" + std::to_string(++n);
}

}  // namespace

Declaration read_policy(const Document& document, const Source& source) {
  Declaration out;
  out.unread = document.unread;
  out.sources.push_back(source);
  Source& own = out.sources.front();
  own.text = document.text;
  own.language = language_of(document.text);
  if (own.language.empty() && !document.declared_language.empty())
    own.language =
        document.declared_language.substr(0, document.declared_language.find_first_of("-_"));

  TableCookies tables = cookies_in_tables(document);
  out.cookies = std::move(tables.cookies);
  for (DeclaredCookie& cookie : cookies_in_prose(document))
    out.cookies.push_back(std::move(cookie));
  std::stable_sort(
      out.cookies.begin(), out.cookies.end(),
      [](const DeclaredCookie& a, const DeclaredCookie& b) { return a.start < b.start; });

  const Result<Lexicon>& lexicon = english();
  const bool is_english = own.language == "en" || own.language.empty();
  if (!lexicon) {
    out.unread.push_back("all statements: " + lexicon.error().to_string());
  } else if (is_english) {
    Reader(document, *lexicon, own.url.empty() ? own.called : host_of(own.url), &out)
        .run(tables.tables);
  } else {
    out.unread.push_back("the statements of a text in " + language_name(own.language) +
                         " (unsupported language; its tables of cookies were read)");
  }
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
    const int offset = sources;
    for (Source& source : part.sources) {
      source.id = ++sources;
      out.sources.push_back(std::move(source));
    }
    for (Statement& s : part.statements) {
      s.source = offset + 1;
      out.statements.push_back(std::move(s));
    }
    for (DeclaredCookie& c : part.cookies) {
      c.source = offset + 1;
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
