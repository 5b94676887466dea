// Which data a visitor is asked for, supplies, lets his browser send, or agrees to have collected
// (T22): called by read_collection().
#include "policy/collection_parts.h"

namespace affiant::policy {
namespace {

class Given : CollectionParts {
 public:
  using CollectionParts::CollectionParts;

  bool asked_or_supplied() { return asked() || supplied(); }
  bool sent_or_agreed() { return sent() || agreed(); }

 private:
  // "We may ask for your name", "you will be asked to provide your address".
  bool asked() {
    constexpr std::size_t kNear = 12;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kAsk) continue;
      // "Personal information is requested when you order".
      const std::size_t from = a_.clauses[a_.clause[hit.first]].first;
      if (word(hit.first) == "requested" && hit.first > 0 &&
          one_of(word(hit.first - 1), {"is", "are"}) && a_.role[hit.first] == Role::kMain &&
          !denied(from, hit.first) && word(hit.last) != "by" && !of_others(from, hit.first))
        return add(data_in(from, hit.first), true);
      // "During registration you must give ...", "there are times when we ask you for ...".
      const Role role = a_.role[hit.first];
      const std::string_view second = hit.first > 1 ? word(hit.first - 2) : std::string_view();
      const bool when =
          role == Role::kCondition && (word(0) == "during" || second == "you" ||
                                       (second == "when" && a_.at(hit.first - 1, Tag::kWe)));
      if (role != Role::kMain && role != Role::kPurpose && !when) continue;
      const Clause& clause = a_.clauses[a_.clause[hit.first]];
      const std::string_view verb = word(hit.first), last = word(hit.last - 1);
      const bool gives = one_of(last, {"provide", "give", "enter", "submit", "supply"});
      const bool us =
          clause.subject == Subject::kWe &&
          (a_.has(Tag::kWe, clause.first, hit.first) || verb == "ask" || verb == "asks");
      const bool you = (clause.subject == Subject::kYou || (when && second == "you")) && gives;
      if (!us && !you) continue;
      const std::size_t end = clause.last,
                        at = first_data(hit.last, std::min(end, hit.last + kNear));
      if (at == Analysis::npos || of_others(hit.last, at) || denied(clause.first, at)) continue;
      if (a_.at(hit.first - (hit.first > 0 ? 1 : 0), Tag::kYou) && verb != "must" &&
          clause.subject == Subject::kWe)
        continue;  // "As you request".
      return add(data_in(at, a_.size()), true);
    }
    return false;
  }

  // "If you supply us with your telephone number, we may ...", "you may give us your name".
  bool supplied() {
    constexpr std::size_t kNear = 4, kFar = 10;
    for (std::size_t i = 0; i + 1 < a_.size(); ++i) {
      if (word(i) != "you") continue;
      std::size_t verb = i + 1;
      while (verb < i + 1 + kNear &&
             !one_of(word(verb), {"provide", "supply", "give", "submit", "enter", "add", "fill"}))
        ++verb;
      if (verb == i + 1 + kNear) continue;
      const std::size_t end = std::min(a_.size(), verb + kFar), at = first_data(verb, end);
      if (at == Analysis::npos || of_others(verb, at) ||
          denied(a_.clauses[a_.clause[i]].first, at) || promises_not(a_.clause[i], at))
        continue;
      for (std::size_t n = verb + 1; n < at; ++n)
        if (a_.tokens[n].punctuation || one_of(word(n), {"to", "through", "by", "via"}))
          return word(n) == "to" && word(n + 1) == "us" && add(data_in(at, a_.size()), true);
      return add(data_in(at, a_.size()), true);
    }
    return false;
  }

  // "What you provide, such as your name, will not be sold": what it is about.
  bool promises_not(std::size_t clause, std::size_t from) const {
    constexpr std::size_t kFar = 40;
    return std::any_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& p) {
      if (p.clause != clause || p.at <= from || p.at > from + kFar || !p.passive ||
          p.polarity != Polarity::kDenied)
        return false;
      for (std::size_t i = from; i < p.at; ++i)  // "... your name, which is not sold".
        if (one_of(word(i), {"which", "that", "who", "we", "they", "it"})) return false;
      return true;
    });
  }

  // "Your browser automatically sends its type".
  bool sent() {
    for (const Predicate& p : a_.predicates) {
      if (p.role != Role::kMain || p.polarity != Polarity::kPlain || p.passive ||
          !(a_.at(p.at, Tag::kShare) || word(p.at).starts_with("send")))
        continue;
      const std::size_t from = a_.clauses[p.clause].first;
      for (std::size_t i = p.at; i-- > from + 1;)
        if (one_of(word(i), {"browser", "device", "computer"}) && a_.at(i - 1, Tag::kYour))
          return !of_others(p.end, a_.clauses[p.clause].last) &&
                 add(data_in(p.end, a_.size()), true, &p);
    }
    return false;
  }

  // "You consent to the collection and storage of your personal data".
  bool agreed() {
    constexpr std::size_t kFar = 14;
    for (std::size_t i = 1; i + 2 < a_.size(); ++i) {
      if (!one_of(word(i), {"consent", "agree"}) || !a_.has(Tag::kYou, i > 4 ? i - 4 : 0, i) ||
          word(i + 1) != "to" ||
          (a_.role[i] != Role::kMain && word(a_.clauses[a_.clause[i]].first) != "by"))
        continue;
      const std::size_t end = std::min<std::size_t>(i + kFar, a_.size());
      std::size_t noun = i + 2;
      while (noun < end && !one_of(word(noun), {"collection", "processing", "storage", "use"}))
        ++noun;
      if (noun >= end || denied(0, end) || of_others(noun, end)) return false;
      return add(data_in(noun, a_.size()), true);
    }
    return false;
  }
};

}  // namespace

bool read_asked_for(const Reading& r, Statements* out) { return Given(r, out).asked_or_supplied(); }
bool read_agreed_to(const Reading& r, Statements* out) { return Given(r, out).sent_or_agreed(); }

}  // namespace affiant::policy
