// What the site was seen to do in two recordings.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/diff_parts.h"
#include "report/engines_ledger.h"
#include "report/engines_lifetime.h"
#include "report/text_page.h"
#include "report/views.h"

namespace affiant::report {
namespace {

constexpr const char* kUnseen = "not seen";
constexpr const char* kNoLonger = "no longer seen";

using Leaves = std::vector<observe::Leaf>;

// Whether a file expects a thing: all of what shows it, or it does not.
class ExpectedAll {
 public:
  void add(const Gate& gate, const Standing& standing) {
    const std::string why = expected_words(gate, standing);
    if (why.empty()) all_ = false;
    if (words_.find(why) == std::string::npos) words_ += (words_.empty() ? "" : "; ") + why;
  }
  std::string words() const { return all_ ? words_ : std::string(); }

 private:
  bool all_ = true;
  std::string words_;
};

void append(const Leaves& from, Leaves* to) { to->insert(to->end(), from.begin(), from.end()); }

// Things of one kind in both recordings: told as new or gone when only one has them.
template <typename Key, typename Item, typename What, typename Both>
void compare(const std::string& kind, const std::map<Key, Item>& before,
             const std::map<Key, Item>& after, Differences* out, What what, Both both) {
  walk_both(
      before, after,
      [&](const Key& key, const Item& item, bool in_before) {
        if (in_before)
          out->only_before(kind, what(key, item), item.side(), kNoLonger);
        else
          out->only_after(kind, what(key, item), item.side(), kUnseen);
      },
      both);
}

class Seen {
 public:
  Seen(const Report& report, const Conditions& shared)
      : report_(report), shared_(shared), sessions_(conditions_of(report)) {}

  // The condition of a session that both recordings have, or nullptr.
  const Condition* in(std::uint64_t session) const {
    const auto found = sessions_.find(session);
    return found != sessions_.end() && shared_.contains(found->second) ? &found->second : nullptr;
  }
  const Report& report() const { return report_; }
  // The place of one of the report's own facts.
  std::size_t place(const detect::CookieFact& fact) const {
    return static_cast<std::size_t>(&fact - report_.facts.cookies.data());
  }
  std::size_t place(const detect::RequestFact& fact) const {
    return static_cast<std::size_t>(&fact - report_.facts.requests.data());
  }

 private:
  const Report& report_;
  const Conditions& shared_;
  std::map<std::uint64_t, Condition> sessions_;
};

// --- cookies

using CookieKey = std::tuple<Condition, std::string, std::string, site::Party>;

struct Cookie {
  std::vector<const observe::CookieStory*> kept;
  const detect::CookieFact* first = nullptr;
  Leaves entries;
  SeenIn seen;
  ExpectedAll expected;

  std::string fate() const {
    return kept.empty()
               ? safe(first->story.outcome, 40) + (first->story.reason.empty() ? "" : ": ") +
                     safe(first->story.reason, 200)
               : "stored";
  }
  const observe::CookieStory& story() const { return kept.empty() ? first->story : *kept.front(); }
  DiffSide side() const {
    std::string words = fate() + "; " + cookie_lifetime(story()) + ", " + cookie_setter(story());
    if (!first->owner.empty()) words += ", " + safe(first->owner, 80);
    if (seen.of > 0) words += ", " + seen_in_words(seen);
    return {std::move(words), {}, entries, seen, {}, expected.words()};
  }
};

std::map<CookieKey, Cookie> cookies_of(const Seen& seen) {
  std::map<CookieKey, Cookie> out;
  for (const detect::CookieFact& fact : seen.report().facts.cookies) {
    const Condition* condition = seen.in(fact.story.session);
    if (condition == nullptr || !fact.of_visit) continue;
    Cookie& cookie = out[{*condition, fact.story.name, fact.story.domain, fact.party}];
    if (cookie.first == nullptr) {
      cookie.first = &fact;
      const auto& repeats = seen.report().repeats.cookies;
      if (!repeats.empty()) cookie.seen = repeats[seen.place(fact)];
    }
    if (const auto& gate = seen.report().gate)
      cookie.expected.add(*gate, gate->cookies[seen.place(fact)]);
    append(fact.story.entries, &cookie.entries);
    if (fact.story.outcome == "stored" || fact.story.outcome == "replaced")
      cookie.kept.push_back(&fact.story);
  }
  // What is in the jar at the end says more than what was replaced on the way.
  for (auto& [key, cookie] : out)
    std::stable_sort(cookie.kept.begin(), cookie.kept.end(), [](const auto* a, const auto* b) {
      return a->outcome == "stored" && b->outcome != "stored";
    });
  return out;
}

void diff_cookies(const Seen& before, const Seen& after, Differences* out) {
  const SettingTimes before_times = setting_times(before.report());
  const SettingTimes after_times = setting_times(after.report());
  const auto what = [](const CookieKey& key, const Cookie&) {
    const auto& [condition, name, domain, party] = key;
    return "cookie " + safe(name, 80) + " of " + safe(domain, 120) + " (" +
           (party == site::Party::kFirst ? "first" : "third") + " party)" +
           condition_words(condition);
  };
  compare("cookie", cookies_of(before), cookies_of(after), out, what,
          [&](const CookieKey& key, const Cookie& b, const Cookie& a) {
            const bool fates = b.kept.empty() == a.kept.empty();
            // Of several settings, what one ends with need only be among what the other one had.
            const auto agree = [&](const observe::CookieStory* x, const observe::CookieStory* y) {
              return lifetimes_agree(*x, before_times, *y, after_times);
            };
            const bool lives =
                b.kept.empty() || a.kept.empty() ||
                std::any_of(b.kept.begin(), b.kept.end(),
                            [&](const auto* x) { return agree(x, a.kept.front()); }) ||
                std::any_of(a.kept.begin(), a.kept.end(),
                            [&](const auto* y) { return agree(b.kept.front(), y); });
            if (!fates || !lives)
              out->both(Change::kChanged, "cookie", what(key, a), b.side(), a.side());
          });
}

// --- third parties

struct Host {
  Leaves entries;
  ExpectedAll expected;
  DiffSide side() const { return {"contacted", {}, entries, {}, {}, expected.words()}; }
};

using OwnerKey = std::pair<Condition, std::string>;

struct Owner {
  std::map<std::string, Host> hosts;
  std::set<std::string> categories;
  SeenIn seen;
  ExpectedAll expected;

  DiffSide side() const {
    DiffSide out{"contacted: ", {}, {}, seen, {}, expected.words()};
    std::vector<std::string> names;
    for (const auto& [name, host] : hosts) {
      names.push_back(safe(name, 120));
      append(host.entries, &out.entries);
    }
    constexpr std::size_t kMost = 6;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i)
      out.words += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kMost) out.words += fmt::format(" and {} more", names.size() - kMost);
    std::string about;
    for (const std::string& category : categories)
      about += (about.empty() ? "" : ", ") + safe(category, 40);
    if (!about.empty()) out.words += " (" + about + ")";
    if (seen.of > 0) out.words += ", " + seen_in_words(seen);
    return out;
  }
};

std::map<OwnerKey, Owner> owners_of(const Seen& seen) {
  std::map<OwnerKey, Owner> out;
  for (const detect::RequestFact& fact : seen.report().facts.requests) {
    const observe::Request& request = *fact.request;
    const Condition* condition = seen.in(request.place.session);
    // An event alone does not prove that a request left the browser.
    if (condition == nullptr || !fact.of_visit || fact.party != site::Party::kThird ||
        fact.same_owner || !request.failure.empty() || request.type == "main_frame")
      continue;
    const std::string& name = fact.owner.empty() ? fact.site : fact.owner;
    Owner& owner = out[{*condition, name}];
    const auto& repeats = seen.report().repeats.third_parties;
    if (const auto found = repeats.find(name); found != repeats.end()) owner.seen = found->second;
    Host& host = owner.hosts[request.host];
    host.entries.push_back(request.entry);
    if (const auto& gate = seen.report().gate)
      for (ExpectedAll* expected : {&owner.expected, &host.expected})
        expected->add(*gate, gate->requests[seen.place(fact)]);
    if (!fact.category.empty()) owner.categories.insert(fact.category);
  }
  return out;
}

void diff_third_parties(const Seen& before, const Seen& after, Differences* out) {
  const auto what = [](const OwnerKey& key, const Owner&) {
    return "third party " + safe(key.second, 120) + condition_words(key.first);
  };
  compare("third-party", owners_of(before), owners_of(after), out, what,
          [&](const OwnerKey& key, const Owner& b, const Owner& a) {
            compare(
                "third-party-host", b.hosts, a.hosts, out,
                [&](const std::string& host, const Host&) {
                  return "host " + safe(host, 160) + " of " + safe(key.second, 120) +
                         condition_words(key.first);
                },
                [](const auto&...) {});
          });
}

// --- storage and techniques

struct Item {
  std::string words;
  Leaves entries;
  DiffSide side() const { return {words, {}, entries, {}, {}}; }
};
using ItemKey = std::tuple<Condition, std::string, std::string, std::string>;

std::map<ItemKey, Item> storage_of(const Seen& seen) {
  std::map<ItemKey, Item> out;
  for (const StorageRow& row : storage_rows(seen.report())) {
    const observe::StorageItem& item = *row.fact->item;
    const Condition* condition = seen.in(item.place.session);
    if (condition == nullptr || !item.key) continue;  // Withheld: nobody can say which it is.
    const auto origin = site::parse_url(item.origin);
    // A staging site may be served at another port each time.
    Item& at = out[{*condition, item.area, origin ? origin->host : item.origin, *item.key}];
    at.words = item.op == "present" ? "found there" : "set";
    if (!item.script_host.empty()) at.words += " by script of " + safe(item.script_host, 120);
    append(row.entries, &at.entries);
  }
  return out;
}

std::map<ItemKey, Item> techniques_of(const Seen& seen) {
  std::map<observe::Leaf, std::uint64_t> sessions;
  const observe::Observations& o = seen.report().facts.seen;
  for (const observe::Technique& t : o.techniques) sessions[t.entry] = t.place.session;
  for (const observe::Request& r : o.requests) sessions[r.entry] = r.place.session;
  for (const observe::HostAddress& a : o.addresses) sessions[a.entry] = a.session;
  std::map<ItemKey, Item> out;
  for (const detect::TechniqueFact& t : seen.report().facts.techniques) {
    const auto session = t.entries.empty() ? sessions.end() : sessions.find(t.entries.front());
    const Condition* condition = session == sessions.end() ? nullptr : seen.in(session->second);
    if (condition == nullptr) continue;
    Item& item = out[{*condition, t.technique, t.script_host, ""}];
    if (item.words.empty()) item.words = safe(t.detail, 300);
    append(t.entries, &item.entries);
  }
  return out;
}

}  // namespace

void diff_done(const Report& before, const Report& after, const Conditions& shared,
               Differences* out) {
  const Seen b(before, shared), a(after, shared);
  diff_cookies(b, a, out);
  diff_third_parties(b, a, out);
  compare(
      "storage", storage_of(b), storage_of(a), out,
      [](const ItemKey& key, const Item&) {
        const auto& [condition, area, host, name] = key;
        return safe(area, 40) + " key " + safe(name, 80) + " of " + safe(host, 120) +
               condition_words(condition);
      },
      [](const auto&...) {});
  compare(
      "technique", techniques_of(b), techniques_of(a), out,
      [](const ItemKey& key, const Item&) {
        const auto& [condition, technique, host, none] = key;
        return "technique " + safe(technique, 40) + " of " +
               (host.empty() ? "the page" : safe(host, 120)) + condition_words(condition);
      },
      [](const auto&...) {});
}

}  // namespace affiant::report
