// Who else takes part (T10, T11, T13, T14): named, by category, as trackers, as advertisers.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "policy/companies.h"
#include "policy/data_kinds.h"
#include "policy/listed_parties.h"
#include "policy/party_role.h"
#include "policy/rules.h"
#include "policy/take_back.h"

namespace affiant::policy {
namespace {

class Parties {
 public:
  Parties(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out), role_(r) {}

  void run() {
    tracking();
    named();
    category();
    left_out();
    advertising();
  }

 private:
  std::string_view word(std::size_t i) const { return a_.word(i); }

  bool plain(const Predicate& p) const {
    return p.polarity == Polarity::kPlain && !disclaims(a_, p.clause) &&
           p.role != Role::kCondition && p.role != Role::kException;
  }

  const Predicate* main_predicate(std::initializer_list<Tag> verbs) const {
    for (const Predicate& p : a_.predicates) {
      const Subject subject = a_.clauses[p.clause].subject;
      if (!plain(p) || p.role != Role::kMain ||
          (subject == Subject::kYou && !is_of_visitors(a_, p)) ||
          (subject == Subject::kOther && !p.passive))
        continue;
      if (role_.only_names_giver(p)) continue;
      if (std::any_of(verbs.begin(), verbs.end(), [&](Tag t) { return a_.at(p.at, t); })) return &p;
    }
    return nullptr;
  }

  // "A tool that does not track you across websites".
  bool denied_at(std::size_t at) const {
    for (std::size_t i = at; i-- > 0 && a_.role[i] == a_.role[at];)
      if (a_.at(i, Tag::kNot) || a_.at(i, Tag::kNo)) return a_.role[at] != Role::kMain;
    return false;
  }

  // "Third-party behavioural tracking is allowed", "partners may track you across sites".
  void tracking() {
    const std::size_t at = a_.find(Tag::kBehaviour);
    if (at == Analysis::npos || denied_at(at)) return;
    const Predicate* p = main_predicate(
        {Tag::kAllow, Tag::kTrack, Tag::kCollect, Tag::kUse, Tag::kSet, Tag::kShare});
    if (p == nullptr) return;
    const bool third = a_.has(Tag::kThird) || a_.clauses[p->clause].subject == Subject::kThird;
    if (!third && !a_.at(p->at, Tag::kTrack) && !a_.at(p->at, Tag::kUse)) return;
    Statement s = statement_of(r_, "behavioural-tracking", p);
    s.subject = third ? "third-party" : "we";
    s.data = data_kinds(a_);
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // "Google's privacy policy" names the policy, and "Facebook page" what is read there.
  bool is_read_only(const Hit& hit) const {
    constexpr std::size_t kNear = 4;
    for (std::size_t i = hit.last; i < std::min<std::size_t>(hit.last + kNear, a_.size()); ++i) {
      if (one_of(word(i), {"policy", "policies", "terms", "privacy", "statement", "notice",
                           "website", "site", "page", "guidelines", "browser", "add", "opt",
                           "identifier", "identifiers", "settings"}))
        return word(hit.last - 1).ends_with("'s") || a_.at(i, Tag::kPolicyword) ||
               (i == hit.last && one_of(word(i), {"privacy", "policy", "terms"}));
      if (a_.tokens[i].punctuation) return false;
    }
    return false;
  }

  bool is_denied(const Hit& hit) const {
    const Predicate* p = role_.governing(hit);
    // "Example does not use cookies" names him all the same.
    const bool spoken_of = p != nullptr && p->at > hit.first && !p->passive;
    return (p != nullptr && !spoken_of &&
            (p->polarity == Polarity::kDenied || disclaims(a_, p->clause))) ||
           is_without(hit) || (hit.first > 0 && a_.at(hit.first - 1, Tag::kNo));
  }

  // "Without Example", not "including without limitation Example".
  bool is_without(const Hit& hit) const {
    const std::size_t at = a_.find(Tag::kWithout, hit.first > 3 ? hit.first - 3 : 0, hit.first);
    return at != Analysis::npos && word(at + 1) != "limitation";
  }

  // A label, an item of a list or a cell: "Example Analytics (statistics)". A company that only its
  // legal form tells may be that of an address.
  bool is_label(const std::vector<Hit>& found) const {
    constexpr std::size_t kLongestLabel = 40, kFront = 2;
    const BlockKind kind = r_.document.blocks[r_.sentence.block].kind;
    // "Example is cookieless", "Example: statistics".
    const std::size_t behind = found.front().last;
    const bool told = found.front().first <= 1 && (a_.at(behind, Tag::kBe) || word(behind) == ":" ||
                                                   a_.clauses.front().subject == Subject::kThird);
    const bool listed =
        kind == BlockKind::kItem || kind == BlockKind::kCell || kind == BlockKind::kHeading;
    if (!listed && !told && a_.tokens.back().word != ":") return false;
    // "Error trackers, such as Example, to help us."
    const std::size_t first = found.front().first;
    const bool example = first > 2 && a_.has(Tag::kOpenlist, first - 3, first);
    const bool labelled = first > 0 && word(first - 1) == ":";
    if ((first > kFront && !example && !labelled) || found.front().value == kCompany) return false;
    if (!a_.predicates.empty() || a_.size() > kLongestLabel || a_.question) return false;
    // "Example: live chat with customers (no cookies)": what is said of the name.
    const bool described = first <= 1 && behind < a_.size() && a_.tokens[behind].punctuation;
    for (const Tag tag : {Tag::kNot, Tag::kNo, Tag::kWithout, Tag::kPolicyword})
      if (!described && a_.has(tag)) return false;
    for (const Hit& hit : a_.hits)
      if (hit.tag == Tag::kYou && !(described && word(hit.first) != "you")) return false;
    for (const Tag tag : {Tag::kChoice, Tag::kOptout, Tag::kOptlink, Tag::kReachable, Tag::kRight,
                          Tag::kUpdated, Tag::kControl})
      if (a_.has(tag)) return false;
    return true;
  }

  // Names that are told by where they stand.
  bool listed() {
    std::vector<std::string> names = parties_of_cell(r_);
    if (names.empty())
      if (std::string name = party_of_item(r_); !name.empty()) names.push_back(std::move(name));
    if (names.empty()) return false;
    Statement s = statement_of(r_, "named-third-party", nullptr);
    s.parties = std::move(names);
    s.observable = "yes";
    add_once(out_, std::move(s));
    return true;
  }

  // Names in the sentence that no other name covers.
  std::vector<Hit> vendors() const {
    std::vector<Hit> found;
    std::size_t until = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kVendor || hit.first < until) continue;
      if (is_read_only(hit) || role_.is_linked(hit) || is_compared(a_, hit)) continue;
      // "Google Chrome", "the Apple App Store", "your Twitter handle": what a visitor has.
      if (one_of(word(hit.last),
                 {"devices",  "ios's",   "android's", "id",       "idfa",    "chrome",     "safari",
                  "internet", "edge",    "play",      "adid",     "android", "ios",        "flash",
                  "handle",   "handles", "profile",   "profiles", "os",      "information"}) ||
          (word(hit.last) == "app" && word(hit.last + 1) == "store") ||
          (word(hit.last) == "advertising" && word(hit.last + 1) == "id"))
        continue;
      found.push_back(hit);
      until = hit.last;
    }
    return found;
  }

  void named() {
    if (listed()) return;
    std::vector<Hit> found = vendors();
    // "From sources such as Merchants": a name that no table knows, of those who give.
    std::erase_if(found, [&](const Hit& hit) {
      return is_denied(hit) || (hit.value == kCompany && role_.is_source(hit));
    });
    // Who is answerable for the site, and where he sits, is nobody's taking part.
    if (found.empty() || a_.has(Tag::kOperator)) return;
    // "This policy does not apply to others, such as Example".
    constexpr std::size_t kFront = 5;
    if (a_.has(Tag::kPolicyword, 0, kFront) && a_.has(Tag::kControl)) return;
    const Predicate* predicate = nullptr;
    for (const Predicate& p : a_.predicates) {
      if (!plain(p) || a_.clauses[p.clause].subject == Subject::kYou) continue;
      if (a_.at(p.at, Tag::kHonour) && a_.predicates.size() == 1 && !a_.at(p.at, Tag::kCollect))
        continue;
      predicate = &p;
      break;
    }
    if (predicate == nullptr && !is_label(found)) return;
    Statement s = statement_of(r_, "named-third-party", predicate);
    for (const Hit& hit : found) {
      std::string name = a_.words(r_.document.text, hit.first, hit.last);
      if (name.ends_with("'s") || name.ends_with("\xE2\x80\x99s"))
        name.resize(name.size() - (name.ends_with("'s") ? 2 : 4));
      if (!contains(s.parties, name)) s.parties.push_back(std::move(name));
      // Tools of marketing write invoices and letters too: what for is not known.
      if (s.purposes.empty() && found.size() == 1 && hit.value != "other" &&
          hit.value != "social" && hit.value != "marketing" && hit.value != kCompany)
        s.purposes.emplace_back(hit.value);
    }
    if (predicate != nullptr && a_.clauses[predicate->clause].subject == Subject::kThird)
      s.subject = "third-party";
    // "Example does not receive what identifies you": he takes part, but not of that.
    const bool gets_none = std::all_of(found.begin(), found.end(), [&](const Hit& hit) {
      const Predicate* p = role_.governing(hit);
      return p != nullptr && p->polarity == Polarity::kDenied;
    });
    // "If you sign up through Example, we receive your profile": who gives.
    const bool gives = std::all_of(found.begin(), found.end(), [&](const Hit& hit) {
      return a_.role[hit.first] == Role::kCondition;
    });
    if (!gets_none &&
        (!gives || predicate == nullptr || a_.clauses[predicate->clause].subject != Subject::kWe))
      s.data = data_kinds(a_);
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  void category() {
    std::vector<std::string> kinds;
    bool any = false;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kThird || a_.role[hit.first] == Role::kException ||
          a_.role[hit.first] == Role::kCondition)
        continue;
      // "third-party links", "third-party websites": what a visitor goes to, not what the page
      // loads.
      if (one_of(word(hit.last),
                 {"site", "sites", "website", "websites", "link", "links", "web", "account",
                  "accounts", "credentials", "login", "log", "sign", "usernames"}))
        continue;
      if (word(hit.first) == "agents" && hit.first > 0 &&
          word(hit.first - 1).starts_with("authori"))  // Of the visitor.
        continue;
      if (role_.takes_no_part(hit)) continue;
      any = true;
      if (!hit.value.empty() && !contains(kinds, hit.value)) kinds.emplace_back(hit.value);
    }
    if (!any || has_type(*out_, "behavioural-tracking")) return;
    if (a_.predicates.size() <= 1 && tells_no_practice(r_)) return;
    const Predicate* p = main_predicate({Tag::kUse, Tag::kAllow, Tag::kShare, Tag::kEmbed,
                                         Tag::kCollect, Tag::kServe, Tag::kTrack});
    if (p == nullptr && a_.has(Tag::kCookie)) p = main_predicate({Tag::kSet});
    if (p == nullptr || (a_.at(p->at, Tag::kShare) && goes_to_us(a_, *p)) ||
        one_of(word(p->end), {"link", "links"}))
      return;
    const Clause& clause = a_.clauses[p->clause];
    const bool shares = a_.at(p->at, Tag::kShare) && !a_.at(p->at, Tag::kUse);
    if (legal() || binds() || (shares && !shares_data())) return;
    Statement s = statement_of(r_, "third-party-category", p);
    for (const std::string& kind : kinds) {
      if (kind != "partner" && !contains(s.purposes, kind)) s.purposes.push_back(kind);
    }
    s.subject = clause.subject == Subject::kThird ? "third-party" : "we";
    s.data = data_kinds(a_);
    if (a_.at(p->at, Tag::kAllow) && contains(s.data, "personal-information")) {
      s.type = "sale-or-sharing";  // Letting others see data need not happen in the browser.
      s.subject = "third-party";
      s.observable = contains(s.purposes, "advertising") ? "partly" : "no";
    } else if (shares) {
      // Who gets data can be seen only where the kind of recipient or of data can.
      std::erase_if(kinds, [](const std::string& k) { return k == "partner"; });
      if (kinds.empty() && !a_.has(Tag::kCookie)) {
        s.type = "sale-or-sharing";
        const bool visible = contains(s.data, "usage") || contains(s.data, "device") ||
                             contains(s.data, "ip") || contains(s.purposes, "advertising") ||
                             contains(s.purposes, "analytics");
        s.observable = visible ? "partly" : "no";
      } else {
        s.observable = "partly";
      }
    } else {
      s.observable =
          contains(kinds, "payment") || contains(s.purposes, "payment") ? "partly" : "yes";
    }
    add_once(out_, std::move(s));
  }

  // "This does not include partners who assist us", after "we do not pass it on": they get it.
  void left_out() {
    if (r_.previous == nullptr || r_.previous->empty() || !leaves_out(a_)) return;
    const Statement& before = r_.previous->back();
    const bool parties = a_.has(Tag::kThird) || has_word(a_, "parties");
    if (!parties || before.polarity != "does-not" || before.data.empty() ||
        (before.type != "sale-or-sharing" && before.type != "third-party-category"))
      return;
    Statement s = statement_of(r_, "sale-or-sharing", nullptr);
    s.data = before.data;
    s.observable = "no";
    add_once(out_, std::move(s));
  }

  // "We provide a list of our partners": something, but no data.
  bool shares_data() const {
    return a_.has(Tag::kData) || a_.has(Tag::kCookie) ||
           std::any_of(a_.tokens.begin(), a_.tokens.end(), [](const Token& t) {
             return one_of(t.word, {"information", "data", "details", "it", "them", "this", "those",
                                    "content", "profile", "profiles", "account"});
           });
  }

  // "They may use it for that only, and are bound to keep it secret": what a contract asks of those
  // who were told of before.
  bool binds() const {
    // "They have access to your data, and are obliged ...": they get them all the same.
    for (std::size_t i = 0; i + 1 < a_.size(); ++i)
      if (one_of(word(i), {"have", "has"}) && word(i + 1) == "access") return false;
    return std::any_of(a_.tokens.begin(), a_.tokens.end(),
                       [](const Token& t) {
                         return one_of(t.word, {"contractually", "obligated", "obliged", "bound",
                                                "prohibited", "confidentiality", "confidential"});
                       }) &&
           one_of(word(0), {"these", "such", "they", "our", "all", "those", "service"}) &&
           a_.clauses.front().subject != Subject::kWe;
  }

  bool legal() const { return a_.has(Tag::kLegalsharing) || a_.has(Tag::kMerger); }

  void advertising() {
    const std::size_t ad = a_.find(Tag::kAd);
    if (ad == Analysis::npos) return;
    for (const Predicate& p : a_.predicates) {
      if (!plain(p) || !a_.at(p.at, Tag::kServe)) continue;
      const Subject subject = a_.clauses[p.clause].subject;
      if (subject == Subject::kYou || subject == Subject::kOther) continue;
      // The advertising is what is shown: it stands close behind the verb.
      const std::size_t shown = a_.find(Tag::kAd, p.end, p.end + 5);
      const bool before = p.passive && ad < p.at;
      if (shown == Analysis::npos && !before) continue;
      const std::size_t at = before ? ad : shown;
      if (a_.at(at + 1, Tag::kCookie) || a_.at(at, Tag::kThird) || a_.at(at + 1, Tag::kThird))
        continue;
      Statement s = statement_of(r_, "advertising", &p);
      s.subject = subject == Subject::kThird || a_.has(Tag::kThird) ? "third-party" : "we";
      s.observable = "yes";
      add_once(out_, std::move(s));
      return;
    }
  }

  const Reading& r_;
  const Analysis& a_;
  Statements* out_;
  PartyRole role_;
};

}  // namespace

void read_parties(const Reading& r, Statements* out) { Parties(r, out).run(); }

}  // namespace affiant::policy
