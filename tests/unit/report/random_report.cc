#include "random_report.h"

#include <array>
#include <limits>

namespace affiant::test {
namespace {

using report::Report;

// What breaks renderers: quotes, escapes of terminals, bytes that are not UTF-8, text that runs the
// other way, wide and combining characters, long words.
constexpr std::array<std::string_view, 14> kNasty = {"\x1b[31mred\x1b[0m",
                                                     "\x1b]0;title\x07",
                                                     "\"}],\"x\":[{",
                                                     "\\u0000\\",
                                                     "\xff\xfe",
                                                     "\xed\xa0\x80",
                                                     "\xc2\x9b"
                                                     "2J",
                                                     "\xe2\x80\xae"
                                                     "txt.exe",
                                                     "漢字仮名交じり文",
                                                     "e\xcc\x81\xcc\x81",
                                                     "😀👩‍👩‍👧",
                                                     "line\nbreak\r\ttab",
                                                     "</script><script>",
                                                     "\x7f"};

std::int64_t instant(Choices& c) {
  switch (c.number(6)) {
    case 0:
      return 0;
    case 1:
      return -1;
    case 2:
      return std::numeric_limits<std::int64_t>::max();
    case 3:
      return std::numeric_limits<std::int64_t>::min();
    default:
      return static_cast<std::int64_t>(c.number(1ULL << 42U));
  }
}

std::string phase(Choices& c) {
  return c.number(8) == 0 ? c.text() : c.word({"no-choice", "reject", "accept"});
}
site::Party party(Choices& c) { return c.flag() ? site::Party::kFirst : site::Party::kThird; }

std::vector<std::string> texts(Choices& c, std::uint64_t below) {
  std::vector<std::string> out(c.number(below));
  for (std::string& s : out) s = c.text();
  return out;
}

std::vector<observe::Leaf> leaves(Choices& c) {
  std::vector<observe::Leaf> out(c.number(4));
  for (observe::Leaf& leaf : out) leaf = c.number(30);
  return out;
}

observe::Place place(Choices& c) {
  observe::Place p;
  p.session = c.number(3);
  p.time_ms = instant(c);
  p.frame = static_cast<std::int64_t>(c.number(3));
  p.top_url = c.maybe_text();
  p.frame_url = c.maybe_text();
  p.top_host = c.text();
  return p;
}

void sessions(Choices& c, Report& r) {
  observe::Observations& seen = r.facts.seen;
  seen.sessions.resize(c.number(3));
  for (observe::Session& s : seen.sessions) {
    s.id = c.number(3);
    s.phase = phase(c);
    s.browser = c.text();
    s.browser_version = c.text();
    s.third_party_cookies = c.flag() ? c.text() : c.word({"allowed", "blocked", "partitioned"});
    s.url = c.maybe_text();
    s.opened_ms = instant(c);
    if (c.flag()) s.closed_ms = instant(c);
    s.gpc = c.flag();
  }
  seen.pages.resize(c.number(4));
  for (observe::Page& p : seen.pages) {
    p.session = c.number(3);
    p.role = c.word({"site", "further", "policy"});
    p.result = c.flag() ? "loaded" : c.word({"failed", "timeout", ""});
    p.url = c.maybe_text();
    p.error = c.text();
    p.entries = leaves(c);
  }
  seen.gaps.resize(c.number(3));
  for (observe::Gap& g : seen.gaps)
    g = {c.number(30), c.number(3), instant(c), instant(c), instant(c), c.text()};
  for (std::uint64_t i = c.number(3); i > 0; --i) seen.notes.emplace_back(c.number(30), c.text());
  seen.withheld_fields = c.number(9);
  evidence::Verdict& v = seen.verdict;
  v.integrity = static_cast<evidence::Integrity>(c.number(3));
  v.key = static_cast<evidence::KeyVerdict>(c.number(3));
  v.complete = static_cast<evidence::Completeness>(c.number(4));
  v.origin = c.text();
  v.root_base64 = "q83vAAAA";
  v.tree_size = c.number(1'000);
  for (std::uint64_t i = c.number(3); i > 0; --i)
    v.sessions.push_back(
        {c.number(3), c.number(900), c.number(900), c.number(3), true, c.flag(), instant(c)});
}

void observed(Choices& c, Report& r) {
  observe::Observations& seen = r.facts.seen;
  seen.requests.resize(c.number(6));
  for (observe::Request& q : seen.requests) {
    q.entry = c.number(30);
    q.place = place(c);
    q.rid = c.word({"1", "2"});
    q.hop = static_cast<std::int64_t>(c.number(3));
    q.url = c.maybe_text();
    q.initiator = c.text();
    q.initiator_url = c.maybe_text();
    q.document_url = c.maybe_text();
    q.scheme = c.text();
    q.host = c.text();
    q.method = c.text();
    q.type = c.flag() ? c.text() : c.word({"main_frame", "sub_frame", "image"});
    q.failure = c.text();
    if (c.flag()) q.status = instant(c);
  }
  seen.storage.resize(c.number(4));
  for (observe::StorageItem& s : seen.storage) {
    s.entry = c.number(30);
    s.place = place(c);
    s.area = c.flag() ? c.text() : "localStorage";
    s.op = c.word({"set", "set", "remove"});
    s.origin = c.text();
    s.via = c.text();
    s.key = c.maybe_text();
    s.script_url = c.maybe_text();
    s.stack = texts(c, 3);
  }
  seen.policies.resize(c.number(3));
  for (observe::PolicyCapture& p : seen.policies) {
    p.entry = c.number(30);
    p.result = c.text();
    p.url = c.maybe_text();
    if (c.flag()) p.status = instant(c);
  }
  for (const observe::Request& q : seen.requests) {
    detect::RequestFact f;
    f.request = &q;
    f.site = c.text();
    f.party = party(c);
    f.same_owner = c.flag();
    f.owner = c.text();
    f.category = c.text();
    if (c.flag()) f.tracker_by = {c.word({"owner", "behaviour", "list"})};
    f.phase = phase(c);
    r.facts.requests.push_back(std::move(f));
  }
  for (const observe::StorageItem& s : seen.storage)
    r.facts.storage.push_back({&s, party(c), phase(c)});
  for (std::size_t i = c.number(3); i > 0; --i)
    r.facts.techniques.push_back({c.number(2) == 0 ? "canvas" : "cname",
                                  c.maybe_text(),
                                  c.text(),
                                  c.maybe_text(),
                                  c.text(),
                                  {1}});
}

void cookies(Choices& c, Report& r) {
  r.facts.cookies.resize(c.number(4));
  for (detect::CookieFact& f : r.facts.cookies) {
    observe::CookieStory& s = f.story;
    s.name = c.text();
    s.domain = c.text();
    s.path = c.text();
    s.same_site = c.flag() ? c.text() : "lax";
    s.partition_key = c.maybe_text();
    s.session_cookie = c.flag();
    if (c.flag()) s.lifetime_s = instant(c);
    s.mechanism = c.word({"http", "document.cookie", "cookieStore", "unknown"});
    s.set_by_url = c.maybe_text();
    s.frame_url = c.maybe_text();
    s.set_by_host = c.text();
    s.stack = texts(c, 4);
    s.outcome = c.word({"stored", "replaced", "deleted", "blocked", "refused"});
    s.reason = c.text();
    s.session = c.number(3);
    s.entries = leaves(c);
    f.party = party(c);
    f.owner = c.text();
    f.category = c.text();
    f.identifier_like = c.flag();
    f.by_third_party_script = c.flag();
    f.phase = phase(c);
  }
}

void said(Choices& c, Report& r) {
  policy::Declaration& d = r.declaration;
  d.sources.resize(c.number(3));
  int id = 1;
  for (policy::Source& s : d.sources) {
    s.id = id++;
    s.url = c.text();
    s.kind = c.word({"privacy-policy", "cookie-policy", "file"});
    s.language = c.text();
    s.sha256 = c.flag() ? std::string(64, 'a') : "";
    s.captured_at = c.text();
  }
  d.statements.resize(c.number(4));
  int n = 1;
  for (policy::Statement& s : d.statements) {
    s.id = "S" + std::to_string(n++);
    s.type = c.word({"uses-cookies", "third-party-denial", "lifetime"});
    s.polarity = c.word({"does", "does-not"});
    s.modality = c.word({"does", "may", "if", "unless"});
    s.subject = c.word({"we", "third-party", "user", "anyone"});
    s.observable = c.word({"yes", "partly", "no"});
    s.parties = texts(c, 3);
    s.data = texts(c, 3);
    s.scope = c.text();
    s.condition = c.text();
    s.quote = c.text();
    s.source = 1 + static_cast<int>(c.number(3));
    s.start = c.number(1'000);
    s.end = s.start + c.number(100);
  }
  d.cookies.resize(c.number(3));
  for (policy::DeclaredCookie& k : d.cookies) {
    k.pattern = c.text();
    k.provider = c.text();
    k.purpose = c.text();
    if (c.flag()) k.lifetime_s = instant(c);
    k.storage = c.text();
    k.quote = c.text();
  }
  d.not_observable = static_cast<int>(c.number(30));
  d.unread = texts(c, 3);
}

void found(Choices& c, Report& r) {
  r.findings.resize(c.number(5));
  int n = 1;
  for (findings::Finding& f : r.findings) {
    f.id = "F7-" + std::to_string(n++);
    f.rule = c.word({"lifetime-exceeds", "contradicted-denial", "policy-missing"});
    f.strength = static_cast<findings::Strength>(c.number(4));
    f.title = c.text();
    f.explanation = c.text();
    f.phase = phase(c);
    for (std::uint64_t i = c.number(7); i > 0; --i)
      f.statements.push_back("S" + std::to_string(c.number(6)));
    for (std::uint64_t i = c.number(4); i > 0; --i)
      f.declared_cookies.push_back(static_cast<int>(c.number(5)));
    f.entries = leaves(c);
  }
}

}  // namespace

std::uint64_t Choices::number(std::uint64_t below) {
  std::uint64_t n = 0;
  for (std::uint64_t range = 1; range < below && !bytes_.empty(); range <<= 8U) {
    n = n << 8U | static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
  }
  return below == 0 ? 0 : n % below;
}

std::string Choices::text() {
  std::string out;
  for (std::uint64_t pieces = number(4); pieces > 0; --pieces) {
    if (flag()) {
      out += kNasty[number(kNasty.size())];
    } else {
      const std::size_t n = std::min<std::size_t>(number(24), bytes_.size());
      out += bytes_.substr(0, n);
      bytes_.remove_prefix(n);
    }
    if (number(16) == 0) out.append(number(400), 'w');
  }
  return out;
}

Report random_report(Choices& c) {
  Report r;
  r.case_id = c.text();
  r.generated_at = "2026-09-21T14:13:20Z";
  r.site_list = c.text();
  r.facts.site_host = c.text();
  sessions(c, r);
  observed(c, r);
  cookies(c, r);
  said(c, r);
  found(c, r);
  return r;
}

}  // namespace affiant::test
