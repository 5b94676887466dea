// EFF's Do Not Track Compliance Policy, /.well-known/dnt-policy.txt. Posting it is the promise; its
// text is EFF's and the same everywhere (EFForg/dnt-policy). Privacy Badger accepts only a known
// SHA-1 of the whole file (its src/data/dnt-policies.json, the list below). A text with another
// hash is held to the sentences that it has in common with version 1.0, and said to be unverified;
// a text without the first of them is not this policy, and promises nothing.
#include <algorithm>
#include <array>

#include "base/digest.h"
#include "machine/reading.h"

namespace affiant::machine {
namespace {

constexpr std::array<std::string_view, 7> kKnown = {
    "41ae62ddfee360fe1e0e7dbae0f35b2dc06212eb",  // Preliminary DNT Policy
    "96297930e450cb795004ae5b1fcc88290a2fe982",  // Discussion Draft DNT Policy v0.1
    "76d89351d48f10c633fd1b5273587913f0851367",  // Discussion Draft v0.2 in progress feb 2015
    "a18e8dba6848d3fc241b03b88291cb75a3cfec3b",  // DNT Policy v1.0
    "5b8972a0e8df8236bb28061ddc462767d4366218",  // the same, no-trailing-space
    "c09f71363bb29d0250a1f5524eef36f9ab07669b",  // dos-line-endings
    "7861462d500fbb6ccb74c614782f4937377bec76",  // no-eof-newline
};

// How a promise of version 1.0 begins and ends; between the two it is quoted as it stands.
struct Promise {
  std::string_view begins, ends;
  std::string_view type, data, observable;
};
constexpr std::array kPromises{
    Promise{"This domain complies with user opt-outs from tracking", "\"DNT\" header", "signal",
            "dnt", "yes"},
    // Requirement 1.
    Promise{"If a DNT User is not logged in to our service, we will take steps to ensure",
            "transmitted to us at all", "signal", "dnt", "yes"},
    // Requirement 2: what a server keeps, no browser sees.
    Promise{"Logs with DNT Users' identifiers removed", "10 days or less", "server-practice",
            "logs", "no"},
    // Requirement 3: other domains must keep to the policy as well; whether they do, they say.
    Promise{"If this domain transfers identifiable user data about DNT Users", "we will either",
            "signal", "dnt", "partly"},
};

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// The end of `words` at `at`, white space in the text being worth one space in the words; npos when
// they do not stand there.
std::size_t match(std::string_view text, std::size_t at, std::string_view words) {
  for (const char c : words) {
    if (at >= text.size()) return std::string_view::npos;
    if (c != ' ') {
      if (text[at++] != c) return std::string_view::npos;
      continue;
    }
    if (!is_white(text[at])) return std::string_view::npos;
    while (at < text.size() && is_white(text[at])) ++at;
  }
  return at;
}

Span find_words(std::string_view text, std::size_t from, std::string_view words) {
  for (std::size_t at = text.find(words.front(), from); at != std::string_view::npos;
       at = text.find(words.front(), at + 1)) {
    const std::size_t end = match(text, at, words);
    if (end != std::string_view::npos) return {at, end};
  }
  return {std::string_view::npos, std::string_view::npos};
}

constexpr std::size_t kHeadBytes = 200;
constexpr std::size_t kPromiseBytes = 600;  // From a promise's first word to its last.

}  // namespace

bool looks_like_dnt_policy(std::string_view text) {
  return text.substr(0, kHeadBytes).find("Do Not Track Compliance Policy") !=
             std::string_view::npos &&
         find_words(text, 0, kPromises.front().begins).start != std::string_view::npos;
}

Result<policy::Declaration> read_dnt_policy(std::string text, const policy::Source& source) {
  Reading reading("dnt-policy", std::move(text), source);
  const std::string what = called(source, "dnt-policy.txt");
  const std::string hash = hex_digest(Digest::kSha1, reading.text());
  const bool known = std::find(kKnown.begin(), kKnown.end(), hash) != kKnown.end();
  bool is_policy = false;
  for (const Promise& promise : kPromises) {
    const Span begins = find_words(reading.text(), 0, promise.begins);
    if (begins.start == std::string_view::npos) continue;
    const Span ends = find_words(reading.text(), begins.end, promise.ends);
    if (ends.start == std::string_view::npos || ends.end - begins.start > kPromiseBytes) continue;
    if (&promise == kPromises.data()) is_policy = true;
    if (!is_policy) break;
    policy::Statement& s = *reading.state(std::string(promise.type), {begins.start, ends.end});
    s.data = {std::string(promise.data)};
    s.observable = promise.observable;
    s.hedged = !known;
  }
  if (!is_policy && known) {  // A draft, in other words: its heading stands for it.
    const std::string_view heading =
        trimmed(reading.text()).substr(0, trimmed(reading.text()).find('\n'));
    const auto start = static_cast<std::size_t>(heading.data() - reading.text().data());
    policy::Statement& s = *reading.state("signal", {start, start + heading.size()});
    s.data = {"dnt"};
    s.observable = "yes";
    is_policy = true;
  }
  if (!is_policy)
    reading.cannot_read("not EFF's Do Not Track policy, so no promise is read out of it", what);
  else if (!known)
    reading.cannot_read(
        "its SHA-1, " + hash +
            ", is none of the published versions of EFF's Do Not Track policy, so what else was "
            "changed in it is not known",
        what);
  policy::Declaration declaration = std::move(reading).finish();
  declaration.sources.front().language = is_policy ? "en" : "";
  return declaration;
}

}  // namespace affiant::machine
