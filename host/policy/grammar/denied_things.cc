// What a denial denies: one reading for each kind of thing that can stand under it.
#include <algorithm>

#include "policy/grammar/denial_parts.h"

namespace affiant::policy::grammar {
namespace {

class Things {
 public:
  Things(const Reading& r, const Parse& p, DenialParts* parts)
      : r_(r), p_(p), a_(p.a), d_(*parts) {}

  void thing(const NounPhrase& n, std::size_t c) {
    const Tag tag = n.thing.tag;
    if (tag == Tag::kCookie) {
      cookies(n, c);
      return;
    }
    for (const Kind& kind : n.kinds) {
      if (kind.own || kind.necessary || kind.session || kind.named) continue;
      if (tag == Tag::kContent || tag == Tag::kThird) {
        third_party(n, kind, c);
      } else if (tag == Tag::kAd) {
        // What is not sent, by letter or mail, may be shown.
        if (d_.verb(c, {Tag::kSet}) &&
            !d_.verb(c, {Tag::kUse, Tag::kServe, Tag::kAllow, Tag::kEmbed}))
          continue;
        Statement s = d_.denial("advertising", c);
        if (kind.targeted) s.scope = a_.words(r_.document.text, n.first, n.last);
        d_.bounded(std::move(s), c);
      } else if (tag == Tag::kVendor) {
        if (of_something(n.thing) || is_compared(a_, n.thing)) continue;
        Statement s = d_.denial("named-third-party", c);
        s.parties.push_back(a_.words(r_.document.text, n.thing.first, n.thing.last));
        d_.bounded(std::move(s), c);
      } else {
        Statement s = d_.denial(type_of(tag), c);
        s.data = data_of(n.thing);
        s.purposes = kind.purposes;
        d_.bounded(std::move(s), c);
      }
    }
  }

 private:
  // "no Example plugins", written with a hyphen: of its plugins, and not of all that Example does.
  bool of_something(const Hit& name) const {
    return p_.word(name.last) == "-" && name.last > 0 &&
           a_.tokens[name.last - 1].end == a_.tokens[name.last].start;
  }

  void cookies(const NounPhrase& n, std::size_t c) {
    const auto [from, to] = d_.tail(c);
    if (to > from && n.kinds.size() == 1 && n.kinds.front().plain()) {
      cookies_for(c, from, to);
      return;
    }
    const bool both_parties =
        std::any_of(n.kinds.begin(), n.kinds.end(), [](const Kind& k) { return k.own; }) &&
        std::any_of(n.kinds.begin(), n.kinds.end(), [](const Kind& k) { return k.third; });
    for (const Kind& kind : n.kinds) {
      if (kind.named) continue;  // Of one party: of whom else is not said.
      Statement s = d_.denial("no-cookies", c);
      s.data = {"cookies"};
      const bool effect = s.type == "opt-out-effect";
      s.purposes = kind.purposes;
      if (kind.tracking) s.purposes.emplace_back("tracking");
      if (kind.unnecessary) {
        if (a_.has(Tag::kAsksfirst)) continue;  // What consent is asked for is a consent statement.
        if (!effect) s.type = "only-necessary";
        s.purposes.clear();
      } else if (kind.necessary || kind.session) {
        continue;
      } else if (kind.behaviour) {
        if (!effect) s.type = "behavioural-tracking";
      } else if (kind.third) {
        if (!effect) s.type = "third-party-denial";
        s.subject = "third-party";
        if (kind.own) d_.add(with_type(s, "no-cookies", effect));
      } else if (!s.purposes.empty()) {
        if (!effect) s.type = "cookie-category";
      } else if ((kind.own && !both_parties) || kind.targeted) {
        continue;
      } else if (a_.has(Tag::kAsksfirst)) {
        continue;
      } else if (kind.persistent) {
        s.data = {"persistent-cookies"};
      } else if (others_only(n)) {
        s.type = "closed-list";
        s.polarity = "does";
      } else if (listed_otherwise(c)) {
        // "No cookies but those listed below".
        s.type = "closed-list";
        s.polarity = "does";
        s.exception.clear();
      }
      if (to > from)
        d_.bounded(std::move(s), c);
      else
        d_.add(std::move(s));
    }
  }

  // "no cookies to ...", "no cookies that ...".
  void cookies_for(std::size_t c, std::size_t from, std::size_t to) {
    Statement s = d_.denial("no-cookies", c);
    s.data = {"cookies"};
    const std::vector<std::string> data = a_.values(Tag::kData, from, to);
    std::vector<std::string> purposes = a_.values(Tag::kPurpose, from, to);
    std::erase_if(purposes, [](const std::string& v) {
      return v != "advertising" && v != "analytics" && v != "social" && v != "functional";
    });
    if (s.type == "opt-out-effect") {
      s.purposes = purposes;
    } else if (is_personal(data)) {
      s.type = "cookie-content";
      s.data = data;
      s.observable = "partly";
    } else if (a_.has(Tag::kTrack, from, to) || a_.has(Tag::kBehaviour, from, to) ||
               a_.has(Tag::kTracking, from, to)) {
      s.type = "behavioural-tracking";
    } else if (!purposes.empty()) {
      s.type = "cookie-category";
      s.purposes = purposes;
    } else {
      return;
    }
    d_.add(std::move(s));
  }

  void third_party(const NounPhrase& n, const Kind& kind, std::size_t c) {
    const std::string_view value = n.thing.value;
    const bool content = n.thing.tag == Tag::kContent ? kind.third : value == "content";
    const bool party = n.thing.tag == Tag::kThird &&
                       (value == "advertising" || value == "social" || value == "analytics");
    if (!content && !party) return;
    Statement s = d_.denial("third-party-denial", c);
    s.subject = "third-party";
    // "Analytics or advertising services".
    s.purposes = kind.purposes;
    if (party && !contains(s.purposes, value)) s.purposes.emplace_back(value);
    d_.bounded(std::move(s), c);
  }

  static std::string_view type_of(Tag tag) {
    switch (tag) {
      case Tag::kFlash:
      case Tag::kStorage:
        return "other-storage";
      case Tag::kTracker:
        return "third-party-denial";
      case Tag::kTracking:
      case Tag::kBehaviour:
        return "behavioural-tracking";
      default:
        return "beacon-or-fingerprint";
    }
  }

  static std::vector<std::string> data_of(const Hit& thing) {
    switch (thing.tag) {
      case Tag::kFlash:
        return {"flash"};
      case Tag::kStorage:
        return {std::string(thing.value)};
      case Tag::kTracker:
        return {"trackers"};
      case Tag::kBeacon:
        return {"pixels"};
      case Tag::kFingerprint:
        return {"fingerprinting"};
      case Tag::kReplay:
        return {"session-replay"};
      default:
        return {};
    }
  }

  static Statement with_type(Statement s, std::string_view type, bool keep) {
    if (!keep) s.type = type;
    s.subject = "we";
    return s;
  }

  // "no other cookies": what was listed is all.
  bool others_only(const NounPhrase& n) const {
    return a_.has(Tag::kClosedlist, n.first > 2 ? n.first - 2 : 0, n.last + 1);
  }

  bool listed_otherwise(std::size_t c) const {
    return d_.in_roles(Tag::kClosedlist, c, {Role::kException});
  }

  const Reading& r_;
  const Parse& p_;
  const Analysis& a_;
  DenialParts& d_;
};

}  // namespace

void read_denied(const Reading& r, const Parse& p, const NounPhrase& n, std::size_t clause,
                 DenialParts* parts) {
  Things(r, p, parts).thing(n, clause);
}

}  // namespace affiant::policy::grammar
