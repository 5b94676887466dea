// What a policy text declares: statements and cookie rows, each with its exact quotation (contract:
// declaration.*).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "policy/document.h"

namespace affiant::policy {

struct Source {
  int id = 1;
  std::string url;            // Empty when withheld or a file.
  std::string called;         // Of a file, its name; a hint at whose it is. Never rendered.
  std::string kind = "file";  // privacy-policy, cookie-policy, file, …
  std::string language, sha256, captured_at;
  bool leaves_out = false;  // A list of cookies that by its making holds no necessary ones: none is
                            // missing from it.
  std::string text;  // Document::text, filled in by read_policy(): "nowhere named" is said of the
                     // whole text, not of the statements alone. Never rendered.
};

struct Statement {
  std::string id;    // "S1", "S2", …
  std::string type;  // Names of facts/policy.md: "uses-cookies", "third-party-denial", …
  std::string polarity = "does";     // "does", "does-not"
  std::string modality = "does";     // "does", "may", "if", "unless"
  std::string subject = "we";        // "we", "third-party", "user", "anyone"
  std::vector<std::string> parties;  // Names as written: "Google Analytics".
  std::vector<std::string>
      data;  // "cookies", "storage", "ip", "location", "usage", "dnt", "gpc", …
  std::vector<std::string> purposes;  // necessary, functional, analytics, advertising, social,
                                      // payment, support, fonts, …
  std::string scope, condition, exception;  // The words, or empty.
  bool hedged = false;
  bool open_list = false;         // "such as", "including but not limited to".
  std::string observable = "no";  // "yes", "partly", "no"
  std::string quote;              // Exact words: Document::text[start, end).
  int source = 1;
  std::size_t start = 0, end = 0;
};

struct DeclaredCookie {
  std::string pattern;  // "_ga_*": masks normalised to '*'.
  std::string provider, purpose;
  std::string category = "unclassified";
  std::optional<std::int64_t> lifetime_s;
  bool session_cookie = false;
  std::string storage = "cookie";  // cookie, localStorage, sessionStorage, indexedDB, pixel, …
  int source = 1;
  std::string quote;
  std::size_t start = 0, end = 0;
};

struct Declaration {
  std::vector<Source> sources;
  std::vector<Statement> statements;
  std::vector<DeclaredCookie> cookies;
  int not_observable =
      0;  // Units of text (docs/policy-reading.md) that say nothing a browser could see.
  bool is_policy = false;
  std::vector<std::string> unread;  // What could not be read, in words.
};

// Deterministic; no clock, no network. `source` is copied into the result with its language filled
// in.
Declaration read_policy(const Document& document, const Source& source);

// Joins several documents of one site; renumbers statements and sources.
Declaration merge(std::vector<Declaration> parts);

// Whether a declared pattern covers a cookie name. '*' matches any run of characters; comparison is
// case-sensitive.
bool pattern_matches(std::string_view pattern, std::string_view name);

}  // namespace affiant::policy
