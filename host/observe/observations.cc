#include "observe/observations.h"

#include <algorithm>
#include <charconv>

#include "observe/vocabulary.h"
#include "observe/vouch.h"
#include "site/site.h"

namespace affiant::observe {
namespace {

// A decoded body that check_body() has been through: types are right, so that only absence is left.
class Body {
 public:
  explicit Body(const json::Value& fields) : fields_(&fields) {}
  std::string text(const char* name) const {
    const json::Value* v = find(name);
    return v == nullptr ? std::string() : v->get<std::string>();
  }
  std::optional<std::string> maybe_text(const char* name) const {
    const json::Value* v = find(name);
    return v == nullptr ? std::nullopt : std::optional(v->get<std::string>());
  }
  std::int64_t number(const char* name) const { return maybe_number(name).value_or(0); }
  std::optional<std::int64_t> maybe_number(const char* name) const {
    const json::Value* v = find(name);
    return v == nullptr ? std::nullopt : std::optional(v->get<std::int64_t>());
  }
  bool flag(const char* name) const {
    const json::Value* v = find(name);
    return v != nullptr && v->get<bool>();
  }
  std::vector<std::string> list(const char* name) const {
    const json::Value* v = find(name);
    return v == nullptr ? std::vector<std::string>() : v->get<std::vector<std::string>>();
  }
  std::map<std::string, std::string> map(const char* name) const {
    const json::Value* v = find(name);
    return v == nullptr ? std::map<std::string, std::string>()
                        : v->get<std::map<std::string, std::string>>();
  }

 private:
  const json::Value* find(const char* name) const {
    const auto it = fields_->find(name);
    return it == fields_->end() || it->is_null() ? nullptr : &*it;
  }
  const json::Value* fields_;
};

Place place_of(const evidence::EntryHead& head, const Body& b) {
  return {head.session,       head.time_ms,        b.number("tab"),
          b.number("frame"),  b.maybe_text("top"), b.maybe_text("frame_url"),
          b.text("top_host"), b.text("frame_host")};
}

void on_session_open(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  Session session;
  session.id = head.session;
  session.phase = b.text("phase");
  session.browser = b.text("browser");
  session.browser_version = b.text("browser_version");
  session.user_agent = b.text("user_agent");
  session.third_party_cookies = b.text("third_party_cookies");
  session.purpose = b.text("purpose");
  session.host = b.text("host");
  session.url = b.maybe_text("url");
  session.gpc = b.flag("gpc");
  session.profile = b.maybe_number("profile").value_or(1);
  session.cleared = b.flag("cleared");
  session.opened_ms = head.time_ms;
  seen->sessions.push_back(std::move(session));
}

void on_session_close(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  const auto it = std::find_if(seen->sessions.rbegin(), seen->sessions.rend(),
                               [&](const Session& s) { return s.id == head.session; });
  if (it == seen->sessions.rend()) return;  // The verdict says that it was never opened.
  it->closed_ms = head.time_ms;
  it->close_reason = b.text("reason");
}

void on_page(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  const bool done = head.kind == "page.done";
  const std::int64_t number = b.number("page");
  auto it = std::find_if(seen->pages.rbegin(), seen->pages.rend(), [&](const Page& p) {
    return p.session == head.session && p.number == number && p.result.empty();
  });
  if (!done || it == seen->pages.rend()) {
    seen->pages.emplace_back();
    it = seen->pages.rbegin();
  }
  it->session = head.session;
  it->number = number;
  it->role = b.text("role");
  if (const std::string host = b.text("host"); !host.empty() || !done) it->host = host;
  if (auto url = b.maybe_text("url")) it->url = std::move(url);
  if (done) {
    it->result = b.text("result");
    it->error = b.text("error");
    it->status = b.maybe_number("status");
    it->quiet = b.flag("quiet");
  }
  it->entries.push_back(head.index);
}

void on_request(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  Request r;
  r.entry = head.index;
  r.place = place_of(head, b);
  r.rid = b.text("rid");
  r.hop = b.number("hop");
  r.url = b.maybe_text("url");
  r.redirect = b.maybe_text("redirect");
  r.initiator_url = b.maybe_text("initiator_url");
  r.document_url = b.maybe_text("document_url");
  r.ip = b.maybe_text("ip");
  r.scheme = b.text("scheme");
  r.host = b.text("host");
  r.method = b.text("method");
  r.type = b.text("type");
  r.initiator = b.text("initiator");
  r.content_type = b.text("content_type");
  if (head.kind == "request.failed") {
    r.failure = b.text("error");
    if (r.failure.empty()) r.failure = "failed";
  }
  r.status = b.maybe_number("status");
  r.from_cache = b.flag("from_cache");
  r.headers = b.map("headers");
  seen->requests.push_back(std::move(r));
}

void on_request_body(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  seen->bodies.push_back({head.index, place_of(head, b), b.text("rid"), b.text("host"),
                          b.text("method"), b.text("type"), b.number("size"), b.maybe_text("url"),
                          b.maybe_text("value")});
}

void on_attempt(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  CookieAttempt a;
  a.entry = head.index;
  a.place = place_of(head, b);
  a.by_header = head.kind == "cookie.header";
  a.head = b.text("head");
  a.tail = b.text("tail");
  a.value = b.maybe_text("value");
  if (a.by_header) {
    a.via = "http";
    a.scheme = b.text("scheme");
    a.host = b.text("host");
    a.url = b.maybe_text("url");
    a.rid = b.text("rid");
    a.type = b.text("type");
    a.latin1 = b.text("bytes") == "latin1";
  } else {
    a.via = b.text("via");
    a.host = a.place.frame_host;
    a.url = b.maybe_text("script_url");
    a.script_host = b.text("script_host");
    a.stack = b.list("stack");
    if (a.place.frame_url)
      if (const auto frame = site::parse_url(*a.place.frame_url)) a.scheme = frame->scheme;
  }
  seen->attempts.push_back(std::move(a));
}

void on_cookie(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  JarCookie c;
  c.entry = head.index;
  c.session = head.session;
  c.time_ms = head.time_ms;
  c.snapshot = b.text("when");
  c.cause = b.text("cause");
  c.removed = b.flag("removed");
  c.name = b.text("name");
  c.value = b.maybe_text("value");
  c.domain = b.text("domain");
  c.host_only = b.flag("host_only");
  c.path = b.text("path");
  c.secure = b.flag("secure");
  c.http_only = b.flag("http_only");
  c.same_site = b.text("same_site");
  c.session_cookie = b.flag("session");
  c.expires_ms = b.maybe_number("expires_ms");
  c.partition_key = b.maybe_text("partition_key");
  c.store = b.text("store");
  (head.kind == "cookie.jar" ? seen->jar : seen->changes).push_back(std::move(c));
}

void on_storage(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  StorageItem s;
  s.entry = head.index;
  s.place = place_of(head, b);
  s.area = b.text("area");
  s.op = b.text("op");
  s.origin = b.text("origin");
  s.via = b.text("via");
  s.script_host = b.text("script_host");
  s.key = b.maybe_text("key");
  s.value = b.maybe_text("value");
  s.script_url = b.maybe_text("script_url");
  s.size = b.number("size");
  s.stack = b.list("stack");
  seen->storage.push_back(std::move(s));
}

// A number as the extension writes it; what is none counts as nothing.
std::int64_t count_of(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0 ? value : 0;
}

void on_technique(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  Technique t;
  t.entry = head.index;
  t.place = place_of(head, b);
  t.technique = b.text("technique");
  t.script_host = b.text("script_host");
  t.script_url = b.maybe_text("script_url");
  t.stack = b.list("stack");
  for (const auto& [name, text] : b.map("features")) t.features[name] = count_of(text);
  seen->techniques.push_back(std::move(t));
}

void on_policy(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  PolicyCapture p;
  p.entry = head.index;
  p.session = head.session;
  p.time_ms = head.time_ms;
  p.exhibit = b.text("exhibit");
  p.exhibit_type = b.text("exhibit_type");
  if (head.kind == "policy.file") {
    p.kind = "file";
    p.result = "captured";
    p.file_name = b.text("name");
  } else {
    p.host = b.text("host");
    p.kind = b.text("kind");
    p.result = b.text("result");
    p.content_type = b.text("content_type");
    p.title = b.text("title");
    p.language = b.text("language");
    p.link_text = b.text("link_text");
    p.url = b.maybe_text("url");
    p.status = b.maybe_number("status");
  }
  seen->policies.push_back(std::move(p));
}

void on_other(const evidence::EntryHead& head, const Body& b, Observations* seen) {
  if (head.kind == "policy.link") {
    seen->links.push_back({head.index, head.session, b.maybe_text("url"), b.text("host"),
                           b.text("text"), b.text("kind"), b.number("score"), b.flag("chosen")});
  } else if (head.kind == "recorder.note") {
    seen->notes.emplace_back(head.index, b.text("code") + ": " + b.text("detail"));
  } else if (head.kind == "gap") {
    seen->gaps.push_back({head.index, head.session, b.number("from"), b.number("to"),
                          b.number("dropped"), b.text("why")});
  } else if (head.kind == "consent.state") {
    seen->consent.push_back(
        {head.index, place_of(head, b), b.text("source"), b.text("status"), b.maybe_text("value")});
  } else if (head.kind == "canary") {
    seen->canaries.push_back(
        {head.index, head.session, b.text("email"), b.text("text"), b.number("fields")});
  } else if (head.kind == "host.address") {
    seen->addresses.push_back(
        {head.index, head.session, b.text("host"), b.text("canonical"), b.maybe_text("ip")});
  } else if (head.kind == "cookie.jar.done") {
    seen->snapshots.push_back({head.index, head.session, b.text("when"), b.number("count")});
  }
  // log.*, session.resume and tick speak to the verifier, which has heard them.
}

Status read_entry(const evidence::Entry& entry, const std::vector<std::string_view>& disclosures,
                  Observations* seen) {
  const Kind* kind = find_kind(entry.head.kind);
  if (kind == nullptr) {
    ++seen->unknown_entries;
    return {};
  }
  AFFIANT_TRY(const DecodedBody decoded, decode_body(entry.body, disclosures));
  AFFIANT_CHECK(check_body(*kind, decoded.fields, decoded.withheld > 0, entry.head.kind));
  seen->withheld_fields += decoded.withheld;
  const Body body(decoded.fields);
  const std::string_view name = entry.head.kind;
  if (name == "session.open") {
    on_session_open(entry.head, body, seen);
  } else if (name == "session.close") {
    on_session_close(entry.head, body, seen);
  } else if (name == "page.start" || name == "page.done") {
    on_page(entry.head, body, seen);
  } else if (name == "request" || name == "request.failed") {
    on_request(entry.head, body, seen);
  } else if (name == "request.body") {
    on_request_body(entry.head, body, seen);
  } else if (name == "cookie.header" || name == "cookie.script") {
    on_attempt(entry.head, body, seen);
  } else if (name == "cookie.change" || name == "cookie.jar") {
    on_cookie(entry.head, body, seen);
  } else if (name == "storage.set") {
    on_storage(entry.head, body, seen);
  } else if (name == "technique") {
    on_technique(entry.head, body, seen);
  } else if (name == "policy.page" || name == "policy.file") {
    on_policy(entry.head, body, seen);
  } else {
    on_other(entry.head, body, seen);
  }
  return {};
}

}  // namespace

std::optional<std::string> CookieAttempt::line() const {
  if (!value) return std::nullopt;
  return head + *value + tail;
}

Result<Observations> read_observations(const std::filesystem::path& case_dir,
                                       const evidence::VerifyOptions& options) {
  Observations seen;
  Status first;  // The first unreadable entry: told only when the case itself is sound.
  AFFIANT_TRY(
      seen.verdict,
      evidence::verify_case(case_dir, options,
                            [&](const evidence::Entry& entry,
                                const std::vector<std::string_view>& disclosures) -> Status {
                              if (!first) return {};
                              if (Status read = read_entry(entry, disclosures, &seen); !read)
                                first = fail(Code::kBroken, "{}: entry {}: {}", case_dir.string(),
                                             entry.head.index, read.error().message);
                              return {};
                            }));
  if (!seen.verdict.ok()) {
    if (seen.verdict.problems.empty())
      return fail(Code::kBroken,
                  "{}: the key of this case is not the one that was asked for; nothing in it is "
                  "used. Ask whoever gave you the case for the key they pinned",
                  case_dir.string());
    const evidence::Problem& problem = seen.verdict.problems.front();
    return fail(Code::kBroken,
                "{}: the case does not verify and nothing in it is used: {} at byte {}: {}. "
                "`affiant verify` shows every problem",
                case_dir.string(), problem.file, problem.offset, problem.what);
  }
  AFFIANT_CHECK(first);
  vouch_for_scripts(&seen);
  return seen;
}

}  // namespace affiant::observe
