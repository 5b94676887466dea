#include "policy/grammar/hits_pass.h"

#include <algorithm>

#include "policy/companies.h"

namespace affiant::policy {
namespace {

class HitsPass {
 public:
  HitsPass(std::string_view document, const Grammar& grammar, const OwnNames& own, Analysis* a)
      : document_(document), grammar_(grammar), own_(own), a_(*a) {}

  void run() {
    a_.hits = grammar_.lexicon.find(a_.tokens);
    const bool named = find_companies();
    std::erase_if(a_.hits, [&](const Hit& h) { return is_no_hit(h); });
    if (named)
      std::stable_sort(a_.hits.begin(), a_.hits.end(),
                       [](const Hit& x, const Hit& y) { return x.first < y.first; });
    for (Hit& hit : a_.hits)
      if (hit.tag == Tag::kVendor && is_own(hit)) hit.tag = Tag::kWe;
    own_words();
  }

 private:
  bool find_companies() {
    const std::size_t start = a_.tokens.front().start, end = a_.tokens.back().end;
    if (!may_name_companies(document_.substr(start, end - start))) return false;
    for (Hit hit : companies(a_.tokens, a_.hits)) {
      // "La société Example", at the beginning of a sentence: articles are no part of the name.
      while (hit.first + 1 < hit.last && is_small_word(hit.first)) ++hit.first;
      if (!is_small_word(hit.first)) a_.hits.push_back(hit);
    }
    return true;
  }

  bool is_small_word(std::size_t i) const {
    return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
      return h.first <= i && i < h.last &&
             (h.tag == Tag::kDet || h.tag == Tag::kOf || h.tag == Tag::kPlace ||
              h.tag == Tag::kWith || h.tag == Tag::kAgent || h.tag == Tag::kAnd ||
              h.tag == Tag::kFor || h.tag == Tag::kPurposemark || h.tag == Tag::kOperator ||
              h.tag == Tag::kThird || h.tag == Tag::kOur || h.tag == Tag::kElision ||
              h.tag == Tag::kPointer || h.tag == Tag::kFiller || h.tag == Tag::kOpenlist);
    });
  }

  bool is_no_hit(const Hit& hit) const {
    const Token& token = a_.tokens[hit.first];
    if (hit.tag == Tag::kVendor) {
      // Names are written with a capital in every language; "sofort" and "plausible" are words.
      const bool spelled = token.word.find_first_of(".0123456789") != std::string::npos;
      return (!token.capital && !spelled) || ends_a_name(hit);
    }
    // Where nouns have capitals, a verb has none but at the beginning.
    const bool verb = is_verb(hit.tag);
    const char second = token.start + 1 < document_.size() ? document_[token.start + 1] : 'a';
    const bool shouted = second >= 'A' && second <= 'Z';
    return verb && grammar_.capital_nouns && token.capital && !shouted && hit.first > 0 &&
           !a_.tokens[hit.first - 1].punctuation;
  }

  // "Grand Canal Square": of a longer name that no table knows.
  bool ends_a_name(const Hit& hit) const {
    if (grammar_.capital_nouns || hit.first < 2 || hit.last - hit.first > 1) return false;
    const Token& before = a_.tokens[hit.first - 1];
    if (!before.capital || before.punctuation || a_.tokens[hit.first - 2].punctuation) return false;
    return std::none_of(a_.hits.begin(), a_.hits.end(),
                        [&](const Hit& h) { return h.first < hit.first && h.last >= hit.first; });
  }

  bool is_own(const Hit& hit) const {
    if (own_.empty()) return false;
    return own_.contains(fold(a_.words(document_, hit.first, hit.last))) ||
           ((hit.value == "other" || hit.value == kCompany) &&
            own_.contains(a_.tokens[hit.first].word));
  }

  // The site's own name where no table knows it; "Campo Fiorito" of "campofiorito.example" too.
  void own_words() {
    if (own_.empty()) return;
    std::vector<Hit> found;
    for (std::size_t i = 0; i < a_.size(); ++i) {
      if (!a_.tokens[i].capital) continue;
      const bool joined = i + 1 < a_.size() && a_.tokens[i + 1].capital &&
                          own_.contains(a_.tokens[i].word + a_.tokens[i + 1].word);
      const std::size_t end = i + (joined ? 2 : 1);
      if (!joined && !own_.contains(a_.tokens[i].word)) continue;
      const bool known = std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& h) {
        return h.first <= i && i < h.last && h.tag != Tag::kSite;
      });
      if (!known)
        found.push_back(
            {Tag::kWe, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end), ""});
    }
    a_.hits.insert(a_.hits.end(), found.begin(), found.end());
    std::stable_sort(a_.hits.begin(), a_.hits.end(),
                     [](const Hit& x, const Hit& y) { return x.first < y.first; });
  }

  std::string_view document_;
  const Grammar& grammar_;
  const OwnNames& own_;
  Analysis& a_;
};

}  // namespace

void find_hits(std::string_view document, const Grammar& grammar, const OwnNames& own,
               Analysis* a) {
  HitsPass(document, grammar, own, a).run();
}

}  // namespace affiant::policy
