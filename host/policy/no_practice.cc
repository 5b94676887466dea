// Sentences that speak of data or of others and tell nothing that is done: bare labels, words about
// words, advice to read.
#include <algorithm>

#include "policy/listed_parties.h"
#include "policy/rules.h"
#include "policy/utf8.h"

namespace affiant::policy {
namespace {

class NoPractice {
 public:
  explicit NoPractice(const Reading& r) : r_(r), a_(r.a) {}

  // "To learn how to manage cookies, please consult ...": nothing is said before the advice.
  bool only_advises() const {
    return is_advice() &&
           std::none_of(r_.a.predicates.begin(), r_.a.predicates.end(),
                        [](const Predicate& p) { return p.role == Role::kMain && !p.passive; });
  }

  bool holds() const {
    return is_label() || is_about_words() || is_about_kinds() || is_advice() || is_forbidden() ||
           is_warning();
  }

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }

  // "3. How We Use Your Personal Data."
  bool asks() const {
    constexpr std::size_t kLongestHeading = 14;
    std::size_t first = 0;
    while (first + 1 < a_.size() &&
           (a_.tokens[first].punctuation ||
            word(first).find_first_not_of("0123456789.") == std::string_view::npos))
      ++first;
    return a_.at(first, Tag::kAsking) && a_.size() <= kLongestHeading;
  }

  // "Information we share with third parties."
  bool is_headed() const {
    constexpr std::size_t kLongestHeading = 9;
    return a_.size() <= kLongestHeading && one_of(word(0), {"information", "data", "personal"}) &&
           (a_.at(1, Tag::kWe) || a_.at(2, Tag::kWe)) && a_.predicates.size() <= 1;
  }

  // "Credit Card Processing", "Public Content You Submit".
  bool is_label() const {
    constexpr std::size_t kLongest = 8;
    if (a_.size() == 0 || asks() || is_headed()) return a_.size() > 0;
    if (a_.size() > kLongest || a_.tokens.back().punctuation) return false;
    const BlockKind kind = r_.document.blocks[r_.sentence.block].kind;
    if (kind == BlockKind::kItem || kind == BlockKind::kCell) return false;
    return !a_.has(Tag::kWe) && !a_.has(Tag::kOur) && !a_.has(Tag::kSite);
  }

  // "We use the term "personal data" for ...".
  bool is_about_words() const {
    constexpr std::size_t kNear = 3;
    for (const Predicate& p : a_.predicates) {
      if (!a_.at(p.at, Tag::kUse)) continue;
      for (std::size_t i = p.end; i < std::min<std::size_t>(p.end + kNear, a_.size()); ++i)
        if (one_of(word(i), {"term", "terms", "phrase", "phrases", "words", "expression"}))
          return true;
    }
    // "We refer to information that ... as personal data".
    for (std::size_t i = 1; i + 2 < a_.size(); ++i)
      if (word(i) == "refer" && word(i + 1) == "to" && a_.has(Tag::kWe, 0, i))
        for (std::size_t n = i + 2; n < a_.size(); ++n)
          if (word(n) == "as" && word(n - 1) != "such") return true;
    return false;
  }

  // "Any information regarding a person ...", "such security measures include ...".
  bool is_about_kinds() const {
    constexpr std::size_t kFront = 5;
    const std::size_t end = std::min<std::size_t>(kFront, a_.size());
    if (a_.has(Tag::kWe)) return false;
    // "Examples include processing payments": of what others do.
    if (word(0) == "examples" && r_.previous != nullptr && !r_.previous->empty() &&
        r_.previous->back().type == "third-party-category")
      return true;
    if (word(0) == "any" && one_of(word(1), {"information", "data"}))
      return one_of(word(2), {"regarding", "relating", "concerning", "about"});
    for (std::size_t i = 0; i < end; ++i)
      if (word(i) == "measures") return true;
    return false;
  }

  // "We encourage you to read how it may be used".
  bool is_advice() const {
    // "It is good practice to read the policy of any site".
    for (std::size_t i = 0; i + 2 < a_.size(); ++i)
      if (one_of(word(i), {"practice", "advisable", "wise", "important", "sensible"}) &&
          word(i + 1) == "to" && one_of(word(i + 2), {"read", "review", "check", "consult"}))
        return true;
    // "To unsubscribe, write to ...".
    if (word(0) == "to" &&
        one_of(word(1), {"stop", "unsubscribe", "opt", "remove", "delete", "update", "access",
                         "correct", "change", "withdraw", "exercise"}) &&
        !a_.has(Tag::kWe))
      return true;
    for (std::size_t i = 0; i + 1 < a_.size(); ++i) {
      const bool urges = one_of(
          word(i), {"encourage", "encourages", "urge", "urges", "advise", "advises", "recommend",
                    "recommends", "invite", "invites", "encouraged", "advised"});
      if (urges && a_.clause[i] == 0 &&
          (a_.at(i + 1, Tag::kYou) || word(i + 1) == "that" || word(i + 1) == "to"))
        return true;
      if (word(i) == "you" && word(i + 1) == "should" && i < 2)
        for (std::size_t n = i + 2; n < std::min<std::size_t>(i + 4, a_.size()); ++n)
          if (one_of(word(n), {"read", "review", "check", "consult"})) return true;
      if (word(i) == "please" &&
          one_of(word(i + 1), {"read", "review", "see", "refer", "visit", "check", "consult",
                               "contact", "email", "let", "send", "write", "call"}))
        return a_.role[i] == Role::kMain && !a_.has(Tag::kWe, 0, i);
    }
    return false;
  }

  // "Harvesting of addresses is strictly forbidden".
  bool is_forbidden() const {
    return !a_.has(Tag::kWe) && std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
      return one_of(t.word, {"forbidden", "prohibited"});
    });
  }

  // "You submit it at your own risk", "you should be aware that others can read it".
  bool is_warning() const {
    for (std::size_t i = 2; i < a_.size(); ++i)
      if (word(i) == "aware" && word(i - 1) == "be" && word(i - 2) == "should" && !a_.has(Tag::kWe))
        return true;
    for (std::size_t i = 0; i + 2 < a_.size(); ++i)
      if (word(i) == "your" && word(i + 1) == "own" && word(i + 2) == "risk") return true;
    return false;
  }

  const Reading& r_;
  const Analysis& a_;
};

}  // namespace

bool is_item_of_rights(const Reading& r) {
  if (r.document.blocks[r.sentence.block].kind != BlockKind::kItem) return false;
  constexpr std::size_t kNear = 300;  // Bytes of what introduces the list.
  std::string_view words_before = lead_of(r);
  if (!words_before.ends_with(':')) return false;
  if (words_before.size() > kNear) words_before.remove_prefix(words_before.size() - kNear);
  const std::string lead = fold(words_before);
  const auto says = [&](std::string_view words) { return lead.find(words) != std::string::npos; };
  return says("right to") || says("rights") || says("may request") || says("can request") ||
         says("you request") || says("entitled") || says("may ask us") || says("can ask us");
}

bool tells_no_practice(const Reading& r) { return NoPractice(r).holds(); }

bool only_advises(const Reading& r) {
  // Looked at closely only where something could be read.
  for (const Tag tag : {Tag::kCookie, Tag::kBeacon, Tag::kStorage, Tag::kTracker, Tag::kThird})
    if (r.a.has(tag)) return NoPractice(r).only_advises();
  return false;
}

}  // namespace affiant::policy
