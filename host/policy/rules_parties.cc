// Who else takes part (T10, T11, T13, T14): named, by category, as trackers, as advertisers.
#include <algorithm>
#include <initializer_list>

#include "policy/rules.h"

namespace affiant::policy {
namespace {

class Parties {
 public:
  Parties(const Reading& r, Statements* out) : r_(r), a_(r.a), out_(out) {}

  void run() {
    tracking();
    named();
    category();
    advertising();
  }

 private:
  std::string_view word(std::size_t i) const {
    return i < a_.size() ? std::string_view(a_.tokens[i].word) : std::string_view();
  }

  bool plain(const Predicate& p) const {
    return p.polarity == Polarity::kPlain && !disclaims(a_, p.clause) &&
           p.role != Role::kCondition && p.role != Role::kException;
  }

  const Predicate* main_predicate(std::initializer_list<Tag> verbs) const {
    for (const Predicate& p : a_.predicates) {
      const Subject subject = a_.clauses[p.clause].subject;
      if (!plain(p) || p.role != Role::kMain || subject == Subject::kYou ||
          (subject == Subject::kOther && !p.passive))
        continue;
      if (std::any_of(verbs.begin(), verbs.end(), [&](Tag t) { return a_.at(p.at, t); })) return &p;
    }
    return nullptr;
  }

  // "Third-party behavioural tracking is allowed", "partners may track you across sites".
  void tracking() {
    if (!a_.has(Tag::kBehaviour)) return;
    const Predicate* p = main_predicate(
        {Tag::kAllow, Tag::kTrack, Tag::kCollect, Tag::kUse, Tag::kSet, Tag::kShare});
    if (p == nullptr) return;
    const bool third = a_.has(Tag::kThird) || a_.clauses[p->clause].subject == Subject::kThird;
    if (!third && !a_.at(p->at, Tag::kTrack) && !a_.at(p->at, Tag::kUse)) return;
    Statement s = statement_of(r_, "behavioural-tracking", p);
    s.subject = third ? "third-party" : "we";
    s.data = a_.values(Tag::kData);
    s.observable = "yes";
    add_once(out_, std::move(s));
  }

  // Names in the sentence that no other name covers.
  std::vector<Hit> vendors() const {
    std::vector<Hit> found;
    std::size_t until = 0;
    for (const Hit& hit : a_.hits) {
      if (hit.tag != Tag::kVendor || hit.first < until) continue;
      // "Google's privacy policy" names the policy, and "Facebook page" what is read there.
      if (word(hit.last) == "'s" || word(hit.last - 1).ends_with("'s")) continue;
      // "Google Chrome", "the Apple App Store", "your Twitter handle": what a visitor has.
      if (one_of(word(hit.last), {"chrome", "safari", "internet", "edge", "play", "adid", "android",
                                  "ios", "flash", "handle", "handles", "profile", "profiles"}) ||
          (word(hit.last) == "app" && word(hit.last + 1) == "store") ||
          (word(hit.last) == "advertising" && word(hit.last + 1) == "id"))
        continue;
      found.push_back(hit);
      until = hit.last;
    }
    return found;
  }

  void named() {
    const std::vector<Hit> found = vendors();
    // Who is answerable for the site, and where he sits, is nobody's taking part.
    if (found.empty() || a_.has(Tag::kOperator)) return;
    const Predicate* predicate = nullptr;
    for (const Predicate& p : a_.predicates) {
      if (!plain(p) || a_.clauses[p.clause].subject == Subject::kYou) continue;
      if (a_.at(p.at, Tag::kHonour) && a_.predicates.size() == 1 && !a_.at(p.at, Tag::kCollect))
        continue;
      predicate = &p;
      break;
    }
    if (predicate == nullptr) return;
    Statement s = statement_of(r_, "named-third-party", predicate);
    for (const Hit& hit : found) {
      std::string name = a_.words(r_.document.text, hit.first, hit.last);
      if (!contains(s.parties, name)) s.parties.push_back(std::move(name));
      if (s.purposes.empty() && found.size() == 1 && hit.value != "other" && hit.value != "social")
        s.purposes.emplace_back(hit.value == "marketing" ? "advertising" : hit.value);
    }
    if (a_.clauses[predicate->clause].subject == Subject::kThird) s.subject = "third-party";
    s.data = a_.values(Tag::kData);
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
      if (one_of(word(hit.last), {"site", "sites", "website", "websites", "link", "links", "web"}))
        continue;
      any = true;
      if (!hit.value.empty() && !contains(kinds, hit.value)) kinds.emplace_back(hit.value);
    }
    if (!any || has_type(*out_, "behavioural-tracking")) return;
    const Predicate* p = main_predicate({Tag::kUse, Tag::kAllow, Tag::kShare, Tag::kEmbed,
                                         Tag::kCollect, Tag::kServe, Tag::kTrack});
    if (p == nullptr && a_.has(Tag::kCookie)) p = main_predicate({Tag::kSet});
    if (p == nullptr) return;
    const Clause& clause = a_.clauses[p->clause];
    const bool shares = a_.at(p->at, Tag::kShare) && !a_.at(p->at, Tag::kUse);
    if (legal()) return;
    Statement s = statement_of(r_, "third-party-category", p);
    for (const std::string& kind : kinds) {
      if (kind != "partner" && !contains(s.purposes, kind)) s.purposes.push_back(kind);
    }
    s.subject = clause.subject == Subject::kThird ? "third-party" : "we";
    s.data = a_.values(Tag::kData);
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
};

}  // namespace

void read_parties(const Reading& r, Statements* out) { Parties(r, out).run(); }

}  // namespace affiant::policy
