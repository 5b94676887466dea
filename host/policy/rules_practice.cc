// What is done with data (T20, T22), of which a browser sees little, and what cookies hold (T21).
#include <algorithm>
#include <initializer_list>

#include "policy/data_kinds.h"
#include "policy/party_role.h"
#include "policy/rules.h"

namespace affiant::policy {
namespace {

// Kinds of data that a request or a form on the page can be seen to carry.
bool is_visible(const std::vector<std::string>& data) {
  return std::any_of(data.begin(), data.end(), [](const std::string& d) {
    return d != "personal-information" && d != "identifiers" && d != "cookies" &&
           d != "social-media";
  });
}

class Practice {
 public:
  Practice(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  void run() {
    transport();
    anonymous_visit();
    sharing();
    sold_with_all();
    collecting();
    kinds_of_data();
    purposes_listed();
  }

 private:
  bool plain_main(const Predicate& p) const {
    return p.role == Role::kMain && p.polarity == Polarity::kPlain && !disclaims(a_, p.clause) &&
           (a_.clauses[p.clause].subject != Subject::kYou || is_of_visitors(a_, p));
  }

  void transport() {
    if (!a_.has(Tag::kTls) || a_.has(Tag::kNot)) return;
    Statement s = statement_of(r_, "server-practice", nullptr);
    s.data = {"transport-security"};
    s.purposes = {"security"};
    s.observable = "partly";
    out_->push_back(std::move(s));
  }

  // T21: who visits without saying who they are.
  void anonymous_visit() {
    if (!a_.has(Tag::kAnonymousvisit)) return;
    const bool visit = std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
      return t.word == "visit" || t.word == "browse" || t.word == "use" || t.word == "surf" ||
             t.word == "view";
    });
    if (!visit || a_.has(Tag::kNot)) return;
    if (a_.clauses.front().subject != Subject::kYou) return;
    Statement s = statement_of(r_, "cookie-content", nullptr);
    s.subject = "user";
    s.data = {"identifiers"};
    s.purposes.clear();
    s.observable = "partly";
    out_->push_back(std::move(s));
  }

  void sharing() {
    if (has_type(*out_, "third-party-category") || has_type(*out_, "sale-or-sharing")) return;
    for (const Predicate& p : a_.predicates) {
      if (!plain_main(p) || (!a_.at(p.at, Tag::kShare) && !a_.at(p.at, Tag::kSell))) continue;
      // "The address transmitted by your browser is not ...": which address it is.
      const bool qualifies = !p.passive && p.end < a_.size() && a_.tokens[p.end].word == "by";
      if (qualifies || goes_to_us(a_, p) || is_ended(p) || PartyRole(r_).only_names_giver(p))
        continue;
      if (!p.passive && a_.clauses[p.clause].subject != Subject::kWe) continue;
      const std::vector<std::string> data = data_kinds(a_);
      const std::string_view verb = a_.tokens[p.at].word;
      // "Your address will be shared", "we may provide them with it".
      const bool told =
          (p.passive && one_of(verb, {"shared", "disclosed"}) && a_.word(p.end) != "internally") ||
          a_.word(p.end) == "them";
      const bool others = told || names_recipient() || names_receiver(p) ||
                          (a_.has(Tag::kLegalsharing) && !names_place()) || a_.has(Tag::kMerger);
      if (data.empty() || (!others && !a_.at(p.at, Tag::kSell))) continue;
      Statement s = statement_of(r_, "sale-or-sharing", &p);
      s.data = data;
      s.observable = "no";
      out_->push_back(std::move(s));
      return;
    }
  }

  bool names_recipient() const {
    const PartyRole role(r_);
    return std::any_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& hit) {
      return hit.tag == Tag::kVendor || (hit.tag == Tag::kThird && !role.takes_no_part(hit));
    });
  }

  // In a title every word is written so.
  bool is_title_case() const {
    const auto capitals =
        std::count_if(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) { return t.capital; });
    return static_cast<std::size_t>(capitals) * 2 > a_.size();
  }

  // "Shared with the merchant", "transferred to and used by the combined company".
  bool names_receiver(const Predicate& p) const {
    constexpr std::size_t kNear = 12, kLongestName = 4;
    // "We provide Quince Athletics with your name".
    std::size_t name = p.end;
    while (name < a_.size() && a_.tokens[name].capital && a_.tags[name].none()) ++name;
    if (name > p.end && name <= p.end + kLongestName && a_.word(name) == "with") return true;
    bool to = false;
    for (std::size_t i = p.end; i < std::min<std::size_t>(p.end + kNear, a_.size()); ++i) {
      const std::string_view word = a_.tokens[i].word;
      to = to || one_of(word, {"to", "with"});
      if (word == "us" || a_.at(i, Tag::kWe)) return false;
      // "Given to Quincemail": a name that no table knows.
      if (i > p.end && one_of(a_.tokens[i - 1].word, {"to", "with"}) && a_.tokens[i].capital &&
          a_.tags[i].none() && !is_title_case() && !a_.tokens[p.at].word.starts_with("transfer"))
        return true;
      if (to &&
          one_of(word,
                 {"owner",        "owners",        "company",     "companies",    "merchant",
                  "merchants",    "seller",        "sellers",     "organisation", "organisations",
                  "organization", "organizations", "entity",      "entities",     "buyer",
                  "purchaser",    "acquirer",      "successor",   "authorities",  "agencies",
                  "contractors",  "auditors",      "consultants", "publishers",   "sponsors"}))
        return true;
    }
    return false;
  }

  // "To stop selling your data".
  bool is_ended(const Predicate& p) const {
    return p.at > 0 && one_of(a_.tokens[p.at - 1].word,
                              {"stop", "stopped", "stops", "cease", "discontinue", "of", "from"});
  }

  // "In the event of a merger, personal data may be part of the transferred assets".
  void sold_with_all() {
    if (!out_->empty() || !a_.has(Tag::kMerger) || a_.has(Tag::kNot) || a_.question) return;
    const bool goes = (has_word(a_, "assets") && has_word(a_, "transferred")) ||
                      (has_word(a_, "included") && has_word(a_, "sale"));
    std::vector<std::string> data = data_kinds(a_);
    if (!goes || data.empty()) return;
    Statement s = statement_of(r_, "sale-or-sharing", nullptr);
    s.data = std::move(data);
    s.observable = "no";
    out_->push_back(std::move(s));
  }

  // "To computers in another governmental jurisdiction": where, not to whom.
  bool names_place() const {
    return std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
      return one_of(t.word, {"jurisdiction", "jurisdictions"});
    });
  }

  // "Has measures in place to protect personal data": of that, nothing is said to be collected.
  bool only_in_purpose(const Predicate& p) const {
    return std::all_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& hit) {
      return hit.tag != Tag::kData || hit.first < p.at || a_.clause[hit.first] != p.clause ||
             a_.role[hit.first] == Role::kPurpose;
    });
  }

  // "Stored in Example", "adheres to a framework on the collection of ...", "appropriate data
  // collection practices and security measures".
  bool is_elsewhere(const Predicate& p) const {
    constexpr std::size_t kNear = 3;
    if (p.passive && one_of(p.end < a_.size() ? a_.tokens[p.end].word : "", {"in", "by", "with"}) &&
        a_.has(Tag::kVendor, p.end, p.end + kNear))
      return true;
    return has_word(a_, "framework") || (has_word(a_, "practices") && has_word(a_, "measures"));
  }

  // "If you ask about your data, we ...". What a form is filled in for is had ("if you register").
  bool only_in_condition() const {
    return std::all_of(a_.hits.begin(), a_.hits.end(), [&](const Hit& hit) {
      return hit.tag != Tag::kData || hit.value.empty() ||
             (a_.role[hit.first] == Role::kCondition && hit.value != "form-input" &&
              !a_.has(Tag::kYou, hit.first > 6 ? hit.first - 6 : 0, hit.first));
    });
  }

  // "It can be read, collected or used by other users".
  bool is_done_by_others(const Predicate& p) const {
    constexpr std::size_t kList = 12;
    if (!p.passive) return false;
    for (std::size_t i = p.end; i < std::min<std::size_t>(p.end + kList, a_.size()); ++i) {
      const std::string_view word = a_.tokens[i].word;
      if (word == "by")
        return a_.has(Tag::kThird, i, i + 3) || a_.has(Tag::kYou, i, i + 3) ||
               one_of(a_.word(i + 1), {"other", "others", "another", "anyone"});
      const bool verb = std::any_of(a_.predicates.begin(), a_.predicates.end(),
                                    [&](const Predicate& other) { return other.at == i; });
      if (!verb && !word.ends_with("ed") &&
          !one_of(word, {",", "and", "or", "to", "exclusively", "only"}))
        return false;
    }
    return false;
  }

  void collecting() {
    if (has_type(*out_, "server-practice")) return;
    // A name in it does not change who collects.
    if (!out_->empty() && !has_type(*out_, "uses-cookies") && !has_type(*out_, "named-third-party"))
      return;
    if (has_type(*out_, "third-party-category") || has_type(*out_, "sale-or-sharing")) return;
    for (const Predicate& p : a_.predicates) {
      if (!plain_main(p)) continue;
      const bool keeps = a_.at(p.at, Tag::kCollect) || a_.at(p.at, Tag::kTrack) ||
                         (a_.at(p.at, Tag::kSet) && !a_.has(Tag::kCookie));
      const Subject subject = a_.clauses[p.clause].subject;
      // "We transfer the data, including your name, to Canada": and have it there.
      const bool moves = a_.tokens[p.at].word.starts_with("transfer");
      if ((!keeps && !moves) ||
          (!p.passive && subject != Subject::kWe && subject != Subject::kCookie))
        continue;
      std::vector<std::string> data = data_kinds(a_);
      std::erase(data, "cookies");
      if (data.empty()) continue;
      // "We ask for your consent to read your location".
      if (a_.has(Tag::kConsent, a_.clauses[p.clause].first, p.at) &&
          a_.has(Tag::kAsk, a_.clauses[p.clause].first, p.at))
        continue;
      if (is_elsewhere(p) || is_done_by_others(p) || only_in_condition()) continue;
      // "We send newsletters".
      if (!p.passive && a_.tokens[p.at].word.starts_with("send")) continue;
      if (!p.passive && subject == Subject::kWe && !a_.at(p.at, Tag::kCollect) && !moves &&
          only_in_purpose(p))
        continue;
      Statement s = statement_of(r_, "server-practice", &p);
      s.data = data;
      s.observable = is_visible(data) ? "partly" : "no";
      out_->push_back(std::move(s));
      return;
    }
  }

  // "This information can include your name, address, ...": the data list of the sentence before.
  void kinds_of_data() {
    if (!out_->empty() || !a_.has(Tag::kOpenlist) || a_.tokens[0].word == "any") return;
    const bool information =
        a_.size() > 2 && std::any_of(a_.tokens.begin(), a_.tokens.begin() + 3, [](const Token& t) {
          return t.word == "information" || t.word == "data";
        });
    const std::vector<std::string> data = data_kinds(a_);
    // "Personal data comprises all information ...": what is meant by it.
    if (std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
          return one_of(t.word, {"comprises", "defined"});
        }))
      return;
    if (!information || data.size() < 2 || !is_visible(data)) return;
    Statement s = statement_of(r_, "server-practice", nullptr);
    s.data = data;
    s.purposes.clear();
    s.observable = "partly";
    out_->push_back(std::move(s));
  }

  // "The uses of this information include: to analyse ..., to advertise ...": a browser sees who is
  // loaded for it.
  void purposes_listed() {
    if (!out_->empty()) return;
    const bool lists = std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
      return t.word == "uses" || t.word == "purposes" || t.word == "use";
    });
    const bool introduces = std::any_of(a_.tokens.begin(), a_.tokens.end(),
                                        [](const Token& t) { return t.word == ":"; });
    Statement s = statement_of(r_, "server-practice", nullptr);
    std::erase_if(s.purposes, [](const std::string& p) {
      return p != "analytics" && p != "advertising" && p != "payment" && p != "support" &&
             p != "login" && p != "social";
    });
    if (!lists || !introduces || s.purposes.empty() || a_.has(Tag::kNot)) return;
    if (a_.clauses.front().subject == Subject::kYou) return;
    s.observable = "partly";
    out_->push_back(std::move(s));
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
};

}  // namespace

void read_practice(const Reading& r, Statements* out) { Practice(r, out).run(); }

}  // namespace affiant::policy
