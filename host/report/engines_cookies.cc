// Cookies in two recordings. One cookie is one phase, name, domain and path: the same cookie in
// several partitions, or set by several setters, is looked at as a whole.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "report/engines_ledger.h"
#include "report/engines_lifetime.h"
#include "report/text_page.h"
#include "site/site.h"

namespace affiant::report {
namespace {

using Key = std::tuple<std::string, std::string, std::string, std::string>;

enum class Fate { kNothing, kDeleted, kKeptOff, kKept };

struct View {
  std::vector<const observe::CookieStory*> kept, kept_off;
  bool deleted = false;
  std::set<std::string> partitions;  // Of what was kept; "" is the jar that all sites share.
  std::vector<observe::Leaf> entries;
  const detect::CookieFact* first = nullptr;

  // What was set and deleted again differs with the moment a recording ends at: no fate to compare.
  Fate fate() const {
    if (!kept.empty()) return Fate::kKept;
    if (deleted) return Fate::kDeleted;
    return kept_off.empty() ? Fate::kNothing : Fate::kKeptOff;
  }
};

// Partitions are told by the host of their top-level site: engines spell the rest differently.
std::string partition_host(const observe::CookieStory& story) {
  if (!story.partition_key || story.partition_key->empty()) return "";
  const auto url = site::parse_url(*story.partition_key);
  return url ? url->host : *story.partition_key;
}

std::map<Key, View> views(const Report& report) {
  std::map<Key, View> out;
  for (const detect::CookieFact& fact : report.facts.cookies) {
    const observe::CookieStory& story = fact.story;
    View& view = out[{fact.phase, story.name, story.domain, story.path}];
    if (view.first == nullptr) view.first = &fact;
    view.entries.insert(view.entries.end(), story.entries.begin(), story.entries.end());
    if (story.outcome == "stored" || story.outcome == "replaced") {
      view.kept.push_back(&story);
      view.partitions.insert(partition_host(story));
    } else if (story.outcome == "deleted") {
      view.deleted = true;
    } else {
      view.kept_off.push_back(&story);
    }
  }
  // What is in the jar at the end says more than what was replaced on the way.
  for (auto& [key, view] : out) {
    view.entries = sorted_entries(std::move(view.entries));
    std::stable_sort(view.kept.begin(), view.kept.end(), [](const auto* a, const auto* b) {
      return a->outcome == "stored" && b->outcome != "stored";
    });
  }
  return out;
}

std::string fate_words(const View& view) {
  if (view.fate() == Fate::kDeleted) return "deleted";
  std::set<std::string> told;
  if (view.fate() == Fate::kKeptOff) {
    for (const observe::CookieStory* story : view.kept_off)
      told.insert(safe(story->outcome, 40) + (story->reason.empty() ? "" : ": ") +
                  safe(story->reason));
  } else {
    for (const std::string& host : view.partitions)
      told.insert(host.empty()
                      ? "stored"
                      : "stored, apart for visits to " + safe(host, 120) + " (partitioned)");
  }
  std::string out;
  for (const std::string& words : told) out += (out.empty() ? "" : "; ") + words;
  return out;
}

std::string attribute_words(const observe::CookieStory& story) {
  std::string out = story.secure ? "Secure, " : "not Secure, ";
  out += story.http_only ? "HttpOnly, " : "not HttpOnly, ";
  return out +
         (story.same_site == "unset" ? "no SameSite" : "SameSite=" + safe(story.same_site, 20));
}

// A missing SameSite is told as "unset" by one engine and as what it is taken for by another: that
// is the engine's way with all cookies and nothing of this one.
bool same_site_agrees(const std::string& a, const std::string& b) {
  const auto filled_in = [](const std::string& s) { return s == "lax" || s == "none"; };
  return a == b || (a == "unset" && filled_in(b)) || (b == "unset" && filled_in(a));
}

bool attributes_agree(const observe::CookieStory& a, const observe::CookieStory& b) {
  return a.secure == b.secure && a.http_only == b.http_only &&
         same_site_agrees(a.same_site, b.same_site);
}

std::string lifetime_words(const observe::CookieStory& story) {
  std::string out = cookie_lifetime(story);
  if (!story.session_cookie && story.lifetime_s) out += fmt::format(" ({} s)", *story.lifetime_s);
  return out;
}

std::string seen_words(const View& view) {
  std::string out = fate_words(view) + "; " + cookie_lifetime(view.first->story) + ", " +
                    cookie_setter(view.first->story);
  if (!view.first->owner.empty()) out += ", " + safe(view.first->owner, 80);
  return out;
}

// Two setters of one cookie may come in either order: what one engine ends with need only be among
// what the other one had. Linear, however many there are.
bool agree_somewhere(const View& left, const View& right, const auto& agree) {
  return std::any_of(left.kept.begin(), left.kept.end(),
                     [&](const auto* a) { return agree(*a, *right.kept.front()); }) ||
         std::any_of(right.kept.begin(), right.kept.end(),
                     [&](const auto* b) { return agree(*left.kept.front(), *b); });
}

// "Blocked" often means no more than that the jar never showed it: silence, too. "Refused" was
// worked out from what was said.
bool rests_on_silence(const View& view) {
  return view.fate() == Fate::kKeptOff &&
         std::any_of(view.kept_off.begin(), view.kept_off.end(),
                     [](const auto* story) { return story->outcome != "refused"; });
}

}  // namespace

void compare_cookies(Ledger* ledger) {
  const SettingTimes left_times = setting_times(ledger->left());
  const SettingTimes right_times = setting_times(ledger->right());
  const auto what_of = [](const Key& key) {
    const auto& [phase, name, domain, path] = key;
    return "cookie " + safe(name, 80) + " of " + safe(domain, 120) + ", path " + safe(path, 120) +
           phase_words(phase);
  };
  const auto one = [&](const Key& key, const View& view, bool in_left) {
    Side seen{seen_words(view), view.entries};
    if (in_left)
      ledger->only_left("cookie", what_of(key), std::move(seen));
    else
      ledger->only_right("cookie", what_of(key), std::move(seen));
  };
  const auto both = [&](const Key& key, const View& l, const View& r) {
    const auto differ = [&](const char* kind, std::string left, std::string right) {
      ledger->differ(kind, what_of(key), {std::move(left), l.entries},
                     {std::move(right), r.entries});
    };
    const bool kept_here_off_there = l.fate() == Fate::kKept && r.fate() == Fate::kKeptOff;
    const bool off_here_kept_there = l.fate() == Fate::kKeptOff && r.fate() == Fate::kKept;
    if (kept_here_off_there || off_here_kept_there) {
      if ((rests_on_silence(l) && !ledger->left_whole()) ||
          (rests_on_silence(r) && !ledger->right_whole()))
        ledger->leave_out();
      else
        differ("cookie-outcome", fate_words(l), fate_words(r));
    }
    if (l.fate() != Fate::kKept || r.fate() != Fate::kKept) return;
    if (l.partitions != r.partitions) differ("cookie-outcome", fate_words(l), fate_words(r));
    if (!agree_somewhere(l, r, attributes_agree))
      differ("cookie-attributes", attribute_words(*l.kept.front()),
             attribute_words(*r.kept.front()));
    if (!agree_somewhere(l, r, [&](const auto& a, const auto& b) {
          return lifetimes_agree(a, left_times, b, right_times);
        }))
      differ("cookie-lifetime", lifetime_words(*l.kept.front()), lifetime_words(*r.kept.front()));
  };
  walk_both(views(ledger->left()), views(ledger->right()), one, both);
}

}  // namespace affiant::report
