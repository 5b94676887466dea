#include "policy/data_mentions.h"

#include <algorithm>

namespace affiant::policy {
namespace {

class Mention {
 public:
  Mention(const Analysis& a, const Hit& hit) : a_(a), hit_(hit) {}

  bool only() const {
    return is_misused() || (is_guarded() && !is_had()) || is_letter() || is_advised() ||
           is_request() || is_kept_back();
  }

 private:
  static constexpr std::size_t kReach = 16;  // Words of a list of data.

  std::string_view word(std::size_t i) const { return a_.word(i); }

  // Words of the noun phrase that the data stand in, and of a list of them.
  bool belongs(std::size_t i) const {
    return a_.at(i, Tag::kData) || a_.at(i, Tag::kOur) || a_.at(i, Tag::kYour) ||
           one_of(word(i),
                  {"your",     "their",       "our",  "my",    "the",        "any",       "all",
                   "this",     "that",        "such", "these", "those",      "certain",   "other",
                   "a",        "an",          "and",  "or",    ",",          "/",         "both",
                   "customer", "information", "data", "user",  "customers'", "sensitive", "online",
                   "personal", "test",        "taker"});
  }

  static bool guards(std::string_view word) {
    return one_of(
        word, {"protect",    "protects",  "protecting", "safeguard",  "safeguards", "safeguarding",
               "secure",     "securing",  "delete",     "deletes",    "deleting",   "erase",
               "erasing",    "rectify",   "correct",    "correcting", "amend",      "destroy",
               "destroying", "anonymise", "anonymize"});
  }

  // "Measures to protect your data", "the security of your data", "requests about your data".
  bool is_guarded() const {
    std::size_t i = hit_.first;
    while (i > 0 && hit_.first - i < kReach && belongs(i - 1)) --i;
    if (i == 0 || hit_.first - i >= kReach) return false;
    // The list may hold the verbs: "to collect, use and protect".
    --i;
    if (guards(word(i))) return guards_alone(i);
    if (word(i).starts_with("keep")) return is_kept_safe();
    if (one_of(word(i), {"about", "regarding", "concerning", "to", "over"})) {
      const bool related = word(i) == "to";
      if (related && (i == 0 || !one_of(word(i - 1), {"related", "relating", "pertaining"})))
        return is_breach(i);
      const std::size_t noun = i - (related ? 2 : 1);
      return i > 1 && one_of(word(noun),
                             {"request", "requests", "question", "questions", "concern", "concerns",
                              "inquiry", "inquiries", "enquiries", "complaint", "complaints",
                              "queries", "choices", "rights", "laws", "rules", "regulations"});
    }
    if (word(i) != "of" || i == 0) return false;
    return one_of(word(i - 1),
                  {"security", "protection", "confidentiality", "privacy", "integrity", "accuracy",
                   "safety", "deletion", "erasure", "destruction", "alteration", "loss", "misuse"});
  }

  // "To prevent unauthorised access to or processing of your data".
  bool is_misused() const {
    for (std::size_t i = hit_.first; i-- > 0 && hit_.first - i <= kReach;)
      if (word(i).starts_with("unauthori")) return true;
    return false;
  }

  // "Measures to keep your data safe".
  bool is_kept_safe() const {
    constexpr std::size_t kNear = 3;
    for (std::size_t i = hit_.last; i < std::min<std::size_t>(hit_.last + kNear, a_.size()); ++i)
      if (one_of(word(i), {"safe", "secure", "accurate"})) return true;
    return false;
  }

  // "Block unauthorised access to your data".
  bool is_breach(std::size_t to) const {
    constexpr std::size_t kNear = 6;
    if (to == 0 || word(to - 1) != "access") return false;
    for (std::size_t i = to; i-- > 0 && to - i <= kNear;)
      if (word(i).starts_with("unauthori") || word(i).starts_with("unlawful") ||
          one_of(word(i), {"block", "prevent", "prevents", "preventing", "accidental"}))
        return true;
    return false;
  }

  // "Collect, use and protect": the other verbs are of the data, too.
  bool guards_alone(std::size_t i) const {
    while (i > 1 && one_of(word(i - 1), {"and", "or", ",", "&"})) {
      std::size_t before = i - 2;
      while (before > 0 && one_of(word(before), {"and", "or", ","})) --before;
      if (!guards(word(before))) return false;
      i = before;
    }
    return true;
  }

  // "The personal data that we collect", "... you provide", "... held": somebody has them.
  bool is_had() const {
    constexpr std::size_t kNear = 4;
    const std::size_t end = std::min<std::size_t>(hit_.last + kNear, a_.size());
    for (std::size_t i = hit_.last; i < end; ++i) {
      if (a_.tokens[i].punctuation) return false;
      if (a_.at(i, Tag::kWe) || word(i) == "you" ||
          (a_.at(i, Tag::kCollect) && word(i).ends_with("ed")) || word(i) == "held")
        return true;
    }
    return false;
  }

  // "By sending you an email", "email us at ...": what is written, not where to.
  bool is_letter() const {
    constexpr std::size_t kNear = 5;
    if (hit_.value != "email" || one_of(word(hit_.last - 1), {"address", "addresses"}))
      return false;
    if (one_of(word(hit_.last), {"us", "you", "me", "them", "this", "at", "account", "list"}))
      return true;
    for (std::size_t i = hit_.first; i-- > 0 && hit_.first - i <= kNear;) {
      if (one_of(word(i),
                 {"send", "sends", "sending", "sent", "receiving", "open", "opened", "via"}))
        return true;
      if (a_.tokens[i].punctuation || a_.at(i, Tag::kYour)) return false;
    }
    return false;
  }

  // "In a manner that does not reveal personal information".
  bool is_kept_back() const {
    return hit_.first > 1 && a_.at(hit_.first - 2, Tag::kNot) &&
           one_of(word(hit_.first - 1), {"reveal", "include", "contain", "identify", "disclose"});
  }

  // "You may submit a request through an agent".
  bool is_request() const {
    constexpr std::size_t kNear = 6;
    if (hit_.value != "form-input" || word(hit_.first) != "submit") return false;
    for (std::size_t i = hit_.last; i < std::min<std::size_t>(hit_.last + kNear, a_.size()); ++i)
      if (one_of(word(i), {"request", "requests", "complaint", "complaints", "applications",
                           "ticket", "notification", "claim"}))
        return true;
    return false;
  }

  // "Read the rules before you submit your data".
  bool is_advised() const {
    constexpr std::size_t kNear = 6;
    for (std::size_t i = hit_.first; i-- > 0 && hit_.first - i <= kNear;) {
      if (a_.at(i, Tag::kWe)) return false;
      if (one_of(word(i), {"before", "prior"})) return true;
    }
    return false;
  }

  const Analysis& a_;
  const Hit& hit_;
};

}  // namespace

bool is_only_mentioned(const Analysis& a, const Hit& hit) { return Mention(a, hit).only(); }

}  // namespace affiant::policy
