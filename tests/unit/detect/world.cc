#include "unit/detect/world.h"

namespace affiant::test {

using observe::Leaf;

World::World(std::string site, std::string third_party_cookies) : site_(std::move(site)) {
  observe::Session session;
  session.id = 1;
  session.phase = "no-choice";
  session.browser = "chromium";
  session.third_party_cookies = std::move(third_party_cookies);
  session.purpose = "audit";
  session.host = site_;
  session.url = "https://" + site_ + "/";
  session.opened_ms = kVisitMs;
  session.closed_ms = kVisitMs + 60'000;
  seen.sessions.push_back(session);
  start_page("/");
  observe::JarSnapshot done;
  done.session = 1;
  done.when = "final";
  seen.snapshots.push_back(done);
  request(site_, "main_frame", "/");
}

void World::start_page(const std::string& path) {
  path_ = path;
  observe::Page page;
  page.session = session_;
  page.role = path == "/" ? "site" : "further";
  page.result = "loaded";
  page.host = site_;
  page.url = "https://" + site_ + path;
  page.status = 200;
  page.entries = {next_++, next_++};
  seen.pages.push_back(page);
}

observe::Place World::place(std::int64_t frame, const std::string& frame_host) {
  observe::Place p;
  p.session = session_;
  p.time_ms = kVisitMs + 1'000 + static_cast<std::int64_t>(next_) * 10 + waited_ms_;
  p.tab = 1;
  p.frame = frame;
  p.top_host = site_;
  p.top_url = "https://" + site_ + path_;
  p.frame_host = frame_host.empty() ? site_ : frame_host;
  return p;
}

World& World::request(const std::string& host, const std::string& type, const std::string& path,
                      const std::string& failure) {
  observe::Request r;
  r.place = place();
  r.entry = next_++;
  r.rid = std::to_string(r.entry);
  r.scheme = "https";
  r.host = host;
  r.url = "https://" + host + path;
  r.method = "GET";
  r.type = type;
  r.initiator = "https://" + site_;
  r.failure = failure;
  if (failure.empty()) r.status = 200;
  seen.requests.push_back(r);
  return *this;
}

World& World::cookie(const CookieSpec& spec) {
  observe::CookieAttempt a;
  a.place = place(spec.host == site_ ? 0 : 3, spec.script_host.empty() ? "" : spec.host);
  a.entry = next_++;
  a.by_header = spec.script_host.empty();
  a.via = a.by_header ? "http" : "document.cookie";
  a.head = spec.name + "=";
  a.value = spec.value;
  a.tail = "; Path=/; Secure; SameSite=None";
  if (spec.max_age_s > 0) a.tail += "; Max-Age=" + std::to_string(spec.max_age_s);
  if (!spec.domain.empty()) a.tail += "; Domain=" + spec.domain;
  a.scheme = "https";
  a.host = spec.host;
  a.url = "https://" + (a.by_header ? spec.host : spec.script_host) + "/x";
  a.script_host = spec.script_host;
  seen.attempts.push_back(a);
  if (!spec.kept) return *this;
  observe::JarCookie c;
  c.entry = next_++;
  c.session = session_;
  c.time_ms = a.place.time_ms + 5;
  c.cause = "explicit";
  c.name = spec.name;
  c.value = spec.value;
  c.domain = spec.domain.empty() ? spec.host : "." + spec.domain;
  c.host_only = spec.domain.empty();
  c.path = "/";
  c.same_site = "none";
  c.store = "0";
  c.secure = true;
  c.session_cookie = spec.max_age_s == 0;
  if (spec.max_age_s > 0) c.expires_ms = a.place.time_ms + spec.max_age_s * 1'000;
  seen.changes.push_back(c);
  c.entry = next_++;
  c.snapshot = "final";
  c.time_ms = kVisitMs + 50'000 + waited_ms_;
  seen.jar.push_back(c);
  return *this;
}

World& World::policy(const std::string& result, int status) {
  observe::PolicyCapture p;
  p.entry = next_++;
  p.session = session_;
  p.host = site_;
  p.url = "https://" + site_ + "/privacy";
  p.kind = "privacy-policy";
  p.result = result;
  p.status = status;
  if (result == "not-html") p.content_type = "application/pdf";
  if (result == "captured") p.exhibit = std::string(64, 'a');
  seen.policies.push_back(p);
  return *this;
}

World& World::link(const std::string& host) {
  observe::PolicyLink l;
  l.entry = next_++;
  l.session = session_;
  l.host = host;
  l.text = "Privacy";
  l.kind = "privacy-policy";
  seen.links.push_back(l);
  return *this;
}

World& World::storage(const std::string& area, const std::string& key,
                      const std::string& script_host, const std::string& op) {
  observe::StorageItem item;
  item.place = place();
  item.entry = next_++;
  item.area = area;
  item.op = op;
  item.origin = "https://" + site_;
  item.key = key;
  item.via = op == "present" ? "snapshot" : "setItem";
  item.script_host = script_host.empty() ? site_ : script_host;
  seen.storage.push_back(item);
  return *this;
}

World& World::technique(const std::string& name, std::map<std::string, std::int64_t> features,
                        const std::string& script_host) {
  observe::Technique t;
  t.place = place();
  t.entry = next_++;
  t.technique = name;
  t.features = std::move(features);
  t.script_host = script_host;
  t.script_url = "https://" + script_host + "/s.js";
  seen.techniques.push_back(t);
  return *this;
}

World& World::consent(const std::string& source, const std::string& status,
                      const std::string& value) {
  const observe::Place where = place();
  seen.consent.push_back({next_++, where, source, status, value});
  return *this;
}

World& World::canary(const std::string& email, const std::string& text) {
  seen.canaries.push_back({next_++, session_, email, text, 2});
  return *this;
}

World& World::body(const std::string& host, const std::string& value) {
  request(host, "xmlhttprequest");
  const observe::Request& r = seen.requests.back();
  seen.bodies.push_back({next_++, place(), r.rid, host, "POST", r.type,
                         static_cast<std::int64_t>(value.size()), r.url, value});
  return *this;
}

World& World::note(const std::string& code, const std::string& detail) {
  seen.notes.emplace_back(next_++, code + ": " + detail);
  return *this;
}

World& World::session(const std::string& phase, bool gpc) {
  observe::Session session = seen.sessions.front();
  session.id = ++session_;
  session.phase = phase;
  session.gpc = gpc;
  seen.sessions.push_back(session);
  observe::JarSnapshot done;
  done.session = session_;
  done.when = "final";
  seen.snapshots.push_back(done);
  return page("/");
}

World& World::page(const std::string& path) {
  start_page(path);
  return request(site_, "main_frame", path);
}

World& World::wait(std::int64_t ms) {
  waited_ms_ += ms;
  return *this;
}

std::vector<detect::TechniqueFact> techniques_of(World world, const std::string& technique) {
  std::vector<detect::TechniqueFact> out;
  for (detect::TechniqueFact& t : detect::detect(std::move(world.seen), sites()).techniques)
    if (t.technique == technique) out.push_back(std::move(t));
  return out;
}

}  // namespace affiant::test
