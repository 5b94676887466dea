// Which data somebody gets (T22, T11): used, named by "this information includes",
// listed below "we collect". It says what there is, never what there is not.
#include "policy/collection_parts.h"
#include "policy/listed_parties.h"

namespace affiant::policy {
namespace {

class Collection : CollectionParts {
 public:
  using CollectionParts::CollectionParts;

  void run() {
    constexpr std::size_t kFront = 4;  // "Our policy tells ...".
    if (a_.question || a_.has(Tag::kPolicyword, 0, kFront)) return;
    if (!a_.has(Tag::kData)) return used_too();
    const bool told = std::any_of(out_->begin(), out_->end(), [](const Statement& s) {
      return s.type == "sale-or-sharing" || s.type == "cookie-content" ||
             (s.type == "server-practice" && !contains(s.data, "transport-security"));
    });
    if (told) return;
    if (read_asked_for(r_, out_) || used() || included() || listed() || gathered() ||
        read_agreed_to(r_, out_))
      return;
    received();
  }

  // "It may also be used to answer you", after a sentence that says what is had.
  void used_too() {
    if (!out_->empty() || r_.previous == nullptr || r_.previous->empty() || a_.question ||
        word(0) != "it" || a_.predicates.empty())
      return;
    const Statement& before = r_.previous->back();
    const Predicate& p = a_.predicates.front();
    if (before.type != "server-practice" || before.polarity != "does" || before.subject != "we" ||
        before.data.empty() || contains(before.data, "transport-security") || !p.passive ||
        p.role != Role::kMain || p.polarity != Polarity::kPlain || !a_.at(p.at, Tag::kUse) ||
        !word(p.at).starts_with("us") || word(p.end) == "by" || denied(0, p.at))
      return;
    add(before.data, false, &p);
  }

 private:
  // "We use your address to send you ...", "personal data may be used for ...".
  bool used() {
    constexpr std::size_t kNear = 7;
    for (const Predicate& p : a_.predicates) {
      if (p.role != Role::kMain || p.polarity != Polarity::kPlain || disclaims(a_, p.clause) ||
          !(word(p.at).starts_with("us") || word(p.at).starts_with("utili")) ||
          !a_.at(p.at, Tag::kUse))
        continue;
      // "We ask you to use care in posting personal information".
      if (p.at > 1 && word(p.at - 1) == "to" && a_.at(p.at - 2, Tag::kYou)) continue;
      const Clause& clause = a_.clauses[p.clause];
      if (is_asked_of(clause.first, p.at)) continue;
      // "... by using the form", "... using technical measures".
      if (word(p.at).ends_with("ing") && !a_.at(p.at - (p.at > 0 ? 1 : 0), Tag::kBe) &&
          first_data(p.end, p.end + 3) == Analysis::npos)
        continue;
      // "... may also be used by advertising companies".
      if (p.passive && word(p.end) == "by" && a_.has(Tag::kThird, p.end, p.end + 6)) continue;
      if (p.passive ? clause.subject == Subject::kThird || clause.subject == Subject::kCookie
                    : clause.subject != Subject::kWe)
        continue;
      // "The collection, use and disclosure of ...": a noun.
      const std::size_t before = p.at > 0 ? p.at - 1 : 0;
      if (denied(clause.first, p.at) || (p.at > 0 && a_.tokens[before].punctuation)) continue;
      const std::size_t from = p.passive ? clause.first : p.end;
      const std::size_t to = p.passive ? p.at : std::min(p.end + kNear, clause.last);
      const std::size_t at = first_data(from, to);
      if (at == Analysis::npos || a_.role[at] == Role::kPurpose || of_others(from, at) ||
          a_.at(p.at, Tag::kData))  // "How our service is used": a kind of data itself.
        continue;
      // The object goes on to where its purpose begins.
      std::size_t end = at;
      while (end < clause.last && a_.role[end] != Role::kPurpose) ++end;
      return add(data_in(at, p.passive ? p.at : end), false, &p);
    }
    return false;
  }

  // "We ask our sellers to only use your data for ...".
  bool is_asked_of(std::size_t from, std::size_t verb) const {
    for (std::size_t i = from; i + 1 < verb; ++i)
      if (one_of(word(i), {"ask", "require", "instruct", "expect", "oblige"}) &&
          a_.at(i + 1, Tag::kOur))
        return true;
    return false;
  }

  bool log_files(std::size_t i) const {
    return i > 0 && word(i) == "files" && word(i - 1) == "log";
  }

  // "This includes your name", after a sentence that says what is had.
  bool includes_too() const {
    if (word(0) != "this" || r_.previous == nullptr || r_.previous->empty()) return false;
    const std::size_t verb = word(1) == "may" || word(1) == "can" ? 2 : 1;
    return one_of(word(verb), {"include", "includes"}) && !denied(0, a_.size()) &&
           r_.previous->back().type == "server-practice" &&
           r_.previous->back().polarity == "does" && r_.previous->back().subject == "we";
  }

  // "This information may include your name", "the logs contain addresses".
  bool included() {
    constexpr std::size_t kFar = 14, kFront = 8;
    if (includes_too()) return add(data_in(2, a_.size()), true);
    // "We use log files. This includes IP addresses, browser type and ...".
    if (word(0) == "this" && one_of(word(1), {"include", "includes"}) && !denied(0, a_.size())) {
      const Data logged = data_in(2, a_.size());
      if (logged.size() > 1 && contains(logged, "ip")) return add(logged, true);
    }
    std::size_t noun = 0;
    while (noun < std::min(kFront, a_.size()) &&
           !one_of(word(noun), {"information", "data", "details", "logs", "statistics"}) &&
           !log_files(noun))
      ++noun;
    if (noun >= std::min(kFront, a_.size())) return false;
    std::size_t verb = noun + 1;
    while (verb < std::min(noun + kFar, a_.size()) &&
           !one_of(word(verb), {"include", "includes", "contain", "contains", "consists",
                                "comprises", "comprise"}) &&
           !(log_files(noun) && one_of(word(verb), {"store", "record", "show"})))
      ++verb;
    // "The kinds of data collected are: ...".
    for (std::size_t i = noun + 1;
         verb >= std::min(noun + kFar, a_.size()) && i + 1 < a_.size() && i < noun + kFar; ++i)
      if (one_of(word(i), {"are", "is"}) && word(i + 1) == ":" && a_.has(Tag::kCollect, noun, i))
        verb = i;
    if (verb >= std::min(noun + kFar, a_.size()) || denied(0, verb)) return false;
    // "Information" by itself may be defined; "this information", "that we collect" is had.
    bool had = one_of(word(0), {"this", "such", "these", "that", "the"}) || word(verb - 1) == "may";
    for (std::size_t i = 0; i < verb; ++i)
      had = had || a_.at(i, Tag::kCollect) || a_.at(i, Tag::kWe) || a_.at(i, Tag::kSet);
    for (const Tag tag : {Tag::kThird, Tag::kVendor})
      if (a_.has(tag, 0, verb)) return false;
    // "Information gathered through cookies includes ...", not what they hold.
    if (a_.has(Tag::kCookie, 0, verb) && !a_.has(Tag::kCollect, 0, a_.find(Tag::kCookie)))
      return false;
    return had && add(data_in(verb, a_.size()), true);
  }

  // An item below "we collect:" or "Information we collect".
  bool listed() {
    if (r_.document.blocks[r_.sentence.block].kind != BlockKind::kItem || !out_->empty() ||
        denied(0, a_.size()) || speaks_of_somebody())
      return false;
    const std::string lead = fold(lead_of(r_));
    const auto says = [&](std::string_view w) { return lead.find(w) != std::string::npos; };
    const bool told =
        lead.ends_with(':') && (says("collect") || says("gather") || says("receive") ||
                                says("provide us") || says("ask you"));
    if ((!told && !heads_list(lead)) || says(" not") || says("n't") || says("n\xE2\x80\x99t") ||
        says("never") || says("third") || says("partners"))
      return false;
    return add(data_in(0, a_.size()), true);
  }

  // "Information we collect", "2. Data you provide:".
  static bool heads_list(std::string_view lead) {
    constexpr std::size_t kLongest = 60;
    if (lead.size() > kLongest) return false;
    const auto says = [&](std::string_view w) { return lead.find(w) != std::string_view::npos; };
    if (!says("information") && !says("data") && !says("what")) return false;
    return says("we collect") || says("we gather") || says("we receive") || says("you provide") ||
           says("you give") || says("collected");
  }

  // Outside brackets: "Account data (if you create one): your name".
  bool speaks_of_somebody() const {
    for (std::size_t i = 0; i < a_.size(); ++i)
      if (a_.role[i] != Role::kAside && a_.at(i, Tag::kYou)) return true;
    return std::any_of(a_.predicates.begin(), a_.predicates.end(),
                       [](const Predicate& p) { return p.role != Role::kAside; });
  }

  // "We use cookies to collect information about the pages you visit": for what is said to be done.
  bool gathered() {
    for (const Predicate& p : a_.predicates) {
      if (p.role != Role::kPurpose || p.polarity != Polarity::kPlain || p.passive || p.at == 0 ||
          !(a_.at(p.at, Tag::kCollect) || a_.at(p.at, Tag::kTrack) || a_.at(p.at, Tag::kSet)))
        continue;
      const Subject subject = a_.clauses[p.clause].subject;
      if (subject != Subject::kWe && subject != Subject::kCookie) continue;
      const bool plain =
          std::any_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& m) {
            return m.clause == p.clause && m.role == Role::kMain && m.at < p.at;
          });
      const bool all_plain =
          std::all_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& m) {
            return m.clause != p.clause || m.polarity == Polarity::kPlain;
          });
      if (!plain || !all_plain || denied(a_.clauses[p.clause].first, p.at) || a_.has(Tag::kThird) ||
          a_.has(Tag::kVendor) || a_.has(Tag::kConsent))
        continue;
      if (add(data_in(p.end, a_.clauses[p.clause].last), true, &p)) return true;
    }
    return false;
  }

  // "They automatically receive your IP address", after a sentence about others.
  void received() {
    constexpr std::size_t kFront = 5;
    std::size_t they = 0;
    while (they < kFront && word(they) != "they") ++they;
    if (word(they) != "they" || (they > 0 && word(they - 1) != ",") || r_.previous == nullptr ||
        has_type(*out_, "third-party-category"))
      return;
    const bool others =
        std::any_of(r_.previous->begin(), r_.previous->end(), [](const Statement& s) {
          return s.polarity == "does" &&
                 (s.type == "third-party-category" || s.type == "named-third-party");
        });
    if (!others) return;
    for (const Predicate& p : a_.predicates) {
      if (p.clause != 0 || p.role != Role::kMain || p.polarity != Polarity::kPlain || p.passive ||
          !(a_.at(p.at, Tag::kCollect) || a_.at(p.at, Tag::kSet) || a_.at(p.at, Tag::kUse)))
        continue;
      Data data = data_in(p.end, a_.clauses[0].last);
      if (data.empty()) continue;
      Statement s = statement_of(r_, "third-party-category", &p);
      s.subject = "third-party";
      s.data = std::move(data);
      s.observable = "partly";
      out_->push_back(std::move(s));
      return;
    }
  }
};

}  // namespace

void read_collection(const Reading& r, Statements* out) { Collection(r, out).run(); }

}  // namespace affiant::policy
