// Which findings a file of expectations covers.
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "gate/expectations.h"
#include "report/cited.h"
#include "report/text_layout.h"

namespace affiant::gate {
namespace {

using report::Expectation;
using report::Standing;

// An allowed cookie or third party may be there: these rules say no more than that it is. What was
// done with it (before consent, after a refusal, with personal data) has to be ignored by its rule.
constexpr std::array<std::string_view, 6> kOfPresence = {
    "contradicted-denial", "undeclared-cookie",   "undeclared-third-party",
    "vague-disclosure",    "unclassified-cookie", "wrong-party"};
// An allowed cookie with a lifetime may live that long.
constexpr std::array<std::string_view, 2> kOfLifetime = {"lifetime-exceeds", "lifetime-shorter"};

template <typename List>
bool among(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view without_dot(std::string_view domain) {
  return domain.starts_with('.') ? domain.substr(1) : domain;
}

bool is_of_host(std::string_view host, std::string_view parent) {
  return host == parent || (host.size() > parent.size() && host.ends_with(parent) &&
                            host[host.size() - parent.size() - 1] == '.');
}

bool is_this(const AllowedCookie& allowed, const observe::CookieStory& c) {
  return policy::pattern_matches(allowed.name, c.name) &&
         (allowed.domain.empty() ||
          policy::pattern_matches(lower(allowed.domain), lower(without_dot(c.domain))));
}

bool lives_longer(const AllowedCookie& allowed, const observe::CookieStory& c) {
  constexpr std::int64_t kDay = 86'400, kRounding = 15;
  return allowed.lifetime_days && !c.session_cookie && c.lifetime_s &&
         *c.lifetime_s > *allowed.lifetime_days * kDay + kRounding;
}

bool is_this(const AllowedThirdParty& allowed, const detect::RequestFact& r) {
  if (r.party != site::Party::kThird) return false;
  if (!allowed.owner.empty()) return lower(allowed.owner) == lower(r.owner);
  return is_of_host(lower(r.request->host), lower(allowed.host));
}

bool is_this(const IgnoredRule& ignored, const findings::Finding& f) {
  return ignored.rule == f.rule &&
         (ignored.title.empty() || policy::pattern_matches(ignored.title, f.title));
}

// Entries that speak of one thing, by their place in Gate::expectations.
using Entries = std::set<std::size_t>;

class Judge {
 public:
  Judge(const Expectations& expectations, const report::Report& report, report::Gate* gate)
      : expectations_(expectations), report_(report), gate_(*gate), cited_(report) {
    for (const AllowedCookie& e : expectations.cookies)
      add("cookie", "cookie " + e.name + (e.domain.empty() ? std::string() : " of " + e.domain),
          e.known);
    for (const AllowedThirdParty& e : expectations.third_parties)
      add("third_party", "third party " + (e.owner.empty() ? e.host : e.owner), e.known);
    for (const IgnoredRule& e : expectations.ignored)
      add("ignore", "rule " + e.rule + (e.title.empty() ? "" : ", \"" + e.title + "\""), e.known);
  }

  void judge() {
    for (const detect::CookieFact& c : report_.facts.cookies) {
      match(c.story);
      gate_.cookies.push_back(standing(speaking_of(c.story, false)));
    }
    for (const detect::RequestFact& r : report_.facts.requests) {
      const Entries entries = speaking_of(r);
      for (const std::size_t i : entries) gate_.expectations[i].matched = true;
      gate_.requests.push_back(standing(entries));
    }
    for (const findings::Finding& f : report_.findings) gate_.findings.push_back(standing(f));
  }

 private:
  void add(std::string table, std::string what, const Known& known) {
    Expectation e;
    e.table = std::move(table);
    e.what = report::safe(what);
    e.reason = known.reason;
    e.expires = known.expires;
    e.line = known.line;
    e.expired = known.expires < gate_.today;
    gate_.expectations.push_back(std::move(e));
  }
  std::size_t third_party_at(std::size_t i) const { return expectations_.cookies.size() + i; }
  std::size_t ignored_at(std::size_t i) const {
    return third_party_at(expectations_.third_parties.size()) + i;
  }

  void match(const observe::CookieStory& c) {
    for (std::size_t i = 0; i < expectations_.cookies.size(); ++i) {
      const AllowedCookie& allowed = expectations_.cookies[i];
      if (!is_this(allowed, c)) continue;
      Expectation& e = gate_.expectations[i];
      e.matched = true;
      if (e.note.empty() && lives_longer(allowed, c))
        e.note =
            fmt::format("allowed for {}, seen with {}, and so counts again",
                        report::count_of(static_cast<std::size_t>(*allowed.lifetime_days), "day"),
                        report::lifetime_text(*c.lifetime_s));
    }
  }

  Entries speaking_of(const observe::CookieStory& c, bool with_lifetime) const {
    Entries out;
    for (std::size_t i = 0; i < expectations_.cookies.size(); ++i) {
      const AllowedCookie& allowed = expectations_.cookies[i];
      if (is_this(allowed, c) && !lives_longer(allowed, c) &&
          (!with_lifetime || allowed.lifetime_days))
        out.insert(i);
    }
    return out;
  }
  Entries speaking_of(const detect::RequestFact& r) const {
    Entries out;
    for (std::size_t i = 0; i < expectations_.third_parties.size(); ++i)
      if (is_this(expectations_.third_parties[i], r)) out.insert(third_party_at(i));
    return out;
  }

  // Every thing that the finding's entries show, each with what speaks of it. Nothing when some
  // entry shows what the tables cannot name.
  std::optional<std::vector<Entries>> things(const findings::Finding& f) const {
    std::vector<Entries> out;
    const bool of_lifetime = among(kOfLifetime, f.rule);
    if (f.entries.empty() || (!of_lifetime && !among(kOfPresence, f.rule))) return std::nullopt;
    for (const observe::Leaf leaf : f.entries) {
      const report::Shown& shown = cited_.at(leaf);
      if (shown.cookies.empty() && shown.requests.empty()) return std::nullopt;
      for (const detect::CookieFact* c : shown.cookies)
        out.push_back(speaking_of(c->story, of_lifetime));
      if (shown.cookies.empty())
        for (const detect::RequestFact* r : shown.requests) out.push_back(speaking_of(*r));
    }
    return out;
  }

  Standing standing(const Entries& entries) const {
    Standing out;
    for (const std::size_t i : entries)
      (gate_.expectations[i].expired ? out.expired : out.expected_by).push_back(i);
    return out;
  }

  Standing standing(const findings::Finding& f) {
    Entries by, over;
    const auto take = [&](const Entries& entries) {
      bool held = false;
      for (const std::size_t i : entries) {
        const bool expired = gate_.expectations[i].expired;
        (expired ? over : by).insert(i);
        held = held || !expired;
      }
      return held;
    };
    Entries rules;
    for (std::size_t i = 0; i < expectations_.ignored.size(); ++i)
      if (is_this(expectations_.ignored[i], f)) rules.insert(ignored_at(i));
    for (const std::size_t i : rules) gate_.expectations[i].matched = true;
    if (take(rules)) return {{by.begin(), by.end()}, {}};
    if (const auto all = things(f);
        all && std::none_of(all->begin(), all->end(), [](const auto& e) { return e.empty(); })) {
      bool held = true;
      for (const Entries& entries : *all) held = take(entries) && held;
      if (held) return {{by.begin(), by.end()}, {}};
    }
    return {{}, {over.begin(), over.end()}};
  }

  const Expectations& expectations_;
  const report::Report& report_;
  report::Gate& gate_;
  report::CitedIndex cited_;
};

}  // namespace

report::Gate judge(const Expectations& expectations, const report::Report& report) {
  report::Gate gate;
  gate.file = expectations.file;
  gate.today = report.generated_at.substr(0, 10);
  Judge(expectations, report, &gate).judge();
  return gate;
}

Status apply(const Expectations& expectations, report::Report* report) {
  const std::string& wanted = expectations.site;
  if (!wanted.empty() && wanted != report->facts.site && wanted != report->facts.site_host)
    return fail(Code::kUsage, "{}: it is for {}, and this is a record of {}", expectations.file,
                report::safe(wanted), report::safe(report->facts.site_host));
  report->gate = judge(expectations, *report);
  return {};
}

}  // namespace affiant::gate
