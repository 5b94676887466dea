// A declaration in a few words: which topics it says, denies, and leaves out although they were
// seen.
#include <algorithm>
#include <array>
#include <string_view>

#include "report/summary.h"

namespace affiant::report {
namespace {

constexpr std::size_t kNames = 12;

// In the order in which they are told. The popup has a text for each: popup_topic_<name>.
constexpr std::array<std::string_view, 11> kTopics = {
    "cookies",       "other-cookies", "storage",  "analytics",      "advertising", "social",
    "third-parties", "third-cookies", "tracking", "fingerprinting", "sharing"};

using Topics = std::set<std::string_view>;

void purposes_to(const std::vector<std::string>& purposes, Topics* out) {
  for (const std::string_view topic : {"analytics", "advertising", "social"})
    if (std::find(purposes.begin(), purposes.end(), topic) != purposes.end()) out->insert(topic);
}

bool only_of_necessity(const policy::Statement& s) {
  return s.purposes.size() == 1 && s.purposes.front() == "necessary";
}

// What a statement is about. `purposes` qualify a denial: "no advertising cookies" denies
// advertising, and not cookies.
Topics topics_of(const policy::Statement& s) {
  Topics out;
  purposes_to(s.purposes, &out);
  const bool qualified = !out.empty() && s.polarity == "does-not";
  if (s.type == "uses-cookies" || s.type == "no-cookies") {
    if (!qualified) out.insert(only_of_necessity(s) ? "other-cookies" : "cookies");
  } else if (s.type == "cookie-category") {
    if (s.polarity == "does") out.insert("cookies");
  } else if (s.type == "only-necessary") {
    out.insert("other-cookies");
  } else if (s.type == "other-storage") {
    out.insert("storage");
  } else if (s.type == "named-third-party" || s.type == "third-party-category") {
    if (!qualified) out.insert("third-parties");
  } else if (s.type == "third-party-denial") {
    const bool cookies = std::find(s.data.begin(), s.data.end(), "cookies") != s.data.end();
    if (!qualified) out.insert(cookies ? "third-cookies" : "third-parties");
  } else if (s.type == "behavioural-tracking") {
    out.insert("tracking");
  } else if (s.type == "beacon-or-fingerprint") {
    out.insert("fingerprinting");
  } else if (s.type == "sale-or-sharing") {
    out.insert("sharing");
  }
  return out;
}

bool bounded(const policy::Statement& s) {
  return s.hedged || !s.exception.empty() || !s.condition.empty() || !s.scope.empty() ||
         s.modality == "if" || s.modality == "unless";
}

// "only-necessary" is a denial in positive words.
bool denies(const policy::Statement& s) {
  return (s.type == "only-necessary") == (s.polarity == "does");
}

bool stored(const detect::CookieFact& c) {
  return c.story.outcome != "blocked" && c.story.outcome != "refused";
}

Topics seen_topics(const Report& report) {
  Topics out;
  const auto category = [&](const std::string& name) { purposes_to({name}, &out); };
  for (const detect::CookieFact& c : report.facts.cookies) {
    if (!stored(c)) continue;
    out.insert("cookies");
    category(c.category);
    if (c.party == site::Party::kThird) out.insert("third-cookies");
  }
  for (const detect::RequestFact& r : report.facts.requests) {
    if (r.party != site::Party::kThird || r.same_owner) continue;
    out.insert("third-parties");
    category(r.category);
  }
  if (!report.facts.storage.empty()) out.insert("storage");
  for (const detect::TechniqueFact& t : report.facts.techniques)
    if (t.technique.starts_with("canvas") || t.technique == "webgl" || t.technique == "audio")
      out.insert("fingerprinting");
  return out;
}

std::vector<std::string> in_order(const Topics& topics) {
  std::vector<std::string> out;
  for (const std::string_view topic : kTopics)
    if (topics.contains(topic)) out.emplace_back(topic);
  return out;
}

}  // namespace

Said said_in_short(const Report& report) {
  Topics uses, denied, limited, spoken;
  Said out;
  for (const policy::Statement& s : report.declaration.statements) {
    if (s.subject == "user") continue;
    const Topics about = topics_of(s);
    spoken.insert(about.begin(), about.end());
    if (s.type.find("third-party") != std::string::npos) spoken.insert("third-parties");
    (denies(s) ? (bounded(s) ? limited : denied) : uses).insert(about.begin(), about.end());
    if (s.type != "named-third-party" || s.polarity != "does") continue;
    for (const std::string& name : s.parties)
      if (out.names.size() < kNames && !name.empty() &&
          std::find(out.names.begin(), out.names.end(), name) == out.names.end())
        out.names.push_back(name);
  }
  for (const policy::DeclaredCookie& c : report.declaration.cookies) {
    uses.insert(c.storage == "cookie" ? "cookies" : "storage");
    purposes_to({c.category}, &uses);
  }
  spoken.insert(uses.begin(), uses.end());
  // Whoever speaks of third parties' cookies has spoken of third parties.
  if (spoken.contains("third-parties")) spoken.insert("third-cookies");
  Topics silent;
  for (const std::string_view topic : seen_topics(report))
    if (report.declaration.is_policy && !spoken.contains(topic)) silent.insert(topic);
  out.uses = in_order(uses);
  out.denies = in_order(denied);
  out.bounded = in_order(limited);
  out.silent = in_order(silent);
  return out;
}

}  // namespace affiant::report
