// What a site says it does not do (T2, T7, T12, T13, T14, T16, T17, T20, T21): read only when every
// part of the sentence is understood, since a denial that was never made accuses an honest site.
#include <algorithm>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

constexpr std::size_t kLongestBare = 40;  // Tokens of a denial without a verb.

class Denials {
 public:
  Denials(const Reading& r, Statements* out) : r_(r), a_(r.a), d_(r), out_(out) {}

  void run() {
    free_of();
    bare();
    for (const Predicate& p : a_.predicates) {
      if (p.polarity != Polarity::kDenied || p.role != Role::kMain) continue;
      if (disclaims(a_, p.clause)) continue;
      const Subject subject = subject_of(p);
      if (of_what_was_said(p, subject)) continue;
      if (about_cookie_content(p, subject)) continue;
      if (promises_nothing(a_, p) || nobody_does(p)) continue;
      if (subject == Subject::kYou) {
        not_tracked(p);
        continue;
      }
      if (sharing(p, subject)) continue;
      if (!p.passive && subject != Subject::kWe && !d_.existential(p)) continue;
      if (p.passive && subject == Subject::kThird && !d_.is(p, Tag::kAllow)) {
        // "Third-party scripts are never included."
        if (!d_.is(p, Tag::kEmbed) && !d_.is(p, Tag::kUse) && !d_.is(p, Tag::kSet)) continue;
      }
      if (tracks_people(p, subject)) continue;
      read_denied_things(r_, d_, p, out_);
      again(p);
      items(p);
    }
    without();
  }

 private:
  // "It does not ...", after a sentence about the site.
  Subject subject_of(const Predicate& p) const {
    const Clause& clause = a_.clauses[p.clause];
    if (clause.subject != Subject::kOther || !r_.it_is_site) return clause.subject;
    std::size_t first = clause.first;
    while (first < p.at && (a_.tokens[first].punctuation || one_of(d_.word(first), {"and", "or"})))
      ++first;
    const bool it = d_.word(first) == "it" || d_.word(0) == "it";
    return it ? Subject::kWe : clause.subject;
  }

  // "There are no tags on these pages, and no cookies": what is denied again behind a place.
  void again(const Predicate& p) {
    std::size_t i = d_.object_range(p).second;
    for (; i < a_.clauses[p.clause].last; ++i) {
      if (!a_.at(i, Tag::kNo) || a_.role[i] != Role::kMain ||
          !one_of(d_.word(i - 1), {",", "and", "or", "nor"}))
        continue;
      Predicate more = p;
      more.at = i;
      more.end = i + 1;
      more.passive = false;
      read_denied_things(r_, d_, more, out_);
    }
  }

  // "We do not use:" and a list whose items go on to explain themselves, each behind a dash.
  void items(const Predicate& p) {
    constexpr std::size_t kNear = 6;
    std::size_t colon = p.end;
    while (colon < a_.size() && colon < p.end + kNear && d_.word(colon) != ":") ++colon;
    if (p.passive || d_.word(colon) != ":" || d_.word(colon + 1) != "\n") return;
    for (std::size_t i = colon + 2; i + 1 < a_.size(); ++i) {
      if (d_.word(i) != "\n" || a_.clause[i + 1] == p.clause) continue;
      Predicate item = p;
      item.end = i + 1;
      item.clause = a_.clause[i + 1];
      read_denied_things(r_, d_, item, out_);
    }
  }

  // "No external services set cookies": who is denied is who would do it.
  bool nobody_does(const Predicate& p) {
    if (p.passive || d_.existential(p)) return false;
    std::size_t no = p.at;
    for (; no-- > a_.clauses[p.clause].first && p.at - no <= 5;) {
      if (a_.tokens[no].punctuation && d_.word(no) != "-") return false;
      if (a_.at(no, Tag::kNo)) break;
    }
    if (no >= p.at || !a_.at(no, Tag::kNo) || no + 1 >= p.at) return false;
    const bool first = no == a_.clauses[p.clause].first || a_.tokens[no - 1].punctuation;
    if (!first) return false;
    for (std::size_t i = no + 1; i < p.at; ++i)  // "No, we do not use any."
      if (a_.at(i, Tag::kWe) || a_.at(i, Tag::kDo) || a_.at(i, Tag::kNot)) return false;
    if (a_.has(Tag::kThird, no, p.at) && a_.has(Tag::kCookie, p.end, p.end + 4)) {
      Statement s = d_.denial("third-party-denial", p, p.end);
      s.subject = "third-party";
      s.data.emplace_back("cookies");
      add(std::move(s));
    }
    return true;
  }

  void add(Statement s) { add_once(out_, std::move(s)); }

  // "No third-party trackers, no ads": denied with no verb at all.
  void bare() {
    for (const Clause& clause : a_.clauses) {
      std::size_t first = clause.first;
      while (first < clause.last && a_.tokens[first].punctuation) ++first;
      // "Privacy: no tracking."
      for (std::size_t i = first; i < std::min(first + 4, clause.last); ++i)
        if (d_.word(i) == ":") first = i + 1;
      if (!a_.at(first, Tag::kNo) || clause.last - first < 2 || clause.last - first > kLongestBare)
        continue;
      bool says_more = a_.question || a_.has(Tag::kYou, first, clause.last) ||
                       a_.has(Tag::kConsent, first, clause.last);
      for (const Tag tag : {Tag::kBe, Tag::kDo, Tag::kMay, Tag::kWill, Tag::kIf, Tag::kUnless,
                            Tag::kNot, Tag::kWithout, Tag::kPolicyword, Tag::kAsksfirst, Tag::kWe,
                            Tag::kControl, Tag::kChoice, Tag::kRight})
        says_more = says_more || a_.has(tag, first, clause.last);
      for (const Predicate& p : a_.predicates)
        says_more = says_more || (p.at >= first && p.at < clause.last &&
                                  !d_.word(p.at).ends_with("ing") && !a_.at(p.at - 1, Tag::kNo));
      if (says_more) continue;
      Predicate p;
      p.at = first;
      p.end = first + 1;
      p.clause = a_.clause[first];
      p.polarity = Polarity::kDenied;
      const bool thing = a_.at(first + 1, Tag::kCookie) || a_.at(first + 1, Tag::kTracker) ||
                         a_.at(first + 1, Tag::kBeacon) || a_.at(first + 2, Tag::kCookie);
      if (a_.at(first + 1, Tag::kTracking) && !thing && clause.last - first <= 4)
        add(d_.denial("behavioural-tracking", p, p.end + 1));
      read_denied_things(r_, d_, p, out_);
    }
  }

  // "It is not used to track you", after a sentence about cookies or storage.
  bool of_what_was_said(const Predicate& p, Subject subject) {
    if (!p.passive || !d_.is(p, Tag::kUse) || subject != Subject::kOther || r_.previous == nullptr)
      return false;
    std::size_t first = a_.clauses[p.clause].first;
    while (first < p.at && a_.tokens[first].punctuation) ++first;
    if (!one_of(d_.word(first), {"it", "they", "these", "this", "those"})) return false;
    const auto before =
        std::find_if(r_.previous->begin(), r_.previous->end(), [](const Statement& s) {
          return s.polarity == "does" &&
                 (s.type == "uses-cookies" || s.type == "other-storage" ||
                  s.type == "cookie-category" || s.type == "only-necessary");
        });
    if (before == r_.previous->end()) return false;
    const auto [from, to] = d_.tail_of(p, p.end);
    std::vector<std::string> purposes = a_.values(Tag::kPurpose, from, to);
    std::erase_if(purposes, [](const std::string& v) {
      return v != "advertising" && v != "analytics" && v != "social";
    });
    const bool tracks =
        to > from && (a_.has(Tag::kTrack, from, to) || a_.has(Tag::kBehaviour, from, to));
    if (!tracks && purposes.empty()) return false;
    Statement s = d_.denial(tracks ? "behavioural-tracking" : "cookie-category", p, a_.size());
    if (!tracks) s.purposes = purposes;
    s.data = before->data;
    add(std::move(s));
    return true;
  }

  // "Our site is free of trackers", "the site works without cookies", "it is ad-free": denied with
  // no verb that does.
  void without() {
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kWithout || a_.role[hit.first] != Role::kMain) continue;
      const std::size_t clause = a_.clause[hit.first];
      if (a_.clauses[clause].subject != Subject::kWe || a_.has(Tag::kIf) || a_.has(Tag::kConsent))
        continue;
      if (!stands_for_itself(hit, a_.clauses[clause].first)) continue;
      Predicate p;
      p.at = hit.first;
      p.end = hit.last;
      p.clause = clause;
      p.polarity = Polarity::kDenied;
      read_denied_things(r_, d_, p, out_);
    }
  }

  // "You will not be tracked"; not "... if you opt out".
  void not_tracked(const Predicate& p) {
    if (!p.passive || !d_.is(p, Tag::kTrack) || a_.has(Tag::kIf) || a_.has(Tag::kUnless) ||
        a_.has(Tag::kOptout) || a_.has(Tag::kChoice) || a_.has(Tag::kAnaphora))
      return;
    Statement s = d_.denial("behavioural-tracking", p, p.end);
    // "Your visitors are not tracked": those of somebody else's site.
    const std::size_t first = a_.clauses[p.clause].first;
    if (a_.at(first, Tag::kYour) && a_.at(first + 1, Tag::kYou))
      s.scope = a_.words(r_.document.text, first, first + 2);
    add(std::move(s));
  }

  // "Its statistics are cookie-free": not the site.
  bool of_a_part(std::size_t first, std::size_t is) const {
    return one_of(d_.word(first), {"its", "their"}) || a_.has(Tag::kPurpose, first, is) ||
           a_.has(Tag::kVendor, first, is) || a_.has(Tag::kThird, first, is) ||
           (one_of(d_.word(first), {"it", "they", "this", "which"}) && first == 0 &&
            !r_.it_is_site && is == first + 1);
  }

  // "Our site is ad-free and cookie-free".
  void free_of() {
    for (const Hit& hit : a_.hits) {
      if (d_.word(hit.last) != "-" || d_.word(hit.last + 1) != "free") continue;
      const std::size_t clause = a_.clause[hit.first];
      const std::size_t first = a_.clauses[clause].first;
      const std::size_t is = a_.find(Tag::kBe, first, hit.first);
      if (a_.role[hit.first] != Role::kMain || is == Analysis::npos ||
          a_.has(Tag::kNot, first, hit.first) || a_.has(Tag::kMay, first, hit.first) ||
          a_.clauses[clause].subject == Subject::kYou ||
          a_.clauses[clause].subject == Subject::kThird || of_a_part(first, is))
        continue;
      const std::string_view type = hit.tag == Tag::kAd       ? "advertising"
                                    : hit.tag == Tag::kCookie ? "no-cookies"
                                    : hit.tag == Tag::kTracker || hit.tag == Tag::kTracking
                                        ? "behavioural-tracking"
                                        : "";
      if (type.empty()) continue;
      Predicate p;
      p.at = is;
      p.end = is + 1;
      p.clause = clause;
      p.polarity = Polarity::kDenied;
      Statement s = d_.denial(type, p, hit.last + 2);
      if (hit.tag == Tag::kCookie) s.data.emplace_back("cookies");
      add(std::move(s));
    }
  }

  bool works(std::size_t i) const {
    return one_of(d_.word(i),
                  {"work", "works", "function", "functions", "operate", "operates", "run", "runs",
                   "do", "does", "manage", "manages", "get", "usable", "offered"});
  }

  bool stands_for_itself(const Hit& hit, std::size_t first) const {
    for (const Predicate& p : a_.predicates)
      if (p.clause == a_.clause[hit.first] && p.at < hit.first && !works(p.at)) return false;
    for (std::size_t i = hit.first; i-- > first && hit.first - i <= 4;) {
      if (a_.at(i, Tag::kNot) || a_.at(i, Tag::kMay)) return false;
      if (a_.at(i, Tag::kBe) || works(i)) return true;
    }
    return false;
  }

  // "These cookies do not store personal information", "no personal data is kept in cookies".
  bool about_cookie_content(const Predicate& p, Subject subject) {
    const bool stores = d_.is(p, Tag::kSet) || d_.is(p, Tag::kCollect) || d_.is(p, Tag::kUse) ||
                        d_.is(p, Tag::kShare) || d_.is(p, Tag::kEmbed);
    const Clause& clause = a_.clauses[p.clause];
    const std::vector<std::string> data = a_.values(Tag::kData, clause.first, clause.last);
    const bool personal = contains(data, "personal-information") || contains(data, "identifiers") ||
                          contains(data, "email");
    if (!stores || !personal) return false;
    bool in_cookie = subject == Subject::kCookie && !p.passive;
    if (!in_cookie && p.passive) {
      // "... are not used to identify you"; "... is stored in a cookie".
      in_cookie = subject == Subject::kCookie;
      for (std::size_t i = p.end; i < a_.clauses[p.clause].last && !in_cookie; ++i) {
        if (one_of(d_.word(i), {"in", "within", "inside"}))
          in_cookie = a_.has(Tag::kCookie, i, std::min(i + 5, a_.size()));
      }
    }
    if (!in_cookie) return false;
    Statement s = d_.denial("cookie-content", p, a_.size());
    s.data = a_.values(Tag::kData);
    s.observable = "partly";
    add(std::move(s));
    return true;
  }

  bool sharing(const Predicate& p, Subject subject) {
    const bool sells = d_.is(p, Tag::kSell), shares = d_.is(p, Tag::kShare);
    if (!sells && !shares) return false;
    if ((!p.passive && subject != Subject::kWe) || goes_to_us(a_, p)) return true;
    const bool data =
        a_.has(Tag::kData) || std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
          return t.word == "data" || t.word == "information" || t.word == "it";
        });
    if (data) {
      Statement s = d_.denial("sale-or-sharing", p, a_.size());
      s.observable = "no";
      s.data = a_.values(Tag::kData);
      s.purposes = a_.values(Tag::kPurpose);
      add(std::move(s));
    }
    return true;
  }

  // "We do not track you across websites", "we do not allow third parties to track".
  bool tracks_people(const Predicate& p, Subject subject) {
    const Clause& clause = a_.clauses[p.clause];
    if (d_.is(p, Tag::kAllow) &&
        (a_.has(Tag::kThird, p.end, clause.last) || subject == Subject::kThird)) {
      const bool tracking = a_.has(Tag::kTracking, 0, clause.last) ||
                            a_.has(Tag::kBehaviour, 0, clause.last) ||
                            (a_.has(Tag::kCookie) && a_.has(Tag::kCollect, p.end, clause.last));
      const bool cookies = a_.has(Tag::kCookie, p.end, clause.last);
      if (!tracking && !cookies) {
        // Content, scripts and the like go on below; anything else is not about what a browser
        // sees.
        const bool puts_up =
            std::any_of(a_.predicates.begin(), a_.predicates.end(), [&](const Predicate& to) {
              return to.at > p.at && to.clause == p.clause &&
                     (d_.is(to, Tag::kUse) || d_.is(to, Tag::kCollect) || d_.is(to, Tag::kShare)) &&
                     !d_.is(to, Tag::kServe) && !d_.is(to, Tag::kEmbed);
            });
        return puts_up || (!a_.has(Tag::kAd, p.end, clause.last) &&
                           !a_.has(Tag::kContent, p.end, clause.last));
      }
      Statement s =
          d_.denial(tracking ? "behavioural-tracking" : "third-party-denial", p, a_.size());
      s.subject = "third-party";
      if (cookies) s.data.emplace_back("cookies");
      if (const std::size_t what = d_.anaphora(p.end, clause.last); what != Analysis::npos)
        s.scope = a_.words(r_.document.text, what, what + 2);
      add(std::move(s));
      return true;
    }
    if (!d_.is(p, Tag::kTrack) || p.passive) return false;
    std::size_t next = p.end;
    const bool people = a_.at(next, Tag::kYou) || a_.at(next + 1, Tag::kYou);
    // "track your browsing history"
    const bool history =
        a_.at(next, Tag::kYour) && contains(a_.values(Tag::kData, next, clause.last), "usage");
    bool whole = (people || history) && !a_.has(Tag::kAnaphora);
    // "track you by name": some other way of tracking than the one denied.
    for (std::size_t i = next + 1; i < clause.last; ++i) {
      if (d_.word(i) == "by" && d_.word(i - 1).ends_with("ed")) continue;
      if (one_of(d_.word(i), {"by", "using", "via", "individually", "personally"})) whole = false;
    }
    // "track your activity across other websites"
    const bool across = a_.has(Tag::kBehaviour, next, clause.last) && !a_.has(Tag::kAnaphora);
    if (whole || across) {
      Statement s = d_.denial("behavioural-tracking", p, across ? clause.last : next);
      add(std::move(s));
    }
    return true;
  }

  const Reading& r_;
  const Analysis& a_;
  const DenialParts d_;
  Statements* out_;
};

}  // namespace

void read_denials(const Reading& r, Statements* out) { Denials(r, out).run(); }

}  // namespace affiant::policy
