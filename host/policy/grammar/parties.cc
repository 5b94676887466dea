// Who else takes part: named, by kind, as trackers, as advertisers; and how analytics are set up.
#include <algorithm>

#include "policy/companies.h"
#include "policy/grammar/rules.h"

namespace affiant::policy::grammar {
namespace {

class Parties {
 public:
  Parties(const Reading& r, const Parse& p, bool among, Statements* out)
      : r_(r), p_(p), a_(p.a), among_(among), out_(out) {}

  void run() {
    named();
    if (among_ && !has_type(*out_, "named-third-party")) listed();
    for (std::size_t c = 0; c < a_.clauses.size(); ++c) {
      if (!acts(p_, c)) continue;
      tracking(c);
      category(c);
      advertising(c);
    }
  }

 private:
  std::vector<Hit> in_clause(Tag tag, std::size_t c) const {
    std::vector<Hit> out;
    for (const Hit& h : a_.hits)
      if (h.tag == tag && a_.clause[h.first] == c && a_.role[h.first] != Role::kException &&
          a_.role[h.first] != Role::kCondition && !is_compared(a_, h))
        out.push_back(h);
    return out;
  }

  bool verb(std::size_t c, std::initializer_list<Tag> tags) const {
    for (std::size_t i = a_.clauses[c].first; i < a_.clauses[c].last; ++i) {
      if (!is_practice(p_, i) || a_.role[i] != Role::kMain) continue;
      if (std::any_of(tags.begin(), tags.end(), [&](Tag t) { return p_.starts(i, t); }))
        return true;
    }
    return false;
  }

  // Where names stand that take part: not in what is denied, nor in what a visitor does.
  bool takes_part(const Hit& hit) const {
    const std::size_t c = a_.clause[hit.first];
    const ClauseFacts& f = p_.facts[c];
    if (is_compared(a_, hit)) return false;
    if (f.polarity == Polarity::kDenied && a_.role[hit.first] == Role::kMain &&
        !p_.phrase[hit.first] && a_.clauses[c].subject == Subject::kWe)
      return false;
    return a_.role[hit.first] != Role::kException && !disclaims(a_, c);
  }

  void named() {
    if (a_.has(Tag::kOperator)) return;
    const Predicate* predicate = nullptr;
    for (const Predicate& q : a_.predicates) {
      const bool plain =
          q.role == Role::kMain ? q.polarity == Polarity::kPlain : q.role != Role::kCondition;
      if (!plain || a_.clauses[q.clause].subject == Subject::kYou || disclaims(a_, q.clause))
        continue;
      predicate = &q;
      break;
    }
    if (predicate == nullptr) return;
    Statement s = statement_of(r_, "named-third-party", predicate);
    std::size_t until = 0, found = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kVendor || hit.first < until || !takes_part(hit)) continue;
      until = hit.last;
      if (p_.at(hit.last, Tag::kPolicyword) && !a_.has(Tag::kCookie)) continue;
      std::string name = a_.words(r_.document.text, hit.first, hit.last);
      if (!contains(s.parties, name)) s.parties.push_back(std::move(name));
      ++found;
      if (s.purposes.empty() && hit.value != "other" && hit.value != kCompany &&
          hit.value != "social")
        s.purposes.emplace_back(hit.value == "marketing" ? "advertising" : hit.value);
    }
    if (found == 0) return;
    if (found > 1) s.purposes = a_.values(Tag::kPurpose);
    if (a_.clauses[predicate->clause].subject == Subject::kThird) s.subject = "third-party";
    s.data = a_.values(Tag::kData);
    s.observable = "yes";
    // "Only with your consent do we use ...".
    wait_for_consent(r_, predicate, &s);
    if (a_.has(Tag::kIpmask)) masks_addresses(s);
    add_once(out_, std::move(s));
  }

  // "Example Analytics: https://...", "Example Ads | advertising": an entry of a list of parties.
  void listed() {
    std::size_t end = 0;
    while (end < a_.size() && !ends_label(end)) ++end;
    Statement s = statement_of(r_, "named-third-party", nullptr);
    std::size_t at = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kVendor || hit.first < at || hit.first >= end) continue;
      // Nothing but names and what joins them.
      for (; at < hit.first; ++at)
        if (!a_.tokens[at].punctuation && !joins(at)) return;
      at = hit.last;
      s.parties.push_back(a_.words(r_.document.text, hit.first, hit.last));
    }
    if (s.parties.empty() && names_itself(end)) {
      s.parties.push_back(a_.words(r_.document.text, 0, end));
      at = end;
    }
    while (at < end && a_.tokens[at].punctuation) ++at;
    if (s.parties.empty() || at < end) return;
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // A name that no table knows, before the address of its own policy; not a browser's help page.
  bool names_itself(std::size_t end) const {
    constexpr std::size_t kLongestName = 3;
    if (end == 0 || end > kLongestName || end + 1 >= a_.size() || p_.word(end) == "\n")
      return false;
    for (std::size_t i = 0; i < end; ++i)
      if (!a_.tokens[i].capital || a_.tags[i].any()) return false;
    const std::string_view address = p_.word(end + 1);
    return address.starts_with("http") && address.find("//support.") == std::string_view::npos &&
           address.find("//help.") == std::string_view::npos &&
           address.find("//windows.") == std::string_view::npos;
  }

  bool ends_label(std::size_t i) const {
    const std::string_view word = p_.word(i);
    const bool dash =
        word == "-" && a_.tokens[i].start > 0 && i > 0 && a_.tokens[i - 1].end < a_.tokens[i].start;
    return word == ":" || word == "|" || word == "(" || word == "\n" || dash;
  }

  bool joins(std::size_t i) const {
    return p_.at(i, Tag::kAnd) || p_.at(i, Tag::kOr) || p_.at(i, Tag::kDet) ||
           p_.at(i, Tag::kOpenlist);
  }

  // "Google Analytics with anonymizeIp": a parameter that its requests show.
  void masks_addresses(const Statement& named) {
    if (a_.has(Tag::kNot) || a_.has(Tag::kNo)) return;
    Statement s = named;
    s.type = "analytics-setup";
    s.data = {"ip"};
    s.purposes = {"analytics"};
    add_once(out_, std::move(s));
  }

  void tracking(std::size_t c) {
    if (in_clause(Tag::kBehaviour, c).empty() ||
        !verb(c, {Tag::kAllow, Tag::kTrack, Tag::kCollect, Tag::kUse, Tag::kSet, Tag::kShare,
                  Tag::kServe}))
      return;
    const bool third =
        !in_clause(Tag::kThird, c).empty() || a_.clauses[c].subject == Subject::kThird;
    Statement s = statement_of(r_, "behavioural-tracking", predicate_of(p_, c));
    s.subject = third ? "third-party" : "we";
    s.data = a_.values(Tag::kData);
    s.observable = "yes";
    wait_for_consent(r_, predicate_of(p_, c), &s);
    add_once(out_, std::move(s));
  }

  void category(std::size_t c) {
    const std::vector<Hit> found = in_clause(Tag::kThird, c);
    if (found.empty() || has_type(*out_, "behavioural-tracking")) return;
    if (a_.has(Tag::kLegalsharing) || a_.has(Tag::kMerger)) return;
    std::vector<std::string> kinds;
    for (const Hit& hit : found)
      if (!hit.value.empty() && !contains(kinds, hit.value)) kinds.emplace_back(hit.value);
    const bool shares = verb(c, {Tag::kShare, Tag::kSell}) && !verb(c, {Tag::kUse, Tag::kAllow});
    const bool takes = verb(c, {Tag::kUse, Tag::kAllow, Tag::kShare, Tag::kEmbed, Tag::kCollect,
                                Tag::kServe, Tag::kTrack}) ||
                       (a_.has(Tag::kCookie) && verb(c, {Tag::kSet}));
    if (!takes) return;
    Statement s = statement_of(r_, "third-party-category", predicate_of(p_, c));
    for (const std::string& kind : kinds)
      if (kind != "partner" && kind != "content" && !contains(s.purposes, kind))
        s.purposes.push_back(kind);
    s.subject = a_.clauses[c].subject == Subject::kThird ? "third-party" : "we";
    s.data = a_.values(Tag::kData);
    s.observable = "yes";
    wait_for_consent(r_, predicate_of(p_, c), &s);
    std::erase(kinds, "partner");
    if (shares && kinds.empty() && !a_.has(Tag::kCookie)) {
      s.type = "sale-or-sharing";
      const bool visible = contains(s.data, "usage") || contains(s.data, "device") ||
                           contains(s.data, "ip") || contains(s.purposes, "advertising") ||
                           contains(s.purposes, "analytics");
      s.observable = visible ? "partly" : "no";
    } else if (shares || contains(kinds, "payment")) {
      s.observable = "partly";
    }
    add_once(out_, std::move(s));
  }

  void advertising(std::size_t c) {
    if (!verb(c, {Tag::kServe})) return;
    for (const NounPhrase& n : things_of(p_, c)) {
      if (n.thing.tag != Tag::kAd || p_.phrase[n.thing.first]) continue;
      Statement s = statement_of(r_, "advertising", predicate_of(p_, c));
      const bool third =
          a_.clauses[c].subject == Subject::kThird || !in_clause(Tag::kThird, c).empty();
      s.subject = third ? "third-party" : "we";
      s.observable = "yes";
      add_once(out_, std::move(s));
      return;
    }
  }

  const Reading& r_;
  const Parse& p_;
  const Analysis& a_;
  const bool among_;
  Statements* out_;
};

}  // namespace

void read_parties(const Reading& r, const Parse& p, bool among, Statements* out) {
  Parties(r, p, among, out).run();
}

}  // namespace affiant::policy::grammar
