// What a denial of cookies denies: all of them, those of others, of a kind, for a purpose; or that
// the list is not all. Read as the weakest that the words bear.
#include <algorithm>
#include <array>

#include "policy/denial_parts.h"

namespace affiant::policy {
namespace {

constexpr auto kListed = std::to_array<std::string_view>(
    {"listed", "below", "following", "in this policy", "in the table", "described", "mentioned"});

class DeniedCookies {
 public:
  DeniedCookies(const Reading& r, const DenialParts& parts, Statements* out)
      : r_(r), a_(r.a), d_(parts), out_(out) {}

  void read(const Predicate& p, const Thing& t) {
    if (some_only(t)) return;
    const auto modifier = [&](Tag tag) { return a_.has(tag, t.modifiers, t.hit.last); };
    const auto [from, to] = d_.tail_of(p, t.hit.last);
    Statement s = d_.denial("no-cookies", p, t.hit.last);
    s.data.emplace_back("cookies");
    if (to > from) {
      const std::vector<std::string> data = a_.values(Tag::kData, from, to);
      std::vector<std::string> purposes = a_.values(Tag::kPurpose, from, to);
      std::erase_if(purposes, [](const std::string& v) {
        return v != "advertising" && v != "analytics" && v != "social" && v != "functional";
      });
      if (contains(data, "personal-information") || contains(data, "identifiers") ||
          contains(data, "email") || contains(data, "name")) {
        s.type = "cookie-content";
        s.data = data;
        s.observable = "partly";
      } else if (a_.has(Tag::kTrack, from, to) || a_.has(Tag::kBehaviour, from, to)) {
        s.type = "behavioural-tracking";
      } else if (!purposes.empty()) {
        s.type = "cookie-category";
        s.purposes = purposes;
      } else {
        return;  // Denied for a purpose that is not understood: nothing can be held against it.
      }
      if (modifier(Tag::kThird)) s.subject = "third-party";
      // "Session cookies are not used to track you": others may be.
      if (s.scope.empty() && t.modifiers < t.hit.first &&
          (modifier(Tag::kPurpose) || modifier(Tag::kSessionlong) || modifier(Tag::kPersistent) ||
           modifier(Tag::kNecessary) || modifier(Tag::kFirstparty)))
        s.scope = a_.words(r_.document.text, t.modifiers, t.hit.last);
      if (s.type == "behavioural-tracking" && !purposes.empty()) {
        Statement kinds = s;
        kinds.type = "cookie-category";
        kinds.purposes = purposes;
        add_denied(out_, std::move(kinds));
      }
      add_denied(out_, std::move(s));
      return;
    }
    std::vector<std::string> kinds = a_.values(Tag::kPurpose, t.modifiers, t.hit.last);
    std::erase(kinds, "necessary");
    if (of_some_kind(t)) return;
    const bool tracking = modifier(Tag::kTracking) || d_.word(t.hit.first) == "tracking";
    if (listed_otherwise(s.exception)) {
      // "No cookies other than those listed below".
      s.type = "closed-list";
      s.polarity = "does";
      s.exception.clear();
    } else if (modifier(Tag::kUnnecessary)) {
      if (asks_first()) return;
      s.type = "only-necessary";
    } else if (shares_third(t) || (modifier(Tag::kThird) && !third_is_last(t))) {
      s.type = "third-party-denial";
      s.subject = "third-party";
      s.purposes = kinds;
      if (modifier(Tag::kFirstparty)) {
        Statement own = d_.denial("no-cookies", p, t.hit.last);
        own.data.emplace_back("cookies");
        add_denied(out_, std::move(own));
      }
    } else if (!kinds.empty() || tracking) {
      if (asks_first()) return;
      s.type = "cookie-category";
      s.purposes = kinds;
      if (tracking) s.purposes.emplace_back("tracking");
      if (const std::size_t third = a_.find(Tag::kThird, t.modifiers, t.hit.last);
          third != Analysis::npos) {
        // "Advertising or third-party cookies": both kinds are.
        Statement others = d_.denial("third-party-denial", p, t.hit.last);
        others.subject = "third-party";
        others.data.emplace_back("cookies");
        others.purposes = a_.values(Tag::kPurpose, third, t.hit.last);
        add_denied(out_, std::move(others));
      }
    } else if (modifier(Tag::kPersistent)) {
      s.data = {"persistent-cookies"};
    } else if (d_.word(t.hit.first - 1) == "other" || d_.word(t.hit.first - 1) == "additional") {
      s.type = "closed-list";
      s.polarity = "does";
    } else if (modifier(Tag::kSessionlong) || modifier(Tag::kNecessary) || modifier(Tag::kFlash)) {
      return;
    }
    add_denied(out_, std::move(s));
  }

 private:
  // "Advertising or third-party cookies": the first kind is denied whoever sets it.
  bool third_is_last(const Thing& t) const {
    const std::size_t third = a_.find(Tag::kThird, t.modifiers, t.hit.last);
    return third != Analysis::npos && a_.has(Tag::kPurpose, t.modifiers, third);
  }

  // What consent is asked for is a consent statement.
  bool asks_first() const { return a_.has(Tag::kAsksfirst) || waits_for_consent(a_); }

  // "Third-party scripts or cookies": "third-party" may well belong to both.
  bool shares_third(const Thing& t) const {
    const std::size_t first = t.hit.first;
    if (t.modifiers != first || first < 2 || !one_of(d_.word(first - 1), {"or", "and"}))
      return false;
    const std::size_t from = first > 6 ? first - 6 : 0;
    const std::size_t third = a_.find(Tag::kThird, from, first);
    return third != Analysis::npos && a_.clause[third] == a_.clause[first] &&
           !a_.has(Tag::kCookie, third, first);
  }

  // "No account cookie", "the following cookies": of a kind that is not known, or not all.
  bool of_some_kind(const Thing& t) const {
    // "Cookie data" and the like are no cookies.
    if (d_.word(t.hit.last - 1) == "cookie" &&
        one_of(d_.word(t.hit.last), {"data", "information", "banner", "banners", "wall", "walls",
                                     "ids", "identifiers", "values"}))
      return true;
    for (std::size_t i = t.modifiers; i < t.hit.first; ++i) {
      const std::string_view word = d_.word(i);
      if (one_of(word, {"following", "certain", "same", "most", "many", "all", "every", "both"}))
        return true;
    }
    const std::size_t i = t.hit.first - 1;
    if (t.hit.first <= t.modifiers || a_.tokens[i].punctuation) return false;
    if (a_.at(i, Tag::kVendor)) return true;
    if (a_.tags[i].any() || ends_list(t, i)) return false;
    return !one_of(d_.word(i), {"any",     "other",    "additional", "own",     "of",   "http",
                                "browser", "web",      "internet",   "or",      "and",  "nor",
                                "ever",    "actual",   "single",     "further", "more", "such",
                                "new",     "computer", "normal",     "up"});
  }

  // "Tracking, marketing, or any other commercial cookies": those before are known.
  bool ends_list(const Thing& t, std::size_t i) const {
    while (i > t.modifiers && one_of(d_.word(i - 1), {"any", "other", "similar"})) --i;
    if (i <= t.modifiers || !one_of(d_.word(i - 1), {"or", "and", "nor", ","})) return false;
    return a_.has(Tag::kPurpose, t.modifiers, i) || a_.has(Tag::kTracking, t.modifiers, i);
  }

  static bool listed_otherwise(std::string_view exception) {
    const std::string words = fold(exception);
    return std::any_of(kListed.begin(), kListed.end(), [&](std::string_view word) {
      return words.find(word) != std::string::npos;
    });
  }

  // "Cookies that require consent", "cookies of its own": some cookies, not all.
  bool some_only(const Thing& t) const {
    const std::size_t next = behind_similar(t.hit.last);
    if (next >= a_.size() || a_.tokens[next].punctuation) return false;
    if (d_.word(next) == "but" && one_of(d_.word(next + 1), {"one", "two", "three", "a", "for"}))
      return true;
    if (of_a_kind(next)) return true;
    return !a_.tags[next].any() && a_.role[next] == Role::kMain && !d_.may_follow(next);
  }

  // "cookies or other similar technologies": behind what is denied along with them.
  std::size_t behind_similar(std::size_t i) const {
    if (!one_of(d_.word(i), {"or", "and", "/", ","})) return i;
    std::size_t end = i;
    bool thing = false;
    while (end < a_.size() && a_.role[end] == Role::kMain) {
      const bool technology = a_.at(end, Tag::kTracker) || a_.at(end, Tag::kBeacon) ||
                              a_.at(end, Tag::kStorage) || d_.word(end).starts_with("technolog");
      if (!technology && !one_of(d_.word(end), {"or", "and", "/", ",", "other", "any", "similar",
                                                "comparable", "equivalent", "related", "such"}))
        break;
      thing = thing || technology;
      ++end;
    }
    return thing ? end : i;
  }

  // "of its own", "of this type", "in this category": of the things before, only some.
  bool of_a_kind(std::size_t i) const {
    if (d_.word(i) == "of") return !one_of(d_.word(i + 1), {"any", "whatever", "all"});
    if (!one_of(d_.word(i), {"in", "within"}) ||
        !one_of(d_.word(i + 1), {"this", "these", "that", "those", "such"}))
      return false;
    return one_of(d_.word(i + 2),
                  {"category", "categories", "class", "group", "groups", "section"});
  }

  const Reading& r_;
  const Analysis& a_;
  const DenialParts& d_;
  Statements* out_;
};

}  // namespace

void read_denied_cookies(const Reading& r, const DenialParts& parts, const Predicate& p,
                         const Thing& thing, Statements* out) {
  DeniedCookies(r, parts, out).read(p, thing);
}

}  // namespace affiant::policy
