// What a verified case says the browser saw, as plain structures. Built only by read_observations()
// from verified entries.
//
// Sensitive fields may have been withheld from a bundle: they are std::optional, and absent means
// "withheld", not "empty".
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "evidence/verify.h"

namespace affiant::observe {

using Leaf = std::uint64_t;  // Leaf index of the entry, as findings cite it.

struct Session {
  std::uint64_t id = 0;
  std::string phase, browser, browser_version, user_agent, third_party_cookies, purpose, host;
  std::optional<std::string> url;
  bool gpc = false;
  std::int64_t profile = 1;  // Sessions of one profile share what the browser stores,
  bool cleared = false;      // but for cookies and storage, which were cleared before this one.
  std::int64_t opened_ms = 0;
  std::optional<std::int64_t> closed_ms;
  std::string close_reason;  // Empty when it was not closed.
};

struct Page {
  std::uint64_t session = 0;
  std::int64_t number = 0;
  std::string role, result, host, error;
  std::optional<std::string> url;
  std::optional<std::int64_t> status;
  bool quiet = false;
  std::vector<Leaf> entries;
};

// Where an event happened: the frame's document and the top-level page.
struct Place {
  std::uint64_t session = 0;
  std::int64_t time_ms = 0;
  std::int64_t tab = -1, frame = 0;
  std::optional<std::string> top_url, frame_url;
  std::string top_host, frame_host;  // Empty when the browser did not say.
};

struct Request {
  Leaf entry = 0;
  Place place;
  std::string rid;
  std::int64_t hop = 0;
  std::optional<std::string> url, redirect, initiator_url, document_url, ip;
  std::string scheme, host, method, type, initiator, content_type,
      failure;  // failure: empty unless request.failed.
  std::optional<std::int64_t> status;
  bool from_cache = false;
  std::map<std::string, std::string> headers;
};

// What the recorder typed into the fields of a page, and what no page can have known before.
struct Canary {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::string email, text;
  std::int64_t fields = 0;  // How many were filled.
};

// What a page sent with a request, as far as it was kept. Only where there is a canary to look for.
struct RequestBody {
  Leaf entry = 0;
  Place place;
  std::string rid, host, method, type;
  std::int64_t size = 0;  // Bytes of the whole.
  std::optional<std::string> url, value;
};

// One attempt to set a cookie, by header or by script, as the words were said.
struct CookieAttempt {
  Leaf entry = 0;
  Place place;
  bool by_header = false;
  std::string via;  // "http", "document.cookie", "cookieStore.set", "cookieStore.delete".
  std::string head, tail, scheme, host;   // host: of the response, or of the frame.
  std::optional<std::string> value, url;  // url: response URL, or the setting script's URL.
  std::string script_host, rid;
  std::string type;  // Headers: the browser's resource type, e.g. "main_frame".
  std::vector<std::string> stack;
  bool latin1 = false;
  std::optional<std::string> line()
      const;  // head + value + tail, or nothing when the value is withheld.
};

// A cookie as the browser reported it: a change, or a row of a jar snapshot.
struct JarCookie {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::int64_t time_ms = 0;
  std::string snapshot;  // "start", "final", or empty for a change.
  std::string cause;     // For changes.
  bool removed = false;
  std::string name, domain, path, same_site, store;
  std::optional<std::string> value, partition_key;
  std::optional<std::int64_t> expires_ms;
  bool host_only = false, secure = false, http_only = false, session_cookie = false;
};

// A snapshot of the jar that was written whole: only then does a cookie's absence from it mean
// something.
struct JarSnapshot {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::string when;  // "start", "final".
  std::int64_t count = 0;
};

struct StorageItem {
  Leaf entry = 0;
  Place place;
  std::string area, op, origin, via, script_host;
  std::optional<std::string> key, value, script_url;
  std::int64_t size = 0;
  std::vector<std::string> stack;
};

// What a script did with interfaces that can tell browsers apart: numbers of one document,
// cumulative.
struct Technique {
  Leaf entry = 0;
  Place place;
  std::string technique, script_host;
  std::map<std::string, std::int64_t> features;
  std::optional<std::string> script_url;
  std::vector<std::string> stack;
};

// What the page itself says of consent, from then on and until it says otherwise.
struct ConsentState {
  Leaf entry = 0;
  Place place;
  std::string source, status;  // "tcf", "gpp", "gpc", "google-consent-mode"; the interface's word.
  std::optional<std::string> value;
};

// Where a host is: its address, or the last name of its CNAME chain.
struct HostAddress {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::string host, canonical;  // canonical: empty when the browser shows none.
  std::optional<std::string> ip;
};

struct PolicyCapture {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::int64_t time_ms = 0;
  std::string host, kind, result, content_type, title, language, link_text;
  std::optional<std::string> url;
  std::optional<std::int64_t> status;
  std::string exhibit, exhibit_type;  // SHA-256 hex; empty when there is none.
  std::string file_name;              // For policy.file.
};

struct PolicyLink {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::optional<std::string> url;
  std::string host, text, kind;
  std::int64_t score = 0;
  bool chosen = false;
};

// Events that will never come (docs/protocol.md "gap").
struct Gap {
  Leaf entry = 0;
  std::uint64_t session = 0;
  std::int64_t from = 0, to = 0, dropped = 0;
  std::string why;
};

struct Observations {
  evidence::Verdict verdict;
  std::vector<Session> sessions;
  std::vector<Page> pages;
  std::vector<Request> requests;  // Failed ones included.
  std::vector<RequestBody> bodies;
  std::vector<Canary> canaries;
  std::vector<CookieAttempt> attempts;
  std::vector<JarCookie> changes, jar;
  std::vector<JarSnapshot> snapshots;
  std::vector<StorageItem> storage;
  std::vector<Technique> techniques;
  std::vector<ConsentState> consent;
  std::vector<HostAddress> addresses;
  std::vector<PolicyCapture> policies;
  std::vector<PolicyLink> links;
  std::vector<std::pair<Leaf, std::string>> notes;  // recorder.note: "code: detail".
  std::vector<Gap> gaps;
  std::uint64_t withheld_fields = 0;
  std::uint64_t unknown_entries =
      0;  // Of kinds that this version does not know; a newer one wrote them.
};

// Verifies the case and reads it. kBroken when it does not verify: nothing of a broken case is
// used.
Result<Observations> read_observations(const std::filesystem::path& case_dir,
                                       const evidence::VerifyOptions& options);

}  // namespace affiant::observe
